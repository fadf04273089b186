import type { z } from 'zod'
import type { ChangedRow, ChangeSet, listChangedRows, listChangeSets } from '#features/changes/contract.ts'
import { Params } from '#server/db/params.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { decodeCursor, encodeCursor } from '#server/http/cursor.ts'
import { notFound } from '#server/http/problem.ts'
import { goneLabels, labelOf } from './row-label.ts'

type ListInput = z.output<(typeof listChangeSets)['input']>
type RowsInput = z.output<(typeof listChangedRows)['input']>

/** One page of the journal. Ids are time-ordered: their order is that of the acts. */
export async function findChangeSets(tx: Tx, input: ListInput) {
  const params = new Params()
  const where = [shown]
  if (input.author) where.push(`s.author_id = any (${params.add(input.author)}::uuid[])`)
  if (input.act) where.push(`s.act = any (${params.add(input.act)}::text[])`)
  if (input.from) where.push(`s.at >= ${params.add(input.from)}::timestamptz`)
  if (input.to) where.push(`s.at < ${params.add(input.to)}::timestamptz`)
  if (input.client)
    where.push(
      `s.id = any (array(select distinct r.change_set_id from changes r where r.client_id = ${params.add(input.client)}))`,
    )
  if (input.cursor) where.push(`s.id < ${params.add(input.cursor)}`)
  const rows = await rowsOf<ChangeSet>(tx, statement(where.join(' and '), input.limit + 1), params.values)
  const items = rows.slice(0, input.limit)
  return { items, nextCursor: rows.length > input.limit ? items.at(-1)!.id : null }
}

/** @throws Problem 404 where there is none or the caller may not see it */
export async function findChangeSet(tx: Tx, id: string): Promise<ChangeSet> {
  const found = await rowOf<ChangeSet>(tx, statement(`${shown} and s.id = $1`, 1), [id])
  if (!found) throw notFound()
  return found
}

// That somebody wrote something down for himself alone is nobody else's business either.
const shown = `(s.author_id = (select caller_id()) or coalesce(s.reversed_act, s.act) not like 'activity.%'
  or exists (select 1 from changes r where r.change_set_id = s.id and r.at >= s.at and r.at < s.at + interval '1 day'))`

// An import has as many rows as the file: they are looked at up to a bound. The partition's range keeps the others unread.
const statement = (where: string, limit: number) => `
  with page as materialized (
    select s.* from change_sets s where ${where} order by s.id desc limit ${limit})
  select s.id, s.at, s.author_id as "authorId", s.on_behalf_of as "onBehalfOf", s.act, s.reversed_act as "reversedAct", s.details, s.counts,
    h.rows,
    case when h.first = h.last then (select json_build_object('id', c.id, 'name', c.name) from clients c where c.id = h.first) end as client,
    s.reverses, b.id as "reversedBy", s.depth,
    (s.author_id = caller_id() or caller_role() = 'head') and s.counts <> '{}' and b.whole is not true as "mayReverse"
  from page s left join lateral taken_back_by(s.id) b on s.reversed_by is not null cross join lateral (
    select count(*)::int as rows, min(r.client_id::text)::uuid as first, max(r.client_id::text)::uuid as last
    from (select client_id from changes where change_set_id = s.id and at >= s.at and at < s.at + interval '1 day' limit 1000) r) h
  order by s.id desc`

const isPlace = (at: unknown): at is number => Number.isSafeInteger(at)

/** Rows of one act as they were written. @throws Problem 404 */
export async function findChangedRows(tx: Tx, input: RowsInput) {
  const set = await findChangeSet(tx, input.id)
  const after = decodeCursor(input.cursor, isPlace)
  const rows = await rowsOf<ChangedRow & { place: number }>(
    tx,
    `with page as materialized (
       select r.*, ${labelOf('r')} as label from changes r
       where r.change_set_id = $1 and r.at >= $2 and r.seq > $3 order by r.seq limit $4),
     gone as (${goneLabels('page')})
     select p.entity, p.row_id as "rowId", coalesce(p.label, g.label) as label, p.client_id as "clientId", c.name as "clientName", p.op::text,
       p.before, p.after, p.seq as place
     from page p left join gone g on g.row_id = p.row_id left join clients c on c.id = p.client_id
     order by p.seq`,
    [input.id, set.at, after ?? 0, input.limit + 1],
  )
  const items = rows.slice(0, input.limit)
  const last = items.at(-1)
  return {
    items,
    nextCursor: rows.length > input.limit ? encodeCursor(last!.place) : null,
    hidden: after !== undefined ? 0 : await hiddenRows(tx, input.id),
  }
}

const hiddenRows = async (tx: Tx, id: string) =>
  (await rowOf<{ hidden: number }>(tx, 'select hidden_rows($1) as hidden', [id]))!.hidden

/** From when the journal is kept; null where nothing of it was dropped. */
export const findStart = async (tx: Tx) =>
  (await rowOf<{ from: string | null }>(tx, 'select journal_from as "from" from company limit 1'))?.from ??
  null
