import { useQuery, useQueryClient } from '@tanstack/react-query'
import { t } from '#web/i18n/translation.ts'
import { useEffect, useMemo } from 'react'
import { getUndo, redo, undo, type UndoState } from '#features/changes/contract.ts'
import { call, onWrite, query } from '#web/api.ts'
import { notifyDone, notifyProblem } from '#web/layout/notify.tsx'
import { sayStep } from './acts.ts'
import { carryOut, type Way } from './reversal.tsx'

/** Steps go one after another, however fast the keys are pressed. */
let queue: Promise<unknown> = Promise.resolve()

/** What Ctrl+Z and Ctrl+Y would do next, and the doing of it. */
export function useUndo(enabled = true): UndoState & { step: (way: Way) => void } {
  const queries = useQueryClient()
  const state = useQuery({ ...query(getUndo, {}), staleTime: 5_000, enabled })
  const step = useMemo(
    () => (way: Way) => {
      queue = queue.then(() => take(way))
    },
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [queries],
  )
  async function take(way: Way) {
    try {
      const fresh = await queries.fetchQuery({ ...query(getUndo, {}), staleTime: 0 })
      const next = way === 'back' ? fresh.undo : fresh.redo
      if (!next) return notifyDone(t(way === 'back' ? 'changes.undo.nothing' : 'changes.undo.nothing-redo'))
      const send = async () => {
        const answer = await call(way === 'back' ? undo : redo, { id: next.id })
        queries.setQueryData(query(getUndo, {}).queryKey, { undo: answer.undo, redo: answer.redo })
        return answer
      }
      await carryOut(send, { queries, way, what: sayStep(next) })
    } catch (error) {
      notifyProblem(error)
    }
  }
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
