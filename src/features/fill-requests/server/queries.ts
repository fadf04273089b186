import type { FillProgress, FillRequest } from '#features/fill-requests/contract.ts'
import type { Caller } from '#server/auth/caller.ts'
import { Params } from '#server/db/params.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { notFound } from '#server/http/problem.ts'
import { cellsOf, doneSql } from './cells.ts'
import { clientsOf } from './clients-of.ts'

const columns = (
  today: string,
) => `r.id, r.author_id as "authorId", u.name as "authorName", r.text, r.columns, r.persons, r.quality,
  r.checked_months as "checkedMonths", r.due_on as "dueOn", (r.closed_at is null and r.due_on < ${today}::date) as overdue,
  r.created_at as "createdAt", r.closed_at as "closedAt",
  (r.author_id = caller_id() or caller_role() = 'head') as "mayManage", r.clients as size`

/** `size`: how many clients it was made of. */
export type StoredRequest = FillRequest & { size: number }

/** @throws Problem 404 */
export async function findRequest(tx: Tx, id: string, today: string): Promise<StoredRequest> {
  const row = await rowOf<StoredRequest>(
    tx,
    `select ${columns('$2')} from fill_requests r join users u on u.id = r.author_id where r.id = $1`,
    [id, today],
  )
  if (!row) throw notFound()
  return row
}

/** Open ones by their day, the most urgent first; closed ones the latest first. `after`: the key and id of the last one shown. */
export function requestsPage(
  tx: Tx,
  today: string,
  closed: boolean,
  after: [key: string, id: string] | undefined,
  limit: number,
): Promise<(StoredRequest & { key: string })[]> {
  const [key, state, past, order] = closed
    ? ['r.closed_at', 'r.closed_at is not null', '(r.closed_at, r.id) < ($2::timestamptz, $3::uuid)', 'desc']
    : ['r.due_on', 'r.closed_at is null', '(r.due_on, r.id) > ($2::date, $3::uuid)', 'asc']
  return rowsOf(
    tx,
    `select ${columns('$1')}, ${key}::text as key from fill_requests r join users u on u.id = r.author_id
     where ${state} and ${after ? past : '$2::text is null and $3::uuid is null'} order by ${key} ${order}, r.id ${order} limit ${limit}`,
    [today, after?.[0] ?? null, after?.[1] ?? null],
  )
}

/** How far a request is, by manager: who has most left comes first. */
export async function progressOf(
  tx: Tx,
  caller: Pick<Caller, 'role'>,
  request: StoredRequest,
): Promise<FillProgress> {
  const params = new Params()
  const done = doneSql(cellsOf(request, params), request.quality)
  const people = await rowsOf<FillProgress['people'][number]>(
    tx,
    `select p.*, u.name, p.clients - p.done as left from (
       select v.owner_id as "userId", count(*) as clients, count(*) filter (where ${done}) as done
       from ${clientsOf(caller, `${params.add(request.id)}::uuid`)} group by 1) p
     left join users u on u.id = p."userId" order by p.clients - p.done desc, u.name_key, p."userId"`,
    params.values,
  )
  const sum = (field: 'clients' | 'done' | 'left') =>
    people.reduce((total, person) => total + person[field], 0)
  return { clients: sum('clients'), done: sum('done'), left: sum('left'), people }
}

/** One person's part of a request, as far as the caller sees it. */
export async function partOf(
  tx: Tx,
  request: StoredRequest,
  ownerId: string,
): Promise<Pick<FillProgress, 'clients' | 'done' | 'left'>> {
  const params = new Params()
  const done = doneSql(cellsOf(request, params), request.quality)
  const row = await rowOf<{ clients: number; done: number }>(
    tx,
    `select count(*) as clients, count(*) filter (where ${done}) as done
     from fill_request_clients f join client_states v on v.client_id = f.client_id
     where f.request_id = ${params.add(request.id)} and f.owner_id = ${params.add(ownerId)}`,
    params.values,
  )
  return { ...row!, left: row!.clients - row!.done }
}

/**
 * Open requests with a client of the caller's own, the most urgent first; after them, person by person, those with a client of somebody he
 * stands in for now and may edit for.
 */
export const requestsOfMine = (tx: Tx, today: string) =>
  rowsOf<StoredRequest & { ownerId: string; ownerName: string }>(
    tx,
    `with whose as materialized (
       select caller_id() as id, 0 as rank
       union
       select s.absent_id, 1 from substitution_deputies d join substitutions s on s.id = d.substitution_id
       where d.user_id = (select caller_id()) and s.mode = 'full' and s.starts_at <= product_now() and s.ends_at > product_now())
     select ${columns('$1')}, w.id as "ownerId", o.name as "ownerName"
     from whose w join users o on o.id = w.id cross join fill_requests r join users u on u.id = r.author_id
     where r.closed_at is null and exists (
       select 1 from fill_request_clients f where f.request_id = r.id and f.owner_id = w.id)
     order by w.rank, o.name_key, w.id, r.due_on, r.id limit 50`,
    [today],
  )

/** @returns false where the caller may not change it */
export async function changeRequest(
  tx: Tx,
  id: string,
  change: { dueOn?: string | undefined; text?: string | undefined },
): Promise<boolean> {
  const changed = await rowOf(
    tx,
    'update fill_requests set due_on = coalesce($2::date, due_on), text = coalesce($3, text) where id = $1 returning 1',
    [id, change.dueOn, change.text],
  )
  return changed !== undefined
}

/** @returns false where the caller may not close it */
export async function setClosed(tx: Tx, id: string, closedAt: Date | null): Promise<boolean> {
  const changed = await rowOf(
    tx,
    `update fill_requests set closed_at = case when $2::timestamptz is null then null else coalesce(closed_at, $2) end,
       closed_by = case when $2 is null then null else coalesce(closed_by, caller_id()) end
     where id = $1 returning 1`,
    [id, closedAt],
  )
  return changed !== undefined
}
