import { isDeepStrictEqual } from 'node:util'
import { isContacts } from '#features/clients/cell-text.ts'
import type { Statement } from '#server/db/as-caller.ts'
import { send, type Tx } from '#server/db/tx.ts'
import { writeContacts } from './children.ts'
import { propertyOfColumn } from './clean.ts'
import { clientColumns, contactColumns } from './client-json.ts'
import type { LockedRow, RowPlan } from './plan-cells.ts'

/**
 * Locks these clients against other writers, in the order of their ids so that two pastes never wait for each other in a ring, and reads
 * them as far as cells of these fields go. What the caller may not see is not among them.
 */
export async function lockRows(
  tx: Tx,
  ids: readonly string[],
  fields: readonly string[],
): Promise<Map<string, LockedRow>> {
  // The later statements see what the writer waited for has committed.
  const [, rows, contacts] = await send(
    tx,
    { text: 'select 1 from clients where id = any ($1::uuid[]) order by id for update', values: [ids] },
    {
      text: `select ${clientColumns}, c.field_versions as "fieldVersions", c.name_core as "nameCore" from clients c where c.id = any ($1::uuid[])`,
      values: [ids],
    },
    {
      text: `select t.client_id as "clientId", ${contactColumns} from contacts t
        where t.client_id = any ($1::uuid[]) and t.person_id is null order by t.client_id, t.ordinal, t.id`,
      values: [fields.some(isContacts) ? ids : []],
    },
  )
  const own = Map.groupBy(
    contacts!.rows as (LockedRow['contacts'][number] & { clientId: string })[],
    ({ clientId }) => clientId,
  )
  return new Map(
    (rows!.rows as LockedRow[]).map((row) => [row.id, { ...row, contacts: own.get(row.id) ?? [] }]),
  )
}

const columnTypes: Record<string, string> = {
  categories: 'text[]',
  custom: 'jsonb',
  entered: 'jsonb',
  owner_id: 'uuid',
  is_buyer: 'boolean',
  is_supplier: 'boolean',
}
export const typedColumns = (columns: readonly string[]) =>
  columns.map((column) => `${column} ${columnTypes[column] ?? 'text'}`).join(', ')

/** Statements that write what was planned for many clients; a handful, however many clients and cells. */
export function planStatements(plans: readonly RowPlan[]): Statement[] {
  const changed = plans.filter(({ contacts }) => contacts !== undefined)
  const each = (kind: 'retyped' | 'touched' | 'added') =>
    changed.flatMap(({ row, contacts }) =>
      contacts![kind].map((contact) => ({ client_id: row.id, ...contact })),
    )
  const contacts = writeContacts({
    gone: changed.flatMap(({ contacts }) => contacts!.gone),
    retyped: each('retyped'),
    touched: each('touched'),
    added: each('added'),
  })
  const clients = clientStatements(plans)
  if (contacts.length === 0) return clients
  // Versions, search and states of these clients are written once, at the end, not by each statement.
  return [
    { text: `select set_config('app.defer_refresh', 'on', true), set_config('app.new_clients', 'on', true)` },
    ...contacts,
    { text: `select set_config('app.defer_refresh', '', true), set_config('app.new_clients', '', true)` },
    ...clients,
    { text: 'select refresh_clients($1::uuid[])', values: [changed.map(({ row }) => row.id)] },
  ]
}

/**
 * One update for all of them: the columns any of them changes, with the value it has where it does not, and the version of each field
 * that changes. Said here and not left to the trigger, since changed contacts are a new version of the client too.
 */
function clientStatements(plans: readonly RowPlan[]): Statement[] {
  const changed = plans.filter(
    ({ values, contacts }) => contacts !== undefined || Object.keys(values).length > 0,
  )
  if (changed.length === 0) return []
  const columns = [...new Set(changed.flatMap(({ values }) => Object.keys(values)))]
  const rows = changed.map(({ row, values, contacts }) => {
    const now = (column: string) => row[propertyOfColumn(column) as keyof LockedRow]
    const fields = Object.keys(values).filter(
      (column) => column !== 'name_core' && !isDeepStrictEqual(values[column], now(column)),
    )
    return {
      id: row.id,
      fields: Object.fromEntries(
        [...fields, ...(contacts ? ['contacts'] : [])].map((field) => [field, row.version + 1]),
      ),
      ...Object.fromEntries(
        columns.map((column) => [column, column in values ? values[column] : now(column)]),
      ),
    }
  })
  return [
    {
      text: `update clients c set version = c.version + 1, field_versions = c.field_versions || given.fields,
          updated_at = product_now(), updated_by = caller_id()${columns.map((column) => `, ${column} = given.${column}`).join('')}
        from json_to_recordset($1) as given(id uuid, fields jsonb${columns.length > 0 ? `, ${typedColumns(columns)}` : ''})
        where c.id = given.id`,
      values: [JSON.stringify(rows)],
    },
  ]
}
