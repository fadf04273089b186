import type { Caller } from '#server/auth/caller.ts'
import { Params } from '#server/db/params.ts'
import { send, type Tx } from '#server/db/tx.ts'
import { Problem } from '#server/http/problem.ts'
import type { ContactInfo, Dimension, ReportGroup, ReportScope, State } from '#features/reports/contract.ts'
import { states } from '#features/reports/contract.ts'
import { goodStates, shareOf } from '#features/reports/quality.ts'
import { stateCodes } from './columns.ts'
import { noRequirements, requirementsOf } from './requirements.ts'
import { keyOfValue, unitsOf } from './units.ts'
import { reportWords, type Language } from './words.ts'

/** More groups than a person can look at, and more than a browser should be sent. */
const mostGroups = 50_000

type ReportInput = ReportScope & { sort: string }

/** The report as a tree of groups: counted by the database in one statement, put into the tree here. */
export async function contactInfo(
  tx: Tx,
  caller: Caller,
  input: ReportInput,
  language: Language,
): Promise<ContactInfo> {
  const keys = [...new Set(input.kinds)]
  const { rows, names, teams } = await countedRows(tx, caller, input, keys)
  const root = newNode(keys.length)
  let groups = 0
  const add = (node: Node, row: CountedRow, depth: number) => {
    node.clients += row.clients
    for (const [at, count] of row.counts.entries()) node.counts[at]! += count
    const dimension = input.groupBy[depth]
    if (dimension === undefined) return
    for (const key of keysOfRow(dimension, row, teams)) {
      let child = node.groups.get(key)
      if (!child) {
        if (++groups > mostGroups) throw tooManyGroups()
        node.groups.set(key, (child = newNode(keys.length)))
      }
      add(child, row, depth + 1)
    }
  }
  for (const row of rows) add(root, row, 0)

  const labelOf = (dimension: Dimension, key: string) =>
    key === 'none'
      ? reportWords[language].none[dimension]
      : (names.get(key) ?? key.replace(/^=(?==*none$)/, ''))
  const order = orderOf(input, keys)
  const groupsOf = (node: Node, depth: number): ReportGroup[] | undefined => {
    const dimension = input.groupBy[depth]
    if (dimension === undefined) return undefined
    return Array.from(node.groups, ([key, child]) => {
      const groups = groupsOf(child, depth + 1)
      return {
        key,
        label: labelOf(dimension, key),
        clients: child.clients,
        cells: cellsOf(child, keys),
        ...(groups && { groups }),
      }
    }).toSorted(order)
  }
  return { groups: groupsOf(root, 0) ?? [], total: { clients: root.clients, cells: cellsOf(root, keys) } }
}

interface CountedRow {
  owner: string | null
  region: string | null
  source: string | null
  stage: string | null
  categories: string[] | null
  clients: number
  /** Five numbers a column, by the number of the state. */
  counts: number[]
}

async function countedRows(tx: Tx, caller: Caller, scope: ReportScope, keys: readonly string[]) {
  const params = new Params()
  const needs = scope.required === undefined ? noRequirements : await requirementsOf(tx)
  const { columns, from, where } = unitsOf(scope, keys, caller, needs, params)
  // A client of two categories is one row here: he counts once above the groups of categories, whatever stands below.
  const held = [...new Set(scope.groupBy.map((dimension) => heldBy[dimension]))]
  const inner = [
    ...held.map((column) => (textual.has(column) ? `v.${column} collate "C" as ${column}` : `v.${column}`)),
    ...columns.flatMap(({ base, fresh }, at) => [
      `${base} as b${at}`,
      ...(fresh === null ? [] : [`${fresh} as f${at}`]),
    ]),
  ]
  const counts = columns.flatMap(({ code }, at) =>
    Object.values(stateCodes).map(
      (number) => `coalesce(sum(n) filter (where ${code(`b${at}`, `f${at}`)} = ${number}), 0)::int`,
    ),
  )
  const [counted, users, teamRows] = await send(
    tx,
    {
      text: `select ${held.map((column) => `${column} as ${column === 'owner_id' ? 'owner' : column}, `).join('')}sum(n)::int as clients, array[${counts.join(', ')}] as counts
        from (select ${inner.join(', ')}, count(*) as n from ${from} where ${where} group by ${inner.map((_, at) => at + 1).join(', ')}) g
        ${held.length === 0 ? 'having sum(n) > 0' : `group by ${held.map((_, at) => at + 1).join(', ')}`}`,
      values: params.values,
    },
    { text: 'select id, name, team_id as team from users' },
    { text: 'select id, name from teams' },
  )
  const people = users!.rows as { id: string; name: string; team: string | null }[]
  return {
    rows: counted!.rows as CountedRow[],
    names: new Map(
      [...people, ...(teamRows!.rows as { id: string; name: string }[])].map(({ id, name }) => [id, name]),
    ),
    teams: new Map(people.map(({ id, team }) => [id, team])),
  }
}

/** Grouped byte by byte: the order of a language costs three times as much and nobody sees it. */
const textual = new Set(['region', 'source', 'stage'])

const heldBy: Record<Dimension, string> = {
  manager: 'owner_id',
  team: 'owner_id',
  region: 'region',
  category: 'categories',
  source: 'source',
  stage: 'stage',
}

function keysOfRow(dimension: Dimension, row: CountedRow, teams: Map<string, string | null>): string[] {
  switch (dimension) {
    case 'manager':
      return [row.owner ?? 'none']
    case 'team':
      return [(row.owner && teams.get(row.owner)) ?? 'none']
    case 'category': {
      const named = new Set(row.categories?.filter((name) => name !== ''))
      return named.size === 0 ? ['none'] : Array.from(named, keyOfValue)
    }
    default:
      return [keyOfValue(row[dimension])]
  }
}

interface Node {
  clients: number
  counts: number[]
  groups: Map<string, Node>
}

const newNode = (columns: number): Node => ({
  clients: 0,
  counts: Array<number>(columns * states.length).fill(0),
  groups: new Map(),
})

const cellsOf = (node: Node, keys: readonly string[]) =>
  Object.fromEntries(
    keys.map((key, at) => [
      key,
      Object.fromEntries(
        states.map((state) => [state, node.counts[at * states.length + stateCodes[state]]!]),
      ) as Record<State, number>,
    ]),
  )

const collator = new Intl.Collator('ru', { numeric: true })

const byName = (a: ReportGroup, b: ReportGroup) =>
  Number(a.key === 'none') - Number(b.key === 'none') ||
  collator.compare(a.label, b.label) ||
  (a.key < b.key ? -1 : 1)

function orderOf(input: ReportInput, keys: readonly string[]) {
  const good = goodStates(input)
  const sign = input.sort.startsWith('-') ? -1 : 1
  const compare: Record<string, (a: ReportGroup, b: ReportGroup) => number> = {
    worst: (a, b) => shareOf(a, keys, good) - shareOf(b, keys, good) || sign * (b.clients - a.clients),
    clients: (a, b) => b.clients - a.clients,
    name: byName,
  }
  const chosen = compare[input.sort.replace(/^-/, '')]!
  return (a: ReportGroup, b: ReportGroup) => sign * chosen(a, b) || byName(a, b)
}

const tooManyGroups = () =>
  new Problem(422, 'too-many-groups', {
    ru: `Групп больше ${mostGroups}: уберите одну из группировок или сузьте отбор.`,
    en: `More than ${mostGroups} groups: remove a grouping or narrow the filter.`,
  })
