import { Button, Skeleton, Stack } from '@mantine/core'
import { type ReactNode, type RefObject, useCallback, useEffect } from 'react'
import { formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { ErrorState } from '#web/layout/ErrorState.tsx'
import { type CountedPages, useNearEnd } from '#web/counted-pages.ts'
import classes from './reports.module.css'

/** What a screen of lists offers to its print button: brings the rows that are still missing, and tells how many there are. */
export type LoadForPrint = RefObject<(() => Promise<number>) | null>

interface RowsFrameProps {
  rows: CountedPages<unknown>
  object: 'clients' | 'persons'
  label: string
  loadRef: LoadForPrint
  empty: ReactNode
  children: ReactNode
}

/** A browser draws so many rows of a table without effort; beyond them one asks for more. */
const drawnByScrolling = 3_000
const printed = 2_000

/** Around a list of any length: how many there are, the rows, more of them as one scrolls. */
export function RowsFrame({ rows, object, label, loadRef, empty, children }: RowsFrameProps) {
  const { t } = useTranslation()
  const { hasNextPage, isFetchingNextPage, fetchNextPage, count = 0 } = rows
  const drawn = rows.rows.length
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage])
  const end = useNearEnd(more, hasNextPage && !isFetchingNextPage && drawn < drawnByScrolling)
  useEffect(() => {
    loadRef.current = async () => {
      let have = drawn
      for (let left = hasNextPage; left && have < printed;) {
        const { data, hasNextPage } = await fetchNextPage()
        have = data?.pages.reduce((sum, page) => sum + page.items.length, 0) ?? printed
        left = hasNextPage
      }
      return have
    }
    return () => {
      loadRef.current = null
    }
  }, [loadRef, fetchNextPage, hasNextPage, drawn])
  if (rows.isError && drawn === 0)
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
  if (drawn === 0) return <>{empty}</>
  return (
    <div data-outdated={rows.isPlaceholderData || undefined}>
      <p className={classes.count}>
        {t(`reports.count-${object}`, { count, number: formatNumber(count) })}
        {hasNextPage && (
          <span className={classes.onPaper}>{t('reports.print-first', { number: formatNumber(drawn) })}</span>
        )}
      </p>
      <div className={`${classes.scroll} ${classes.tall}`} role="region" aria-label={label} tabIndex={0}>
        {children}
        {hasNextPage && (
          <div ref={end} className={`${classes.moreRow} no-print`}>
            <Button variant="default" loading={isFetchingNextPage} onClick={more}>
              {t('reports.more')}
            </Button>
          </div>
        )}
      </div>
    </div>
  )
}
