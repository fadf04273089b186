-- Every request asks who it is, and hardly anybody stands in for somebody: the lists of absent people are looked up for who does.

create function auth.absent_for(person uuid, whole boolean) returns uuid[]
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select coalesce(array_agg(distinct a.absent_id), '{}') from substitution_deputies d join substitutions a on a.id = d.substitution_id
  where d.user_id = person and a.starts_at <= product_now() and a.ends_at > product_now()
    and (not whole or (a.filter is null and a.absent_id <> all (own_people(person))));
end;
comment on function auth.absent_for(uuid, boolean) is 'Absent people this one stands in for now; whole: only those all of whose clients he looks after, and who are not his people anyway.';
revoke execute on function auth.absent_for(uuid, boolean) from public;
grant execute on function auth.absent_for(uuid, boolean) to kartoteka_gate;

-- As it was, but for the two lists. Written into the view they were opened and closed for everybody, a third of what an identity cost;
-- a function is not begun where it is not called.
create or replace view auth.live as
  select s.token_hash, s.id as session_id, u.id as user_id, u.role,
    case u.role when 'head' then 'kartoteka_all' when 'admin' then 'kartoteka_admin'
      else case when w.looking then case when u.masked then 'kartoteka_looking_masked' else 'kartoteka_looking' end
        when u.masked then 'kartoteka_masked' else 'kartoteka_scoped' end end as db_role,
    case when deputy.is then own.people || auth.absent_for(u.id, true) else own.people end as visible,
    case when deputy.is then auth.absent_for(u.id, false) else '{}' end as standing_in,
    case when w.looking then s.user_id end as looker_id,
    case when w.looking then s.looks_until end as looks_until
  from auth.sessions s
  cross join lateral (select s.looks_as is not null and s.looks_until > public.product_now() as looking) w
  join public.users u on u.id = case when w.looking then s.looks_as else s.user_id end
  cross join lateral (
    select case when u.role = 'team-head' and u.team_id is not null then array(select t.id from public.users t where t.team_id = u.team_id)
      else array[u.id] end as people) own
  cross join lateral (select exists (select 1 from public.substitution_deputies d where d.user_id = u.id) as is) deputy
  where u.active and (s.expires_at is null or s.expires_at > public.product_now())
    -- Through another's eyes looks only who is still a head, and only through those of people who work with clients.
    and (not w.looking or (u.role in ('manager', 'team-head')
      and exists (select 1 from public.users h where h.id = s.user_id and h.active and h.role = 'head')));
