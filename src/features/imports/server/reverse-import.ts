import { inChangeSet } from '#server/db/change-set.ts'
import { rowsOf } from '#server/db/tx.ts'
import { jobKind } from '#server/jobs/queue.ts'

/** Takes an applied import back, in one transaction and one change-set. */
export const importReversal = jobKind('imports.reverse', async ({ importId }: { importId: string }, job) => {
  await job.asUser(async (tx) => {
    await inChangeSet(tx, 'import.reverse', { importId })
    await rowsOf(tx, 'select reverse_import($1)', [importId])
  })
  return {}
})
