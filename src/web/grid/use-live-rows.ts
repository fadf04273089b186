import { type InfiniteData, type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { type LiveChange, type LiveNews, useLiveNews } from '#web/live/live.ts'
import { mergeRows } from './merge-rows.ts'
import type { Page } from './use-keyset-rows.ts'

/** How the rows of a table follow what others change. */
export interface LiveRows<Row> {
  /** Those of these rows that the table's filter shows, as they are now. */
  fetch: (ids: string[]) => Promise<Row[]>
  /** Which of two rows stands first; absent where only the server knows the order: newcomers then go to the top. */
  compare?: ((a: Row, b: Row) => number) | undefined
}

const soonMs = 150
const restMs = 1_000
/** More changed rows than this are not asked for one by one. */
const most = 200

/**
 * Changed rows are fetched by their ids and put in their places; the pages already there are not read again. An act of many rows reads
 * them once. Nothing moves while `held`: a cell is being edited.
 */
export function useLiveRows<Row extends { id: string; version?: number }>(
  queryKey: QueryKey,
  live: LiveRows<Row> | undefined,
) {
  const queries = useQueryClient()
  const changed = useRef(new Map<string, number | null>())
  const everything = useRef(false)
  const held = useRef(false)
  const due = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const last = useRef(0)
  const [atTop, setAtTop] = useState({ queryKey, rows: 0 })
  const now = useRef({ queryKey, live })
  useEffect(() => {
    now.current = { queryKey, live }
    changed.current.clear()
    everything.current = false
  }, [queryKey, live])

  const follow = useCallback(async () => {
    const { queryKey, live } = now.current
    const isBusy = held.current || document.hidden || queries.isFetching({ queryKey, exact: true }) > 0
    if (!live || isBusy) return false
    last.current = Date.now()
    if (everything.current || changed.current.size > most) {
      everything.current = false
      changed.current.clear()
      await queries.invalidateQueries({ queryKey, exact: true })
      return true
    }
    const asked = staleOf(changed.current, queries.getQueryData<InfiniteData<Page<Row>>>(queryKey))
    changed.current.clear()
    if (asked.length === 0) return true
    const found = await live.fetch(asked)
    if (now.current.queryKey !== queryKey) return true
    let added = 0
    queries.setQueryData<InfiniteData<Page<Row>>>(queryKey, (data) => {
      if (!data) return data
      const merged = mergeRows(data.pages, asked, found, live.compare)
      added = merged.atTop
      return { ...data, pages: merged.pages }
    })
    if (added > 0)
      setAtTop((before) => ({ queryKey, rows: (before.queryKey === queryKey ? before.rows : 0) + added }))
    return true
  }, [queries])

  const schedule = useCallback(() => {
    if (due.current) return
    const run = () => {
      due.current = undefined
      void follow().then(
        (done) => {
          if (!done || changed.current.size > 0 || everything.current) due.current ??= setTimeout(run, 300)
        },
        // Away: what was missed comes with the event that says so.
        () => {},
      )
    }
    due.current = setTimeout(run, Math.max(soonMs, last.current + restMs - Date.now()))
  }, [follow])
  useEffect(() => () => clearTimeout(due.current), [])

  useLiveNews(
    useCallback(
      ({ changes, reload }: LiveNews) => {
        if (!now.current.live) return
        if (reload || changes.some(({ id }) => id === null)) everything.current = true
        for (const change of changes) note(changed.current, change)
        if (changed.current.size > 0 || everything.current) schedule()
      },
      [schedule],
    ),
  )
  return {
    hold: useCallback((on: boolean) => void (held.current = on), []),
    atTop: atTop.queryKey === queryKey ? atTop.rows : 0,
  }
}

function note(changed: Map<string, number | null>, { entity, id, version, clientId }: LiveChange) {
  if (entity === 'clients' && id !== null) changed.set(id, version)
  // The next plan stands in the client's row and is no new version of it.
  if (entity === 'activities' && clientId !== null) changed.set(clientId, null)
}

/** Without those whose newest version is on the screen already: one's own edits come back as events too. */
function staleOf<Row extends { id: string; version?: number }>(
  changed: ReadonlyMap<string, number | null>,
  data: InfiniteData<Page<Row>> | undefined,
): string[] {
  const shown = new Map<string, number | undefined>()
  for (const page of data?.pages ?? [])
    for (const row of page.items) if (changed.has(row.id)) shown.set(row.id, row.version)
  return [...changed].flatMap(([id, version]) =>
    version !== null && (shown.get(id) ?? -1) >= version ? [] : [id],
  )
}
