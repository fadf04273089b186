import { Button, Loader, SegmentedControl } from '@mantine/core'
import { useLocalStorage } from '@mantine/hooks'
import { IconArrowBackUp, IconHistoryToggle } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, Outlet, useNavigate, useParams } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { z } from 'zod'
import type { CellContext } from '#features/clients/fields.ts'
import { clientColumns } from '#features/clients/web/client-columns.ts'
import { useDictionaries } from '#features/clients/web/use-dictionaries.ts'
import {
  getSnapshot,
  listSnapshotClients,
  type Snapshot,
  type SnapshotClient,
} from '#features/snapshots/contract.ts'
import { query } from '#web/api.ts'
import { formatDateTime, formatNumber, formatTime } from '#web/format.ts'
import { ColumnPicker } from '#web/grid/ColumnPicker.tsx'
import type { ColumnLayout } from '#web/grid/columns.ts'
import { DataTable } from '#web/grid/DataTable.tsx'
import { useKeysetRows } from '#web/grid/use-keyset-rows.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { ErrorState } from '#web/layout/ErrorState.tsx'
import { Page } from '#web/layout/Page.tsx'
import { ApiProblem } from '#web/problem.ts'
import { useMe } from '#web/session.ts'
import { useUrlState } from '#web/url-state.ts'
import { PastBanner } from './PastBanner.tsx'
import { restoreFromSnapshot } from './restore.tsx'
import { sayMoment } from './say-moment.ts'
import { snapshotColumns } from './snapshot-columns.ts'
import classes from './snapshots.module.css'

const pollMs = 600

/** A snapshot: the base as it was at a moment, read-only, beside what has become of it. */
export function SnapshotPage() {
  const { t } = useTranslation()
  const { id } = useParams({ strict: false }) as { id: string }
  const snapshot = useQuery({
    ...query(getSnapshot, { id }),
    refetchInterval: ({ state: { data } }) => (data?.status === 'making' ? pollMs : false),
  })
  const { data } = snapshot
  if (data?.status === 'ready') return <Ready snapshot={data} />
  return (
    <Page title={t('snapshots.title')}>
      {data?.status === 'making' && (
        <EmptyState
          icon={<Loader size={22} />}
          title={t('snapshots.making', { moment: sayMoment(data.at) })}
          text={t('snapshots.making-text')}
        />
      )}
      {data?.status === 'failed' && <Again title={t('snapshots.failed')} text={data.problem ?? ''} />}
      {snapshot.error !== null &&
        (snapshot.error instanceof ApiProblem && snapshot.error.status === 404 ? (
          <Again title={t('snapshots.absent')} text={t('snapshots.absent-text')} />
        ) : (
          <ErrorState error={snapshot.error} onRetry={() => void snapshot.refetch()} />
        ))}
    </Page>
  )
}

function Again({ title, text }: { title: string; text: string }) {
  const { t } = useTranslation()
  return (
    <EmptyState icon={<IconHistoryToggle size={22} />} title={title} text={text}>
      <Button renderRoot={(props) => <Link to={'/time-machine' as never} {...props} />}>
        {t('snapshots.make-new')}
      </Button>
    </EmptyState>
  )
}

const tabs = ['all', 'changed', 'gone', 'appeared'] as const
const View = z.object({ tab: z.enum(tabs).optional().catch(undefined) })

