-- What every request pays, paid less. Figures: docs/decisions/0028-what-a-request-pays.md.

-- A view and not a function: it becomes part of the statement that sets the identity, and only a team head has a team to look up.
create view auth.live as
  select s.token_hash, s.id as session_id, u.id as user_id, u.role,
    case u.role when 'head' then 'kartoteka_all' when 'admin' then 'kartoteka_admin' else 'kartoteka_scoped' end as db_role,
    case when u.role = 'team-head' and u.team_id is not null then array(select t.id from public.users t where t.team_id = u.team_id)
      else array[u.id] end as visible
  from auth.sessions s join public.users u on u.id = s.user_id
  where u.active and (s.expires_at is null or s.expires_at > now());
comment on view auth.live is 'Who holds a token (sha256) now, and what he may be; no row: signed out, expired or dismissed. visible: as seen_by().';
grant select on auth.live to kartoteka_gate;

create or replace function auth.live_session(given bytea)
  returns table (session_id uuid, user_id uuid, role text, db_role text, visible uuid[])
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select l.session_id, l.user_id, l.role, l.db_role, l.visible from auth.live l where l.token_hash = given;
end;

-- Who else works with a client -----------------------------------------------------------------------------------------

-- Most clients are shared with nobody: the rights need no look then.
create or replace function shared_with(client uuid) returns json language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare
  found constant uuid[] := array(select s.user_id from seats s where s.client_id = client and s.reason = 'shared' order by s.user_id);
begin
  if found = '{}' then return '[]'; end if;
  if caller_role() = 'head'
      or exists (select 1 from clients c where c.id = client and c.owner_id = any (visible_user_ids()))
      or exists (select 1 from seats m where m.client_id = client and m.user_id = any (visible_user_ids())
        and (m.valid_from is null or m.valid_from <= now()) and (m.valid_until is null or m.valid_until > now())) then
    return to_json(found);
  end if;
  return '[]';
end $$;

create function managers_of(ids uuid[]) returns table (client_id uuid, list json)
  language plpgsql stable rows 20 security definer set search_path = pg_catalog, public as $$
declare
  everything constant boolean := caller_role() = 'head';
  mine constant uuid[] := visible_user_ids();
begin
  return query
    select s.client_id, json_agg(s.user_id order by s.user_id)
    from unnest(ids) i (id) join seats s on s.client_id = i.id
    where s.reason = 'shared' and (everything
      or exists (select 1 from clients c where c.id = i.id and c.owner_id = any (mine))
      or exists (select 1 from seats m where m.client_id = i.id and m.user_id = any (mine)
        and (m.valid_from is null or m.valid_from <= now()) and (m.valid_until is null or m.valid_until > now())))
    group by s.client_id;
end $$;
comment on function managers_of(uuid[]) is 'shared_with() of many clients at once: those that are shared and that the caller sees.';
revoke execute on function managers_of(uuid[]) from public;
grant execute on function managers_of(uuid[]) to kartoteka_all, kartoteka_scoped;

-- Seats follow owners --------------------------------------------------------------------------------------------------

-- Most saves change no owner: two statements on seats and the triggers after them are left out.
create or replace function reseat_owners() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  -- Old and new rows are compared as sets, not joined: the plan of a join is kept from the first act of a connection, usually of
  -- one row, and its nested loop takes minutes for 10,000.
  if exists (select id, owner_id from new_rows except select id, owner_id from old_rows) then
    delete from seats s using (select id, owner_id from new_rows except select id, owner_id from old_rows) moved
    where s.client_id = moved.id and s.reason = 'owner';
    insert into seats (client_id, user_id, reason)
    select moved.id, moved.owner_id, 'owner' from (select id, owner_id from new_rows except select id, owner_id from old_rows) moved
    where moved.owner_id is not null;
  end if;
  update seats s set owner_id = n.owner_id, name_key = n.name_key, region_key = coalesce(n.region, E'\uFFFF'),
    stage_key = coalesce(n.stage, E'\uFFFF'), changed_at = n.updated_at, next_plan_at = n.next_plan_at, live = n.archived_at is null
  from new_rows n
  where s.client_id = n.id and s.reason <> 'owner'
    and (s.owner_id, s.name_key, s.region_key, s.stage_key, s.changed_at, s.next_plan_at, s.live) is distinct from
      (n.owner_id, n.name_key, coalesce(n.region, E'\uFFFF'), coalesce(n.stage, E'\uFFFF'), n.updated_at, n.next_plan_at, n.archived_at is null);
  return null;
end $$;

-- The report by kind ----------------------------------------------------------------------------------------------------

-- Shares by manager and kind are counted from the index alone (client_id is for the policy), a quarter of the size of the rows.
drop index client_states_owner;
create index client_states_owner on client_states (owner_id) include (client_id, phone, email, address, website, messenger, other);
