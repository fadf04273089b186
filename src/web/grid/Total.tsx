import { formatNumber } from '#web/format.ts'
import type { RowSource } from './use-keyset-rows.ts'

/** How many rows there are: at once when all are loaded, else as soon as they are counted. */
export function Total({
  source: { rows, hasMore, total, loading },
}: {
  source: Pick<RowSource<unknown>, 'rows' | 'hasMore' | 'total' | 'loading'>
}) {
  if (loading) return null
  if (!hasMore) return <span>{formatNumber(rows.length)}</span>
  if (!total) return <span aria-busy="true">{formatNumber(rows.length)}+</span>
  return <span>{formatNumber(total.count) + (total.exact ? '' : '+')}</span>
}
