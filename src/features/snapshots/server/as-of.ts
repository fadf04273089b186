import type { Client } from '#features/clients/contract.ts'
import { clientsJson } from '#features/clients/server/client-json.ts'
import type { Statement } from '#server/db/as-caller.ts'
import { send, type Tx } from '#server/db/tx.ts'

/**
 * Clients as they were at a moment, by the caller's rights now; one that was not there yet or is not seen is not among them.
 * The version is that of now: it is no ground to write from.
 */
export async function clientsAsOf(tx: Tx, ids: readonly string[], at: string): Promise<Map<string, Client>> {
  if (ids.length === 0) return new Map()
  const [result] = await send(tx, asOfStatement(ids, at))
  return byId(result!.rows[0])
}

/** Those clients as they are. */
export const nowStatement = (ids: readonly string[]): Statement => ({
  text: `with page as materialized (select id, 1 as n from unnest($1::uuid[]) id), ${clientsJson('page')} select items from items`,
  values: [ids],
})

export const byId = (row: { items: string }) =>
  new Map((JSON.parse(row.items) as Client[]).map((client) => [client.id, client]))

/** The tables as they were, under their own names: the JSON of a client is then made by the one statement that makes it of today's. */
export const asOfStatement = (ids: readonly string[], at: string): Statement => ({
  text: `with since as materialized (select * from changed_since($1::uuid[], $2::timestamptz)),
    page as materialized (select id, 1 as n from unnest($1::uuid[]) id),
    ${childAsOf('people')}, ${childAsOf('contacts')}, ${childAsOf('bank_accounts')}, ${childAsOf('activities')},
    seats as materialized (
      select c.id as client_id, u.user_id, 'shared' as reason
      from public.clients c cross join lateral (
        select m.value::uuid as user_id from json_array_elements_text(shared_with(c.id)) m
        where not exists (select 1 from since s where s.entity = 'seats' and s.client_id = c.id and s.row_id = m.value::uuid)
        union all
        select s.row_id from since s where s.entity = 'seats' and s.client_id = c.id and s.existed) u
      where c.id = any ($1::uuid[])),
    clients as materialized (
      select r.* from public.clients c
      left join since s on s.entity = 'clients' and s.row_id = c.id
      cross join lateral (
        select coalesce(min(a.due_at) filter (where a.done_at is null and a.cancelled_at is null), 'infinity') as next,
          coalesce(max(a.done_at) filter (where a.kind in ('call', 'meeting', 'letter') and a.reached is distinct from false), '-infinity') as contact
        from activities a where a.client_id = c.id) plan
      left join lateral (select h.at, (change_set_of(h.change_set_id)).author_id from changes h
        where h.client_id = c.id and h.at <= $2::timestamptz order by h.at desc limit 1) last
        on exists (select 1 from since any_row where any_row.client_id = c.id)
      cross join lateral jsonb_populate_record(c, coalesce(s.was, '{}') || jsonb_build_object('next_plan_at', plan.next, 'last_contact_at', plan.contact)
        || case when last.at is null then '{}' else jsonb_build_object('updated_at', last.at, 'updated_by', last.author_id) end) r
      where c.id = any ($1::uuid[]) and coalesce(s.existed, true)),
    ${clientsJson('page', `(select s.client_id, json_agg(s.user_id order by s.user_id) as list from seats s group by s.client_id)`)}
    select items from items`,
  values: [ids, at],
})

const childAsOf = (table: string) => `${table} as materialized (
    select p.* from public.${table} p
    where p.client_id = any ($1::uuid[]) and not exists (select 1 from since s where s.entity = '${table}' and s.row_id = p.id)
    union all
    select r.* from since s left join public.${table} p on p.id = s.row_id
    cross join lateral jsonb_populate_record(p, s.was) r where s.entity = '${table}' and s.existed)`
