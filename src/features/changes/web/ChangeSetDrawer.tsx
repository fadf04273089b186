import { Anchor, Badge, Button, CloseButton, Drawer, Group, Stack, Text, Title } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconHistoryToggle } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { useTranslation } from '#web/i18n/translation.ts'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import { type ChangedRow, type ChangeSet, getChangeSet, listChangedRows } from '#features/changes/contract.ts'
import { call, keyOf, query } from '#web/api.ts'
import { formatDateTime } from '#web/format.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { ErrorState } from '#web/layout/ErrorState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { ApiProblem } from '#web/problem.ts'
import { totalRows } from './ActRow.tsx'
import { nameOfSubject, sayAct } from './acts.ts'
import classes from './journal.module.css'
import { momentBefore } from './moment-before.ts'
import { ReverseButton } from './ReverseButton.tsx'
import { RowLines } from './RowLines.tsx'

/** An act of the journal opened to its rows: a drawer with an address of its own. */
export function ChangeSetDrawer() {
  const { t } = useTranslation()
  const { id } = useParams({ strict: false }) as { id: string }
  const navigate = useNavigate()
  const isPhone = useMediaQuery('(max-width: 720px)', undefined, { getInitialValueInEffect: false })
  const set = useQuery(query(getChangeSet, { id }))
  const close = () => void navigate({ to: '/journal', search: true } as never)
  const unknown = set.error instanceof ApiProblem && set.error.status === 404
  return (
    <Drawer.Root opened onClose={close} position="right" size={isPhone ? '100%' : 620} keepMounted={false}>
      <Drawer.Overlay backgroundOpacity={0.25} className="no-print" />
      <Drawer.Content aria-label={set.data ? sayAct(set.data) : t('changes.open')} className="print-sheet">
        <Drawer.Body p="lg">
          {set.data ? (
            <Opened set={set.data} onClose={close} />
          ) : (
            <Stack>
              <Group justify="flex-end">
                <CloseButton aria-label={t('changes.close-act')} onClick={close} />
              </Group>
              {unknown && <EmptyState title={t('changes.not-found')} />}
              {set.error !== null && !unknown && (
                <ErrorState error={set.error} onRetry={() => void set.refetch()} />
              )}
            </Stack>
          )}
        </Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  )
}

function Opened({ set, onClose }: { set: ChangeSet; onClose: () => void }) {
  const { t } = useTranslation()
  const { nameOf } = useColleagues()
  const subject = nameOfSubject(set)
  const name = (id: string) => nameOf(id) ?? t('changes.somebody')
  return (
    <Stack gap="md">
      <Group justify="space-between" align="flex-start" wrap="nowrap">
        <div>
          <Title order={2}>{sayAct(set) + (subject ? ` «${subject}»` : '')}</Title>
          <Text size="sm" c="dimmed">
            {[
              formatDateTime(set.at),
              name(set.authorId),
              set.onBehalfOf && t('changes.on-behalf', { name: name(set.onBehalfOf) }),
              totalRows(set) > 0 && t('changes.rows', { count: totalRows(set) }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </Text>
        </div>
        <CloseButton size={32} aria-label={t('changes.close-act')} onClick={onClose} />
      </Group>
      <Group gap="xs" className="no-print">
        <ReverseButton set={set} size="sm" />
        {totalRows(set) > 0 && (
          <Button
            variant="default"
            leftSection={<IconHistoryToggle size={16} stroke={1.6} />}
            renderRoot={(props) => (
              <Link to={'/time-machine' as never} search={{ at: momentBefore(set.at) } as never} {...props} />
            )}
          >
            {t('changes.base-before')}
          </Button>
        )}
        {set.reverses && <OtherAct id={set.reverses} label={t('changes.what-it-reversed')} />}
        {set.reversedBy && <OtherAct id={set.reversedBy} label={t('changes.what-reversed-it')} />}
        {set.reversedBy && !set.mayReverse && <Badge color="gray">{t('changes.taken')}</Badge>}
      </Group>
      <Rows set={set} />
    </Stack>
  )
}

const OtherAct = ({ id, label }: { id: string; label: string }) => (
  <Anchor
    size="sm"
    renderRoot={(props) => (
      <Link to={'/journal/$id' as never} params={{ id } as never} search={true as never} {...props} />
    )}
  >
    {label}
  </Anchor>
)

function Rows({ set }: { set: ChangeSet }) {
  const { t } = useTranslation()
  const pages = useInfiniteQuery({
    queryKey: [keyOf(listChangedRows), set.id],
    queryFn: ({ pageParam, signal }) =>
      call(listChangedRows, { id: set.id, cursor: pageParam, limit: 100 }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
  return (
    <Loaded of={pages}>
      {({ pages: all }) => {
        const rows = all.flatMap(({ items }) => items)
        const hidden = all[0]?.hidden ?? 0
        return (
          <div>
            {rows.length === 0 && (
              <Text size="sm" c="dimmed">
                {t(totalRows(set) > 0 || hidden > 0 ? 'changes.rows-none' : 'changes.no-rows')}
              </Text>
            )}
            {[...Map.groupBy(rows, ({ clientId }) => clientId)].map(([clientId, ofClient]) => (
              <ClientRows key={clientId ?? ''} rows={ofClient} />
            ))}
            {pages.hasNextPage && (
              <Button
                variant="default"
                size="compact-sm"
                loading={pages.isFetchingNextPage}
                onClick={() => void pages.fetchNextPage()}
              >
                {t('changes.show-more')}
              </Button>
            )}
            {hidden > 0 && (
              <Text size="xs" c="dimmed" mt="sm">
                {t('changes.hidden', { count: hidden })}
              </Text>
            )}
          </div>
        )
      }}
    </Loaded>
  )
}

function ClientRows({ rows }: { rows: ChangedRow[] }) {
  const { t } = useTranslation()
  const { clientId, clientName } = rows[0]!
  return (
    <section className={classes.client}>
      <Text component="h3" className={classes.clientName!}>
        {clientId ? (
          <Anchor
            inherit
            renderRoot={(props) => (
              <Link to={'/clients/$id' as never} params={{ id: clientId } as never} {...props} />
            )}
          >
            {clientName}
          </Anchor>
        ) : (
          t('changes.without-client')
        )}
      </Text>
      {rows.map((row, index) => (
        <RowLines key={`${row.entity} ${row.rowId} ${index}`} row={row} />
      ))}
    </section>
  )
}
