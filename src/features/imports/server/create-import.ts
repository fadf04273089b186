import { open, stat } from 'node:fs/promises'
import type { FastifyRequest } from 'fastify'
import type { MappingChoice } from '#features/imports/mapping.ts'
import type { Caller } from '#server/auth/caller.ts'
import { requireRole } from '#server/auth/require-role.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { invalid } from '#server/http/problem.ts'
import { enqueue } from '#server/jobs/queue.ts'
import { receiveFiles, type ReceivedFile } from './receive-files.ts'
import { ownerNotAllowed } from './refusals.ts'

/** Bytes of one row of import_files. */
const chunkSize = 1024 * 1024

/** Keeps the files of an upload, each an import of its own that is read in the background. */
export async function createImports(
  tx: Tx,
  caller: Caller,
  request: FastifyRequest,
): Promise<{ id: string; ids: string[] }> {
  await requireRole(tx, 'manager', 'team-head', 'head')
  const { files, fields } = await receiveFiles(request)
  if (fields.ownerId !== undefined) await requireOwner(tx, fields.ownerId)
  // A manager's table holds his own clients; the head's may hold clients of nobody yet.
  const ownerId = fields.ownerId ?? (caller.role === 'head' ? null : caller.id)
  await rowsOf(tx, 'select purge_imports()')
  const ids: string[] = []
  for (const file of files) ids.push(await keepFile(tx, file, ownerId))
  return { id: ids[0]!, ids }
}

/** Whom the caller may make an owner. @throws Problem 422 */
export async function requireOwner(tx: Tx, ownerId: string, path = 'ownerId') {
  const allowed = await rowOf(
    tx,
    `select 1 from users where id = $1 and active and role <> 'admin' and (caller_role() = 'head' or id = any (visible_user_ids()))`,
    [ownerId],
  )
  if (!allowed) throw invalid(path, ownerNotAllowed)
}

async function keepFile(tx: Tx, { name, path }: ReceivedFile, ownerId: string | null): Promise<string> {
  const { size } = await stat(path)
  const row = await rowOf<{ id: string }>(
    tx,
    'insert into imports (name, size, owner_id) values ($1, $2, $3) returning id',
    [name, size, ownerId],
  )
  const { id } = row!
  const file = await open(path)
  try {
    for (let seq = 0; ; seq++) {
      const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkSize), 0, chunkSize)
      if (bytesRead === 0) break
      const data = buffer.subarray(0, bytesRead)
      await rowsOf(tx, 'insert into import_files (import_id, seq, data) values ($1, $2, $3)', [id, seq, data])
    }
  } finally {
    await file.close()
  }
  await readInBackground(tx, id, true)
  return id
}

/**
 * Puts the reading of an import on the queue. `restage`: the file is read anew, not only its rows matched; `choice`: another
 * sheet, header or columns than it has.
 */
export async function readInBackground(tx: Tx, id: string, restage: boolean, choice?: MappingChoice) {
  const jobId = await enqueue(tx, 'imports.read', { importId: id, restage, choice })
  await rowsOf(
    tx,
    `update imports set status = 'reading', job_id = $2, problem = null,
       matched_at = case when $3 then null else matched_at end where id = $1`,
    [id, jobId, restage],
  )
}
