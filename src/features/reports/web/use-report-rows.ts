import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { listContactInfoClients, listContactInfoValues } from '#features/reports/contract.ts'
import type { InputOf, OutputOf } from '#shared/endpoint.ts'
import { call, keyOf } from '#web/api.ts'

type Rows = typeof listContactInfoClients | typeof listContactInfoValues

/** Rows behind the report, page by page as somebody scrolls; `count` came with the first page. */
export function useReportRows<E extends Rows>(endpoint: E, input: Omit<InputOf<E>, 'cursor' | 'limit'>) {
  const pages = useInfiniteQuery({
    queryKey: [keyOf(endpoint), 'pages', input] as const,
    queryFn: ({ pageParam, signal }) =>
      call(endpoint, { ...input, limit: 100, ...(pageParam && { cursor: pageParam }) } as InputOf<E>, {
        signal,
      }) as Promise<OutputOf<E>>,
    initialPageParam: null as string | null,
    getNextPageParam: (page) => (page as { nextCursor: string | null }).nextCursor,
    placeholderData: keepPreviousData,
  })
  type Item = OutputOf<E>['items'][number]
  return {
    ...pages,
    rows: pages.data?.pages.flatMap((page) => page.items as Item[]) ?? [],
    count: pages.data?.pages[0]?.count,
  }
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
