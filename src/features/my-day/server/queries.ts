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
       and moment >= (select start from bounds) and moment < (select finish from bounds)) as done
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
}

/** The caller's open plan in its parts, by the company's day. */
export async function countMyDay(tx: Tx): Promise<MyDay> {
  const row = (await rowOf<Row>(tx, statement))!
  return {
    today: row.today,
    overdue: { from: null, to: row.start, count: row.overdue },
    due: { from: row.start, to: row.finish, count: row.due },
    callbacks: { from: row.start, to: row.finish, count: row.callbacks },
    coming: { from: row.finish, to: row.horizon, count: row.coming },
    done: row.done,
  }
}
