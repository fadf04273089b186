import type { QueryClient } from '@tanstack/react-query'
import { getUndo, redo, undo } from '#features/changes/contract.ts'
import { call, query } from '#web/api.ts'
import { t } from '#web/i18n/translation.ts'
import { notifyDone } from '#web/layout/notify.tsx'
import { sayStep } from './acts.ts'
import { carryOut, type Way } from './reversal.tsx'

/** Takes back one's own last act, or brings back the one taken back last, and tells what came of it. */
export async function takeStep(queries: QueryClient, way: Way): Promise<void> {
  const fresh = await queries.fetchQuery({ ...query(getUndo, {}), staleTime: 0 })
  const next = way === 'back' ? fresh.undo : fresh.redo
  if (!next) return notifyDone(t(way === 'back' ? 'changes.undo.nothing' : 'changes.undo.nothing-redo'))
  const send = async () => {
    const answer = await call(way === 'back' ? undo : redo, { id: next.id })
    queries.setQueryData(query(getUndo, {}).queryKey, { undo: answer.undo, redo: answer.redo })
    return answer
  }
  await carryOut(send, { queries, way, what: sayStep(next) })
}
