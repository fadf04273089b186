import type { z } from 'zod'
import type { Activity, listActivities } from '#features/activities/contract.ts'
import { Params } from '#server/db/params.ts'
import type { Tx } from '#server/db/tx.ts'
import { decodeCursor, encodeCursor, isKeyAndId } from '#server/http/cursor.ts'
import { notFound } from '#server/http/problem.ts'
import { activityColumns, activityJoins, entriesOf } from './activity-columns.ts'

type ListInput = z.output<(typeof listActivities)['input']>

/** One page of entries: open plans by due date, anything else by its moment, the latest first. */
export async function findActivities(tx: Tx, callerId: string, input: ListInput) {
  const params = new Params()
  const { key, direction } = input.open
    ? { key: 'a.due_at', direction: 'asc' }
    : { key: 'a.moment', direction: 'desc' }
  const where = conditionsOf(input, callerId, key, params)
  const at = decodeCursor(input.cursor, isKeyAndId)
  if (at) {
    const [moment, id] = at
    where.push(
      `(${key}, a.id) ${input.open ? '>' : '<'} (${params.add(moment)}::timestamptz, ${params.add(id)}::uuid)`,
    )
  }
  // The page first, names after it: a join below the limit would be made for every entry.
  const rows = await entriesOf<Activity & { key: string }>(
    tx,
    `with page as materialized (
       select a.*, ${key} as key from activities a where ${where.join(' and ')}
       order by ${key} ${direction}, a.id ${direction} limit ${input.limit + 1})
     select ${activityColumns}, a.key::text as key from page a ${activityJoins} order by a.key ${direction}, a.id ${direction}`,
    params.values,
  )
  const items = rows.slice(0, input.limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > input.limit && last ? encodeCursor([last.key, last.id]) : null }
}

function conditionsOf(input: ListInput, callerId: string, key: string, params: Params): string[] {
  const where = ['true']
  if (input.client) where.push(`a.client_id = ${params.add(input.client)}`)
  if (input.user) {
    const users = input.user.map((user) => (user === 'me' ? callerId : user))
    where.push(
      users.length === 1
        ? `a.user_id = ${params.add(users[0])}`
        : `a.user_id = any (${params.add(users)}::uuid[])`,
    )
  }
  if (input.kind) where.push(`a.kind = any (${params.add(input.kind)}::text[])`)
  if (input.from) where.push(`${key} >= ${momentOf(params.add(input.from), input.from, 0)}`)
  if (input.to) where.push(`${key} < ${momentOf(params.add(input.to), input.to, 1)}`)
  if (input.open === true) where.push('a.done_at is null and a.cancelled_at is null and a.due_at is not null')
  if (input.open === false)
    where.push('(a.done_at is not null or a.cancelled_at is not null or a.due_at is null)')
  if (input.timed !== undefined) where.push(timedSql(input.timed))
  return where
}

/** @throws Problem 404 where there is none the caller may see */
export async function findActivity(tx: Tx, id: string): Promise<Activity> {
  const [found] = await entriesOf(
    tx,
    `select ${activityColumns} from activities a ${activityJoins} where a.id = $1`,
    [id],
  )
  if (!found) throw notFound()
  return found
}

/** Midnight of the company means the whole day. */
const timedSql = (timed: boolean) =>
  `(a.due_at at time zone (select time_zone from company))::time ${timed ? '<>' : '='} '00:00'`

/** SQL of a moment given as one, or as a day of the company's zone with so many days added. */
const momentOf = (param: string, text: string, days: number) =>
  text.includes('T')
    ? `${param}::timestamptz`
    : `((${param}::date + ${days})::timestamp at time zone (select time_zone from company))`
