import type { z } from 'zod'
import type { ClientFilter } from '#features/clients/filter.ts'
import type { listClients } from '#features/clients/contract.ts'
import type { Caller } from '#server/auth/caller.ts'
import { Params } from '#server/db/params.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { decodeCursor, encodeCursor, isKeyAndId } from '#server/http/cursor.ts'
import { clientsJson } from './client-json.ts'
import { orderedPage } from './order-page.ts'
import { filterSql, mostRanked, searchVariants } from './where.ts'

type ListInput = z.output<(typeof listClients)['input']>

/** Who looks, as far as it chooses the statement. */
export type Viewer = Pick<Caller, 'role'> & Partial<Pick<Caller, 'masked'>>

/** One page of clients as JSON text of the contract: { items, nextCursor }. */
export const listPage = async (tx: Tx, caller: Viewer, input: ListInput): Promise<string> =>
  (await clientsPage(tx, caller, input)).text

/** The same, and how many clients it holds. */
export async function clientsPage(
  tx: Tx,
  caller: Viewer,
  input: ListInput,
): Promise<{ text: string; rows: number }> {
  const params = new Params()
  const page =
    input.search?.trim() && input.sort === undefined && !input.ids
      ? rankedPage(input, params)
      : orderedPage(input, caller, params, decodeCursor(input.cursor, isKeyAndId))
  const row = await rowOf<{ items: string; cursor: [string, string] | null; found: number }>(
    tx,
    `with found as materialized (${page}), page as materialized (select id, n from found where n <= ${input.limit}),
     ${clientsJson('page', undefined, caller.masked)}
     select items, (select json_build_array(k, id) from found where n = ${input.limit}) as cursor,
       (select count(*) from found)::int as found from items`,
    params.values,
  )
  const next = row!.found > input.limit && row!.cursor ? JSON.stringify(encodeCursor(row!.cursor)) : 'null'
  return {
    text: `{"items":${row!.items},"nextCursor":${next}}`,
    rows: Math.min(row!.found, input.limit),
  }
}

/**
 * Search results, best first, at most `mostRanked`. The cursor is the place in them: a longer answer of search_clients begins with the
 * shorter one, so a page asks for no more than reaches its end, unless a filter may take some away.
 */
function rankedPage(input: ListInput, params: Params): string {
  const { search: _search, sort: _sort, cursor, limit, ...filter } = input
  const variants = params.add(searchVariants(input.search!))
  const where = filterSql(input, params, { search: false })
  const passed = Math.max(0, Math.trunc(Number(decodeCursor(cursor, isKeyAndId)?.[0]) || 0))
  const narrowed = Object.values(filter).some((value) => value !== undefined)
  const most = narrowed ? mostRanked : Math.min(mostRanked, passed + limit + 1)
  return `select id, n::text as k, n - ${passed} as n from (
      select c.id, row_number() over (order by f.rank)::int as n
      from search_clients(${variants}::text[], ${most}) f join clients c on c.id = f.client_id
      where ${where} order by f.rank offset ${passed} limit ${limit + 1}) p`
}

/** Counting stops here when a filter leaves too much to count at once. */
const mostCounted = 10_000

/** How many clients a filter finds. Without a filter the count is exact and quick; with one it is exact up to `mostCounted`, or by request. */
export async function countPage(
  tx: Tx,
  caller: Pick<Caller, 'role'>,
  filter: ClientFilter,
  { exact = false }: { exact?: boolean | undefined } = {},
): Promise<{ count: number; exact: boolean }> {
  const params = new Params()
  const isNarrowed = Object.values(filter).some((value) => value !== undefined)
  const bound = isNarrowed && !exact ? ` limit ${mostCounted + 1}` : ''
  const [row] = await rowsOf<{ count: number }>(
    tx,
    `select count(*)::int as count from (${foundSql(caller, filter, params)}${bound}) found`,
    params.values,
  )
  const { count } = row!
  return bound && count > mostCounted ? { count: mostCounted, exact: false } : { count, exact: true }
}

/** Every client of a filter, as `select id`. */
export function foundSql(caller: Pick<Caller, 'role'>, filter: ClientFilter, params: Params): string {
  const where = filterSql(filter, params)
  if (caller.role === 'head') return `select c.id from clients c where ${where}`
  return `select c.id from clients c where c.owner_id = any ((select visible_user_ids())::uuid[]) and ${where}
    union
    select c.id from seats s join clients c on c.id = s.client_id
    where s.reason <> 'owner' and s.user_id = any ((select visible_user_ids())::uuid[]) and ${where}`
}
