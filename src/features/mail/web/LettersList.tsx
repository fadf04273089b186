import { Badge, Button, Table, Text, Title } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useTranslation } from '#web/i18n/translation.ts'
import { listLetters, type MailSettings } from '#features/mail/contract.ts'
import { call, keyOf } from '#web/api.ts'
import { formatDateTime, formatNumber } from '#web/format.ts'
import { WideTable } from '#web/layout/WideTable.tsx'

const colours = { waiting: 'gray', sending: 'gray', sent: 'accent', failed: 'red' } as const

/** Letters the newest first: to whom, about what, whether they left, and what was in the way. */
export function LettersList({ letters }: { letters: MailSettings['letters'] }) {
  const { t } = useTranslation()
  const pages = useInfiniteQuery({
    queryKey: [keyOf(listLetters), 'pages'] as const,
    queryFn: ({ pageParam, signal }) => call(listLetters, pageParam ? { cursor: pageParam } : {}, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
  const rows = pages.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section>
      <Title order={2} mb={4}>
        {t('mail.letters')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('mail.letters-sum', {
          waiting: formatNumber(letters.waiting),
          sent: formatNumber(letters.sent),
          failed: formatNumber(letters.failed),
        })}
      </Text>
      {rows.length === 0 ? (
        <Text size="sm">{t('mail.letters-none')}</Text>
      ) : (
        <WideTable minWidth={560}>
          <Table>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('mail.recipient')}</Table.Th>
                <Table.Th>{t('mail.subject')}</Table.Th>
                <Table.Th>{t('mail.status')}</Table.Th>
                <Table.Th>{t('mail.when')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((letter) => (
                <Table.Tr key={letter.id}>
                  <Table.Td>
                    {letter.name}
                    <Text size="xs" c="dimmed">
                      {letter.address}
                    </Text>
                  </Table.Td>
                  <Table.Td>{letter.subject}</Table.Td>
                  <Table.Td>
                    <Badge color={colours[letter.status]}>{t(`mail.status-${letter.status}`)}</Badge>
                    {letter.problem && (
                      <Text size="xs" c="dimmed" maw={260}>
                        {letter.problem}
                      </Text>
                    )}
                  </Table.Td>
                  <Table.Td>{formatDateTime(letter.sentAt ?? letter.createdAt)}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </WideTable>
      )}
      {pages.hasNextPage && (
        <Button
          variant="default"
          mt="sm"
          loading={pages.isFetchingNextPage}
          onClick={() => void pages.fetchNextPage()}
        >
          {t('mail.show-more')}
        </Button>
      )}
    </section>
  )
}
