-- Замещение: for some days somebody else works with an absent person's clients. It begins and ends by itself, with the statement that looks.

create table substitutions (
  id uuid primary key default new_id(),
  absent_id uuid not null references users,
  starts_at timestamptz not null,
  ends_at timestamptz not null,
  mode text not null check (mode in ('full', 'read')),
  filter jsonb,
  note text,
  change_set_id uuid,
  created_at timestamptz not null default product_now(),
  created_by uuid not null default caller_id() references users,
  check (ends_at >= starts_at)
);
create index substitutions_absent on substitutions (absent_id, starts_at);
create index substitutions_time on substitutions (starts_at, ends_at);
comment on table substitutions is 'An absence from starts_at until ends_at. filter null: the whole portfolio is worked on; else seats of reason substitution stand for the part chosen when it was set. Without deputies: an absence nobody stands in for.';

create table substitution_deputies (
  substitution_id uuid not null references substitutions on delete cascade,
  user_id uuid not null references users,
  primary key (user_id, substitution_id)
);
create index substitution_deputies_of on substitution_deputies (substitution_id);

alter table seats add column mode text check (mode in ('full', 'read'));
comment on column seats.mode is 'Of a seat of substitution: whether its person may write.';

create function own_people(person uuid) returns uuid[] language sql stable
  return (
    select coalesce(array_agg(u.id), '{}') from users u
    where u.id = person
      or exists (select 1 from users me
                 where me.id = person and me.role = 'team-head' and me.team_id is not null and me.team_id = u.team_id));
comment on function own_people(uuid) is 'People whose seats this one shares by his place: himself; for a team head, his team.';

