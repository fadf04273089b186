import type { Kept, Reversal } from '#features/changes/contract.ts'
import { send, type Tx } from '#server/db/tx.ts'
import { Problem } from '#server/http/problem.ts'
import { enqueue, jobKind } from '#server/jobs/queue.ts'
import { findChangeSet } from './queries.ts'

/** Rows up to which a person waits for the answer. */
const atOnce = 3_000

/**
 * Takes an act back, at once or by a job when it changed many rows.
 * @throws Problem 404; 403 where it is somebody else's; 409 where nothing of it is in force
 */
export async function reverseChangeSet(tx: Tx, id: string): Promise<Reversal> {
  const { counts, mayReverse } = await findChangeSet(tx, id)
  const rows = Object.values(counts).reduce((sum, { i = 0, u = 0, d = 0 }) => sum + i + u + d, 0)
  if (!mayReverse || rows <= atOnce) return reverseNow(tx, id)
  const jobId = await enqueue(tx, 'change-sets.reverse', { changeSetId: id })
  return { changeSetId: null, jobId, counts: null, kept: [] }
}

/** One transaction, whatever its size. The change-set of the reversal is opened by the database. */
export async function reverseNow(tx: Tx, id: string): Promise<Reversal> {
  const [reversed] = await send(tx, {
    text: 'select change_set as "changeSetId", restored, kept, hidden, kept_list as list from reverse_change_set($1)',
    values: [id],
    opensChangeSet: true,
  })
  const { changeSetId, list, ...counts } = reversed!.rows[0] as {
    changeSetId: string
    restored: number
    kept: number
    hidden: number
    list: Kept[]
  }
  return { changeSetId, jobId: null, counts, kept: list }
}

export const changeSetReversal = jobKind(
  'change-sets.reverse',
  async ({ changeSetId }: { changeSetId: string }, job) => {
    const { jobId: _, ...result } = await job.asUser((tx) => reverseNow(tx, changeSetId)).catch(foreseen)
    return result
  },
)

/** Taken back by somebody else while it waited in the queue. */
function foreseen(error: unknown): never {
  if ((error as { code?: string }).code !== 'KT003') throw error
  throw new Problem(409, 'already-reversed', {
    ru: 'Это изменение уже отменено.',
    en: 'This change was reversed already.',
  })
}
