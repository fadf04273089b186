import type { MyDay } from '#features/my-day/contract.ts'
import { rowOf, type Tx } from '#server/db/tx.ts'

// Days are the company's; a week on is seven of its days, also over a change of clocks.
const statement = `
  with company_day as (
    select time_zone, date_trunc('day', now() at time zone time_zone) as midnight from company),
  bounds as (
    select midnight::date as today, midnight at time zone time_zone as start,
      (midnight + interval '1 day') at time zone time_zone as finish,
      (midnight + interval '8 days') at time zone time_zone as horizon
    from company_day),
  plan as (
    select count(*) filter (where a.due_at < b.start) as overdue,
      count(*) filter (where a.due_at >= b.start and a.due_at < b.finish) as due,
      count(*) filter (where a.due_at >= b.finish) as coming
    from bounds b cross join activities a
    where a.user_id = caller_id() and a.done_at is null and a.due_at < b.horizon)
  select b.today::text as today, b.start, b.finish, b.horizon, p.overdue, p.due, p.coming,
    (select count(*) from activities a
     where a.user_id = caller_id() and a.done_at is not null
       and coalesce(a.done_at, a.due_at, a.created_at) >= b.start and coalesce(a.done_at, a.due_at, a.created_at) < b.finish) as done
  from bounds b cross join plan p`

interface Row {
  today: string
  start: string
  finish: string
  horizon: string
  overdue: number
  due: number
  coming: number
  done: number
}

/** The caller's open plan in three parts, by the company's day. */
export async function countMyDay(tx: Tx): Promise<MyDay> {
  const row = (await rowOf<Row>(tx, statement))!
  return {
    today: row.today,
    overdue: { from: null, to: row.start, count: row.overdue },
    due: { from: row.start, to: row.finish, count: row.due },
    coming: { from: row.finish, to: row.horizon, count: row.coming },
    done: row.done,
  }
}
