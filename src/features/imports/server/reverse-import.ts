import { reverseNow } from '#features/changes/server/reverse-change-set.ts'
import { rowOf } from '#server/db/tx.ts'
import { jobKind } from '#server/jobs/queue.ts'

/** Takes an applied import back like any act; the database notes on the import what came of it. */
export const importReversal = jobKind('imports.reverse', async ({ importId }: { importId: string }, job) => {
  await job.asUser(async (tx) => {
    const found = await rowOf<{ changeSetId: string | null }>(
      tx,
      `select change_set_id as "changeSetId" from imports where id = $1 and status = 'applied' for no key update`,
      [importId],
    )
    if (found?.changeSetId) await reverseNow(tx, found.changeSetId)
  })
  return {}
})
