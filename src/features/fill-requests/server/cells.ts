import type { Params } from '#server/db/params.ts'
import type { FillRequest } from '#features/fill-requests/contract.ts'
import { type Quality, ReportScope, type State } from '#features/reports/contract.ts'
import { type Column, columnsOf, stateCodes } from '#features/reports/server/columns.ts'

/** What makes a request's cells good; the report's own measure. */
export type Measure = Pick<FillRequest, 'columns' | 'persons' | 'quality' | 'checkedMonths'>

/** The lowest state that counts as filled. */
const least: Record<Quality, State> = { present: 'junk', valid: 'stale', checked: 'valid' }

export const isFilled = (state: State, quality: Quality) => stateCodes[state] >= stateCodes[least[quality]]

/** The asked columns as SQL over states `v`, read as the report reads them. */
export function cellsOf(measure: Measure, params: Params): Column[] {
  const { columns, persons, quality, checkedMonths } = measure
  const scope = ReportScope.parse({
    kinds: columns,
    persons,
    quality,
    ...(checkedMonths !== null && { checkedMonths }),
  })
  return columnsOf(scope, columns, params, false).columns
}

/** SQL: the number of a column's state. */
export const codeSql = ({ base, fresh, code }: Column) => code(base, fresh ?? '')

/** SQL over `f` and `v`: every cell asked of this client is filled. */
export const doneSql = (columns: readonly Column[], quality: Quality) =>
  `not (${columns
    .map(
      (column, at) => `((f.asked & ${1 << at}) <> 0 and ${codeSql(column)} < ${stateCodes[least[quality]]})`,
    )
    .join(' or ')})`
