import type { Caller } from '#server/auth/caller.ts'
import { Params } from '#server/db/params.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { invalid } from '#server/http/problem.ts'
import { type GapRow, type ReportPage, type ReportSelection, states } from '#features/reports/contract.ts'
import { stateCodes } from './columns.ts'
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

const noPerson = '00000000-0000-0000-0000-000000000000'

/** One page of the clients (or persons) behind a number, by name; counted once, with the first page. */
export async function gapsPage(tx: Tx, caller: Caller, input: ReportPage): Promise<Page<GapRow>> {
  const needs = input.required === undefined ? noRequirements : await requirementsOf(tx)
  const after = cursorOf(input.cursor)
  const rows = await rowsAfter(tx, caller, input, needs, after, input.limit + 1)
  const count =
    after?.count ?? (rows.length <= input.limit ? rows.length : await countOf(tx, caller, input, needs))
  const items = rows.slice(0, input.limit)
  const last = items.at(-1)
  return {
    items,
    nextCursor:
      rows.length > input.limit && last
        ? encode({ name: last.nameKey, id: last.id, person: last.personId, count })
        : null,
    count,
  }
}

type KeyedRow = GapRow & { nameKey: string }

/** Every row of a selection in batches, for a workbook. */
export async function* gapBatches(
  tx: Tx,
  caller: Caller,
  selection: ReportSelection,
  size = 5_000,
): AsyncGenerator<GapRow[]> {
  const needs = selection.required === undefined ? noRequirements : await requirementsOf(tx)
  let after: Cursor | undefined
  for (;;) {
    const rows = await rowsAfter(tx, caller, selection, needs, after, size)
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (rows.length < size || !last) return
    after = { name: last.nameKey, id: last.id, person: last.personId, count: 0 }
  }
}

async function rowsAfter(
  tx: Tx,
  caller: Caller,
  selection: ReportSelection,
  needs: Requirements,
  after: Cursor | undefined,
  limit: number,
): Promise<KeyedRow[]> {
  const params = new Params()
  const keys = keysOf(selection)
  const person = selection.object === 'persons' ? 'p.id' : 'null::uuid'
  const order = selection.object === 'persons' ? 'name_key, id, person_id' : 'name_key, id'
  const past = after ? ` and ${pastSql(after, selection, params)}` : ''
  const units = pagedUnits(selection, keys, caller, needs, params, ({ columns, from, where }) => {
    const codes = columns
      .map(({ base, fresh, code }, at) => `, ${code(base, fresh ?? '')} as s${at}`)
      .join('')
    return `select c.name_key, c.id, ${person} as person_id${codes} from ${from}
      where ${where} and ${selectionSql(selection, columns, params)}${past} order by c.name_key, c.id${person === 'p.id' ? ', p.id' : ''} limit ${limit}`
  })
  const found = await rowsOf<Omit<KeyedRow, 'cells'> & { codes: number[] }>(
    tx,
    `select c.name_key as "nameKey", c.id, u.person_id as "personId", c.name, p.name as "personName", p.position, c.owner_id as "ownerId", o.name as "ownerName",
       c.region, c.source, c.stage, array[${keys.map((_, at) => `s${at}`).join(', ')}]::int[] as codes
     from (select * from (${units}) every order by ${order} limit ${limit}) u join clients c on c.id = u.id
       left join users o on o.id = c.owner_id left join people p on p.id = u.person_id
     order by c.name_key, c.id, u.person_id`,
    params.values,
  )
  return found.map(({ codes, ...row }) => ({
    ...row,
    cells: Object.fromEntries(keys.map((key, at) => [key, stateOfCode[codes[at]!]!])),
  }))
}

const stateOfCode = Object.fromEntries(states.map((state) => [stateCodes[state], state]))

function pastSql(after: Cursor, { object }: ReportSelection, params: Params): string {
  const at = `${params.add(after.name)}::text collate "C", ${params.add(after.id)}::uuid`
  return object === 'persons'
    ? `(c.name_key, c.id, p.id) > (${at}, ${params.add(after.person ?? noPerson)}::uuid)`
    : `(c.name_key, c.id) > (${at})`
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

const encode = (cursor: Cursor) => Buffer.from(JSON.stringify(cursor)).toString('base64url')

function cursorOf(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined
  try {
    const { name, id, person, count } = JSON.parse(Buffer.from(text, 'base64url').toString()) as Cursor
    if (typeof name === 'string' && isId(id) && (person === null || isId(person)) && Number.isInteger(count))
      return { name, id, person, count }
  } catch {}
  throw invalid('cursor', {
    ru: 'Закладка страницы испорчена: начните список сначала.',
    en: 'The page cursor is damaged: start the list again.',
  })
}

const isId = (text: unknown) => typeof text === 'string' && /^[0-9a-f-]{36}$/.test(text)
