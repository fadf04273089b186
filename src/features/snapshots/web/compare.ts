import type { Client } from '#features/clients/contract.ts'
import type { CellContext, ClientField } from '#features/clients/fields.ts'

/** Fields that follow from others, or from the change itself: no person wrote them. */
const unwritten = new Set(['created', 'changed', 'nextPlan', 'lastContact', 'no'])

/** Fields whose text differs between a client as it was and as it is. */
export const differingFields = (
  was: Client,
  now: Client,
  fields: readonly ClientField[],
  context: CellContext,
): ClientField[] =>
  fields.filter((field) => !unwritten.has(field.id) && field.text(was, context) !== field.text(now, context))

export interface Pair<T> {
  was: T | null
  now: T | null
}

/** Items of two lists by their ids: those that were first, in their order, then those that have appeared since. */
export function paired<T extends { id: string }>(was: readonly T[], now: readonly T[]): Pair<T>[] {
  const present = new Map(now.map((item) => [item.id, item]))
  const before = new Set(was.map(({ id }) => id))
  return [
    ...was.map((item) => ({ was: item, now: present.get(item.id) ?? null })),
    ...now.filter(({ id }) => !before.has(id)).map((item) => ({ was: null, now: item })),
  ]
}
