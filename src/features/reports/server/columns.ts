import type { Params } from '#server/db/params.ts'
import type { ContactKind } from '#shared/verdict.ts'
import type { ReportScope, State } from '#features/reports/contract.ts'
import { monthsOf } from '#features/reports/quality.ts'

/** States as numbers, so that the best of several contacts is their maximum. */
export const stateCodes: Record<State, number> = { missing: 0, junk: 1, doubtful: 2, stale: 3, valid: 4 }

/**
 * A column as SQL over the rows of `unitsOf`. `base` and `fresh` are cheap to group by (the planner knows how few values they have);
 * `code` makes of them the number of the state.
 */
export interface Column {
  key: string
  base: string
  fresh: string | null
  code(base: string, fresh: string): string
}

export interface ColumnsSql {
  columns: Column[]
  /** What is joined for columns `client_states` does not hold; '' if all are there. */
  marks: string
}

/**
 * The columns of a report. Kinds of whole clients are read from `client_states`; labels, persons and clients without their people's contacts
 * from `contacts`, aggregated once (`grouped`, for a walk over everything) or looked up row by row.
 */
export function columnsOf(
  scope: ReportScope,
  keys: readonly string[],
  params: Params,
  grouped: boolean,
): ColumnsSql {
  const months = monthsOf(scope)
  const since = months === undefined ? null : checkedSince(months)
  const marks: string[] = []
  const columns = keys.map((key): Column => {
    const [kind, label] = partsOf(key)
    if (scope.object === 'clients' && scope.persons && label === undefined) return kept(key, kind, since)
    const mark = `m${marks.length}`
    marks.push(`max(case when ${ofColumn(kind, label, params)} then ${rank(since)} end)::smallint as ${mark}`)
    return { key, base: `coalesce(m.${mark}, 0)`, fresh: null, code: (base) => base }
  })
  return { columns, marks: marks.length === 0 ? '' : marksJoin(scope, keys, marks, params, grouped) }
}

/** Kind and label of `phone:мобильный`; label '' asks for contacts without one, undefined for all. */
export function partsOf(key: string): [ContactKind, string | undefined] {
  const colon = key.indexOf(':')
  return colon < 0
    ? [key as ContactKind, undefined]
    : [key.slice(0, colon) as ContactKind, key.slice(colon + 1)]
}

/** Condition over contacts `t` of one column. */
export function ofColumn(kind: ContactKind, label: string | undefined, params: Params): string {
  const ofKind = `t.kind = '${kind}'`
  if (label === undefined) return ofKind
  return label === ''
    ? `${ofKind} and coalesce(t.label, '') = ''`
    : `${ofKind} and t.label = ${params.add(label)}`
}

const kept = (key: string, kind: ContactKind, since: string | null): Column =>
  since === null
    ? { key, base: `v.${kind}`, fresh: null, code: (base) => `(${base} + (${base} = 3)::int)` }
    : {
        key,
        base: `v.${kind}`,
        fresh: `v.${kind}_checked >= ${since}`,
        code: (base, fresh) => `(${base} + (${base} = 3 and coalesce(${fresh}, false))::int)`,
      }

/**
 * The day from which on a check counts, by the company's calendar. The number is written into the text: a count that asks for no state
 * does not read it, and a parameter nobody reads is an error.
 */
const checkedSince = (months: number) =>
  `(select ((now() at time zone co.time_zone) - interval '${Math.trunc(months)} months')::date from company co)`

const rank = (since: string | null) => {
  const valid = since === null ? '4' : `case when t.checked_at::date >= ${since} then 4 else 3 end`
  return `case when t.reason = 'placeholder' then 0 when t.verdict in ('ok', 'fixed') then ${valid} when t.verdict = 'doubtful' then 2 else 1 end`
}

function marksJoin(
  scope: ReportScope,
  keys: readonly string[],
  marks: string[],
  params: Params,
  grouped: boolean,
): string {
  const [owner, unit] = scope.object === 'persons' ? ['t.person_id', 'p.id'] : ['t.client_id', 'v.client_id']
  const kinds = [...new Set(keys.map((key) => partsOf(key)[0]))]
  const narrowed =
    scope.object === 'persons'
      ? ` and t.person_id is not null`
      : scope.persons
        ? ''
        : ' and t.person_id is null'
  const source = `from contacts t where t.kind = any (${params.add(kinds)}::text[])${narrowed}`
  return grouped
    ? `left join (select ${owner} as unit, ${marks.join(', ')} ${source} group by 1) m on m.unit = ${unit}`
    : `left join lateral (select ${marks.join(', ')} ${source} and ${owner} = ${unit}) m on true`
}
