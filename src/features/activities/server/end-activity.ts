import type { Activity } from '#features/activities/contract.ts'
import type { Tx } from '#server/db/tx.ts'
import { Problem } from '#server/http/problem.ts'
import { checkReferences } from './check-references.ts'
import { dropNext, enterNext, ruleMoved } from './next-occurrence.ts'
import { checkAnswered, reachedBy } from './outcome.ts'
import { lockActivity, writeFields, type Values } from './write-activity.ts'

type Ended = Activity & { nextDueAt: string | null }

interface Done {
  doneAt?: string | undefined
  result?: string | null | undefined
  outcome?: string | null | undefined
  contactId?: string | null | undefined
}

/** Marks as done; what is done already is told, so that two people do not write over each other's result. */
export async function completeEntry(tx: Tx, id: string, done: Done, now: Date): Promise<Ended> {
  const current = await lockActivity(tx, id)
  if (current.doneAt !== null) throw alreadyDone(current)
  if (current.cancelledAt !== null) throw alreadyCancelled(current)
  const values: Values = { done_at: done.doneAt ?? now.toISOString() }
  if (done.result !== undefined) values.result = done.result
  if (done.outcome !== undefined) {
    values.outcome = done.outcome
    values.reached = await reachedBy(tx, done.outcome)
  }
  if (done.contactId !== undefined) {
    const { contactValue } = await checkReferences(tx, { ...current, contactId: done.contactId })
    Object.assign(values, { contact_id: done.contactId, contact_value: contactValue })
  }
  const written = await writeFields(tx, id, 'activity.complete', values)
  await checkAnswered(tx, written)
  return { ...written, nextDueAt: await enterNext(tx, written) }
}

/** Takes «done», result and outcome back. */
export async function reopenEntry(tx: Tx, id: string): Promise<Activity> {
  const current = await lockActivity(tx, id)
  if (current.doneAt === null) return current
  const written = await writeFields(tx, id, 'activity.reopen', {
    done_at: null,
    result: null,
    outcome: null,
    reached: null,
  })
  if (written.seriesId) await dropNext(tx, written)
  return written
}

/** Calls an open plan off, with why. `series`: nothing follows it. */
export async function cancelEntry(
  tx: Tx,
  id: string,
  { reason = null, series = false }: { reason?: string | null | undefined; series?: boolean | undefined },
  now: Date,
): Promise<Ended> {
  const current = await lockActivity(tx, id)
  if (current.cancelledAt !== null) throw alreadyCancelled(current)
  if (current.doneAt !== null) throw alreadyDone(current)
  if (current.dueAt === null) throw notPlanned()
  const written = await writeFields(tx, id, 'activity.cancel', {
    cancelled_at: now.toISOString(),
    cancel_reason: reason,
  })
  return { ...written, nextDueAt: series ? null : await enterNext(tx, written) }
}

/** Puts a cancelled entry back into the plan. */
export async function uncancelEntry(tx: Tx, id: string): Promise<Activity> {
  const current = await lockActivity(tx, id)
  if (current.cancelledAt === null) return current
  const written = await writeFields(tx, id, 'activity.reopen', { cancelled_at: null, cancel_reason: null })
  if (written.seriesId) await dropNext(tx, written)
  return written
}

/** Gives an open plan another moment; the trigger keeps the first one and who moved it when. `series`: its whole row. */
export async function moveEntry(tx: Tx, id: string, dueAt: string, series = false): Promise<Activity> {
  const current = await lockActivity(tx, id)
  if (current.doneAt !== null) throw alreadyDone(current)
  if (current.cancelledAt !== null) throw alreadyCancelled(current)
  if (current.dueAt === null) throw notPlanned()
  if (Date.parse(current.dueAt) === Date.parse(dueAt)) return current
  return writeFields(tx, id, 'activity.move', {
    due_at: dueAt,
    ...(series && current.repeat && { repeat: JSON.stringify(await ruleMoved(tx, current, dueAt)) }),
  })
}

const alreadyDone = ({ doneAt, result, outcome }: Activity) =>
  new Problem(
    409,
    'already-done',
    { ru: 'Эта запись уже отмечена сделанной.', en: 'This entry is marked as done already.' },
    { current: { doneAt, result, outcome } },
  )

const alreadyCancelled = ({ cancelledAt, cancelReason }: Activity) =>
  new Problem(
    409,
    'already-cancelled',
    { ru: 'Эта запись уже отменена.', en: 'This entry is cancelled already.' },
    { current: { cancelledAt, cancelReason } },
  )

const notPlanned = () =>
  new Problem(409, 'not-planned', {
    ru: 'У этой записи нет срока: переносить и отменять нечего.',
    en: 'This entry has no due date: there is nothing to move or to cancel.',
  })
