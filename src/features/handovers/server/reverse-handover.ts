import { reverseNow } from '#features/changes/server/reverse-change-set.ts'
import { rowsOf, type Tx } from '#server/db/tx.ts'
import { Problem } from '#server/http/problem.ts'
import { findHandover } from './queries.ts'

/**
 * Takes a handover back by the reversal of its change-set; a dismissed person is let in again first, or his clients could not return to
 * him. His sessions and keys stay gone.
 * @throws Problem 404; 409 where it was taken back, or is older than 30 days
 */
export async function reverseHandover(tx: Tx, id: string) {
  const { mayReverse, reversedAt, dismissed, fromId, changeSetId } = await findHandover(tx, id)
  if (!mayReverse) throw reversedAt ? alreadyReversed() : tooLate()
  if (dismissed)
    await rowsOf(tx, 'update users set active = true, deactivated_at = null where id = $1 and not active', [
      fromId,
    ])
  const { counts } = await reverseNow(tx, changeSetId)
  await rowsOf(tx, 'update handovers set reversed_at = now(), reversed_by = caller_id() where id = $1', [id])
  return { handover: await findHandover(tx, id), counts: counts! }
}

const alreadyReversed = () =>
  new Problem(409, 'already-reversed', {
    ru: 'Эта передача уже отменена.',
    en: 'This handover was taken back already.',
  })
const tooLate = () =>
  new Problem(409, 'too-late', {
    ru: 'Отменить передачу можно в течение 30 дней. Передайте клиентов обратно новой передачей.',
    en: 'A handover can be taken back for 30 days. Hand the clients back by a new one.',
  })
