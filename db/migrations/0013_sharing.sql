-- Who else works with a client, told to whoever sees it. The policy of seats shows a scoped caller only seats he shares; a card that named
-- some of the managers would drop the others at the next edit of that list.

create function shared_with(client uuid) returns json language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select coalesce(json_agg(s.user_id order by s.user_id), '[]') from seats s
  where s.client_id = client and s.reason = 'shared'
    and (caller_role() = 'head'
      or exists (select 1 from clients c where c.id = client and c.owner_id = any ((select visible_user_ids())::uuid[]))
      or exists (select 1 from seats m where m.client_id = client and m.user_id = any ((select visible_user_ids())::uuid[])
        and (m.valid_from is null or m.valid_from <= now()) and (m.valid_until is null or m.valid_until > now())));
end;
comment on function shared_with(uuid) is 'People a client is shared with, as a JSON array; empty to who does not see the client.';
revoke execute on function shared_with(uuid) from public;
grant execute on function shared_with(uuid) to kartoteka_all, kartoteka_scoped;
