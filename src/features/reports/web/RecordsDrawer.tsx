import { Anchor, Button, Drawer, Skeleton, Stack } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useCallback } from 'react'
import { type CountedPages, useNearEnd } from '#web/counted-pages.ts'
import { formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { ErrorState } from '#web/layout/ErrorState.tsx'
import table from './reports.module.css'

interface RecordsDrawerProps {
  opened: boolean
  onClose: () => void
  title: string
  children: ReactNode
}

/** What stands behind a figure, over the screen the figure stands on. */
export function RecordsDrawer({ children, ...drawer }: RecordsDrawerProps) {
  const { t } = useTranslation()
  return (
    <Drawer
      {...drawer}
      position="right"
      size="min(860px, 100vw)"
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      {children}
    </Drawer>
  )
}

interface RecordRowsProps {
  rows: CountedPages<unknown>
  heads: string[]
  /** A row of the table for each record. */
  children: ReactNode
}

/** Records in a table, how many there are, and more of them towards its end. */
export function RecordRows({ rows, heads, children }: RecordRowsProps) {
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
      <p className={table.count}>{t('grid.records', { count, number: formatNumber(count) })}</p>
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

/** A client's name, leading to his card; nothing where a record is of none. */
export function ClientName({ id, name }: { id: string | null; name: string | null }) {
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
