import type { ClientDraft } from '#features/clients/contract.ts'
import type { Caller } from '#server/auth/caller.ts'
import { changeSetStatement } from '#server/db/change-set.ts'
import { newId } from '#shared/new-id.ts'
import { send, type Tx } from '#server/db/tx.ts'
import { requireHeadClient, requireOwner } from './queries.ts'
import { insertChildren } from './children.ts'
import { cleanFields } from './clean.ts'
import { clientJson } from './client-json.ts'
import { checkCustomValues } from './custom-values.ts'
import { keysOf, twinsStatement } from './twins.ts'

/**
 * Enters a client with its people, contacts and accounts in one round trip.
 * @returns JSON text of the contract: the client and its likely twins
 */
export async function createClient(
  tx: Tx,
  caller: Caller,
  draft: ClientDraft,
  cityCode: string,
): Promise<string> {
  await checkCustomValues(tx, draft.custom)
  await requireHeadClient(tx, draft.headClientId)
  if (draft.ownerId !== caller.id) await requireOwner(tx, draft.ownerId)
  const id = newId()
  const { row, entered } = cleanFields(draft)
  // A manager's new client is his own; only the head may enter one that nobody has yet.
  if (caller.role !== 'head') row.owner_id ??= caller.id
  const names = Object.keys(row)
  const contacts = [
    ...(draft.contacts ?? []),
    ...(draft.people ?? []).flatMap((person) => person.contacts ?? []),
  ]
  // Whoever has just typed a colleague's contacts in knows them.
  const opening =
    caller.masked && row.owner_id !== caller.id ? [{ text: 'select open_contacts($1)', values: [id] }] : []
  const results = await send(
    tx,
    { text: `select set_config('app.defer_refresh', 'on', true)` },
    changeSetStatement('client.create'),
    {
      text: `insert into clients (id, entered${names.map((name) => `, ${name}`).join('')})
        values ($1, $2${names.map((_, index) => `, $${index + 3}`).join('')})`,
      values: [id, entered, ...names.map((name) => row[name])],
    },
    ...insertChildren(id, draft, cityCode),
    { text: 'select refresh_clients(array[$1::uuid])', values: [id] },
    ...(draft.managerIds
      ? [{ text: 'select share_client($1, $2::uuid[])', values: [id, draft.managerIds] }]
      : []),
    ...opening,
    twinsStatement({
      inn: (row.inn as string | null | undefined) ?? null,
      kpp: (row.kpp as string | null | undefined) ?? null,
      keys: keysOf(contacts, cityCode),
      core: String(row.name_core),
      except: id,
    }),
    { text: `select ${clientJson}::text as json from clients c where c.id = $1`, values: [id] },
  )
  const twins = results.at(-2)!.rows
  const json: string = results.at(-1)!.rows[0].json
  return `${json.slice(0, -1)},"duplicates":${JSON.stringify(twins)}}`
}
