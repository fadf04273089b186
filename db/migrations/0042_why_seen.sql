-- «Почему я это вижу» names whoever a client was handed over from, and no seat outside its dates.

create or replace function why_seen(client uuid) returns table (reason text, user_id uuid, until timestamptz)
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  with c as (select * from clients where id = client),
  mine as (select own_people(caller_id()) as ids)
  select 'all', null::uuid, null::timestamptz from c where caller_role() = 'head'
  union all
  select 'owner', c.owner_id, null from c where c.owner_id = caller_id()
  union all
  (select 'handed-over', h.from_id, null from c join handover_clients g on g.client_id = c.id join handovers h on h.id = g.handover_id
   where g.owned and g.to_id = caller_id() and c.owner_id = caller_id() and h.reversed_at is null order by h.id desc limit 1)
  union all
  select 'team', c.owner_id, null from c, mine where caller_role() = 'team-head' and c.owner_id <> caller_id() and c.owner_id = any (mine.ids)
  union all
  select 'shared', s.user_id, s.valid_until from seats s, mine
  where s.client_id = client and s.reason = 'shared' and caller_role() in ('manager', 'team-head') and s.user_id = any (mine.ids)
    and (s.valid_from is null or s.valid_from <= product_now()) and (s.valid_until is null or s.valid_until > product_now())
  union all
  select 'substitution', s.absent_id, s.ends_at
  from c join substitutions s on s.absent_id = c.owner_id join substitution_deputies d on d.substitution_id = s.id
  where d.user_id = caller_id() and s.starts_at <= product_now() and s.ends_at > product_now()
    and (s.filter is null or exists (
      select 1 from seats e where e.client_id = client and e.user_id = caller_id() and e.reason = 'substitution'));
end;
