import type { ClientFile } from '#features/files/contract.ts'
import { inChangeSet } from '#server/db/change-set.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { invalid, notFound } from '#server/http/problem.ts'
import { fileColumns } from './queries.ts'
import type { Upload } from './receive-upload.ts'

/** Writes a received file and its content in this one transaction: it is there whole, or not at all. */
export async function keepFile(tx: Tx, clientId: string, upload: Upload): Promise<ClientFile> {
  const { personId = null, activityId = null } = upload.fields
  await checkPlace(tx, clientId, personId, activityId)
  await inChangeSet(tx, 'file.add', { name: upload.name })
  const file = await rowOf<ClientFile>(
    tx,
    `with f as (
       insert into files (client_id, person_id, activity_id, name, media_type, size, sha256)
       values ($1, $2, $3, $4, $5, $6, $7) returning *)
     select ${fileColumns} from f`,
    [clientId, personId, activityId, upload.name, upload.mediaType, upload.size, upload.sha256],
  )
  let seq = 0
  for await (const data of upload.chunks()) {
    await rowsOf(tx, 'insert into file_chunks (file_id, seq, data) values ($1, $2, $3)', [
      file!.id,
      seq++,
      data,
    ])
  }
  await rowsOf(tx, 'select purge_files()')
  return file!
}

async function checkPlace(tx: Tx, clientId: string, personId: string | null, activityId: string | null) {
  const found = (await rowOf<{ client: boolean; person: boolean; activity: boolean }>(
    tx,
    `select exists (select 1 from clients where id = $1) as client,
       exists (select 1 from people where id = $2 and client_id = $1) as person,
       exists (select 1 from activities where id = $3 and client_id = $1) as activity`,
    [clientId, personId, activityId],
  ))!
  if (!found.client) throw notFound()
  if (personId && !found.person) {
    throw invalid('personId', {
      ru: 'У этого клиента нет такого контактного лица.',
      en: 'This client has no such contact person.',
    })
  }
  if (activityId && !found.activity) {
    throw invalid('activityId', {
      ru: 'У этого клиента нет такой записи.',
      en: 'This client has no such entry.',
    })
  }
}
