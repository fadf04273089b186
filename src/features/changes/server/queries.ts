import type { z } from 'zod'
import type { ChangeSet, listChangeSets } from '#features/changes/contract.ts'
import { Params } from '#server/db/params.ts'
import { rowsOf, type Tx } from '#server/db/tx.ts'

type ListInput = z.output<(typeof listChangeSets)['input']>

/** One page of the journal. Ids are time-ordered: their order is that of the acts. */
export async function findChangeSets(tx: Tx, input: ListInput) {
  const params = new Params()
  const where = [shown]
  if (input.author) where.push(`s.author_id = any (${params.add(input.author)}::uuid[])`)
  if (input.act) where.push(`s.act = any (${params.add(input.act)}::text[])`)
  if (input.from) where.push(`s.at >= ${params.add(input.from)}::timestamptz`)
  if (input.to) where.push(`s.at < ${params.add(input.to)}::timestamptz`)
  if (input.cursor) where.push(`s.id < ${params.add(input.cursor)}`)
  const rows = await rowsOf<ChangeSet>(tx, statement(where.join(' and '), input.limit + 1), params.values)
  const items = rows.slice(0, input.limit)
  return { items, nextCursor: rows.length > input.limit ? items.at(-1)!.id : null }
}

// That somebody wrote something down for himself alone is nobody else's business either.
const shown = `(s.author_id = (select caller_id()) or s.act not like 'activity.%'
  or exists (select 1 from changes r where r.change_set_id = s.id and r.at >= s.at and r.at < s.at + interval '1 day'))`

// An import has as many rows as the file: they are looked at up to a bound. The partition's range keeps the others unread.
const statement = (where: string, limit: number) => `
  with page as materialized (
    select s.* from change_sets s where ${where} order by s.id desc limit ${limit})
  select s.id, s.at, s.author_id as "authorId", s.act, s.details, h.rows,
    case when h.first = h.last then (select json_build_object('id', c.id, 'name', c.name) from clients c where c.id = h.first) end as client
  from page s cross join lateral (
    select count(*)::int as rows, min(r.client_id::text)::uuid as first, max(r.client_id::text)::uuid as last
    from (select client_id from changes where change_set_id = s.id and at >= s.at and at < s.at + interval '1 day' limit 1000) r) h
  order by s.id desc`
