import { Anchor, Button, Drawer, Skeleton, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useCallback } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import {
  type IndicatorRecord,
  listAbcClients,
  listIndicatorRecords,
  listMoves,
} from '#features/indicators/contract.ts'
import table from '#features/reports/web/reports.module.css'
import { type CountedPages, useCountedPages, useNearEnd } from '#web/counted-pages.ts'
import { formatDateTime, formatNumber, formatShare } from '#web/format.ts'
import { ErrorState } from '#web/layout/ErrorState.tsx'
import { closed, daysOf, type IndicatorsView, lineOf, type SetView, whoseOf } from './indicators-view.ts'
import classes from './indicators.module.css'

/** The records behind a figure, over the screen it stands on. */
export function RecordsDrawer({ view, setView }: { view: IndicatorsView; setView: SetView }) {
  const { t } = useTranslation()
  const { nameOf } = useColleagues()
  const title = view.show
    ? [
        t(`indicators.figure.${view.show}`),
        view.kind && t(`indicators.figure.${view.kind}`),
        view.outcome && (view.outcome === 'none' ? t('indicators.no-outcome') : view.outcome),
        view.of && nameOf(view.of),
      ]
        .filter(Boolean)
        .join(' · ')
    : view.class
      ? t(`indicators.classes.${view.class}`)
      : t('indicators.moves')
  return (
    <Drawer
      opened={Boolean(view.show ?? view.moves ?? view.class)}
      onClose={() => setView(closed)}
      position="right"
      size="min(860px, 100vw)"
      title={title}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {view.show ? (
        <Records view={view} show={view.show} />
      ) : view.moves ? (
        <Moves view={view} moves={view.moves} />
      ) : view.class && view.field ? (
        <ClassClients view={view} field={view.field} of={view.class} />
      ) : null}
    </Drawer>
  )
}

function Records({ view, show }: { view: IndicatorsView; show: NonNullable<IndicatorsView['show']> }) {
  const { t } = useTranslation()
  const { nameOf } = useColleagues()
  const rows = useCountedPages(listIndicatorRecords, {
    ...daysOf(view),
    ...lineOf(view),
    indicator: show,
    ...(view.kind && { kind: [view.kind] }),
    ...(view.outcome && { outcome: view.outcome }),
  })
  return (
    <Rows
      rows={rows}
      heads={[t('indicators.when'), t('indicators.client'), t('indicators.what'), t('indicators.who')]}
    >
      {(rows.rows as IndicatorRecord[]).map((row) => (
        <tr key={row.id}>
          <td>{formatDateTime(row.at)}</td>
          <td>
            <ClientName id={row.clientId} name={row.clientName} />
          </td>
          <td className={classes.text}>
            {[row.kind && t(`activities.${row.kind}`), row.outcome, row.text].filter(Boolean).join(' · ')}
          </td>
          <td className={table.quiet}>{row.userId && nameOf(row.userId)}</td>
        </tr>
      ))}
    </Rows>
  )
}

function Moves({ view, moves }: { view: IndicatorsView; moves: NonNullable<IndicatorsView['moves']> }) {
  const { t } = useTranslation()
  const { nameOf } = useColleagues()
  const rows = useCountedPages(listMoves, {
    ...daysOf(view),
    ...whoseOf(view),
    ...(moves.from && { fromStage: moves.from }),
    ...(moves.to && { toStage: moves.to }),
  })
  const stageName = (stage: string | null) => stage ?? t('indicators.no-stage')
  return (
    <Rows
      rows={rows}
      heads={[t('indicators.when'), t('indicators.client'), t('indicators.move'), t('indicators.author')]}
    >
      {rows.rows.map((row) => (
        <tr key={row.clientId + row.at}>
          <td>{formatDateTime(row.at)}</td>
          <td>
            <ClientName id={row.clientId} name={row.clientName} />
          </td>
          <td className={classes.text}>
            {stageName(row.from)} → {stageName(row.to)}
          </td>
          <td className={table.quiet}>{nameOf(row.authorId)}</td>
        </tr>
      ))}
    </Rows>
  )
}

function ClassClients({ view, field, of }: { view: IndicatorsView; field: string; of: 'A' | 'B' | 'C' }) {
  const { t } = useTranslation()
  const { nameOf } = useColleagues()
  const rows = useCountedPages(listAbcClients, { field, class: of, ...whoseOf(view) })
  return (
    <Rows
      rows={rows}
      heads={[
        t('indicators.client'),
        t('indicators.value'),
        t('indicators.share-of-sum'),
        t('indicators.who'),
      ]}
    >
      {rows.rows.map((row) => (
        <tr key={row.id}>
          <td>
            <ClientName id={row.id} name={row.name} />
          </td>
          <td className={table.number}>{formatNumber(row.value)}</td>
          <td className={table.number}>{formatShare(row.share)}</td>
          <td className={table.quiet}>{row.ownerId && nameOf(row.ownerId)}</td>
        </tr>
      ))}
    </Rows>
  )
}

function Rows({
  rows,
  heads,
  children,
}: {
  rows: CountedPages<unknown>
  heads: string[]
  children: ReactNode
}) {
  const { t } = useTranslation()
  const { hasNextPage, isFetchingNextPage, fetchNextPage, count = 0 } = rows
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage])
  const end = useNearEnd(more, hasNextPage && !isFetchingNextPage)
  if (rows.isError && rows.rows.length === 0)
    return <ErrorState error={rows.error} onRetry={() => void rows.refetch()} />
  if (rows.isPending) {
    return (
      <Stack gap="sm" aria-busy="true">
        {Array.from({ length: 8 }, (_, row) => (
          <Skeleton key={row} height={24} />
        ))}
      </Stack>
    )
  }
  return (
    <>
      <p className={table.count}>{t('indicators.records', { count, number: formatNumber(count) })}</p>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              {heads.map((head) => (
                <th key={head} scope="col">
                  {head}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>{children}</tbody>
        </table>
        {hasNextPage && (
          <div ref={end} className={table.moreRow}>
            <Button variant="default" loading={isFetchingNextPage} onClick={more}>
              {t('grid.more')}
            </Button>
          </div>
        )}
      </div>
    </>
  )
}

function ClientName({ id, name }: { id: string | null; name: string | null }) {
  if (!id || !name) return null
  return (
    <Anchor
      inherit
      renderRoot={(props) => <Link to={'/clients/$id' as never} params={{ id } as never} {...props} />}
    >
      {name}
    </Anchor>
  )
}
