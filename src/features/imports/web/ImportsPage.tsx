import { Anchor, Badge, Progress, Stack, Table, Text } from '@mantine/core'
import { IconFileSpreadsheet } from '@tabler/icons-react'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useDictionaries } from '#features/clients/web/use-dictionaries.ts'
import { createImport, listImports, type Import } from '#features/imports/contract.ts'
import type { OutputOf } from '#shared/endpoint.ts'
import { call, keyOf, refresh } from '#web/api.ts'
import { FileDrop } from '#web/form/FileDrop.tsx'
import { formatDateTime, formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { notifyProblem } from '#web/layout/notify.tsx'
import { Page } from '#web/layout/Page.tsx'
import { WideTable } from '#web/layout/WideTable.tsx'
import { upload } from '#web/upload.ts'
import { isMoving, statusColour } from './status.ts'

/** «Загрузки»: drop tables, see how far each is. */
export function ImportsPage() {
  const { t } = useTranslation()
  const { nameOfUser } = useDictionaries()
  const pages = useInfiniteQuery({
    queryKey: [keyOf(listImports)],
    queryFn: ({ pageParam }) => call(listImports, { cursor: pageParam, limit: 50 }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: ({ state }) =>
      state.data?.pages.some((page) => page.items.some(isMoving)) ? 1_000 : false,
  })
  return (
    <Page title={t('imports.title')}>
      <Stack gap="lg">
        <DropTables />
        <Loaded of={pages}>
          {({ pages }) => (
            <ImportsTable imports={pages.flatMap((page) => page.items)} nameOfUser={nameOfUser} />
          )}
        </Loaded>
        {pages.hasNextPage && (
          <Anchor component="button" size="sm" onClick={() => void pages.fetchNextPage()}>
            {t('grid.more')}
          </Anchor>
        )}
      </Stack>
    </Page>
  )
}

/** Where files are dropped; one leads on to its own screen, several stay in the list. */
export function DropTables() {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const [sending, setSending] = useState<{ name: string; share: number } | null>(null)
  const send = async (files: File[]) => {
    const made: string[] = []
    for (const file of files) {
      setSending({ name: file.name, share: 0 })
      try {
        const { id } = await upload<OutputOf<typeof createImport>>(
          '/imports',
          { file },
          {
            onProgress: (share) => setSending({ name: file.name, share }),
          },
        )
        made.push(id)
      } catch (error) {
        notifyProblem(error)
      }
    }
    setSending(null)
    void refresh(queries, listImports)
    if (files.length === 1 && made[0])
      await navigate({ to: '/imports/$id', params: { id: made[0] } } as never)
  }
  if (sending) {
    return (
      <Stack gap={6} aria-live="polite">
        <Text size="sm">{t('imports.sending', { name: sending.name })}</Text>
        <Progress
          value={sending.share * 100}
          animated
          aria-label={t('imports.sending', { name: sending.name })}
        />
      </Stack>
    )
  }
  return (
    <FileDrop onFiles={(files) => void send(files)}>
      <IconFileSpreadsheet size={28} stroke={1.4} />
      <Text fw={500}>{t('imports.drop')}</Text>
      <Text size="xs" c="dimmed">
        {t('imports.drop-kinds')} {t('imports.drop-safe')}
      </Text>
    </FileDrop>
  )
}

function ImportsTable({ imports, nameOfUser }: { imports: Import[]; nameOfUser: (id: string) => string }) {
  const { t } = useTranslation()
  if (imports.length === 0)
    return <EmptyState title={t('imports.empty-title')} text={t('imports.empty-text')} />
  return (
    <WideTable minWidth={640}>
      <Table highlightOnHover verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('imports.file')}</Table.Th>
            <Table.Th>{t('imports.state')}</Table.Th>
            <Table.Th>{t('imports.outcome')}</Table.Th>
            <Table.Th>{t('imports.who')}</Table.Th>
            <Table.Th>{t('imports.when')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {imports.map((one) => (
            <Table.Tr key={one.id}>
              <Table.Td>
                <Anchor
                  size="sm"
                  renderRoot={(props) => (
                    <Link to={'/imports/$id' as never} params={{ id: one.id } as never} {...props} />
                  )}
                >
                  {one.name}
                </Anchor>
              </Table.Td>
              <Table.Td>
                <Badge variant="light" color={statusColour[one.status]} tt="none" fw={500}>
                  {t(`imports.status.${one.status}`)}
                </Badge>
              </Table.Td>
              <Table.Td>
                <Text size="sm" c={one.problem ? 'var(--bad)' : undefined}>
                  {one.problem ?? <Outcome one={one} />}
                </Text>
              </Table.Td>
              <Table.Td>{nameOfUser(one.userId)}</Table.Td>
              <Table.Td>{formatDateTime(one.createdAt)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </WideTable>
  )
}

function Outcome({ one: { counts, progress, status } }: { one: Import }) {
  const { t } = useTranslation()
  if (status === 'reading' || status === 'applying') return <>{formatNumber(progress.done)}</>
  const said = [
    counts.create > 0 && t('imports.created', { number: formatNumber(counts.create) }),
    counts.update > 0 && t('imports.updated', { number: formatNumber(counts.update) }),
    counts.skip > 0 && t('imports.skipped', { number: formatNumber(counts.skip) }),
    counts.doubtful > 0 && t('imports.doubted', { number: formatNumber(counts.doubtful) }),
    counts.error > 0 && t('imports.failed', { number: formatNumber(counts.error) }),
  ]
  return <>{said.filter(Boolean).join(', ')}</>
}
