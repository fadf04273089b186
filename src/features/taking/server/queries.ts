import type { z } from 'zod'
import type { listTakings, PersonTaking, Taking, TakingScope } from '#features/taking/contract.ts'
import { Params } from '#server/db/params.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { decodeCursor, encodeCursor, isKeyAndId } from '#server/http/cursor.ts'
import { notFound } from '#server/http/problem.ts'

/** SQL: the moment a day of the company begins. */
export const midnightSql = (day: string) => `(${day}::timestamp at time zone (select time_zone from company))`

/** SQL: `moment` is within the days of a scope. */
const withinSql = (moment: string, { from, to }: Pick<TakingScope, 'from' | 'to'>, params: Params) =>
  `${moment} >= ${midnightSql(`${params.add(from)}::date`)} and ${moment} < ${midnightSql(`(${params.add(to)}::date + 1)`)}`

const ofUsers = (column: string, user: readonly string[] | undefined, params: Params) =>
  user ? ` and ${column} = any (${params.add(user)}::uuid[])` : ''

const columns = `t.id, t.user_id as "userId", u.name as "userName", t.road, t.file_name as "fileName", t.selection, t.columns, t.rows, t.counted,
  t.request_id as "requestId", t.change_set_id as "changeSetId", t.at, t.address, t.session_kind as "sessionKind", t.session_name as "sessionName"`

type ListInput = Omit<z.output<(typeof listTakings)['input']>, 'cursor'> & { cursor?: string | undefined }

/** One page, the latest first. */
export async function takingsPage(tx: Tx, { road, user, cursor, limit, ...days }: ListInput) {
  const params = new Params()
  const after = decodeCursor(cursor, isKeyAndId)
  const where = withinSql('t.at', days, params) + ofUsers('t.user_id', user, params)
  const ofRoad = road ? ` and t.road = any (${params.add(road)}::text[])` : ''
  const past = after
    ? ` and (t.at, t.id) < (${params.add(after[0])}::timestamptz, ${params.add(after[1])}::uuid)`
    : ''
  const rows = await rowsOf<Taking>(
    tx,
    `select ${columns} from takings t join users u on u.id = t.user_id
     where ${where}${ofRoad}${past} order by t.at desc, t.id desc limit ${limit + 1}`,
    params.values,
  )
  const items = rows.slice(0, limit)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.at, last.id]) : null }
}

/** @throws Problem 404 for a number that is not there, or is not the caller's to see */
export async function findTaking(tx: Tx, id: string): Promise<Taking> {
  const row = await rowOf<Taking>(
    tx,
    `select ${columns} from takings t join users u on u.id = t.user_id where t.id = $1`,
    [id],
  )
  if (!row) throw notFound()
  return row
}

/** SQL: people whose takings the caller may see, by his place. */
export const withinReach = `u.role <> 'admin' and (caller_role() = 'head' or u.id = any ((select own_people(caller_id()))::uuid[]))`

const measured = `('list', 'card', 'report', 'api')`

/** A line for each person within reach, the largest takers first. */
export async function peopleTakings(tx: Tx, { user, ...days }: TakingScope): Promise<PersonTaking[]> {
  const params = new Params()
  const taken = withinSql('t.at', days, params)
  const read = withinSql('r.hour', days, params)
  const before = midnightSql(`${params.add(days.from)}::date`)
  return rowsOf<PersonTaking>(
    tx,
    `with taken as (
       select t.user_id, count(*)::int as files, sum(t.rows) filter (where t.counted)::bigint as rows from takings t where ${taken} group by 1),
     read as (
       select r.user_id, sum(r.rows) filter (where r.kind in ${measured})::bigint as rows, sum(r.rows) filter (where r.kind = 'card')::bigint as cards,
         sum(r.rows) filter (where r.kind in ('copy', 'print'))::bigint as copied, sum(r.rows) filter (where r.kind = 'file')::bigint as files,
         count(distinct (r.hour at time zone (select time_zone from company))::date)::int as days
       from reading_counts r where ${read} group by 1),
     usual as (
       select d.user_id, percentile_cont(0.5) within group (order by d.rows) as rows from (
         select r.user_id, sum(r.rows) as rows from reading_counts r
         where r.hour >= ${before} - interval '30 days' and r.hour < ${before} and r.kind in ${measured}
         group by r.user_id, (r.hour at time zone (select time_zone from company))::date) d
       group by 1)
     select u.id as "userId", u.name, u.role, u.active, coalesce(taken.files, 0) as files, coalesce(taken.rows, 0) as taken,
       q.quota, q.taken as "quotaTaken", coalesce(read.rows, 0) as read, coalesce(read.cards, 0) as cards,
       coalesce(read.copied, 0) as copied, coalesce(read.files, 0) as attachments, coalesce(read.days, 0) as days, coalesce(usual.rows, 0) as usual
     from users u cross join lateral export_quota_of(u.id) q
       left join taken on taken.user_id = u.id left join read on read.user_id = u.id left join usual on usual.user_id = u.id
     where ${withinReach}${ofUsers('u.id', user, params)} and (u.active or taken.files > 0 or read.rows > 0)
     order by coalesce(taken.rows, 0) desc, coalesce(read.rows, 0) desc, u.name_key`,
    params.values,
  )
}
