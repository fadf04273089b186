import type { z } from 'zod'
import type { Import, updateImport } from '#features/imports/contract.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { invalid, type Language, notFound } from '#server/http/problem.ts'
import { enqueue } from '#server/jobs/queue.ts'
import { readInBackground, requireOwner } from './create-import.ts'
import { findImport, lockOwnImport, stopJob } from './queries.ts'
import { notNow, notYours } from './refusals.ts'

type Patch = z.output<(typeof updateImport)['input']>

/** Notes what a person wants otherwise; the file is read anew only for another mapping, else its rows are matched anew. */
export async function changeImport(tx: Tx, patch: Patch, language: Language): Promise<Import> {
  const { id, mapping, ownerId, owners, twins } = patch
  const found = await lockOwnImport(tx, id)
  if (!['reading', 'ready', 'failed', 'cancelled', 'refused'].includes(found.status)) throw notNow()
  if (mapping && found.sheets > 0 && mapping.sheet >= found.sheets)
    throw invalid('mapping.sheet', { ru: 'Такого листа в файле нет.', en: 'The file has no such sheet.' })
  if (ownerId) await requireOwner(tx, ownerId)
  for (const [name, userId] of Object.entries(owners ?? {}))
    if (userId !== null) await requireOwner(tx, userId, `owners.${name}`)
  await stopJob(tx, found.jobId)
  await rowsOf(
    tx,
    `update imports set owner_id = case when $2 then $3 else owner_id end,
       twins = case when $4 then $5 else twins end where id = $1`,
    [id, ownerId !== undefined, ownerId ?? null, twins !== undefined, twins ?? null],
  )
  for (const [name, userId] of Object.entries(owners ?? {}))
    await rowsOf(
      tx,
      `insert into import_owners (import_id, name, user_id, chosen) values ($1, $2, $3, true)
       on conflict (import_id, name) do update set user_id = excluded.user_id, chosen = true`,
      [id, name, userId],
    )
  await readInBackground(tx, id, mapping !== undefined || !found.matched, mapping)
  return findImport(tx, id, language)
}

/** Sets an import to be written. */
export async function startApplication(tx: Tx, id: string, language: Language): Promise<Import> {
  const found = await lockOwnImport(tx, id)
  const again = found.matched && (found.status === 'failed' || found.status === 'cancelled')
  if (found.status !== 'ready' && !again) throw notNow()
  const jobId = await enqueue(tx, 'imports.apply', { importId: id })
  await rowsOf(tx, `update imports set status = 'applying', job_id = $2, problem = null where id = $1`, [
    id,
    jobId,
  ])
  return findImport(tx, id, language)
}

/** Sets an applied import to be taken back: by who made it, or by a head. */
export async function startReversal(tx: Tx, id: string, language: Language): Promise<Import> {
  const found = await rowOf<{ status: string; may: boolean }>(
    tx,
    `select status, user_id = caller_id() or caller_role() = 'head' as may from imports where id = $1`,
    [id],
  )
  if (!found) throw notFound()
  if (!found.may) throw notYours()
  if (found.status !== 'applied') throw notNow()
  await enqueue(tx, 'imports.reverse', { importId: id })
  return findImport(tx, id, language)
}

/** Stops reading or writing. What was being written is rolled back by the job, which finds the import no longer waiting for it. */
export async function cancelWork(tx: Tx, id: string, language: Language): Promise<Import> {
  const found = await lockOwnImport(tx, id)
  if (found.status !== 'reading' && found.status !== 'applying') throw notNow()
  await stopJob(tx, found.jobId)
  await rowsOf(tx, `update imports set status = 'cancelled' where id = $1`, [id])
  return findImport(tx, id, language)
}
