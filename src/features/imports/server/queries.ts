import type { Import, ImportOwner, ImportStatus } from '#features/imports/contract.ts'
import { type Language, notFound, type Sentence } from '#server/http/problem.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { notYours } from './refusals.ts'

type ImportRecord = Omit<Import, 'problem' | 'counts' | 'owners'> & {
  problem: Sentence | null
  counts: Partial<Import['counts']>
  owners: ImportOwner[] | null
}

const columns = `i.id, i.name, i.size, i.status, i.format, i.encoding, i.sheets, i.columns, i.mapping, i.top, i.owner_id as "ownerId",
  i.twins, i.counts, i.problem, i.change_set_id as "changeSetId", i.reversal, i.user_id as "userId", i.created_at as "createdAt",
  i.applied_at as "appliedAt", jsonb_build_object('done', coalesce(j.done, 0), 'total', j.total) as progress`

/** An import the caller may see. @throws Problem 404 */
export async function findImport(tx: Tx, id: string, language: Language): Promise<Import> {
  const row = await rowOf<ImportRecord>(
    tx,
    `select ${columns}, (
       select jsonb_agg(jsonb_build_object('name', o.name, 'rows', o.rows, 'userId', o.user_id, 'chosen', o.chosen)
         order by o.rows desc, o.name) from import_owners o where o.import_id = i.id) as owners
     from imports i left join jobs j on j.id = i.job_id where i.id = $1`,
    [id],
  )
  if (!row) throw notFound()
  return told(row, language)
}

/** A page of imports, the newest first; owners' names, first rows and samples of columns are left to findImport. */
export async function findImports(
  tx: Tx,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
  language: Language,
): Promise<{ items: Import[]; nextCursor: string | null }> {
  const rows = await rowsOf<ImportRecord>(
    tx,
    `select ${columns}, null as owners from imports i left join jobs j on j.id = i.job_id
     where $1::uuid is null or i.id < $1 order by i.id desc limit $2`,
    [cursor ?? null, limit + 1],
  )
  const items = rows.slice(0, limit).map((row) => told({ ...row, columns: [], top: [] }, language))
  return { items, nextCursor: rows.length > limit ? items.at(-1)!.id : null }
}

const none = { create: 0, update: 0, skip: 0, doubtful: 0, error: 0 }

const told = (row: ImportRecord, language: Language): Import => ({
  ...row,
  problem: row.problem?.[language] ?? null,
  counts: { ...none, ...row.counts },
  owners: row.owners ?? [],
})

export interface OwnImport {
  id: string
  userId: string
  status: ImportStatus
  jobId: string | null
  /** Whether its rows have been read and matched. */
  matched: boolean
  sheets: number
  ownerId: string | null
}

/** The caller's own import, locked. @throws Problem 404; 403 where he sees another's */
export async function lockOwnImport(tx: Tx, id: string): Promise<OwnImport> {
  const found = await rowOf<OwnImport & { own: boolean }>(
    tx,
    `select id, user_id as "userId", status, job_id as "jobId", matched_at is not null as matched,
       jsonb_array_length(sheets) as sheets, owner_id as "ownerId", user_id = caller_id() as own
     from imports where id = $1`,
    [id],
  )
  if (!found) throw notFound()
  if (!found.own) throw notYours()
  await rowsOf(tx, 'select 1 from imports where id = $1 for no key update', [id])
  const now = await rowOf<Pick<OwnImport, 'status' | 'jobId' | 'matched'>>(
    tx,
    'select status, job_id as "jobId", matched_at is not null as matched from imports where id = $1',
    [id],
  )
  return { ...found, ...now! }
}

/** Stops the job that works on an import, if any. */
export const stopJob = (tx: Tx, jobId: string | null) =>
  rowsOf(
    tx,
    `update jobs set cancelled = true, status = case status when 'queued' then 'cancelled' else status end
     where id = $1 and status in ('queued', 'running')`,
    [jobId],
  )
