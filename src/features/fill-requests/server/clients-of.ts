import type { Caller } from '#server/auth/caller.ts'

/**
 * SQL of the clients of a request the caller may see, as `f` beside their states `v`. Who does not see all is served from his people's
 * parts of the request and from the seats given to them: below the policies alone every client of the request would be asked for its seat.
 */
export function clientsOf(caller: Pick<Caller, 'role'>, request: string): string {
  if (caller.role === 'head')
    return `(select * from fill_request_clients where request_id = ${request}) f join client_states v on v.client_id = f.client_id`
  return `(
    select own.* from unnest((select visible_user_ids())) seen (user_id)
      cross join lateral (select * from fill_request_clients o where o.request_id = ${request} and o.owner_id = seen.user_id) own
    union all
    select o.* from (select distinct g.client_id from seats g where g.reason <> 'owner') given
      join fill_request_clients o on o.request_id = ${request} and o.client_id = given.client_id
    where o.owner_id is null or o.owner_id <> all ((select visible_user_ids())::uuid[])
  ) f join client_states v on v.client_id = f.client_id`
}
