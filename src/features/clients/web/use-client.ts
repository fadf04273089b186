import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useMemo, useRef } from 'react'
import {
  countClients,
  clientHistory,
  getClient,
  listClients,
  myGaps,
  type Client,
  type ClientPatch,
} from '#features/clients/contract.ts'
import { keyOf, query, refresh } from '#web/api.ts'
import { isUp } from '#web/live/live.ts'
import { sendOrWait, waitingOf } from '#web/live/outbox.ts'
import { notifyProblem } from '#web/layout/notify.tsx'
import { saveClient } from './save-client.ts'
import { type ClientEdit, fieldsOf, sendable, useWaitingEdits, withEdits } from './waiting-clients.ts'

const nothing: readonly ClientEdit[] = []

/**
 * A client on its card: as it is, with edits that wait for the line, and the way to change it. Changes go one after another, each on the
 * version the one before returned.
 */
export function useClient(id: string) {
  const queries = useQueryClient()
  const options = query(getClient, { id })
  const { data, error, isPending, refetch } = useQuery(options)
  const edits = useWaitingEdits().get(id) ?? nothing
  const client = useMemo(() => data && withEdits(data, edits), [data, edits])
  const queue = useRef<Promise<unknown>>(Promise.resolve())
  const seen = useRef<number | undefined>(undefined)
  const saved = useRef(new Set<number>())

  const keep = useCallback(
    (changed: Client) => {
      queries.setQueryData(options.queryKey, changed)
      void refresh(queries, clientHistory, countClients, myGaps)
      // With the line up the table learns of it as of everybody's changes; reading all its pages again would be a jump.
      if (!isUp()) void queries.invalidateQueries({ queryKey: [keyOf(listClients), 'pages'] })
    },
    // The key is as stable as the id it is made of.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [queries, id],
  )

  /** @returns whether it was saved or waits for the line; a failure is told to the person */
  const save = useCallback(
    (patch: ClientPatch): Promise<boolean> => {
      const begunAt = seen.current
      let waits = () => {}
      const waiting = new Promise<void>((resolve) => (waits = resolve))
      const sent = queue.current.then(async () => {
        const { version } = queries.getQueryData<Client>(options.queryKey)!
        const own = waitingOf<ClientEdit>('client').filter((edit) => edit.id === id)
        const edit: ClientEdit = {
          id,
          version: sinceOthers(begunAt, version, saved.current),
          patch: sendable(patch),
          own: own.map(({ patch }) => patch),
        }
        const changed = await sendOrWait(
          { kind: 'client', input: edit },
          (signal) => saveClient(edit, edit.patch, { signal, own: edit.own }),
          waits,
        )
        saved.current.add(changed.version)
        keep(changed)
      })
      // What waits lets the next one pass: it goes behind it in the outbox.
      queue.current = Promise.race([sent, waiting]).catch(() => {})
      const done = sent.then(
        () => true,
        (problem: unknown) => {
          notifyProblem(problem)
          return false
        },
      )
      return Promise.race([done, waiting.then(() => true)])
    },
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [queries, keep, id],
  )
  const asSeen = useCallback(<Answer>(version: number, act: () => Answer): Answer => {
    seen.current = version
    try {
      return act()
    } finally {
      seen.current = undefined
    }
  }, [])
  const waiting = useMemo(() => fieldsOf(edits), [edits])
  return { client, error, isPending, retry: () => void refetch(), save, keep, asSeen, waiting }
}

/** The version his edit was begun on, moved on by what he has saved himself since: only others' changes are a question. */
function sinceOthers(begunAt: number | undefined, now: number, own: ReadonlySet<number>): number {
  if (begunAt === undefined) return now
  let version = begunAt
  while (own.has(version + 1)) version += 1
  return version
}

export type ClientOnCard = ReturnType<typeof useClient>
