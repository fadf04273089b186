import { rowsOf, type Tx } from '#server/db/tx.ts'
import { notFound } from '#server/http/problem.ts'

interface HistoryRow {
  changeSetId: string
  at: string
  authorId: string
  act: string
  entity: string
  rowId: string
  op: 'i' | 'u' | 'd'
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}

/** Changes of one client and its children, the latest first. @throws Problem 404 */
export async function historyPage(tx: Tx, input: { id: string; cursor?: string | undefined; limit: number }) {
  if ((await rowsOf(tx, 'select 1 from clients where id = $1', [input.id])).length === 0) throw notFound()
  const offset = Number(input.cursor ?? 0) || 0
  const rows = await rowsOf<HistoryRow>(
    tx,
    `select ch.change_set_id as "changeSetId", ch.at, cs.author_id as "authorId", cs.act, ch.entity, ch.row_id as "rowId", ch.op::text, ch.before, ch.after
     from changes ch join lateral (select author_id, act from change_set_of(ch.change_set_id)) cs on true
     where ch.client_id = $1 order by ch.at desc, ch.change_set_id desc, ch.entity, ch.row_id limit $2 offset $3`,
    [input.id, input.limit + 1, offset],
  )
  const more = rows.length > input.limit
  return { items: rows.slice(0, input.limit), nextCursor: more ? String(offset + input.limit) : null }
}
