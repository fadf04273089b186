import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect } from 'react'
import { getUndo, type UndoState } from '#features/changes/contract.ts'
import { onWrite, query } from '#web/api.ts'
import { notifyProblem } from '#web/layout/notify.tsx'
import { bringSteps } from './bring-reversal.ts'
import type { Way } from './reversal.tsx'

/** Steps go one after another, however fast the keys are pressed. */
let queue: Promise<unknown> = Promise.resolve()

/** What Ctrl+Z and Ctrl+Y would do next, and the doing of it. */
export function useUndo(enabled = true): UndoState & { step: (way: Way) => void } {
  const queries = useQueryClient()
  const state = useQuery({ ...query(getUndo, {}), staleTime: 5_000, enabled })
  const step = useCallback(
    (way: Way) => {
      queue = queue.then(async () => {
        try {
          await (await bringSteps()).takeStep(queries, way)
        } catch (error) {
          notifyProblem(error)
        }
      })
    },
    [queries],
  )
  return { undo: state.data?.undo ?? null, redo: state.data?.redo ?? null, step }
}

/** Keeps what the buttons say true after every write of this window. Once for the whole product. */
export function useUndoFollowing() {
  const queries = useQueryClient()
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    const stop = onWrite(() => {
      clearTimeout(timer)
      timer = setTimeout(() => void queries.invalidateQueries({ queryKey: query(getUndo, {}).queryKey }), 150)
    })
    return () => {
      clearTimeout(timer)
      stop()
    }
  }, [queries])
}
