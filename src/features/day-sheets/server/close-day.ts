import type { DaySheet } from '#features/day-sheets/contract.ts'
import type { Caller } from '#server/auth/caller.ts'
import { requireRole } from '#server/auth/require-role.ts'
import { inChangeSet } from '#server/db/change-set.ts'
import { companyDay } from '#server/db/company-day.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { invalid, notFound, Problem } from '#server/http/problem.ts'
import { sheetOf } from './sheets.ts'

/** Keeps the caller's comment on his own open day. @throws Problem 409 where it is closed */
export async function keepComment(tx: Tx, caller: Caller, day: string, comment: string): Promise<DaySheet> {
  await requireRole(tx, 'head', 'team-head', 'manager')
  const kept = await rowOf(
    tx,
    `insert into day_sheets as d (user_id, day, comment) values (caller_id(), $1, $2)
     on conflict (user_id, day) do update set comment = excluded.comment, updated_at = product_now() where d.closed_at is null
     returning 1`,
    [day, comment],
  ).catch(refusedAsClosed)
  if (!kept) throw closedAlready()
  return sheetOf(tx, caller, caller.id, day)
}

/** Closes the caller's own day with the figures of this moment. @throws Problem 409 where it is closed, 422 for a day to come */
export async function closeDay(
  tx: Tx,
  caller: Caller,
  day: string,
  comment: string | undefined,
  now: Date,
): Promise<DaySheet> {
  await requireRole(tx, 'head', 'team-head', 'manager')
  if (day > (await companyDay(tx, now))) {
    throw invalid('day', { ru: 'Этот день ещё не наступил.', en: 'That day has not come yet.' })
  }
  const { figures, closed } = await sheetOf(tx, caller, caller.id, day)
  if (closed) throw closedAlready()
  await inChangeSet(tx, 'sheet.close', { day })
  await rowsOf(
    tx,
    `insert into day_sheets as d (user_id, day, comment, figures, closed_at, closed_by)
     values (caller_id(), $1, coalesce($2, ''), $3, $4, caller_id())
     on conflict (user_id, day) do update set comment = coalesce($2, d.comment), figures = excluded.figures,
       closed_at = excluded.closed_at, closed_by = excluded.closed_by, updated_at = product_now()`,
    [day, comment, figures, now],
  )
  return sheetOf(tx, caller, caller.id, day)
}

/** @throws Problem 404 where the caller sees no closed day of this person, 403 where opening it is not his to do */
export async function reopenDay(tx: Tx, caller: Caller, day: string, userId: string): Promise<DaySheet> {
  const { closed } = await sheetOf(tx, caller, userId, day)
  if (!closed) throw notFound()
  await inChangeSet(tx, 'sheet.reopen', { day, user: userId })
  const opened = await rowOf(
    tx,
    `update day_sheets set figures = null, closed_at = null, closed_by = null, updated_at = product_now()
     where user_id = $1 and day = $2 returning 1`,
    [userId, day],
  )
  if (!opened) {
    throw new Problem(403, 'not-yours-to-open', {
      ru: 'Закрытый день снова открывает руководитель.',
      en: 'A closed day is opened again by the head.',
    })
  }
  return sheetOf(tx, caller, userId, day)
}

/** A closed row is out of the reach of an update below the policies, which the database tells as a refusal. */
function refusedAsClosed(error: unknown): never {
  throw (error as { code?: string }).code === '42501' ? closedAlready() : error
}

const closedAlready = () =>
  new Problem(409, 'day-closed', {
    ru: 'Этот день уже закрыт. Открыть его снова может руководитель.',
    en: 'This day is closed already. The head can open it again.',
  })
