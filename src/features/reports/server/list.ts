import type { Caller } from '#server/auth/caller.ts'
import { Params } from '#server/db/params.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { decodeCursor, encodeCursor } from '#server/http/cursor.ts'
import { type GapRow, type ReportPage, type ReportSelection, states } from '#features/reports/contract.ts'
import { type Column, stateCodes } from './columns.ts'
import { noRequirements, requirementsOf, type Requirements } from './requirements.ts'
import { keysOf, pagedUnits, selectionSql, unitsOf } from './units.ts'

/** Where a page ends: the name and id of its last client, his person of a report on persons, and the count told on the first page. */
interface Cursor {
  name: string
  id: string
  person: string | null
  count: number
}

export interface Page<Row> {
  items: Row[]
  nextCursor: string | null
  count: number
}

/** Up to so many rows are found by their states first and then sorted; of more, the walk along the names soon meets enough. */
const fewRows = 30_000

/** One page of the clients (or persons) behind a number, by name; counted once, with the first page. */
export async function gapsPage(tx: Tx, caller: Caller, input: ReportPage): Promise<Page<GapRow>> {
  const needs = input.required === undefined ? noRequirements : await requirementsOf(tx)
  const after = decodeCursor(input.cursor, isCursor)
  const count = after?.count ?? (await countOf(tx, caller, input, needs))
  const rows = count === 0 ? [] : await rowsAfter(tx, caller, input, needs, after, input.limit + 1, count)
  const items = rows.slice(0, input.limit)
  const last = items.at(-1)
  return {
    items,
    nextCursor:
      rows.length > input.limit && last
        ? encodeCursor({ name: last.nameKey, id: last.id, person: last.personId, count })
        : null,
    count,
  }
}

type KeyedRow = GapRow & { nameKey: string }

/** How many rows a selection holds. */
export const countGaps = async (tx: Tx, caller: Caller, selection: ReportSelection): Promise<number> =>
  countOf(tx, caller, selection, selection.required === undefined ? noRequirements : await requirementsOf(tx))

/** The first `count` rows of a selection in batches, for a workbook: no more than were taken, whatever is added meanwhile. */
export async function* gapBatches(
  tx: Tx,
  caller: Caller,
  selection: ReportSelection,
  count: number,
  size = 5_000,
): AsyncGenerator<GapRow[]> {
  const needs = selection.required === undefined ? noRequirements : await requirementsOf(tx)
  let after: Cursor | undefined
  for (let left = count; left > 0; left -= size) {
    const rows = await rowsAfter(tx, caller, selection, needs, after, Math.min(size, left), count)
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (rows.length < size || !last) return
    after = { name: last.nameKey, id: last.id, person: last.personId, count }
  }
}

async function rowsAfter(
  tx: Tx,
  caller: Caller,
  selection: ReportSelection,
  needs: Requirements,
  after: Cursor | undefined,
  limit: number,
  count: number,
): Promise<KeyedRow[]> {
  const params = new Params()
  const keys = keysOf(selection)
  const select = count > fewRows ? walked : sorted
  const found = await rowsOf<Omit<KeyedRow, 'cells'> & { codes: number[] }>(
    tx,
    `select c.name_key as "nameKey", c.id, u.person_id as "personId", c.name, p.name as "personName", p.position, c.owner_id as "ownerId", o.name as "ownerName",
       c.region, c.source, c.stage, array[${keys.map((_, at) => `s${at}`).join(', ')}]::int[] as codes
     from (${select(caller, selection, keys, needs, after, limit, params)}) u join clients c on c.id = u.id
       left join users o on o.id = c.owner_id left join people p on p.id = u.person_id
     order by c.name_key, c.id, u.person_id`,
    params.values,
  )
  return found.map(({ codes, ...row }) => ({
    ...row,
    cells: Object.fromEntries(keys.map((key, at) => [key, stateOfCode[codes[at]!]!])),
  }))
}

type PageSql = (
  caller: Caller,
  selection: ReportSelection,
  keys: string[],
  needs: Requirements,
  after: Cursor | undefined,
  limit: number,
  params: Params,
) => string

const walked: PageSql = (caller, selection, keys, needs, after, limit, params) => {
  const person = personOf(selection)
  const past = after ? ` and ${pastSql(after, person, params)}` : ''
  const order = `order by name_key, id, person_id limit ${limit}`
  const units = pagedUnits(
    selection,
    keys,
    caller,
    needs,
    params,
    ({ columns, from, where }) =>
      `select c.name_key, c.id, ${person} as person_id${codesOf(columns)} from ${from}
       where ${where} and ${selectionSql(selection, columns, params)}${past}
       order by c.name_key, c.id${selection.object === 'persons' ? ', p.id' : ''} limit ${limit}`,
  )
  return `select * from (${units}) every ${order}`
}

const sorted: PageSql = (caller, selection, keys, needs, after, limit, params) => {
  const { columns, from, where } = unitsOf(selection, keys, caller, needs, params)
  const past = after ? `where ${pastSql(after, 'm.person_id', params)}` : ''
  return `select c.name_key, m.* from (
      select v.client_id as id, ${personOf(selection)} as person_id${codesOf(columns)} from ${from}
      where ${where} and ${selectionSql(selection, columns, params)} offset 0) m
    join clients c on c.id = m.id ${past} order by c.name_key, c.id, m.person_id limit ${limit}`
}

const personOf = ({ object }: ReportSelection) => (object === 'persons' ? 'p.id' : 'null::uuid')

const codesOf = (columns: Column[]) =>
  columns.map(({ base, fresh, code }, at) => `, ${code(base, fresh ?? '')} as s${at}`).join('')

const stateOfCode = Object.fromEntries(states.map((state) => [stateCodes[state], state]))

function pastSql(after: Cursor, person: string, params: Params): string {
  const at = `${params.add(after.name)}::text collate "C", ${params.add(after.id)}::uuid`
  return after.person === null
    ? `(c.name_key, c.id) > (${at})`
    : `(c.name_key, c.id, ${person}) > (${at}, ${params.add(after.person)}::uuid)`
}

/** How many clients (or persons) a selection holds. */
async function countOf(
  tx: Tx,
  caller: Caller,
  selection: ReportSelection,
  needs: Requirements,
): Promise<number> {
  const params = new Params()
  const { columns, from, where } = unitsOf(selection, keysOf(selection), caller, needs, params)
  const row = await rowOf<{ count: number }>(
    tx,
    `select count(*)::int as count from ${from} where ${where} and ${selectionSql(selection, columns, params)}`,
    params.values,
  )
  return row!.count
}

const isCursor = (at: unknown): at is Cursor => {
  const { name, id, person, count } = (at ?? {}) as Partial<Cursor>
  return typeof name === 'string' && isId(id) && (person === null || isId(person)) && Number.isInteger(count)
}

const isId = (text: unknown) => typeof text === 'string' && /^[0-9a-f-]{36}$/.test(text)
