import { inChangeSet } from '#server/db/change-set.ts'
import { rowOf } from '#server/db/tx.ts'
import { jobKind } from '#server/jobs/queue.ts'

/** Gives out every client nobody has: one transaction and one change-set, so that it is taken back as one act. */
export const clientDistribution = jobKind('clients.distribute', (_: object, job) =>
  job.asUser(async (tx) => {
    const changeSetId = await inChangeSet(tx, 'client.distribute')
    const { count } = (await rowOf<{ count: number }>(tx, 'select distribute_ownerless() as count'))!
    return { count, changeSetId }
  }),
)
