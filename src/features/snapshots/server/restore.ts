import { inChangeSet } from '#server/db/change-set.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { notFound } from '#server/http/problem.ts'
import { jobKind } from '#server/jobs/queue.ts'

/** Clients restored by one statement: between two of them a job tells how far it is and can be cancelled. */
const partSize = 2_000

export interface Restoration {
  changeSetId: string
  counts: {
    /** Clients that are now what they were. */
    restored: number
    /** Clients the caller no longer sees: left alone. */
    hidden: number
    /** Clients whose owner of that time the caller may not set. */
    ownersKept: number
  }
}

/** Restores clients of a snapshot: those given, else all that changed or went to the archive. In one transaction and one change-set. */
export const snapshotRestoration = jobKind(
  'snapshots.restore',
  async ({ id, clientIds }: { id: string; clientIds?: string[] }, job): Promise<Restoration> =>
    job.asUser(async (tx) => {
      const snapshot = await rowOf<{ no: number; at: string }>(
        tx,
        'select no, at from snapshots where id = $1',
        [id],
      )
      if (!snapshot) throw notFound()
      const asked = await rowsOf<{ id: string; seen: boolean }>(
        tx,
        `select s.client_id as id, c.id is not null as seen from snapshot_clients s left join clients c on c.id = s.client_id
         where s.snapshot_no = $1 and case when $2::uuid[] is null then s.change in ('changed', 'gone')
           else s.change <> 'same' and s.client_id = any ($2) end`,
        [snapshot.no, clientIds ?? null],
      )
      const ids = asked.filter(({ seen }) => seen).map(({ id }) => id)
      const changeSetId = await inChangeSet(tx, 'snapshot.restore', { at: snapshot.at })
      let ownersKept = 0
      for (let from = 0; from < ids.length; from += partSize) {
        await job.progress(from, ids.length)
        ownersKept += await restoreClients(tx, ids.slice(from, from + partSize), snapshot.at)
      }
      await job.progress(ids.length, ids.length)
      const restored = await countRestored(tx, changeSetId)
      return { changeSetId, counts: { restored, hidden: asked.length - ids.length, ownersKept } }
    }),
)

/** @returns how many of them keep their present owner */
export async function restoreClients(tx: Tx, ids: readonly string[], at: string): Promise<number> {
  const row = await rowOf<{ kept: number }>(
    tx,
    'select restore_clients($1::uuid[], $2::timestamptz) as kept',
    [ids, at],
  )
  return row!.kept
}

async function countRestored(tx: Tx, changeSetId: string): Promise<number> {
  const row = await rowOf<{ restored: number }>(
    tx,
    'select count(distinct client_id)::int as restored from changes where change_set_id = $1 and at >= now()',
    [changeSetId],
  )
  return row!.restored
}