function Ready({ snapshot }: { snapshot: Snapshot }) {
  const { t } = useTranslation()
  const queries = useQueryClient()
  const [{ tab = 'all' }, setView] = useUrlState(View)
  const counts = snapshot.counts!
  const moment = sayMoment(snapshot.at)
  const all = counts.changed + counts.gone
  const count = { all: counts.clients, changed: counts.changed, gone: counts.gone, appeared: counts.appeared }
  return (
    <Page
      fill
      title={t('snapshots.title')}
      actions={
        all > 0 && (
          <Button
            leftSection={<IconArrowBackUp size={16} />}
            onClick={() =>
              void restoreFromSnapshot(queries, snapshot, {
                restored: all,
                returned: counts.gone,
                archived: 0,
              })
            }
          >
            {t('snapshots.restore-all', { count: all })}
          </Button>
        )
      }
    >
      <PastBanner
        moment={t(
          Object.keys(snapshot.filter).length > 0 ? 'snapshots.banner-narrowed' : 'snapshots.banner',
          {
            moment,
          },
        )}
        note={t('snapshots.read-only', { time: formatTime(snapshot.expiresAt) })}
      >
        <Button
          variant="default"
          size="compact-sm"
          renderRoot={(props) => (
            <Link to={'/clients' as never} search={snapshot.filter as never} {...props} />
          )}
        >
          {t('snapshots.to-today')}
        </Button>
      </PastBanner>
      <Clients key={tab} snapshot={snapshot} tab={tab}>
        <SegmentedControl
          size="xs"
          className={classes.tabs!}
          aria-label={t('snapshots.tabs')}
          value={tab}
          data={tabs.map((value) => ({
            value,
            label: `${t(`snapshots.${value}`)} · ${formatNumber(count[value])}`,
          }))}
          onChange={(value) => setView({ tab: value === 'all' ? undefined : (value as 'changed') })}
        />
      </Clients>
      <Outlet />
    </Page>
  )
}

interface ClientsProps {
  snapshot: Snapshot
  tab: (typeof tabs)[number]
  children: React.ReactNode
}

function Clients({ snapshot, tab, children }: ClientsProps) {
  const { t, i18n } = useTranslation()
  const queries = useQueryClient()
  const navigate = useNavigate()
  const me = useMe()
  const dictionaries = useDictionaries()
  const [chosen, setChosen] = useState<SnapshotClient[]>([])
  const [layout, setLayout] = useLocalStorage<ColumnLayout | undefined>({
    key: 'snapshots.columns',
    defaultValue: undefined,
  })
  const columns = useMemo(() => {
    const context: CellContext = {
      language: i18n.language,
      nameOfUser: dictionaries.nameOfUser,
      formatInstant: formatDateTime,
    }
    return snapshotColumns(clientColumns(dictionaries, context, me), dictionaries.customFields, context)
  }, [dictionaries, i18n.language, me])
  const input = useMemo(
    () => ({ id: snapshot.id, ...(tab !== 'all' && { change: tab }) }),
    [snapshot.id, tab],
  )
  const source = useKeysetRows(listSnapshotClients, input)
  const restoreChosen = () => {
    const archived = tab === 'appeared' ? chosen.length : 0
    void restoreFromSnapshot(queries, snapshot, {
      clientIds: chosen.map(({ id }) => id),
      restored: chosen.length - archived,
      returned: chosen.filter(({ change }) => change === 'gone').length,
      archived,
    })
  }
  return (
    <>
      <div className={`${classes.toolbar} no-print`}>
        {children}
        <div>
          {chosen.length > 0 ? (
            <Button variant="light" size="compact-md" onClick={restoreChosen}>
              {t(tab === 'appeared' ? 'snapshots.archive-chosen' : 'snapshots.restore-chosen', {
                count: chosen.length,
              })}
            </Button>
          ) : (
            <ColumnPicker columns={columns} layout={layout} onLayout={setLayout} />
          )}
        </div>
      </div>
      <div className={classes.table}>
        <DataTable
          label={t('snapshots.table', { moment: sayMoment(snapshot.at) })}
          source={source}
          columns={columns}
          layout={layout}
          onLayout={setLayout}
          selectable={tab !== 'all'}
          onSelect={setChosen}
          onOpen={({ id }) =>
            void navigate({
              to: '/time-machine/$id/clients/$clientId',
              params: { id: snapshot.id, clientId: id },
              search: true,
            } as never)
          }
          empty={<EmptyState icon={<IconHistoryToggle size={22} />} title={t(`snapshots.empty-${tab}`)} />}
        />
      </div>
    </>
  )
}
