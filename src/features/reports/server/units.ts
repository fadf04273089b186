import type { Caller } from '#server/auth/caller.ts'
import type { Params } from '#server/db/params.ts'
import type { ClientFilter, Condition } from '#features/clients/filter.ts'
import { filterSql } from '#features/clients/server/where.ts'
import type { Dimension, ReportScope, ReportSelection } from '#features/reports/contract.ts'
import { type Column, columnsOf, stateCodes } from './columns.ts'
import { requiredSql, type Requirements } from './requirements.ts'

/** What is counted, as SQL: `v` is the client's row of states, `p` the person of a report on persons. */
export interface Units {
  columns: Column[]
  from: string
  where: string
}

/**
 * Everything the caller may see within a scope, for one walk over the whole. Who sees all reads the states as they lie; for the others the
 * statement is driven from the people whose seats they share and from the seats given to them, since one predicate for both would read
 * the whole table.
 */
export function unitsOf(
  scope: ReportScope,
  keys: readonly string[],
  caller: Caller,
  needs: Requirements,
  params: Params,
): Units {
  const sees = caller.role === 'head'
  const { columns, marks } = columnsOf(scope, keys, params, sees)
  const clients = needsClients(scope)
    ? 'join clients c on c.id = v.client_id'
    : `cross join lateral (select v.client_id as id, v.owner_id, v.region, v.source, v.stage, v.categories, null::timestamptz as archived_at) c`
  return {
    columns,
    from: `${sees ? 'client_states' : seenStates} v ${clients} ${people(scope)} ${marks}`,
    where: whereOf(scope, needs, params),
  }
}

const seenStates = `(
  select own.* from unnest((select visible_user_ids())) seen (user_id)
    cross join lateral (select * from client_states s where s.owner_id = seen.user_id) own
  union all
  select given.* from client_states given
  where given.client_id in (select g.client_id from seats g where g.reason <> 'owner')
    and (given.owner_id is null or given.owner_id <> all ((select visible_user_ids())::uuid[])))`

/**
 * The same rows in the order of clients' names, for a page: each source is walked along its index of names and left as soon as the page is full.
 * @param pick makes a select of the page from `from` and `where`
 */
export function pagedUnits(
  scope: ReportScope,
  keys: readonly string[],
  caller: Caller,
  needs: Requirements,
  params: Params,
  pick: (units: Units) => string,
): string {
  const { columns, marks } = columnsOf(scope, keys, params, false)
  const joined = `join client_states v on v.client_id = c.id ${people(scope)} ${marks}`
  const where = whereOf(scope, needs, params)
  const picked = (source: string, narrowed: string) =>
    `(${pick({ columns, from: `${source} ${joined}`, where: `${narrowed} and ${where}` })})`
  if (caller.role === 'head') return picked('clients c', 'true')
  return `select own.* from unnest((select visible_user_ids())) seen (user_id)
      cross join lateral ${picked('clients c', 'c.owner_id = seen.user_id')} own
    union all
    ${picked(
      `(select distinct g.client_id from seats g where g.reason <> 'owner') given join clients c on c.id = given.client_id`,
      `(c.owner_id is null or c.owner_id <> all ((select visible_user_ids())::uuid[]))`,
    )}`
}

const people = (scope: ReportScope) =>
  scope.object === 'persons' ? 'join people p on p.client_id = v.client_id' : ''

/** Fields whose conditions need nothing but states, or look into other tables by the client's id. */
const kept = new Set([
  'owner',
  'team',
  'source',
  'stage',
  'region',
  'categories',
  'manager',
  'person',
  'position',
  'birthday',
])
const kinds = new Set(['phone', 'email', 'address', 'website', 'messenger', 'other'])

const needsClients = (scope: ReportScope) =>
  scope.clientKind !== undefined ||
  (scope.where ?? []).some(({ field }) => !kept.has(field) && !kinds.has(field))

function whereOf(scope: ReportScope, needs: Requirements, params: Params): string {
  const { clientKind, missing, where, search, owner, team, stage, region, source, category } = scope
  const filter: ClientFilter = {
    kind: clientKind,
    where: where?.filter((condition) => !isState(condition)),
    search,
    owner,
    team,
    stage,
    region,
    source,
    category,
  }
  const parts = [filterSql(filter, params)]
  for (const kind of missing ?? []) parts.push(`v.${kind} = 0`)
  for (const condition of where?.filter(isState) ?? []) parts.push(stateCondition(condition, params))
  if (scope.required !== undefined) {
    const complete = requiredSql(needs, params)
    parts.push(scope.required === 'complete' ? complete : `not ${complete}`)
  }
  return parts.join(' and ')
}

/** Conditions on a state are read off the row at hand; the filter of lists would look each one up. */
const isState = ({ field, op }: Condition) =>
  kinds.has(field) && (op === 'empty' || op === 'filled' || op === 'state')

function stateCondition({ field, op, value }: Condition, params: Params): string {
  if (op === 'empty') return `v.${field} = 0`
  if (op === 'filled') return `v.${field} > 0`
  const ranks = { missing: 0, junk: 1, doubtful: 2, valid: 3 } as Record<string, number>
  const asked = (Array.isArray(value) ? value : [String(value)]).flatMap((state) => ranks[state] ?? [])
  return `v.${field} = any (${params.add(asked)}::int[])`
}

/** Conditions of a selection over a select that names states `s0 …` and carries the columns of groups. */
export function selectionSql(selection: ReportSelection, columns: readonly Column[], params: Params): string {
  const parts = selection.group.map((key, at) => groupSql(selection.groupBy[at], key, params))
  if (selection.state !== undefined) {
    const codes = `any (${params.add(selection.state.map((state) => stateCodes[state]))}::int[])`
    const asked = columns.filter(({ key }) => selection.kind === undefined || key === selection.kind)
    parts.push(
      `(${asked.map(({ base, fresh, code }) => `${code(base, fresh ?? '')} = ${codes}`).join(' or ')})`,
    )
  }
  return parts.length === 0 ? 'true' : parts.join(' and ')
}

/** The columns a selection looks at: those of the report and the one asked for. */
export const keysOf = (selection: ReportScope & { kind?: string | undefined }) => [
  ...new Set(selection.kind === undefined ? selection.kinds : [...selection.kinds, selection.kind]),
]

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

function groupSql(dimension: Dimension | undefined, key: string, params: Params): string {
  const none = key === 'none'
  switch (dimension) {
    case undefined:
      return 'false'
    case 'manager':
      if (none) return 'v.owner_id is null'
      return uuid.test(key) ? `v.owner_id = ${params.add(key)}::uuid` : 'false'
    case 'team':
      if (none)
        return '(v.owner_id is null or v.owner_id in (select u.id from users u where u.team_id is null))'
      return uuid.test(key)
        ? `v.owner_id in (select u.id from users u where u.team_id = ${params.add(key)}::uuid)`
        : 'false'
    case 'category':
      if (none) return `array_remove(v.categories, '') = '{}'`
      return `${params.add(valueOfKey(key))}::text = any (v.categories)`
    default:
      return none
        ? `coalesce(v.${dimension}, '') = ''`
        : `v.${dimension} = ${params.add(valueOfKey(key))}::text`
  }
}

/** The key of a group by its value: a value that is the word for "none" gets a sign before it. */
export const keyOfValue = (value: string | null) =>
  value === null || value === '' ? 'none' : /^=*none$/.test(value) ? `=${value}` : value
const valueOfKey = (key: string) => (/^=+none$/.test(key) ? key.slice(1) : key)
