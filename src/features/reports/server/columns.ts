import type { Params } from '#server/db/params.ts'
import type { ContactKind } from '#shared/verdict.ts'
import type { ReportScope, State } from '#features/reports/contract.ts'
import { monthsOf } from '#features/reports/quality.ts'

/** States as numbers, so that the best of several contacts is their maximum. */
export const stateCodes: Record<State, number> = { missing: 0, junk: 1, doubtful: 2, stale: 3, valid: 4 }

/**
 * A column as SQL over the rows of `unitsOf`. `base` (the rank of the best contact, 0 to 3) and `fresh` (it was checked lately) are grouped by:
 * of plain columns the planner knows how few values they have. `code` makes of them the number of the state.
 */
export interface Column {
  key: string
  base: string
  fresh: string | null
  code(base: string, fresh: string): string
}

export interface ColumnsSql {
  columns: Column[]
  /** What is joined for the contacts of persons; '' for clients, whose states lie ready. */
  marks: string
}

/**
 * The columns of a report. Kinds of whole clients are columns of `client_states`; labels and clients without their people's contacts are looked up
 * in its `marks`; contacts of persons are aggregated, all at once (`grouped`, for a walk over everything) or row by row.
 */
export function columnsOf(
  scope: ReportScope,
  keys: readonly string[],
  params: Params,
  grouped: boolean,
): ColumnsSql {
  const months = monthsOf(scope)
  const since = months === undefined ? null : checkedSince(months)
  if (scope.object === 'persons') return ofPersons(keys, since, params, grouped)
  const columns = keys.map((key) => {
    const [kind, label] = partsOf(key)
    return scope.persons && label === undefined
      ? columnOf(key, `v.${kind}`, since && `v.${kind}_checked >= ${since}`)
      : marked(key, kind, label, scope.persons, since)
  })
  return { columns, marks: '' }
}

/** Kind and label of `phone:мобильный`; label '' asks for contacts without one, undefined for all. */
export function partsOf(key: string): [ContactKind, string | undefined] {
  const colon = key.indexOf(':')
  return colon < 0
    ? [key as ContactKind, undefined]
    : [key.slice(0, colon) as ContactKind, key.slice(colon + 1)]
}

const columnOf = (key: string, base: string, fresh: string | null): Column => ({
  key,
  base,
  fresh,
  code: (base, fresh_) =>
    fresh === null
      ? `(${base} + (${base} = 3)::int)`
      : `(${base} + (${base} = 3 and coalesce(${fresh_}, false))::int)`,
})

/**
 * A label, or the client's own contacts, read off `marks`: `10 rank day o|p kind:label`, one a line, the best first. The rank stands seven letters
 * before the kind, the day of the check six (five hexadecimal digits, days since 2000).
 */
function marked(
  key: string,
  kind: ContactKind,
  label: string | undefined,
  persons: boolean,
  since: string | null,
): Column {
  const sought = `${persons ? '' : 'o'}${kind}:${label === undefined ? '' : `${label.replace(/[:\n]/g, ' ')}\n`}`
  const at = `strpos(v.marks, ${literal(sought)})`
  const back = persons ? 7 : 6
  const day = `lpad(to_hex(${since} - '2000-01-01'::date), 5, '0')`
  return columnOf(
    key,
    `coalesce(substr(v.marks, nullif(${at}, 0) - ${back}, 1)::smallint, 0)`,
    since && `substr(v.marks, ${at} - ${back - 1}, 5) collate "C" >= (select ${day})`,
  )
}

/** Text of a label inside a statement: a column may not be read at all, and a parameter nobody reads is an error. */
const literal = (text: string) =>
  `E'${text.replace(/\\/g, '\\\\').replace(/'/g, "''").replace(/\n/g, '\\n').replaceAll('\u0000', '')}'`

/** The day from which on a check counts, by the company's calendar. */
const checkedSince = (months: number) =>
  `(select ((product_now() at time zone co.time_zone) - interval '${Math.trunc(months)} months')::date from company co)`

function ofPersons(
  keys: readonly string[],
  since: string | null,
  params: Params,
  grouped: boolean,
): ColumnsSql {
  const fields = keys.map((key, at) => {
    const [kind, label] = partsOf(key)
    const ofLabel =
      label === undefined
        ? ''
        : label === ''
          ? ` and coalesce(t.label, '') = ''`
          : ` and t.label = ${literal(label)}`
    return `max(${rank(since)}) filter (where t.kind = '${kind}'${ofLabel}) as m${at}`
  })
  const kinds = params.add([...new Set(keys.map((key) => partsOf(key)[0]))])
  const source = `select ${grouped ? 't.person_id, ' : ''}${fields.join(', ')} from contacts t where t.kind = any (${kinds}::text[])`
  return {
    columns: keys.map((key, at) => ({
      key,
      base: `coalesce(m.m${at}, 0)`,
      fresh: null,
      code: (base) => base,
    })),
    marks: grouped
      ? `left join (${source} and t.person_id is not null group by 1) m on m.person_id = p.id`
      : `left join lateral (${source} and t.person_id = p.id) m on true`,
  }
}

const rank = (since: string | null) => {
  const valid = since === null ? '4' : `case when t.checked_at::date >= ${since} then 4 else 3 end`
  return `case when t.reason = 'placeholder' then 0 when t.verdict in ('ok', 'fixed') then ${valid} when t.verdict = 'doubtful' then 2 else 1 end`
}
