import type { ClientFile } from '#features/files/contract.ts'
import { inChangeSet } from '#server/db/change-set.ts'
import { rowOf, type Tx } from '#server/db/tx.ts'
import { notFound } from '#server/http/problem.ts'
import { fileColumns, findFile } from './queries.ts'

/** Takes a file out of sight; the content stays for 30 days, so that it can be brought back. */
export async function hideFile(tx: Tx, id: string) {
  await findFile(tx, id)
  const changeSetId = await inChangeSet(tx, 'file.delete')
  await rowOf(tx, 'update files set deleted_at = now() where id = $1 and deleted_at is null', [id])
  return { changeSetId }
}

/** Brings a deleted file back while its content is there. */
export async function unhideFile(tx: Tx, id: string): Promise<ClientFile> {
  await inChangeSet(tx, 'file.restore')
  const file = await rowOf<ClientFile>(
    tx,
    `with f as (
       update files set deleted_at = null
       where id = $1 and deleted_at is not null and exists (select 1 from file_chunks where file_id = $1) returning *)
     select ${fileColumns} from f`,
    [id],
  )
  if (!file) throw notFound()
  return file
}
