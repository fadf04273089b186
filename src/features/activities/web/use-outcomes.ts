import { useQuery } from '@tanstack/react-query'
import type { ActivityKind } from '#features/activities/contract.ts'
import { getDictionaries } from '#features/company/contract.ts'
import { query } from '#web/api.ts'

/** The outcomes the head offers for a kind of entry, in his order. */
export function useOutcomes(kind: ActivityKind) {
  const dictionaries = useQuery({ ...query(getDictionaries, {}), staleTime: 300_000 }).data
  return (dictionaries?.choices ?? []).filter(
    ({ field, activityKinds }) =>
      field === 'outcome' &&
      kind !== 'note' &&
      (activityKinds.length === 0 ? kind !== 'task' : activityKinds.includes(kind)),
  )
}
