import {
  type InfiniteData,
  keepPreviousData,
  useInfiniteQuery,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import type { Endpoint, InputOf, OutputOf } from '#shared/endpoint.ts'
import { call, keyOf, query } from '#web/api.ts'
import { type LiveRows, useLiveRows } from './use-live-rows.ts'

export interface Page<Row> {
  items: Row[]
  nextCursor: string | null
}

/** Rows fetched page by page as somebody scrolls. */
export interface RowSource<Row> {
  rows: readonly Row[]
  hasMore: boolean
  /** The first page is on its way. */
  loading: boolean
  /** The rows on the screen still belong to the previous filter or order. */
  outdated: boolean
  error: unknown
  /** Arrives after the rows; `exact` false: at least so many. */
  total: { count: number; exact: boolean } | undefined
  loadMore: () => void
  /** Shows a row as the server returned it, without reading the list again. */
  replace: (rows: readonly Row[]) => void
  /** Shows rows just made below the last one, until the list is read again. */
  append: (rows: readonly Row[]) => void
  /** Reads on until so many rows are there or the list ends. @returns the rows that are there then */
  loadUpTo: (count: number) => Promise<readonly Row[]>
  remove: (id: string) => void
  reload: () => Promise<void>
  /** While on, rows stand still: a cell is being edited. What happens meanwhile is shown afterwards. */
  hold?: (on: boolean) => void
  /** Newcomers at the top for want of a place in the order. */
  atTop?: number
}

type ListEndpoint = Endpoint

type RowOf<E extends ListEndpoint> = OutputOf<E> extends { items: (infer Row)[] } ? Row : never

const FIRST_PAGE = 100
const NEXT_PAGE = 300

/**
 * A keyset-paged list as a source of rows. `input` without cursor and limit; `count` is the endpoint that counts the
 * same filter, asked once the first rows are there; `live` (stable) lets the rows follow what others change.
 */
export function useKeysetRows<E extends ListEndpoint, C extends Endpoint>(
  endpoint: E,
  input: Omit<InputOf<E>, 'cursor' | 'limit'>,
  count?: { endpoint: C; input: InputOf<C> },
  live?: LiveRows<RowOf<E> & { id: string }>,
): RowSource<RowOf<E>> {
  type Row = RowOf<E>
  const queries = useQueryClient()
  const queryKey = useMemo(() => [keyOf(endpoint), 'pages', input] as const, [endpoint, input])
  const pages = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => {
      const page = { ...input, limit: pageParam ? NEXT_PAGE : FIRST_PAGE, cursor: pageParam ?? undefined }
      return call(endpoint, page as InputOf<E>, { signal }) as Promise<Page<Row>>
    },
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    structuralSharing: false,
  })
  const total = useQuery({
    ...query(count?.endpoint ?? (endpoint as Endpoint), (count?.input ?? {}) as never),
    enabled: count !== undefined && pages.isSuccess,
  })
  const { hold, atTop } = useLiveRows(queryKey, live)
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.items) ?? [], [pages.data])
  const change = useCallback(
    (changed: (items: Row[]) => Row[]) =>
      queries.setQueryData<InfiniteData<Page<Row>>>(
        queryKey,
        (data) =>
          data && { ...data, pages: data.pages.map((page) => ({ ...page, items: changed(page.items) })) },
      ),
    [queries, queryKey],
  )
  const { hasNextPage, isFetchingNextPage, fetchNextPage, refetch } = pages
  return {
    rows,
    hasMore: hasNextPage,
    loading: pages.isPending,
    outdated: pages.isPlaceholderData,
    error: pages.error,
    total: total.data as RowSource<Row>['total'],
    loadMore: useCallback(() => {
      if (hasNextPage && !isFetchingNextPage) void fetchNextPage()
    }, [hasNextPage, isFetchingNextPage, fetchNextPage]),
    replace: useCallback(
      (changed) => {
        const byId = new Map(changed.map((row) => [idOf(row), row]))
        change((items) => items.map((item) => byId.get(idOf(item)) ?? item))
      },
      [change],
    ),
    append: useCallback(
      (made) =>
        void queries.setQueryData<InfiniteData<Page<Row>>>(queryKey, (data) => {
          const last = data?.pages.at(-1)
          if (!data || !last) return data
          return {
            ...data,
            pages: [...data.pages.slice(0, -1), { ...last, items: [...last.items, ...made] }],
          }
        }),
      [queries, queryKey],
    ),
    loadUpTo: useCallback(
      async (count) => {
        const read = () => queries.getQueryData<InfiniteData<Page<Row>>>(queryKey)
        const rowsRead = () => read()?.pages.flatMap((page) => page.items) ?? []
        while (rowsRead().length < count && read()?.pages.at(-1)?.nextCursor) {
          const { isError, error } = await fetchNextPage()
          if (isError) throw error
        }
        return rowsRead()
      },
      [queries, queryKey, fetchNextPage],
    ),
    remove: useCallback((id) => void change((items) => items.filter((item) => idOf(item) !== id)), [change]),
    reload: useCallback(async () => void (await refetch()), [refetch]),
    hold,
    atTop,
  }
}

const idOf = (row: unknown) => (row as { id: string }).id
