import type { z } from 'zod'
import type { Alarm, listAlarms } from '#features/alarms/contract.ts'
import { Params } from '#server/db/params.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'

/** One page, the latest first: ids are time-ordered. */
export async function alarmsPage(
  tx: Tx,
  { kind, user, seen, cursor, limit }: z.output<(typeof listAlarms)['input']>,
) {
  const params = new Params()
  const where = ['true']
  if (kind) where.push(`a.kind = any (${params.add(kind)}::text[])`)
  if (user) where.push(`a.user_id = any (${params.add(user)}::uuid[])`)
  if (seen !== undefined) where.push(`a.seen_at is ${seen ? 'not ' : ''}null`)
  if (cursor) where.push(`a.id < ${params.add(cursor)}::uuid`)
  const rows = await rowsOf<Alarm>(
    tx,
    `select a.id, a.kind, a.user_id as "userId", case when c.id is not null then json_build_object('id', c.id, 'name', c.name) end as client,
       a.details, a.times, a.created_at as "createdAt", a.seen_at as "seenAt", a.seen_by as "seenBy"
     from alarms a left join clients c on c.id = a.client_id
     where ${where.join(' and ')} order by a.id desc limit ${limit + 1}`,
    params.values,
  )
  const items = rows.slice(0, limit)
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null }
}

export const unseenAlarms = async (tx: Tx) =>
  (await rowOf<{ unseen: number }>(tx, 'select count(*)::int as unseen from alarms where seen_at is null'))!

/** @returns how many of them nobody had looked at */
export async function markSeen(
  tx: Tx,
  { ids, until }: { ids?: string[] | undefined; until?: string | undefined },
) {
  const row = await rowOf<{ seen: number }>(
    tx,
    `with looked as (
       update alarms set seen_at = product_now(), seen_by = caller_id()
       where seen_at is null and (id = any ($1::uuid[]) or id <= $2::uuid) returning 1)
     select count(*)::int as seen from looked`,
    [ids, until],
  )
  return row!
}
