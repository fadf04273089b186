import { Button, Skeleton, Stack } from '@mantine/core'
import { type ReactNode, useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import { formatNumber } from '#web/format.ts'
import { ErrorState } from '#web/layout/ErrorState.tsx'
import { useNearEnd, type useReportRows } from './use-report-rows.ts'
import classes from './reports.module.css'

interface RowsFrameProps {
  rows: ReturnType<typeof useReportRows>
  object: 'clients' | 'persons'
  empty: ReactNode
  children: ReactNode
}

/** Around a list of any length: how many there are, the rows, more of them as one scrolls. */
export function RowsFrame({ rows, object, empty, children }: RowsFrameProps) {
  const { t } = useTranslation()
  const { hasNextPage, isFetchingNextPage, fetchNextPage, count } = rows
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage])
  const end = useNearEnd(more, hasNextPage && !isFetchingNextPage)
  if (rows.isError && rows.rows.length === 0)
    return <ErrorState error={rows.error} onRetry={() => void rows.refetch()} />
  if (rows.isPending) {
    return (
      <Stack gap="sm" mt="md" aria-busy="true">
        {Array.from({ length: 10 }, (_, row) => (
          <Skeleton key={row} height={24} />
        ))}
      </Stack>
    )
  }
  if (rows.rows.length === 0) return <>{empty}</>
  return (
    <div data-outdated={rows.isPlaceholderData || undefined}>
      <p className={classes.count}>
        {t(`reports.count-${object}`, { count: count ?? 0, number: formatNumber(count ?? 0) })}
      </p>
      <div className={classes.scroll}>{children}</div>
      {hasNextPage && (
        <div ref={end} className={`${classes.moreRow} no-print`}>
          <Button variant="default" loading={isFetchingNextPage} onClick={more}>
            {t('reports.more')}
          </Button>
        </div>
      )}
    </div>
  )
}
