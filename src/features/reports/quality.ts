import { type Quality, type State, states } from './contract.ts'

/** States that count as good; asked for months, a check is asked for too. */
export function goodStates(scope: {
  quality?: Quality | undefined
  checkedMonths?: number | undefined
}): readonly State[] {
  return goodOf[scope.quality ?? (scope.checkedMonths === undefined ? 'valid' : 'checked')]
}

/** States that are not good: what the list of gaps shows and a request asks for, unless told otherwise. */
export function badStates(scope: Parameters<typeof goodStates>[0]): State[] {
  const good = goodStates(scope)
  return states.filter((state) => !good.includes(state))
}

const goodOf: Record<Quality, readonly State[]> = {
  present: ['valid', 'stale', 'doubtful', 'junk'],
  valid: ['valid', 'stale'],
  checked: ['valid'],
}

/** Months after which a valid contact is stale; a year where the quality asks for a check and nobody said how old it may be. */
export const monthsOf = (scope: { quality?: Quality | undefined; checkedMonths?: number | undefined }) =>
  scope.checkedMonths ?? (scope.quality === 'checked' ? 12 : undefined)

/** The share of good cells over these columns, from 0 to 1; the same in every view of the report. */
export function shareOf(
  group: { clients: number; cells: Record<string, Record<State, number>> },
  columns: readonly string[],
  good: readonly State[],
): number {
  if (group.clients === 0 || columns.length === 0) return 0
  let sum = 0
  for (const column of columns) for (const state of good) sum += group.cells[column]?.[state] ?? 0
  return sum / (group.clients * columns.length)
}
