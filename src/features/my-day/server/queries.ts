import type { MyDay } from '#features/my-day/contract.ts'
import { rowOf, type Tx } from '#server/db/tx.ts'

// Days are the company's; a week on is seven of its days, also over a change of clocks.
// Bounds are asked for one by one: only a value known before the scan may use an index below a policy.
const statement = `
  with bounds as materialized (
    select midnight::date as today, time_zone, midnight at time zone time_zone as start,
      (midnight + interval '1 day') at time zone time_zone as finish,
      (midnight + interval '8 days') at time zone time_zone as horizon
    from (select time_zone, date_trunc('day', product_now() at time zone time_zone) as midnight from company) c),
  plan as (
    select count(*) filter (where due_at < (select start from bounds)) as overdue,
      count(*) filter (where due_at >= (select start from bounds) and due_at < (select finish from bounds)) as due,
      count(*) filter (where due_at >= (select start from bounds) and due_at < (select finish from bounds) and kind = 'call'
        and (due_at at time zone (select time_zone from bounds))::time <> '00:00') as callbacks,
      count(*) filter (where due_at >= (select finish from bounds)) as coming
    from activities
    where user_id = (select caller_id()) and done_at is null and cancelled_at is null and due_at < (select horizon from bounds))
  select b.today::text as today, b.start, b.finish, b.horizon, p.overdue, p.due, p.callbacks, p.coming,
    (select count(*) from activities
     where user_id = (select caller_id()) and done_at is not null
       and moment >= (select start from bounds) and moment < (select finish from bounds)) as done,
    (select coalesce(json_agg(o order by o."userId"), '[]') from (
       select s.person as "userId", count(a.id) filter (where a.due_at < (select start from bounds)) as overdue,
         count(a.id) filter (where a.due_at >= (select start from bounds) and a.due_at < (select finish from bounds)) as due,
         count(a.id) filter (where a.due_at >= (select finish from bounds)) as coming
       from unnest(coalesce(nullif(current_setting('app.standing_in', true), ''), '{}')::uuid[]) s (person)
       left join activities a on a.user_id = s.person and a.client_id is not null and a.done_at is null and a.cancelled_at is null
         and a.due_at < (select horizon from bounds)
       where s.person <> (select caller_id()) group by s.person) o) as standing_in
  from bounds b cross join plan p`

interface Row {
  today: string
  start: string
  finish: string
  horizon: string
  overdue: number
  due: number
  callbacks: number
  coming: number
  done: number
  standing_in: { userId: string; overdue: number; due: number; coming: number }[]
}

/** The caller's open plan in its parts, by the company's day. */
export async function countMyDay(tx: Tx): Promise<MyDay> {
  const row = (await rowOf<Row>(tx, statement))!
  return {
    today: row.today,
    ...partsOf(row, row),
    callbacks: { from: row.start, to: row.finish, count: row.callbacks },
    done: row.done,
    standingIn: row.standing_in.map(({ userId, ...counts }) => ({ userId, ...partsOf(row, counts) })),
  }
}

const partsOf = (
  { start, finish, horizon }: Pick<Row, 'start' | 'finish' | 'horizon'>,
  { overdue, due, coming }: Pick<Row, 'overdue' | 'due' | 'coming'>,
) => ({
  overdue: { from: null, to: start, count: overdue },
  due: { from: start, to: finish, count: due },
  coming: { from: finish, to: horizon, count: coming },
})
