import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useRef } from 'react'
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
import { notifyProblem } from '#web/layout/notify.tsx'
import { saveClient } from './save-client.tsx'

/** A client on its card: as it is, and the way to change it. Changes go one after another, each on the version the one before returned. */
export function useClient(id: string) {
  const queries = useQueryClient()
  const options = query(getClient, { id })
  const { data: client, error, isPending, refetch } = useQuery(options)
  const queue = useRef<Promise<unknown>>(Promise.resolve())

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

  /** @returns whether it was saved; a failure is told to the person */
  const save = useCallback(
    (patch: ClientPatch): Promise<boolean> => {
      const saved = queue.current.then(async () => {
        const latest = queries.getQueryData<Client>(options.queryKey)
        keep(await saveClient(latest!, patch))
      })
      queue.current = saved.catch(() => {})
      return saved.then(
        () => true,
        (problem: unknown) => {
          notifyProblem(problem)
          return false
        },
      )
    },
    // oxlint-disable-next-line react-hooks/exhaustive-deps
    [queries, keep, id],
  )
  return { client, error, isPending, retry: () => void refetch(), save, keep }
}

export type ClientOnCard = ReturnType<typeof useClient>
