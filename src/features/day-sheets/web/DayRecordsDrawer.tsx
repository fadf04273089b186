import { Anchor, Button, Drawer, Skeleton, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useCallback } from 'react'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import { type DayFigure, type DayRecord, listDayRecords } from '#features/day-sheets/contract.ts'
import table from '#features/reports/web/reports.module.css'
import { useCountedPages, useNearEnd } from '#web/counted-pages.ts'
import { formatDateTime, formatNumber, formatTime } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { ErrorState } from '#web/layout/ErrorState.tsx'
import { useMe } from '#web/session.ts'
import { dayOf, type DayView, type SetView } from './day-view.ts'
import classes from './day-sheets.module.css'

interface DayRecordsDrawerProps {
  view: DayView
  setView: SetView
  own: boolean
}

/** The entries or clients behind a figure, over the screen it stands on. */
export function DayRecordsDrawer({ view, setView, own }: DayRecordsDrawerProps) {
  const { t } = useTranslation()
  const me = useMe()
  const { nameOf } = useColleagues()
  const userId = own ? me.id : view.of
  return (
    <Drawer
      opened={view.show !== undefined && userId !== undefined}
      onClose={() => setView({ show: undefined, of: undefined })}
      position="right"
      size="min(760px, 100vw)"
      title={
        view.show
          ? [t(`day-sheets.figure.${view.show}`), !own && userId && nameOf(userId)]
              .filter(Boolean)
              .join(' · ')
          : t('day-sheets.title')
      }
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {view.show && userId && <Records day={dayOf(view)} userId={userId} figure={view.show} />}
    </Drawer>
  )
}

function Records({ day, userId, figure }: { day: string; userId: string; figure: DayFigure }) {
  const { t } = useTranslation()
  const rows = useCountedPages(listDayRecords, { from: day, to: day, user: [userId], figure })
  const { hasNextPage, isFetchingNextPage, fetchNextPage, count = 0 } = rows
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage])
  const end = useNearEnd(more, hasNextPage && !isFetchingNextPage)
  if (rows.isError && rows.rows.length === 0)
    return <ErrorState error={rows.error} onRetry={() => void rows.refetch()} />
  if (rows.isPending) {
    return (
      <Stack gap="sm" aria-busy="true">
        {Array.from({ length: 6 }, (_, row) => (
          <Skeleton key={row} height={24} />
        ))}
      </Stack>
    )
  }
  return (
    <>
      <p className={table.count}>{t('day-sheets.records', { count, number: formatNumber(count) })}</p>
      <div className={table.scroll}>
        <table className={table.table}>
          <thead>
            <tr>
              <th scope="col">{t('day-sheets.when')}</th>
              <th scope="col">{t('day-sheets.client')}</th>
              <th scope="col">{t('day-sheets.what')}</th>
            </tr>
          </thead>
          <tbody>
            {(rows.rows as DayRecord[]).map((row) => (
              <tr key={row.id}>
                <td>{formatTime(row.at)}</td>
                <td>
                  {row.clientId && (
                    <Anchor
                      inherit
                      renderRoot={(props) => (
                        <Link
                          to={'/clients/$id' as never}
                          params={{ id: row.clientId } as never}
                          {...props}
                        />
                      )}
                    >
                      {row.clientName}
                    </Anchor>
                  )}
                </td>
                <td className={classes.what}>
                  {[
                    row.kind && t(`activities.${row.kind}`),
                    row.text,
                    row.result,
                    row.movedTo && t('day-sheets.moved-to', { when: formatDateTime(row.movedTo) }),
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        {hasNextPage && (
          <div ref={end} className={table.moreRow}>
            <Button variant="default" loading={isFetchingNextPage} onClick={more}>
              {t('day-sheets.more')}
            </Button>
          </div>
        )}
      </div>
    </>
  )
}
