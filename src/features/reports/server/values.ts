import type { Caller } from '#server/auth/caller.ts'
import { Params } from '#server/db/params.ts'
import { rowsOf, type Tx } from '#server/db/tx.ts'
import type {
  GapRow,
  ReportPage,
  ReportScope,
  ReportSelection,
  ShownValue,
  ValueRow,
} from '#features/reports/contract.ts'
import { partsOf } from './columns.ts'
import { gapBatches, gapsPage, type Page } from './list.ts'
import { noRequirements, requirementsOf } from './requirements.ts'
import { keysOf, selectionSql, unitsOf } from './units.ts'

/** A page of the contacts themselves: a client's row, then the rows of his people. */
export async function valuesPage(tx: Tx, caller: Caller, input: ReportPage): Promise<Page<ValueRow>> {
  const page = await gapsPage(tx, caller, input)
  return { ...page, items: await withValues(tx, caller, input, page.items) }
}

/** Every row of the values in batches, for a workbook. */
export async function* valueBatches(
  tx: Tx,
  caller: Caller,
  selection: ReportSelection,
  count: number,
): AsyncGenerator<ValueRow[]> {
  for await (const rows of gapBatches(tx, caller, selection, count, 2_000))
    yield await withValues(tx, caller, selection, rows)
}

/** Those he may see, and the others masked. */
const everyContact =
  '(select * from contacts where client_id = any ($1::uuid[]) union all select * from masked_contacts($1::uuid[])) contacts'

interface Found extends ShownValue {
  clientId: string
  personId: string | null
  kind: string
}

async function withValues(
  tx: Tx,
  { masked }: Caller,
  scope: ReportScope,
  rows: GapRow[],
): Promise<ValueRow[]> {
  if (rows.length === 0) return []
  const ids = [...new Set(rows.map(({ id }) => id))]
  const keys = keysOf(scope)
  const found = await rowsOf<Found>(
    tx,
    `select client_id as "clientId", person_id as "personId", kind, label, value, normalized, extension, verdict, note, checked_at::text as "checkedAt"
     from ${masked ? everyContact : 'contacts'} where client_id = any ($1::uuid[]) and kind = any ($2::text[]) and reason is distinct from 'placeholder'
     order by client_id, is_primary desc, ordinal, id`,
    [ids, keys.map((key) => partsOf(key)[0])],
  )
  const byOwner = Map.groupBy(found, ({ clientId, personId }) => personId ?? clientId)
  const shown = (row: GapRow): ValueRow => ({
    ...row,
    cells: cellsOf(keys, byOwner.get(row.personId ?? row.id) ?? []),
  })
  if (scope.object === 'persons') return rows.map(shown)
  const people = scope.persons ? await peopleOf(tx, ids) : []
  const byClient = Map.groupBy(people, ({ clientId }) => clientId)
  return rows.flatMap((row) => [
    shown(row),
    ...(byClient.get(row.id) ?? []).map((person) =>
      shown({ ...row, personId: person.id, personName: person.name, position: person.position }),
    ),
  ])
}

const peopleOf = (tx: Tx, clientIds: string[]) =>
  rowsOf<{ id: string; clientId: string; name: string; position: string | null }>(
    tx,
    `select id, client_id as "clientId", name, position from people where client_id = any ($1::uuid[]) order by client_id, ordinal, id`,
    [clientIds],
  )

const cellsOf = (keys: string[], contacts: Found[]) =>
  Object.fromEntries(
    keys.map((key) => {
      const [kind, label] = partsOf(key)
      const matching = contacts.filter(
        (contact) => contact.kind === kind && (label === undefined || (contact.label ?? '') === label),
      )
      return [key, matching]
    }),
  )

/** Every value of a column in a selection once, sorted; without junk and telephones not to be called. */
export async function distinctValues(
  tx: Tx,
  caller: Caller,
  selection: ReportSelection & { kind: string },
): Promise<string[]> {
  const params = new Params()
  const needs = selection.required === undefined ? noRequirements : await requirementsOf(tx)
  const { columns, from, where } = unitsOf(selection, keysOf(selection), caller, needs, params)
  const [kind, label] = partsOf(selection.kind)
  const ofLabel = label === undefined ? '' : ` and coalesce(t.label, '') = ${params.add(label)}`
  const ofUnit =
    selection.object === 'persons'
      ? ' and t.person_id = p.id'
      : selection.persons
        ? ''
        : ' and t.person_id is null'
  const rows = await rowsOf<{ value: string }>(
    tx,
    `select distinct coalesce(t.normalized, t.value) as value from ${from} join contacts t on t.client_id = v.client_id
     where ${where} and ${selectionSql(selection, columns, params)} and t.kind = ${params.add(kind)}${ofLabel}${ofUnit}
       and t.verdict <> 'junk' and t.reason is distinct from 'placeholder' and not (t.do_not_call and t.kind = 'phone')
     order by 1`,
    params.values,
  )
  return rows.map(({ value }) => value)
}
