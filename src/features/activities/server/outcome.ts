import type { Activity } from '#features/activities/contract.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { invalid } from '#server/http/problem.ts'

/**
 * Whether an outcome means that somebody answered.
 * @returns null where the dictionary does not say
 * @throws Problem 422 where the dictionary has no such outcome
 */
export async function reachedBy(tx: Tx, outcome: string | null | undefined): Promise<boolean | null> {
  if (outcome == null) return null
  const row = await rowOf<{ reached: boolean | null }>(
    tx,
    `select reached from choices where field = 'outcome' and name = $1`,
    [outcome],
  )
  if (row) return row.reached
  throw invalid('outcome', {
    ru: 'Такого итога нет в справочнике.',
    en: 'The dictionary has no such outcome.',
  })
}

/** A phone that answered is a checked one. */
export async function checkAnswered(tx: Tx, entry: Activity) {
  if (entry.kind !== 'call' || !entry.reached || !entry.contactId || !entry.doneAt) return
  await rowsOf(
    tx,
    `update contacts set checked_at = $2, checked_by = caller_id(), updated_at = product_now()
     where id = $1 and (checked_at is null or checked_at < $2)`,
    [entry.contactId, entry.doneAt],
  )
}
