import type { Activity } from '#features/activities/contract.ts'
import { rowOf, type Tx } from '#server/db/tx.ts'
import { notFound } from '#server/http/problem.ts'
import { activityColumns, activityJoins, entriesOf } from './activity-columns.ts'

/** Reminders of the caller that have come and were not seen yet, the earliest first. */
export const dueReminders = (tx: Tx, limit: number) =>
  remindersWhere(tx, 'remind_at <= (select product_now())', limit)

/** Reminders of the caller that ring between two moments, the second not included, and were not seen yet. */
export const remindersBetween = (tx: Tx, from: string, to: string, limit: number) =>
  remindersWhere(tx, 'remind_at >= $2 and remind_at < $3', limit, from, to)

async function remindersWhere(tx: Tx, when: string, limit: number, ...bounds: string[]) {
  const rows = await entriesOf<Activity & { reminderId: string; remindAt: string }>(
    tx,
    `with r as materialized (
       select id, activity_id, remind_at from reminders
       where user_id = (select caller_id()) and seen_at is null and ${when}
       order by remind_at limit $1)
     select ${activityColumns}, r.id as "reminderId", r.remind_at as "remindAt"
     from r join activities a on a.id = r.activity_id ${activityJoins} order by r.remind_at`,
    [limit, ...bounds],
  )
  return rows.map(({ reminderId, remindAt, ...activity }) => ({ id: reminderId, remindAt, activity }))
}

/** Rings again so many minutes from now. @throws Problem 404 where it is nobody's or another's */
export async function snooze(tx: Tx, id: string, minutes: number) {
  const row = await rowOf<{ id: string; remindAt: string }>(
    tx,
    `update reminders set remind_at = product_now() + make_interval(mins => $2), seen_at = null
     where id = $1 returning id, remind_at as "remindAt"`,
    [id, minutes],
  )
  if (!row) throw notFound()
  return row
}

/** It has been seen. @throws Problem 404 */
export async function dismiss(tx: Tx, id: string) {
  const row = await rowOf(tx, 'update reminders set seen_at = product_now() where id = $1 returning id', [id])
  if (!row) throw notFound()
}
