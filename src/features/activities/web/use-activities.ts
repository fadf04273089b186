import { useInfiniteQuery } from '@tanstack/react-query'
import type { InputOf } from '#shared/endpoint.ts'
import { listActivities } from '#features/activities/contract.ts'
import { call, keyOf } from '#web/api.ts'

/** Entries of a filter, page after page. */
export const useActivities = (input: InputOf<typeof listActivities>) =>
  useInfiniteQuery({
    queryKey: [keyOf(listActivities), input, 'pages'],
    queryFn: ({ pageParam, signal }) => call(listActivities, { ...input, cursor: pageParam }, { signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
  })
