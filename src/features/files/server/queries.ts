import type { ClientFile } from '#features/files/contract.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { notFound } from '#server/http/problem.ts'

export const fileColumns = `
  f.id, f.client_id as "clientId", f.person_id as "personId", f.activity_id as "activityId", f.name, f.media_type as "mediaType",
  f.size, encode(f.sha256, 'hex') as sha256, f.created_at as "createdAt", f.created_by as "createdBy"`

/** Files of a client the caller sees. @throws Problem 404 */
export async function findFiles(tx: Tx, clientId: string): Promise<ClientFile[]> {
  const rows = await rowsOf<ClientFile | { id: null }>(
    tx,
    `select ${fileColumns} from clients c left join files f on f.client_id = c.id and f.deleted_at is null
     where c.id = $1 order by f.created_at desc, f.id desc`,
    [clientId],
  )
  if (rows.length === 0) throw notFound()
  return rows.filter((row): row is ClientFile => row.id !== null)
}

/** @throws Problem 404 */
export async function findFile(tx: Tx, id: string): Promise<ClientFile> {
  const found = await rowOf<ClientFile>(
    tx,
    `select ${fileColumns} from files f where f.id = $1 and f.deleted_at is null`,
    [id],
  )
  if (!found) throw notFound()
  return found
}

/** Chunks to a round trip: 1 MB in memory at a time. */
const atOnce = 4

/** The content in order, each round trip as the caller: who loses the right in the middle gets no more. */
export async function* contentOf(tx: Tx, { id, size }: ClientFile): AsyncGenerator<Buffer> {
  let sent = 0
  for (let seq = 0; sent < size; seq += atOnce) {
    const rows = await rowsOf<{ data: Buffer }>(
      tx,
      'select data from file_chunks where file_id = $1 and seq >= $2 and seq < $3 order by seq',
      [id, seq, seq + atOnce],
    )
    // The length is announced already: only a broken connection tells the reader that this is not all.
    if (rows.length === 0) throw new Error(`file ${id} ends at byte ${sent} of ${size}`)
    for (const { data } of rows) {
      sent += data.length
      yield data
    }
  }
}
