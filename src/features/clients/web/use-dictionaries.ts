import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { getDictionaries, type CustomField } from '#features/company/contract.ts'
import { listTeams, listUsers, type User } from '#features/people/contract.ts'
import { query } from '#web/api.ts'

const minutes = 5 * 60_000

/** Colleagues, teams and the head's dictionaries: what lists, cards and filters choose from. */
export function useDictionaries() {
  const users = useQuery({ ...query(listUsers, {}), staleTime: minutes }).data
  const teams = useQuery({ ...query(listTeams, {}), staleTime: minutes }).data
  const dictionaries = useQuery({ ...query(getDictionaries, {}), staleTime: minutes }).data
  return useMemo(() => {
    const names = new Map(users?.map((user) => [user.id, user.name]))
    const choicesOf = (field: string) =>
      (dictionaries?.choices ?? []).filter((choice) => choice.field === field).map((choice) => choice.name)
    const labelsOf = (kind: string) =>
      (dictionaries?.labels ?? []).filter((label) => label.kind === kind).map((label) => label.name)
    return {
      users: users ?? ([] as User[]),
      teams: teams ?? [],
      customFields: dictionaries?.customFields ?? ([] as CustomField[]),
      choices: dictionaries?.choices ?? [],
      nameOfUser: (id: string) => names.get(id) ?? '',
      choicesOf,
      labelsOf,
      ready: users !== undefined && dictionaries !== undefined,
    }
  }, [users, teams, dictionaries])
}

export type Dictionaries = ReturnType<typeof useDictionaries>
