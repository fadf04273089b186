import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { type Line, openLine } from './line.ts'
import type { StreamEvent } from './read-stream.ts'

/** A change somebody made, as the server tells it; `id` null: of many rows. */
export interface LiveChange {
  changeSetId: string
  entity: string
  id: string | null
  version: number | null
  clientId: string | null
  gone?: true
}

/** Somebody in a client's card or in one of its fields. */
export interface PresentPerson {
  userId: string
  field: string | null
}

/** What became old: single rows, (`reload`) anything, or (`alarms`) a head's alarms. */
export type LiveNews = { changes: LiveChange[]; reload?: boolean; alarms?: boolean }

const listeners = new Set<(news: LiveNews) => void>()
const watchers = new Set<() => void>()
const lineListeners = new Set<(up: boolean) => void>()
const present = new Map<string, PresentPerson[]>()
/** Undefined until the first word: nobody knows yet. */
let up: boolean | undefined
let epoch = 0
let gathered: LiveNews | undefined

/** Follows the server's stream as this person until the returned function is called. */
export function startLive(person: string, signedOut: () => void): () => void {
  const line: Line = openLine(person, {
    event: hear,
    up: (isUp) => {
      up = isUp
      for (const listener of lineListeners) listener(isUp)
      tellWatchers()
    },
    signedOut,
  })
  return () => {
    line.close()
    present.clear()
    up = undefined
    tellWatchers()
  }
}

function hear({ event, data }: StreamEvent) {
  if (event === 'presence') {
    const { clientId, people } = data as { clientId: string; people: PresentPerson[] }
    if (people.length > 0) present.set(clientId, people)
    else present.delete(clientId)
    return tellWatchers()
  }
  if (event === 'message') {
    const change = data as LiveChange
    if (change.gone && present.delete(change.id!)) tellWatchers()
    return gather({ changes: [change] })
  }
  if (event === 'alarm') return gather({ changes: [], alarms: true })
  if (event === 'reload') {
    present.clear()
    tellWatchers()
    gather({ changes: [], reload: true })
  }
}

/** Events of the same moment are told together. */
function gather(news: LiveNews) {
  if (!gathered) {
    gathered = { changes: [] }
    setTimeout(() => {
      const all = gathered!
      gathered = undefined
      for (const listener of listeners) listener(all)
    }, 50)
  }
  gathered.changes.push(...news.changes)
  if (news.reload) gathered.reload = true
  if (news.alarms) gathered.alarms = true
}

function tellWatchers() {
  epoch += 1
  for (const watcher of watchers) watcher()
}

/** Calls `listener` with what others, other tabs and the person himself have changed. Keep it stable. */
export function useLiveNews(listener: (news: LiveNews) => void) {
  useEffect(() => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }, [listener])
}

const watch = (watcher: () => void) => {
  watchers.add(watcher)
  return () => void watchers.delete(watcher)
}

/** Whether the line to the server stands; undefined while nobody knows. */
export const useIsUp = () => useSyncExternalStore(watch, () => up)

export const isUp = () => up

/** Calls `listener` when the line goes up or down. @returns stops it */
export function onLine(listener: (up: boolean) => void): () => void {
  lineListeners.add(listener)
  return () => void lineListeners.delete(listener)
}

/** Other people in these clients now: client → people. */
export function usePresent(clientIds: readonly string[], me: string): ReadonlyMap<string, PresentPerson[]> {
  const version = useSyncExternalStore(watch, () => epoch)
  return useMemo(
    () =>
      new Map(
        clientIds.flatMap((id) => {
          const others = present.get(id)?.filter(({ userId }) => userId !== me) ?? []
          return others.length > 0 ? [[id, others] as const] : []
        }),
      ),
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `present` itself is no state; its version is
    [clientIds, me, version],
  )
}
