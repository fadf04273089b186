import type { Client } from '#features/clients/contract.ts'
import { rowOf, rowsOf, send, type Tx } from '#server/db/tx.ts'
import { contactsMasked, invalid, notFound } from '#server/http/problem.ts'
import { clientJson, clientsJson, contactJson } from './client-json.ts'

/**
 * JSON text of a client.
 * @param masked the caller is one to whom contacts may be masked
 * @throws Problem 404 where there is none or the caller may not see it
 */
export async function clientText(tx: Tx, id: string, masked = false): Promise<string> {
  if (masked) return maskedText(tx, id)
  const row = await rowOf<{ json: string }>(
    tx,
    `select ${clientJson}::text as json from clients c where c.id = $1`,
    [id],
  )
  if (!row) throw notFound()
  return row.json
}

async function maskedText(tx: Tx, id: string): Promise<string> {
  const row = await rowOf<{ json: string | null }>(
    tx,
    `with page as materialized (select id, 1 as n from clients where id = $1), ${clientsJson('page', undefined, true)}
     select (items::json -> 0)::text as json from items`,
    [id],
  )
  if (!row?.json) throw notFound()
  return row.json
}

/** @throws Problem 409 where the contacts of this client are masked to the caller */
export async function refuseMasked(tx: Tx, id: string) {
  const row = await rowOf<{ clear: boolean }>(tx, 'select contacts_clear($1) as clear', [id])
  if (!row!.clear) throw contactsMasked()
}

export interface LockedClient {
  client: Client
  fieldVersions: Record<string, number>
}

/** A client as it is, locked against other writers till the end of the transaction. @throws Problem 404 */
export async function lockClient(tx: Tx, id: string): Promise<LockedClient> {
  // Two statements: the second sees what the writer waited for has committed.
  const [, found] = await send(
    tx,
    { text: 'select 1 from clients where id = $1 for update', values: [id] },
    {
      text: `select ${clientJson} as client, c.field_versions as "fieldVersions" from clients c where c.id = $1`,
      values: [id],
    },
  )
  const row = found!.rows[0] as LockedClient | undefined
  if (!row) throw notFound()
  return row
}

/** Only who works with clients may own one. Whose it is already stays so, also after he has left. */
export async function requireOwner(tx: Tx, id: string | null | undefined) {
  if (
    id == null ||
    (await rowOf(tx, `select 1 from users where id = $1 and active and role <> 'admin'`, [id]))
  )
    return
  throw invalid('ownerId', {
    ru: 'Ответственным может быть только действующий сотрудник, который работает с клиентами.',
    en: 'Only an active colleague who works with clients can be the owner.',
  })
}

/** The head company must be a client the caller sees; a foreign id reads as an unknown one. */
export async function requireHeadClient(tx: Tx, id: string | null | undefined) {
  if (id == null || (await rowOf(tx, 'select 1 from clients where id = $1', [id]))) return
  throw invalid('headClientId', {
    ru: 'Такого головного контрагента нет.',
    en: 'There is no such head company.',
  })
}

/** The value of a column before the first change made after a version the person saw. */
export async function valueBefore(tx: Tx, id: string, column: string, version: number): Promise<unknown> {
  const row = await rowOf<{ value: unknown }>(
    tx,
    `select ch.before -> $2 as value from changes ch
     where ch.client_id = $1 and ch.entity = 'clients' and ch.row_id = $1 and ch.op = 'u' and ch.before ? $2
       and (ch.before ->> 'version')::int >= $3
     order by (ch.before ->> 'version')::int limit 1`,
    [id, column, version],
  )
  return row?.value ?? null
}

/**
 * The moment before the first change a person who saw this version has not seen; null where there is none.
 * What was written with the client itself he saw.
 */
export async function momentBefore(tx: Tx, id: string, version: number): Promise<string | null> {
  const row = await rowOf<{ at: string | null }>(
    tx,
    `select min(at) - interval '1 microsecond' as at from changes
     where client_id = $1 and coalesce(version, case when entity = 'clients' then (before ->> 'version')::int end) >= $2`,
    [id, version],
  )
  return row?.at ?? null
}

/** Sets archived or not. @returns false where the caller sees no such client in the other state */
export async function setArchived(tx: Tx, id: string, archived: boolean): Promise<boolean> {
  const rows = await rowsOf(
    tx,
    `update clients set archived_at = case when $2 then product_now() end, archived_by = case when $2 then caller_id() end
     where id = $1 and (archived_at is null) = $2 returning id`,
    [id, archived],
  )
  return rows.length > 0
}

/** Marks a contact checked now by the caller. @returns its JSON text; undefined where it is not to be seen */
export async function markChecked(tx: Tx, id: string): Promise<string | undefined> {
  const row = await rowOf<{ json: string }>(
    tx,
    `update contacts t set checked_at = product_now(), checked_by = caller_id(), updated_at = product_now() where t.id = $1 returning ${contactJson}::text as json`,
    [id],
  )
  return row?.json
}

export const seatsOf = (tx: Tx, id: string) =>
  rowsOf<{ userId: string; reason: 'owner' | 'shared' | 'substitution'; until: string | null }>(
    tx,
    `select s.user_id as "userId", s.reason, s.valid_until as until from clients c join seats s on s.client_id = c.id
     where c.id = $1 order by s.reason, s.user_id`,
    [id],
  )
