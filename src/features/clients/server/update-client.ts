import { isDeepStrictEqual } from 'node:util'
import type { Client, ClientPatch } from '#features/clients/contract.ts'
import { clientsAsOf } from '#features/snapshots/server/as-of.ts'
import type { Caller } from '#server/auth/caller.ts'
import type { Statement } from '#server/db/as-caller.ts'
import { changeSetStatement } from '#server/db/change-set.ts'
import { send, type Tx } from '#server/db/tx.ts'
import { Problem } from '#server/http/problem.ts'
import { replaceAccounts, replaceContacts, replacePeople } from './children.ts'
import { cleanFields, columnOf } from './clean.ts'
import { clientJson } from './client-json.ts'
import { cityCodeOf } from './company-settings.ts'
import { checkCustomValues } from './custom-values.ts'
import {
  clientText,
  lockClient,
  momentBefore,
  refuseMasked,
  requireHeadClient,
  requireOwner,
  valueBefore,
  type LockedClient,
} from './queries.ts'

const lists = ['contacts', 'people', 'accounts', 'managerIds'] as const

/**
 * Changes fields of a client. Fields changed by others since `version` and named here conflict, unless both came to the same value;
 * all others merge.
 * @returns JSON text of the client
 * @throws Problem 404; 409 with { current, yours, before } by field
 */
export async function updateClient(
  tx: Tx,
  caller: Pick<Caller, 'masked'>,
  id: string,
  version: number,
  patch: ClientPatch,
): Promise<string> {
  const locked = await lockClient(tx, id)
  if (caller.masked && (patch.contacts || patch.people?.some(({ contacts }) => contacts !== undefined)))
    await refuseMasked(tx, id)
  const { row, entered } = cleanFields(patch)
  await refuseConflicts(tx, locked, version, patch, row)
  await checkCustomValues(tx, patch.custom)
  await requireHeadClient(tx, patch.headClientId)
  if (patch.ownerId !== locked.client.ownerId) await requireOwner(tx, patch.ownerId)
  // Asked for only where there are phones: most saves are one field, and it is a trip of its own.
  const cityCode = patch.contacts || patch.people ? await cityCodeOf(tx) : ''
  const results = await send(
    tx,
    changeSetStatement('client.update'),
    ...rowStatements(id, locked.client, patch, row, entered),
    ...(patch.contacts
      ? replaceContacts(id, null, locked.client.contacts, patch.contacts, cityCode, 'contacts')
      : []),
    ...(patch.people ? replacePeople(id, locked.client.people, patch.people, cityCode) : []),
    ...(patch.accounts ? replaceAccounts(id, locked.client.accounts, patch.accounts) : []),
    ...(patch.managerIds
      ? [{ text: 'select share_client($1, $2::uuid[])', values: [id, patch.managerIds] }]
      : []),
    { text: `select ${clientJson}::text as json from clients c where c.id = $1`, values: [id] },
  )
  // Whoever gives a client away in his own team may no longer see it: he gets what he saw last.
  const json: string | undefined = results.at(-1)!.rows[0]?.json
  if (json !== undefined && caller.masked) return clientText(tx, id, true)
  return json ?? JSON.stringify(locked.client)
}

function rowStatements(
  id: string,
  before: Client,
  patch: ClientPatch,
  row: Record<string, unknown>,
  entered: Record<string, string>,
): Statement[] {
  const values = changedColumns(before, patch, row, entered)
  const names = Object.keys(values)
  if (names.length === 0) return []
  return [
    {
      text: `update clients set ${names.map((name, index) => `${name} = $${index + 2}`).join(', ')} where id = $1`,
      values: [id, ...names.map((name) => values[name])],
    },
  ]
}

/** Column → value of a client's row as a patch leaves it; `row` and `entered` are the patch cleaned. */
export function changedColumns(
  before: Pick<Client, 'kind' | 'custom' | 'entered'>,
  patch: ClientPatch,
  row: Record<string, unknown>,
  entered: Record<string, string>,
): Record<string, unknown> {
  const values = { ...row }
  // A renamed client keeps the kind a person chose.
  if (patch.kind === undefined && before.kind !== 'organization' && values.kind === 'organization')
    delete values.kind
  if (values.custom !== undefined)
    values.custom = mergedCustom(before.custom, values.custom as Record<string, unknown>)
  if (['inn', 'kpp', 'ogrn', 'okpo'].some((field) => field in row)) {
    const kept = Object.entries(before.entered).filter(([field]) => !(field in row))
    values.entered = { ...Object.fromEntries(kept), ...entered }
  }
  return values
}

/** Custom fields are set one by one; null clears one. */
const mergedCustom = (before: Record<string, unknown>, changes: Record<string, unknown>) =>
  Object.fromEntries(Object.entries({ ...before, ...changes }).filter(([, value]) => value !== null))

async function refuseConflicts(
  tx: Tx,
  { client, fieldVersions }: LockedClient,
  version: number,
  patch: ClientPatch,
  row: Record<string, unknown>,
) {
  const changedSince = (key: string) => (fieldVersions[key] ?? 0) > version
  const current: Record<string, unknown> = {}
  const yours: Record<string, unknown> = {}
  const before: Record<string, unknown> = {}
  for (const field of Object.keys(patch) as (keyof ClientPatch)[]) {
    const column = columnOf(field)
    if (!changedSince(column ?? field)) continue
    const now = client[field as keyof Client]
    const wanted = column ? row[column] : patch[field]
    if (isDeepStrictEqual(now, wanted)) continue
    current[field] = now
    yours[field] = patch[field]
    if (column) before[field] = await valueBefore(tx, client.id, column, version)
  }
  if (Object.keys(current).length === 0) return
  Object.assign(before, await listsBefore(tx, client.id, version, Object.keys(current)))
  throw new Problem(
    409,
    'conflict',
    {
      ru: 'Пока вы правили, эти поля изменил другой человек. Выберите, чьё значение оставить.',
      en: 'Somebody else changed these fields while you were editing. Choose whose value to keep.',
    },
    { version: client.version, current, yours, before },
  )
}

/** Contacts, people, accounts and colleagues as the person saw them, told by the journal. */
async function listsBefore(tx: Tx, id: string, version: number, fields: string[]) {
  const asked = lists.filter((list) => fields.includes(list))
  const at = asked.length > 0 ? await momentBefore(tx, id, version) : null
  const then = at === null ? undefined : (await clientsAsOf(tx, [id], at)).get(id)
  return Object.fromEntries(asked.map((list) => [list, then?.[list] ?? null]))
}
