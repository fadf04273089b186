import { rowOf, type Tx } from '#server/db/tx.ts'
import type { ContactKind } from '#shared/verdict.ts'

/**
 * How many clients of a person (by default the caller's own) have no valid contact of each required kind. Required is what the company asks of
 * everybody, and what the client's stage and categories ask on top.
 */
export async function gapsOf(tx: Tx, owner: string | undefined) {
  // The owner by a subselect: only a value known before the scan may use an index below a policy.
  const row = await rowOf<{
    clients: number
    complete: number
    missing: Partial<Record<ContactKind, number>>
  }>(
    tx,
    `with asked as materialized (
       select s.phone, s.email, s.address, s.website, s.messenger, s.other, (select required_kinds from company)
         || coalesce((select array_agg(k) from choices ch, unnest(ch.required_kinds) k
              where ch.required_kinds <> '{}' and ((ch.field = 'stage' and ch.name = s.stage)
                or (ch.field = 'category' and ch.name = any (s.categories)))), '{}') as kinds
       from client_states s where s.owner_id = (select coalesce($1::uuid, caller_id()))),
     lacking as (
       select array_remove(array[
         case when phone < 3 and 'phone' = any (kinds) then 'phone' end, case when email < 3 and 'email' = any (kinds) then 'email' end,
         case when address < 3 and 'address' = any (kinds) then 'address' end, case when website < 3 and 'website' = any (kinds) then 'website' end,
         case when messenger < 3 and 'messenger' = any (kinds) then 'messenger' end, case when other < 3 and 'other' = any (kinds) then 'other' end
       ], null) as kinds from asked)
     select (select count(*)::int from lacking) as clients, (select count(*)::int from lacking where kinds = '{}') as complete,
       coalesce((select json_object_agg(kind, n) from (select kind, count(*)::int as n from lacking, unnest(kinds) kind group by kind) by_kind), '{}') as missing`,
    [owner ?? null],
  )
  return row!
}
