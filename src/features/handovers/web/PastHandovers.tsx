import { Badge, Button, Group, Table, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { type Handover, listHandovers, reverseHandover } from '#features/handovers/contract.ts'
import { listUsers, type User } from '#features/people/contract.ts'
import { call, keyOf, useApiMutation } from '#web/api.ts'
import { formatDateTime, formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { confirm } from '#web/layout/confirm.tsx'
import { notifyDone } from '#web/layout/notify.tsx'
import { WideTable } from '#web/layout/WideTable.tsx'

/** What was handed over before, and the way back. */
export function PastHandovers({ people }: { people: User[] }) {
  const { t } = useTranslation()
  const pages = useInfiniteQuery({
    queryKey: [keyOf(listHandovers)],
    queryFn: ({ pageParam }) => call(listHandovers, { limit: 20, ...(pageParam && { cursor: pageParam }) }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  })
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const names = new Map(people.map(({ id, name }) => [id, name]))
  if (items.length === 0) return null
  return (
    <section>
      <Text fw={600} mb="xs">
        {t('handovers.past')}
      </Text>
      <WideTable minWidth={640}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('handovers.when')}</Table.Th>
              <Table.Th>{t('handovers.from')}</Table.Th>
              <Table.Th>{t('handovers.to-whom')}</Table.Th>
              <Table.Th />
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((handover) => (
              <Row key={handover.id} handover={handover} names={names} />
            ))}
          </Table.Tbody>
        </Table>
      </WideTable>
      {pages.hasNextPage && (
        <Button variant="subtle" size="compact-sm" onClick={() => void pages.fetchNextPage()}>
          {t('grid.more')}
        </Button>
      )}
    </section>
  )
}

function Row({ handover, names }: { handover: Handover; names: Map<string, string> }) {
  const { t } = useTranslation()
  const reverse = useApiMutation(reverseHandover, { refreshes: [listHandovers, listUsers] })
  const name = names.get(handover.fromId) ?? ''
  const takeBack = async () => {
    const sure = {
      title: t('handovers.take-back-title', { name }),
      text: t(handover.dismissed ? 'handovers.take-back-dismissed' : 'handovers.take-back-text'),
      confirm: t('handovers.take-back'),
    }
    if (!(await confirm(sure))) return
    const { counts } = await reverse.mutateAsync({ id: handover.id })
    notifyDone(
      counts.kept + counts.hidden > 0
        ? t('handovers.taken-back-partly', { kept: formatNumber(counts.kept + counts.hidden) })
        : t('handovers.taken-back'),
    )
  }
  return (
    <Table.Tr>
      <Table.Td>{formatDateTime(handover.createdAt)}</Table.Td>
      <Table.Td>
        <Group gap={6}>
          {name}
          {handover.dismissed && (
            <Badge size="xs" color="gray">
              {t('people.dismissed')}
            </Badge>
          )}
        </Group>
      </Table.Td>
      <Table.Td>
        {handover.successors
          .map(({ toId, clients }) =>
            t('handovers.given', {
              name: toId === null ? t('handovers.nobody') : (names.get(toId) ?? ''),
              number: formatNumber(clients),
            }),
          )
          .join(', ')}
      </Table.Td>
      <Table.Td ta="end">
        {handover.reversedAt ? (
          <Text size="xs" c="dimmed">
            {t('handovers.reversed-at', { when: formatDateTime(handover.reversedAt) })}
          </Text>
        ) : (
          handover.mayReverse && (
            <Button
              size="compact-xs"
              variant="default"
              loading={reverse.isPending}
              onClick={() => void takeBack()}
            >
              {t('handovers.take-back')}
            </Button>
          )
        )}
      </Table.Td>
    </Table.Tr>
  )
}
