import type { Activity } from '#features/activities/contract.ts'
import { movedRule, nextDay, type Repeat, type RepeatDraft } from '#features/activities/recurrence.ts'
import { momentOf, wallOf } from '#features/activities/when.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { invalid } from '#server/http/problem.ts'

const companyZone = async (tx: Tx) =>
  (await rowOf<{ zone: string }>(tx, 'select time_zone as zone from company'))?.zone ?? 'Europe/Moscow'

/**
 * A rule that begins with the plan it is said of, by the company's clock.
 * @throws Problem 422 where the plan has no due date
 */
export async function ruleOf(tx: Tx, draft: RepeatDraft, dueAt: string | null): Promise<Repeat> {
  if (dueAt === null) {
    throw invalid('repeat', {
      ru: 'Повторяется только то, у чего есть срок.',
      en: 'Only what has a due date can repeat.',
    })
  }
  const { day, time } = wallOf(dueAt, await companyZone(tx))
  return { ...draft, from: day, time }
}

/** The rule of an open plan whose whole row goes to another moment with it. */
export async function ruleMoved(tx: Tx, { repeat, firstDueAt, dueAt: was }: Activity, dueAt: string) {
  const zone = await companyZone(tx)
  return movedRule(repeat!, wallOf(firstDueAt ?? was!, zone).day, wallOf(dueAt, zone))
}

/**
 * Enters what follows an occurrence that was just done or cancelled: the first day of the rule after both the day it stood for (not the
 * one it was moved to) and the day it was ended on, so that nothing missed piles up.
 * @returns when it is due; null where the series ends or its next occurrence is there already
 */
export async function enterNext(tx: Tx, ended: Activity): Promise<string | null> {
  const { repeat, seriesId, occurrence } = ended
  if (!repeat || !seriesId || !occurrence || !ended.dueAt) return null
  const zone = await companyZone(tx)
  const stoodFor = wallOf(ended.firstDueAt ?? ended.dueAt, zone).day
  const endedOn = wallOf((ended.doneAt ?? ended.cancelledAt)!, zone).day
  // A row moved as a whole goes on from where it was moved to.
  const after = [stoodFor, endedOn, repeat.from].toSorted().at(-1)!
  const day = nextDay(repeat, after, occurrence)
  if (day === null) return null
  const made = await rowOf<{ dueAt: string }>(
    tx,
    `insert into activities (client_id, person_id, contact_id, contact_value, user_id, kind, text, due_at, remind_before, repeat,
       series_id, occurrence)
     select client_id, person_id, contact_id, contact_value, user_id, kind, text, $2, remind_before, repeat, series_id, occurrence + 1
     from activities a where id = $1
       and not exists (select 1 from activities n where n.series_id = a.series_id and n.occurrence = a.occurrence + 1)
     returning due_at as "dueAt"`,
    [ended.id, momentOf({ day, time: repeat.time }, zone)],
  )
  return made?.dueAt ?? null
}

/** Takes the following occurrence back, unless somebody has done anything with it. */
export const dropNext = (tx: Tx, { seriesId, occurrence }: Activity) =>
  rowsOf(
    tx,
    `delete from activities where series_id = $1 and occurrence = $2 and version = 1 and done_at is null and cancelled_at is null`,
    [seriesId, (occurrence ?? 0) + 1],
  )
