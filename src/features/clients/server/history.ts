import type { z } from 'zod'
import type { HistoryLine, restoreFromHistory } from '#features/clients/contract.ts'
import { goneLabels, labelOf } from '#features/changes/server/row-label.ts'
import { rowsOf, send, type Tx } from '#server/db/tx.ts'
import { decodeCursor, encodeCursor } from '#server/http/cursor.ts'
import { notFound } from '#server/http/problem.ts'

type Place = [at: string, seq: number]
const isPlace = (at: unknown): at is Place =>
  Array.isArray(at) && /^[\d:.TZ-]{20,32}$/.test(String(at[0])) && Number.isSafeInteger(at[1])

/** Changes of one client and its children, the latest first. @throws Problem 404 */
export async function historyPage(tx: Tx, input: { id: string; cursor?: string | undefined; limit: number }) {
  if ((await rowsOf(tx, 'select 1 from clients where id = $1', [input.id])).length === 0) throw notFound()
  const after = decodeCursor(input.cursor, isPlace)
  const rows = await rowsOf<HistoryLine & { place: number }>(
    tx,
    `with page as materialized (
       select ch.*, ${labelOf('ch')} as label from (
         select * from changes where client_id = $1 ${after ? 'and at <= $3 and (at < $3 or seq < $4)' : ''}
         order by at desc, seq desc limit $2) ch),
     gone as (${goneLabels('page')})
     select p.change_set_id as "changeSetId", p.at, s.author_id as "authorId", s.on_behalf_of as "onBehalfOf", s.act,
       s.reversed_act as "reversedAct", p.entity, p.row_id as "rowId", coalesce(p.label, g.label) as label, p.op::text, p.before, p.after,
       p.seq as place
     from page p join change_sets_of(array(select change_set_id from page)) s on s.id = p.change_set_id left join gone g on g.row_id = p.row_id
     order by p.at desc, p.seq desc`,
    [input.id, input.limit + 1, ...(after ?? [])],
  )
  const items = rows.slice(0, input.limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > input.limit ? encodeCursor([last!.at, last!.place]) : null }
}

/** Sets what a line changed back to what was before it. @throws Problem 404; 409 where rights or references forbid it */
export async function restoreLine(
  tx: Tx,
  { id, changeSetId, entity, rowId, fields }: z.output<(typeof restoreFromHistory)['input']>,
) {
  const [restored] = await send(tx, {
    text: 'select restore_line($1, $2, $3, $4, $5) as "changeSetId"',
    values: [id, changeSetId, entity, rowId, fields ?? null],
    opensChangeSet: true,
  })
  return restored!.rows[0] as { changeSetId: string | null }
}
