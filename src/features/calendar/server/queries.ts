import type { z } from 'zod'
import type { Activity } from '#features/activities/contract.ts'
import { activityColumns, activityJoins, entriesOf } from '#features/activities/server/activity-columns.ts'
import { dayAfter, todayIn } from '#features/activities/when.ts'
import type { getCalendar } from '#features/calendar/contract.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'

type Input = z.output<(typeof getCalendar)['input']>

/** Counted no further. */
const mostOverdue = 1_000

// Person by person, so that each walks his own index; the names of clients only for what is shown.
const statement = `
  with asked as materialized (
    select u.id from users u where u.id = any ($1::uuid[]) or u.team_id = $2),
  bounds as materialized (
    select $3::date::timestamp at time zone time_zone as start, ($4::date + 1)::timestamp at time zone time_zone as finish, time_zone from company),
  found as materialized (
    select e.id, e.day, e.place, count(*) over (partition by e.day)::int as many,
      row_number() over (partition by e.day order by e.place, e.id) as n
    from asked u cross join lateral (
      select a.id, (a.moment at time zone (select time_zone from bounds))::date as day, a.moment as place
      from activities a
      where a.user_id = u.id and a.moment >= (select start from bounds) and a.moment < (select finish from bounds)
        and (a.due_at is not null or a.done_at is not null)) e)
  select ${activityColumns}, f.day::text as day, f.many
  from found f join activities a on a.id = f.id ${activityJoins} where f.n <= $5 order by f.day, f.place, f.id`

/** The entries of some people on some days of the company. */
export async function calendarOf(tx: Tx, callerId: string, input: Input, now: Date) {
  const { from, to, user = ['me'], team, perDay } = input
  const users = team && !input.user ? [] : user.map((id) => (id === 'me' ? callerId : id))
  const rows = await entriesOf<Activity & { day: string; many: number }>(tx, statement, [
    users,
    team ?? null,
    from,
    to,
    perDay,
  ])
  const company = await rowOf<{ zone: string }>(tx, 'select time_zone as zone from company')
  const days: { day: string; count: number; entries: Activity[] }[] = []
  for (let day = from; day <= to; day = dayAfter(day, 1)) days.push({ day, count: 0, entries: [] })
  const byDay = new Map(days.map((day) => [day.day, day]))
  for (const { day, many, ...entry } of rows) {
    const cell = byDay.get(day)!
    cell.count = many
    cell.entries.push(entry)
  }
  const today = todayIn(company?.zone ?? 'Europe/Moscow', now)
  return { today, days, overdue: await countOverdue(tx, users, team, today) }
}

async function countOverdue(tx: Tx, users: string[], team: string | undefined, today: string) {
  const [row] = await rowsOf<{ count: number }>(
    tx,
    `select count(*)::int as count from (
       select 1 from users u cross join lateral (
         select 1 from activities a
         where a.user_id = u.id and a.done_at is null and a.cancelled_at is null
           and a.due_at < (select $3::date::timestamp at time zone time_zone from company)
         limit ${mostOverdue}) o
       where u.id = any ($1::uuid[]) or u.team_id = $2 limit ${mostOverdue}) found`,
    [users, team ?? null, today],
  )
  return row!.count
}
