import {
  type QueryClient,
  queryOptions,
  useMutation,
  type UseMutationOptions,
  useQueryClient,
} from '@tanstack/react-query'
import type { Endpoint, InputOf, OutputOf } from '#shared/endpoint.ts'
import { shownLanguage } from '#web/i18n/translation.ts'
import { isUntouched } from './touch.ts'
import { ApiProblem, readProblem, unreachable } from './problem.ts'

type Flat = Record<string, unknown>

/**
 * Calls an endpoint of a contract; a failure is always an `ApiProblem`.
 * @param options.background what a screen asks by itself while nobody touches it, and which keeps no session alive
 */
export async function call<E extends Endpoint>(
  endpoint: E,
  input: InputOf<E>,
  { background = isUntouched(), signal }: { background?: boolean; signal?: AbortSignal } = {},
): Promise<OutputOf<E>> {
  const { url, body } = requestOf(endpoint, input as Flat)
  const response = await fetch(url, {
    method: endpoint.method,
    headers: {
      'accept-language': shownLanguage(),
      ...(body && { 'content-type': 'application/json' }),
      ...(background && { 'x-kartoteka-idle': '1' }),
    },
    credentials: 'same-origin',
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    ...(signal && { signal }),
  }).catch((error: unknown) => {
    if (signal?.aborted) throw error
    throw unreachable()
  })
  if (!response.ok) throw await readProblem(response)
  const text = await response.text()
  if (endpoint.method !== 'GET') for (const listener of writeListeners) listener()
  return (text === '' ? undefined : JSON.parse(text)) as OutputOf<E>
}

const writeListeners = new Set<() => void>()

/** Calls back after every call of this window that may have written something. @returns what stops it */
export function onWrite(listener: () => void): () => void {
  writeListeners.add(listener)
  return () => void writeListeners.delete(listener)
}

/** Options of `useQuery` for a reading endpoint: `useQuery(query(getClient, { id }))`. */
export const query = <E extends Endpoint>(endpoint: E, input: InputOf<E>) =>
  queryOptions({
    queryKey: [keyOf(endpoint), input] as const,
    queryFn: ({ signal }) => call(endpoint, input, { signal }),
  })

export const keyOf = (endpoint: Endpoint) => `${endpoint.method} ${endpoint.path}`

type ApiMutationOptions<E extends Endpoint> = Omit<
  UseMutationOptions<OutputOf<E>, ApiProblem, InputOf<E>>,
  'mutationFn'
> & {
  /** Reading endpoints whose cached answers this act makes old. */
  refreshes?: readonly Endpoint[]
  /** Who shows the failure: the form at its fields, or (default) a notification. */
  errors?: 'form' | 'notification'
}

/** A writing endpoint as a mutation; its failure is shown exactly once. */
export function useApiMutation<E extends Endpoint>(endpoint: E, options: ApiMutationOptions<E> = {}) {
  const client = useQueryClient()
  const { refreshes = [], errors = 'notification', onSuccess, ...rest } = options
  return useMutation<OutputOf<E>, ApiProblem, InputOf<E>>({
    ...rest,
    mutationFn: (input) => call(endpoint, input),
    meta: { errors },
    onSuccess: async (...result) => {
      void refresh(client, ...refreshes)
      await onSuccess?.(...result)
    },
  })
}

/**
 * Marks every cached answer of these endpoints as old, whatever its input. A first answer on its way was asked for before
 * the act that made it old and would count as fresh: it is dropped and asked for again.
 */
export const refresh = (client: QueryClient, ...endpoints: readonly Endpoint[]) =>
  Promise.all(
    endpoints.map(async (endpoint) => {
      const queryKey = [keyOf(endpoint)]
      await client.cancelQueries({ queryKey })
      await client.invalidateQueries({ queryKey })
    }),
  )

/** The address of a reading endpoint with its input, for links, downloads and `EventSource`. */
export const urlOf = <E extends Endpoint>(endpoint: E, input: InputOf<E>) =>
  requestOf({ ...endpoint, method: 'GET' }, input as Flat).url

/** Splits the flat input into path, query (GET, DELETE) and body (the rest). */
export function requestOf(endpoint: Pick<Endpoint, 'method' | 'path'>, input: Flat) {
  const rest = { ...input }
  const path = endpoint.path.replace(/:(\w+)/g, (_, name: string) => {
    const value = rest[name]
    if (value === undefined) throw new Error(`${endpoint.path} needs ${name}`)
    delete rest[name]
    return encodeURIComponent(String(value))
  })
  if (endpoint.method !== 'GET' && endpoint.method !== 'DELETE') return { url: `/api${path}`, body: rest }
  const search = searchOf(rest)
  return { url: `/api${path}${search && `?${search}`}`, body: undefined }
}

/** Absent and null values do not go at all; conditions and other objects go as JSON. */
function searchOf(input: Flat): string {
  const pairs = Object.entries(input).flatMap(([name, value]) => textsOf(value).map((text) => [name, text]))
  return new URLSearchParams(pairs).toString()
}

function textsOf(value: unknown): string[] {
  if (value === undefined || value === null) return []
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return listTexts(value.map(String))
  return [typeof value === 'object' ? JSON.stringify(value) : String(value)]
}

/** One comma-separated value (see `listOf`); an item with a comma of its own makes the key repeat, an empty one at its side if alone. */
function listTexts(items: string[]): string[] {
  if (items.length === 0) return []
  if (!items.some((item) => item.includes(','))) return [items.join(',')]
  return items.length === 1 ? [...items, ''] : items
}
