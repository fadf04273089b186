import { inChangeSet } from '#server/db/change-set.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { CancelledError, type JobContext, jobKind } from '#server/jobs/queue.ts'
import type { Mapping } from '#features/imports/mapping.ts'
import { endImport } from './end-import.ts'
import { matchImport, stageImport } from './read-import.ts'

/** Clients to a statement: what a cancel waits for. */
const partSize = 20_000

/** Writes an import: one transaction and one change-set, so that whatever breaks off leaves nothing behind. */
export const importApplication = jobKind('imports.apply', async ({ importId }: { importId: string }, job) => {
  const waiting = await job.asUser((tx) => isWaiting(tx, importId, job.id))
  if (!waiting) return {}
  await endImport(job, importId, async () => {
    for (;;) {
      await refresh(job, importId)
      if (await job.asUser((tx) => write(tx, job, importId))) return
    }
  })
  return {}
})

const isWaiting = async (tx: Tx, importId: string, jobId: string) =>
  (await rowOf(tx, `select 1 from imports where id = $1 and status = 'applying' and job_id = $2`, [
    importId,
    jobId,
  ])) !== undefined

/** Rows matched when the base was another are matched again. */
async function refresh(job: JobContext, importId: string) {
  const found = await job.asUser((tx) =>
    rowOf<{ stale: boolean; staged: boolean; mapping: Mapping | null }>(
      tx,
      `select import_is_stale(id) as stale, mapping, exists (select 1 from import_rows r where r.import_id = i.id) as staged
       from imports i where id = $1`,
      [importId],
    ),
  )
  if (!found?.stale) return
  if (!found.staged) await stageImport(job, importId, found.mapping)
  await matchImport(job, importId)
}

/** @returns false where another import was written before it was this one's turn */
async function write(tx: Tx, job: JobContext, importId: string): Promise<boolean> {
  // One import writes at a time: two of the same clients would not see each other.
  await rowsOf(tx, 'select pg_advisory_xact_lock(5278420)')
  if (!(await isWaiting(tx, importId, job.id))) throw new CancelledError()
  const other = await rowOf<{ first: boolean }>(tx, 'select import_is_overtaken($1) as first', [importId])
  if (other!.first) return false
  const parts = await rowsOf<{ first: number; last: number; count: number }>(
    tx,
    `select min(number) as first, max(number) as last, count(*)::int as count from (
       select number, (row_number() over (order by number) - 1) / $2 as part from import_matches
       where import_id = $1 and leader = number and outcome in ('create', 'update')) m
     group by part order by part`,
    [importId, partSize],
  )
  const total = parts.reduce((sum, { count }) => sum + count, 0)
  const changeSetId = total === 0 ? null : await inChangeSet(tx, 'import.apply', { importId })
  let done = 0
  for (const { first, last, count } of parts) {
    await job.progress(done, total)
    await rowsOf(tx, 'select write_import_part($1, $2, $3)', [importId, first, last])
    done += count
  }
  await job.progress(done, total)
  const ended = await rowsOf(
    tx,
    `update imports set status = 'applied', change_set_id = $3, applied_at = clock_timestamp()
     where id = $1 and status = 'applying' and job_id = $2 returning id`,
    [importId, job.id, changeSetId],
  )
  if (ended.length === 0) throw new CancelledError()
  return true
}
