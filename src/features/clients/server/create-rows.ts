import { CellRefusal } from '#features/clients/cell-refusal.ts'
import type { CellClient } from '#features/clients/cell-text.ts'
import { type CellRules, patchOfCell } from '#features/clients/cells.ts'
import type { ClientPatch, ContactDraft } from '#features/clients/contract.ts'
import type { Caller } from '#server/auth/caller.ts'
import { newId } from '#shared/new-id.ts'
import { rowsOf, send, type Tx } from '#server/db/tx.ts'
import type { Sentence } from '#server/http/problem.ts'
import { writeContacts } from './children.ts'
import { cleanFields, contactRow } from './clean.ts'
import { keysOf, type Twin } from './twins.ts'
import { typedColumns } from './write-rows.ts'

/** A row pasted below the last one: field → text. */
export interface NewRow {
  /** Named by its sender. */
  id?: string | undefined
  cells: Record<string, string>
}

export interface MadeRow {
  index: number
  id: string | null
  sentence?: Sentence
  refused: { field: string; sentence: Sentence }[]
  duplicates: Twin[]
}

interface Made extends MadeRow {
  id: string
  values: Record<string, unknown>
  contacts: ContactDraft[]
}

/** What a client is before anything is said of it. */
const blank: CellClient = {
  kind: 'organization',
  name: '',
  fullName: null,
  inn: null,
  kpp: null,
  ogrn: null,
  okpo: null,
  isBuyer: true,
  isSupplier: false,
  ownerId: null,
  source: null,
  stage: null,
  region: null,
  categories: [],
  comment: null,
  externalCode: null,
  timeZone: null,
  custom: {},
  contacts: [],
}

const nameless: Sentence = {
  ru: 'Без наименования клиента не создать.',
  en: 'A client cannot be made without a name.',
}

/** Above so many new clients at once nobody reads a list of likely twins: «Дубли» finds them. */
const mostCompared = 1_000

/**
 * Makes clients of pasted rows in the change-set of this transaction. A row needs a name; its other cells that do not fit are left out and
 * say why. Likely twins are told, never refused. Rows that are `there` already are not made again.
 */
export async function createRows(
  tx: Tx,
  caller: Pick<Caller, 'id' | 'role' | 'masked'>,
  rows: readonly NewRow[],
  rules: CellRules,
  there: ReadonlySet<string>,
): Promise<MadeRow[]> {
  const planned = rows.map((row, index) => planNew(row, index, caller, rules))
  const made = planned.filter((row): row is Made => row.id !== null && !there.has(row.id))
  if (made.length === 0) return planned.map(asMade)
  const columns = [...new Set(made.flatMap(({ values }) => Object.keys(values)))]
  const ids = made.map(({ id }) => id)
  const names = columns.join(', ')
  await send(
    tx,
    { text: `select set_config('app.defer_refresh', 'on', true)` },
    {
      text: `insert into clients (id, ${names}) select id, ${columns.map(defaulted).join(', ')}
        from json_to_recordset($1) as given(id uuid, ${typedColumns(columns)})`,
      values: [JSON.stringify(made.map(({ id, values }) => ({ id, ...values })))],
    },
    ...writeContacts({
      gone: [],
      retyped: [],
      touched: [],
      added: made.flatMap(({ id, contacts }) =>
        contacts.map((contact, ordinal) => ({
          client_id: id,
          ...contactRow(contact, ordinal, null, rules.cityCode),
        })),
      ),
    }),
    { text: 'select refresh_clients($1::uuid[])', values: [ids] },
    { text: `select set_config('app.defer_refresh', '', true)` },
    // Whoever has just typed a colleague's contacts in knows them.
    ...(caller.masked
      ? [
          {
            text: 'select open_contacts(c.id) from clients c where c.id = any ($1::uuid[]) and not contacts_clear(c.id)',
            values: [ids],
          },
        ]
      : []),
  )
  const twins = await twinsOf(tx, made.slice(0, mostCompared), rules.cityCode)
  return planned.map((row) => ({ ...asMade(row), duplicates: (row.id && twins.get(row.id)) || [] }))
}

const asMade = ({ index, id, sentence, refused }: MadeRow): MadeRow => ({
  index,
  id,
  ...(sentence && { sentence }),
  refused,
  duplicates: [],
})

/** Ids of rows whose first answer was lost on its way. */
export async function madeBefore(tx: Tx, rows: readonly NewRow[]): Promise<ReadonlySet<string>> {
  const ids = rows.flatMap(({ id }) => id ?? [])
  if (ids.length === 0) return new Set()
  const found = await rowsOf<{ id: string }>(tx, 'select id from clients where id = any ($1::uuid[])', [ids])
  return new Set(found.map(({ id }) => id))
}

const defaults: Record<string, string> = {
  kind: `'organization'`,
  is_buyer: 'true',
  is_supplier: 'false',
  categories: `'{}'`,
  custom: `'{}'`,
  entered: `'{}'`,
}
const defaulted = (column: string) => (defaults[column] ? `coalesce(${column}, ${defaults[column]})` : column)

function planNew(
  { id = newId(), cells }: NewRow,
  index: number,
  caller: Pick<Caller, 'id' | 'role'>,
  rules: CellRules,
): MadeRow | Made {
  const refused: MadeRow['refused'] = []
  // A manager's new client is his own; only the head may enter one that nobody has yet.
  const ownerId = caller.role === 'head' ? null : caller.id
  let patch: ClientPatch = {}
  for (const [field, text] of Object.entries(cells)) {
    if (text.trim() === '') continue
    try {
      const change = patchOfCell({ ...blank, ownerId }, field, text, rules, patch.contacts ?? [])
      patch = { ...patch, ...change, ...(change.custom && { custom: { ...patch.custom, ...change.custom } }) }
    } catch (error) {
      if (!(error instanceof CellRefusal)) throw error
      refused.push({ field, sentence: error.sentence })
    }
  }
  if (patch.name === undefined) {
    const sentence = refused.find(({ field }) => field === 'name')?.sentence ?? nameless
    return { index, id: null, sentence, refused, duplicates: [] }
  }
  const { row, entered } = cleanFields({ ownerId, ...patch })
  const contacts = patch.contacts ?? []
  return { index, id, refused, duplicates: [], values: { ...row, entered }, contacts }
}

async function twinsOf(tx: Tx, made: readonly Made[], cityCode: string): Promise<Map<string, Twin[]>> {
  const asked = made.map(({ id, values, contacts }) => ({
    client: id,
    inn: values.inn ?? null,
    kpp: values.kpp ?? null,
    keys: keysOf(contacts, cityCode),
    core: values.name_core,
  }))
  const [found] = await send(tx, {
    text: `select g.client, t.id, t.name, t.owner_name as "ownerName", t.archived, t.score, t.reasons
      from json_to_recordset($1) as g(client uuid, inn text, kpp text, keys text[], core text)
      cross join lateral find_twins(g.inn, g.kpp, g.keys, g.core, g.client, 5) t`,
    values: [JSON.stringify(asked)],
  })
  const twins = Map.groupBy(found!.rows as (Twin & { client: string })[], ({ client }) => client)
  return new Map([...twins].map(([client, list]) => [client, list.map(({ client: _, ...twin }) => twin)]))
}
