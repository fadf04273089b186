import { useQuery } from '@tanstack/react-query'
import type { User } from '#features/people/contract.ts'
import { getGroupRules } from '#features/single-sign-on/contract.ts'
import { query } from '#web/api.ts'

/** Whether a person's role and team come from his groups: what is set by hand would last until his next sign-in. */
export function usePlacedByGroups({ source }: User): boolean {
  const rules = useQuery({ ...query(getGroupRules, {}), enabled: source !== 'local' })
  return source !== 'local' && (rules.data?.rules.length ?? 0) > 0
}