create or replace function may_hand_over(person uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select coalesce(caller_role() = 'head'
    or (caller_role() = 'team-head' and (select c.team_heads_hand_over from company c) and person = any (own_people(caller_id()))), false);
end;

create function stood_in_for(person uuid) returns uuid[] language sql stable
  return coalesce((
    select array_agg(distinct s.absent_id) from substitution_deputies d join substitutions s on s.id = d.substitution_id
    where d.user_id = person and s.starts_at <= product_now() and s.ends_at > product_now()), '{}');
comment on function stood_in_for(uuid) is 'Absent people this one stands in for now, for all of their clients or a part.';

create or replace function seen_by(person uuid) returns uuid[] language sql stable
  return own_people(person) || coalesce((
    select array_agg(distinct s.absent_id) from substitution_deputies d join substitutions s on s.id = d.substitution_id
    where d.user_id = person and s.filter is null and s.starts_at <= product_now() and s.ends_at > product_now()
      and s.absent_id <> all (own_people(person))), '{}');
comment on function seen_by(uuid) is 'People whose seats this one shares: those of his place, and whoever''s whole portfolio he looks after now.';

create or replace function seers_of(persons uuid[]) returns table (person_id uuid, seer_id uuid) language sql stable
begin atomic
  select p.id, p.id from users p where p.id = any (persons)
  union
  select p.id, h.id from users p join users h on h.team_id = p.team_id and h.role = 'team-head' where p.id = any (persons)
  union
  select s.absent_id, d.user_id from substitutions s join substitution_deputies d on d.substitution_id = s.id
  where s.absent_id = any (persons) and s.filter is null and s.starts_at <= product_now() and s.ends_at > product_now();
end;

drop function auth.live_session(bytea), auth.identity_of(uuid);
create function auth.live_session(given bytea)
  returns table (session_id uuid, user_id uuid, role text, db_role text, visible uuid[], standing_in uuid[])
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select s.id, u.id, u.role,
    case u.role when 'head' then 'kartoteka_all' when 'admin' then 'kartoteka_admin' else 'kartoteka_scoped' end, seen_by(u.id), stood_in_for(u.id)
  from auth.sessions s join users u on u.id = s.user_id
  where s.token_hash = given and u.active and (s.expires_at is null or s.expires_at > now());
end;
comment on function auth.live_session(bytea) is 'Who holds this token (sha256) now; no row: signed out, expired or dismissed.';
-- A request asks this view, without a call of a function; tables stand in it by hand, since functions would read them as the caller.
create or replace view auth.live as
  select s.token_hash, s.id as session_id, u.id as user_id, u.role,
    case u.role when 'head' then 'kartoteka_all' when 'admin' then 'kartoteka_admin' else 'kartoteka_scoped' end as db_role,
    own.people || array(
      select distinct a.absent_id from public.substitution_deputies d join public.substitutions a on a.id = d.substitution_id
      where d.user_id = u.id and a.filter is null and a.starts_at <= public.product_now() and a.ends_at > public.product_now()
        and a.absent_id <> all (own.people)) as visible,
    array(
      select distinct a.absent_id from public.substitution_deputies d join public.substitutions a on a.id = d.substitution_id
      where d.user_id = u.id and a.starts_at <= public.product_now() and a.ends_at > public.product_now()) as standing_in
  from auth.sessions s join public.users u on u.id = s.user_id
  cross join lateral (
    select case when u.role = 'team-head' and u.team_id is not null then array(select t.id from public.users t where t.team_id = u.team_id)
      else array[u.id] end as people) own
  where u.active and (s.expires_at is null or s.expires_at > now());
comment on view auth.live is 'Who holds a token (sha256) now, and what he may be; no row: signed out, expired or dismissed. visible: as seen_by(), standing_in: as stood_in_for().';

create function auth.identity_of(given uuid)
  returns table (user_id uuid, role text, db_role text, visible uuid[], standing_in uuid[])
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select u.id, u.role,
    case u.role when 'head' then 'kartoteka_all' when 'admin' then 'kartoteka_admin' else 'kartoteka_scoped' end, seen_by(u.id), stood_in_for(u.id)
  from users u where u.id = given and u.active;
end;
comment on function auth.identity_of(uuid) is 'The identity a job runs under: that of the person who asked for it, if he is still active.';
revoke execute on function auth.live_session(bytea), auth.identity_of(uuid) from public;
grant execute on function auth.live_session(bytea), auth.identity_of(uuid) to kartoteka_gate;

-- Writing for an absent person -----------------------------------------------------------------------------------------

create function sign_clients(ids uuid[], owners uuid[]) returns void language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  mine constant uuid[] := own_people(caller_id());
  absent uuid; only_looks boolean; given_away boolean;
begin
  select min(f.owner_id::text)::uuid, bool_or(not exists (
      select 1 from substitution_deputies d join substitutions u on u.id = d.substitution_id
      where d.user_id = caller_id() and u.absent_id = f.owner_id and u.mode = 'full' and u.starts_at <= product_now() and u.ends_at > product_now()
        and (u.filter is null or exists (
          select 1 from seats s where s.client_id = f.id and s.user_id = caller_id() and s.reason = 'substitution' and s.mode = 'full')))),
    bool_or(c.owner_id is distinct from f.owner_id)
    into absent, only_looks, given_away
  from unnest(ids, owners) f (id, owner_id) join clients c on c.id = f.id
  where (f.owner_id = any (mine)) is not true and not exists (
    select 1 from seats s where s.client_id = f.id and s.user_id = any (mine) and s.reason = 'shared');
  if only_looks then
    raise exception 'who stands in to look only does not write' using errcode = 'KT005';
  elsif given_away then
    raise exception 'who stands in gives no client away' using errcode = '42501';
  elsif absent is not null then
    update change_sets s set on_behalf_of = absent where s.id = current_change_set() and s.on_behalf_of is null;
  end if;
end $$;
comment on function sign_clients(uuid[], uuid[]) is 'Signs an act on clients (and who owned them before it) that the caller reaches only by standing in; KT005 where he may only look.';
revoke execute on function sign_clients(uuid[], uuid[]) from public;

-- Nothing but a look at a setting for who stands in for nobody.
create function sign_standing_in() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare ids uuid[];
begin
  if coalesce(nullif(current_setting('app.standing_in', true), ''), '{}') = '{}' or caller_role() = 'head' then return null; end if;
  if tg_table_name = 'clients' then
    perform sign_clients(array(select r.id from touched_rows r order by r.id), array(select r.owner_id from touched_rows r order by r.id));
  else
    ids := array(select distinct r.client_id from touched_rows r where r.client_id is not null order by 1);
    perform sign_clients(ids, array(select c.owner_id from clients c where c.id = any (ids) order by c.id));
  end if;
  return null;
end $$;

create function guard_shared_seats() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare mine uuid[];
begin
  if coalesce(nullif(current_setting('app.standing_in', true), ''), '{}') = '{}' or caller_role() = 'head' then return null; end if;
  mine := own_people(caller_id());
  if exists (
      select 1 from touched_rows r join clients c on c.id = r.client_id
      where r.reason = 'shared' and (c.owner_id = any (mine)) is not true and not exists (
        select 1 from seats s where s.client_id = r.client_id and s.user_id = any (mine) and s.reason = 'shared'
          and not exists (select 1 from touched_rows t where t.client_id = s.client_id and t.user_id = s.user_id and t.reason = 'shared'))) then
    raise exception 'who stands in gives nobody a seat that would outlast the absence' using errcode = '42501';
  end if;
  return null;
end $$;
comment on function guard_shared_seats() is 'A deputy shares no client he reaches only by standing in, with himself least of all.';
create trigger guard_insert after insert on seats referencing new table as touched_rows for each statement execute function guard_shared_seats();

do $$
declare t text;
begin
  foreach t in array array['clients', 'people', 'contacts', 'bank_accounts', 'activities', 'files'] loop
    execute format('create trigger sign_insert after insert on %I referencing new table as touched_rows for each statement execute function sign_standing_in()', t);
    execute format('create trigger sign_update after update on %I referencing old table as touched_rows for each statement execute function sign_standing_in()', t);
    execute format('create trigger sign_delete after delete on %I referencing old table as touched_rows for each statement execute function sign_standing_in()', t);
  end loop;
end $$;

-- Rights ---------------------------------------------------------------------------------------------------------------

alter table substitutions enable row level security;
alter table substitution_deputies enable row level security;
create policy everything on substitutions to kartoteka_all using (true) with check (true);
create policy concerned on substitutions for select to kartoteka_scoped using (
  absent_id = any (own_people((select caller_id()))) or exists (
    select 1 from substitution_deputies d where d.substitution_id = substitutions.id));
create policy everything on substitution_deputies to kartoteka_all using (true) with check (true);
create policy mine on substitution_deputies for select to kartoteka_scoped using (user_id = (select caller_id()));
grant select, insert, update, delete on substitutions, substitution_deputies to kartoteka_all;
grant select on substitutions, substitution_deputies to kartoteka_scoped;

create function set_substitution(given uuid, absent uuid, deputies uuid[], from_at timestamptz, to_at timestamptz, of_mode text, of_filter jsonb,
  clients uuid[], of_note text, change_set uuid)
  returns void language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if not may_hand_over(absent) then
    raise exception 'a substitution is set by a head, or by the head of the team' using errcode = '42501';
  end if;
  insert into substitutions as s (id, absent_id, starts_at, ends_at, mode, filter, note, change_set_id)
  values (given, absent, from_at, to_at, of_mode, of_filter, of_note, change_set)
  on conflict (id) do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at, mode = excluded.mode, note = excluded.note;
  delete from substitution_deputies d where d.substitution_id = given and d.user_id <> all (deputies);
  insert into substitution_deputies (substitution_id, user_id) select given, u from unnest(deputies) u on conflict do nothing;
  if of_filter is not null then
    delete from seats s where s.reason = 'substitution' and s.user_id <> all (deputies)
      and s.client_id in (select c.id from clients c where c.owner_id = absent)
      and not exists (select 1 from substitution_deputies d join substitutions o on o.id = d.substitution_id
        where d.user_id = s.user_id and o.absent_id = absent and o.filter is not null and o.ends_at > product_now());
    insert into seats as s (client_id, user_id, reason, valid_from, valid_until, mode)
    select c.id, u, 'substitution', from_at, to_at, of_mode
    from clients c cross join unnest(deputies) u where c.id = any (clients) and c.owner_id = absent
    on conflict (client_id, user_id, reason) do update set valid_from = excluded.valid_from, valid_until = excluded.valid_until, mode = excluded.mode;
  end if;
end $$;
comment on function set_substitution(uuid, uuid, uuid[], timestamptz, timestamptz, text, jsonb, uuid[], text, uuid) is
  'Sets or changes a substitution, in the change-set of the transaction. `clients`: the part a filter chose; 42501 where the caller may not.';

create function deputies_of(given uuid) returns uuid[] language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select coalesce(array_agg(d.user_id order by d.user_id), '{}') from substitution_deputies d
  where d.substitution_id = given and (caller_role() = 'head' or exists (
    select 1 from substitutions s where s.id = given and (s.absent_id = any (own_people(caller_id())) or exists (
      select 1 from substitution_deputies m where m.substitution_id = given and m.user_id = caller_id()))));
end;
comment on function deputies_of(uuid) is 'Who stands in, told to those whom it concerns.';

revoke execute on function set_substitution(uuid, uuid, uuid[], timestamptz, timestamptz, text, jsonb, uuid[], text, uuid), deputies_of(uuid) from public;
grant execute on function set_substitution(uuid, uuid, uuid[], timestamptz, timestamptz, text, jsonb, uuid[], text, uuid), deputies_of(uuid)
  to kartoteka_all, kartoteka_scoped;

-- Why one sees a client --------------------------------------------------------------------------------------------------

create function why_seen(client uuid) returns table (reason text, user_id uuid, until timestamptz)
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  with c as (select * from clients where id = client),
  mine as (select own_people(caller_id()) as ids)
  select 'all', null::uuid, null::timestamptz from c where caller_role() = 'head'
  union all
  select 'owner', c.owner_id, null from c where c.owner_id = caller_id()
  union all
  select 'team', c.owner_id, null from c, mine where caller_role() = 'team-head' and c.owner_id <> caller_id() and c.owner_id = any (mine.ids)
  union all
  select 'shared', s.user_id, null from seats s, mine
  where s.client_id = client and s.reason = 'shared' and caller_role() in ('manager', 'team-head') and s.user_id = any (mine.ids)
  union all
  select 'substitution', s.absent_id, s.ends_at
  from c join substitutions s on s.absent_id = c.owner_id join substitution_deputies d on d.substitution_id = s.id
  where d.user_id = caller_id() and s.starts_at <= product_now() and s.ends_at > product_now()
    and (s.filter is null or exists (
      select 1 from seats e where e.client_id = client and e.user_id = caller_id() and e.reason = 'substitution'));
end;
comment on function why_seen(uuid) is 'Every reason for which the caller sees a client; none: he does not.';
revoke execute on function why_seen(uuid) from public;
grant execute on function why_seen(uuid) to kartoteka_all, kartoteka_scoped;

create index change_sets_on_behalf on change_sets (on_behalf_of, at) where on_behalf_of is not null;
create function acts_in_place_of(given uuid, most int)
  returns table (change_set_id uuid, at timestamptz, author_id uuid, act text, client_id uuid, number bigint)
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  with asked as (
    select * from substitutions s where s.id = given and (caller_role() = 'head' or s.absent_id = any (own_people(caller_id())))),
  done as (
    select c.id, c.at, c.author_id, c.act, count(*) over () as number
    from asked a join change_sets c on c.on_behalf_of = a.absent_id and c.at >= a.starts_at and c.at < a.ends_at + interval '1 day'
      and c.author_id in (select d.user_id from substitution_deputies d where d.substitution_id = a.id)
    order by c.at desc limit most)
  select d.id, d.at, d.author_id, d.act,
    (select min(h.client_id::text)::uuid from changes h where h.change_set_id = d.id and h.at >= d.at - interval '1 day' having min(h.client_id::text) = max(h.client_id::text)),
    d.number
  from done d order by d.at desc;
end;
comment on function acts_in_place_of(uuid, int) is 'What deputies did on behalf of an absent person, the latest first, for him and his heads; the client where the act was about one.';
revoke execute on function acts_in_place_of(uuid, int) from public;
grant execute on function acts_in_place_of(uuid, int) to kartoteka_all, kartoteka_scoped;
