import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Endpoint, InputOf } from '#shared/endpoint.ts'
import { call, keyOf } from '#web/api.ts'

interface CountedPage<Item> {
  items: Item[]
  nextCursor: string | null
  count: number
}
/** The items of an endpoint that answers in counted pages. */
type ItemOf<E extends Endpoint> = E['output'] extends { _zod: { output: CountedPage<infer Item> } }
  ? Item
  : never

/** A list behind a number, page by page as somebody scrolls; `count` came with the first page. */
export function useCountedPages<E extends Endpoint>(
  endpoint: E,
  input: Omit<InputOf<E>, 'cursor' | 'limit'>,
) {
  const pages = useInfiniteQuery({
    queryKey: [keyOf(endpoint), 'pages', input] as const,
    queryFn: ({ pageParam, signal }) =>
      call(endpoint, { ...input, limit: 100, ...(pageParam && { cursor: pageParam }) } as InputOf<E>, {
        signal,
      }) as Promise<CountedPage<ItemOf<E>>>,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  return {
    ...pages,
    rows: pages.data?.pages.flatMap((page) => page.items) ?? [],
    count: pages.data?.pages[0]?.count,
  }
}

/** What a frame around such a list needs of it. */
export interface CountedPages<Item> {
  rows: readonly Item[]
  count: number | undefined
  hasNextPage: boolean
  isFetchingNextPage: boolean
  fetchNextPage: () => Promise<{
    data?: { pages: { items: readonly Item[] }[] } | undefined
    hasNextPage: boolean
  }>
  isPending: boolean
  isPlaceholderData: boolean
  isError: boolean
  error: unknown
  refetch: () => Promise<unknown>
}

/** Calls `more` whenever the element comes near the visible part. */
export function useNearEnd(more: () => void, active: boolean) {
  const element = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (!active || !element.current) return
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && more(), {
      rootMargin: '600px',
    })
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [more, active])
  return element
}
