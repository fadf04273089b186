import { rowOf, type Tx } from '#server/db/tx.ts'
import type { ContactKind } from '#shared/verdict.ts'

/**
 * How many clients of a person (by default the caller's own) have no valid contact of each required kind. Required is what the company asks of
 * everybody, and what the client's stage and categories ask on top.
 */
export async function gapsOf(tx: Tx, owner: string | undefined) {
  // The owner by a subselect: only a value known before the scan may use an index below a policy. Clients alike are judged once.
  const row = await rowOf<{
    clients: number
    complete: number
    missing: Partial<Record<ContactKind, number>>
  }>(
    tx,
    `with alike as materialized (
       select s.stage, s.categories, array_remove(array[case when s.phone < 3 then 'phone' end, case when s.email < 3 then 'email' end,
         case when s.address < 3 then 'address' end, case when s.website < 3 then 'website' end,
         case when s.messenger < 3 then 'messenger' end, case when s.other < 3 then 'other' end], null) as without, count(*)::int as clients
       from client_states s where s.owner_id = (select coalesce($1::uuid, caller_id())) group by 1, 2, 3),
     lacking as materialized (
       select a.clients, array(select k from unnest(a.without) k where k = any (
         (select required_kinds from company) || coalesce((select array_agg(r) from choices ch, unnest(ch.required_kinds) r
           where ch.required_kinds <> '{}' and ((ch.field = 'stage' and ch.name = a.stage)
             or (ch.field = 'category' and ch.name = any (a.categories)))), '{}'))) as kinds
       from alike a)
     select (select coalesce(sum(clients), 0)::int from lacking) as clients,
       (select coalesce(sum(clients), 0)::int from lacking where kinds = '{}') as complete,
       coalesce((select json_object_agg(kind, n) from (
         select kind, sum(clients)::int as n from lacking, unnest(kinds) kind group by kind) by_kind), '{}') as missing`,
    [owner ?? null],
  )
  return row!
}
