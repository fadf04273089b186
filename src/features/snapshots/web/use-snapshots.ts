import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { createSnapshot, listSnapshots } from '#features/snapshots/contract.ts'
import type { InputOf } from '#shared/endpoint.ts'
import { call, refresh } from '#web/api.ts'
import { notifyProblem } from '#web/layout/notify.tsx'

type Filter = NonNullable<InputOf<typeof createSnapshot>['filter']>

/** Orders a snapshot and opens its screen. */
export function useSnapshotMaking() {
  const queries = useQueryClient()
  const navigate = useNavigate()
  return async (at: string, filter: Filter = {}) => {
    try {
      const { id } = await call(createSnapshot, { at, filter })
      void refresh(queries, listSnapshots)
      await navigate({ to: '/time-machine/$id', params: { id } } as never)
    } catch (error) {
      notifyProblem(error)
    }
  }
}
