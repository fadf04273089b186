import { type Query, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef } from 'react'
import { type LiveChange, type LiveNews, startLive, useLiveNews } from '#web/live/live.ts'
import { isGone, isTouched, subjectOf } from './refresh-plan.ts'

/** Sums are asked for anew this long after a change, and not oftener: a report over a million clients costs a third of a second. */
const sumsAfterMs = 1_000
const sumsRestMs = 4_000

/**
 * Keeps what is on the screens as it is in the base: cards, timelines and files at once, sums in their time. Tables keep their rows by
 * themselves (`useKeysetRows`).
 */
export function useLiveRefresh(person: string, follows: boolean, signedOut: () => void) {
  const queries = useQueryClient()
  const sums = useRef<{ due?: ReturnType<typeof setTimeout>; last: number }>({ last: 0 })

  const renew = useCallback(
    async (predicate: (query: Query) => boolean) => {
      // A first answer on its way was asked for before the change: it is dropped and asked for again.
      await queries.cancelQueries({ predicate })
      await queries.invalidateQueries({ predicate })
    },
    [queries],
  )
  const renewSums = useCallback(() => {
    const state = sums.current
    if (state.due) return
    const wait = Math.max(sumsAfterMs, state.last + sumsRestMs - Date.now())
    state.due = setTimeout(() => {
      delete state.due
      state.last = Date.now()
      void renew((query) => subjectOf(query) === 'sums')
    }, wait)
  }, [renew])

  useLiveNews(
    useCallback(
      ({ changes, reload, alarms }: LiveNews) => {
        if (reload) return void renew((query) => !isTable(query))
        if (alarms) void renew(isAboutAlarms)
        if (changes.length === 0) return
        forgetGone(queries, changes)
        void renew((query) => subjectOf(query) === 'records' && isTouched(query, changes))
        renewSums()
      },
      [queries, renew, renewSums],
    ),
  )
  useEffect(() => (follows ? startLive(person, signedOut) : undefined), [person, follows, signedOut])
}

const isTable = ({ queryKey }: Query) => queryKey[1] === 'pages' && queryKey[0] === 'GET /clients'

const isAboutAlarms = ({ queryKey }: Query) => /^GET \/(alarms|export-requests)/.test(String(queryKey[0]))

/** Of a client that is seen no longer nothing stays in memory; an open card finds that it is not there. */
function forgetGone(queries: ReturnType<typeof useQueryClient>, changes: readonly LiveChange[]) {
  const gone = changes.filter((change) => change.gone)
  if (gone.length > 0) void queries.resetQueries({ predicate: (query) => isGone(query, gone) })
}
