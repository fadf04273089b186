import type { MappingChoice } from '#features/imports/mapping.ts'
import { openCopy } from '#server/db/copy-in.ts'
import { rowOf, rowsOf } from '#server/db/tx.ts'
import { type JobContext, jobKind } from '#server/jobs/queue.ts'
import { endImport } from './end-import.ts'
import { matchOwners } from './match-owners.ts'
import { Refusal } from './reading/refusal.ts'
import { withSpooledFile } from './spool-file.ts'
import { stageContext } from './staging/stage-context.ts'
import type { OpenedTable } from './staging/stage-messages.ts'
import { stageTable } from './staging/stage-table.ts'
import { STAGING, type StagingTable } from './staging/staging-tables.ts'

/** Reads the file of an import into the staging, where that is asked or a crash has emptied it, and matches its rows with the base. */
export const importReading = jobKind(
  'imports.read',
  async (
    { importId, restage, choice }: { importId: string; restage: boolean; choice?: MappingChoice },
    job,
  ) => {
    const found = await job.asUser((tx) =>
      rowOf<{ mapping: MappingChoice | null; staged: boolean }>(
        tx,
        `select mapping, exists (select 1 from import_rows r where r.import_id = i.id) as staged
         from imports i where id = $1 and status = 'reading' and job_id = $2`,
        [importId, job.id],
      ),
    )
    if (!found) return {}
    await endImport(job, importId, async () => {
      if (restage || !found.staged) await stageImport(job, importId, choice ?? found.mapping)
      await matchImport(job, importId)
      await job.asUser((tx) =>
        rowsOf(
          tx,
          `update imports set status = 'ready' where id = $1 and status = 'reading' and job_id = $2`,
          [importId, job.id],
        ),
      )
    })
    return {}
  },
)

/** Owners' names, then rows, as the base stands now. */
export async function matchImport(job: JobContext, importId: string) {
  await job.asUser(async (tx) => {
    await matchOwners(tx, importId)
    await rowsOf(tx, 'select match_import($1)', [importId])
  })
}

/** The file, read and judged in a worker, as rows of the staging tables. @throws Refusal */
export async function stageImport(job: JobContext, importId: string, mapping: MappingChoice | null) {
  const copying = await openCopy(job.database, importId)
  try {
    await job.asUser((tx) => rowsOf(tx, 'select clear_import($1)', [importId]))
    const context = await job.asUser(stageContext)
    const tell = nowAndThen((rows: number) => job.progress(rows))
    await withSpooledFile(job, importId, async (path) => {
      for await (const message of stageTable({ path, importId, mapping, context }, job.signal)) {
        if (message.kind === 'opened') await keepOpened(job, importId, message.table)
        else if (message.kind === 'batch') {
          const parts = Object.entries(message.parts) as [StagingTable, Uint8Array][]
          await Promise.all([
            tell(message.rows),
            ...parts.map(([table, text]) => copying.copy(table, STAGING[table], text)),
          ])
        } else if (message.drafts === 0) throw new Refusal('table.nobody-named')
        else await job.progress(message.rows, message.rows)
      }
      // Whether an import is staged is asked of its rows.
      await copying.finish('import_rows')
    })
  } finally {
    await copying.end()
  }
}

/** Told twice a second: each telling is a transaction, and there are hundreds of batches. */
function nowAndThen<T>(work: (value: T) => Promise<void>): (value: T) => Promise<void> {
  let next = 0
  return async (value) => {
    if (performance.now() < next) return
    next = performance.now() + 500
    await work(value)
  }
}

const keepOpened = (job: JobContext, importId: string, table: OpenedTable) =>
  job.asUser((tx) =>
    rowsOf(
      tx,
      'update imports set format = $2, encoding = $3, sheets = $4, mapping = $5, columns = $6, top = $7 where id = $1',
      [
        importId,
        table.format,
        table.encoding,
        JSON.stringify(table.sheets),
        JSON.stringify(table.mapping),
        JSON.stringify(table.columns),
        JSON.stringify(table.top),
      ],
    ),
  )
