import { useQuery } from '@tanstack/react-query'
import { getMe, listUsers, type User } from '#features/people/contract.ts'
import { query } from '#web/api.ts'

/** Colleagues by id, and those the caller may plan for: himself, a team head his team, the head everybody who works with clients. */
export function useColleagues() {
  const me = useQuery(query(getMe, {})).data
  const users = useQuery({ ...query(listUsers, {}), staleTime: 300_000 }).data ?? []
  const names = new Map(users.map((user) => [user.id, user.name]))
  const mayPlanFor = (user: User) => {
    if (!me || !user.active || user.role === 'admin') return false
    if (user.id === me.id || me.role === 'head') return true
    return me.role === 'team-head' && me.teamId !== null && user.teamId === me.teamId
  }
  return { nameOf: (id: string) => names.get(id), plannable: users.filter(mayPlanFor) }
}
