-- Change-sets: every write of clients' data belongs to one. Statement triggers journal it in bulk.

create table change_sets (
  id uuid primary key default new_id(),
  author_id uuid not null references users,
  on_behalf_of uuid references users,
  act text not null,
  at timestamptz not null default now(),
  details jsonb not null default '{}'
);
create index change_sets_author on change_sets (author_id, id);
comment on table change_sets is 'One act of one person: who, on whose behalf, by what act (client.update, import.apply, export …), when.';

create table changes (
  change_set_id uuid not null,
  at timestamptz not null default now(),
  entity text not null,
  row_id uuid not null,
  client_id uuid,
  op "char" not null,
  before jsonb,
  after jsonb
) partition by range (at);
create index changes_client on changes (client_id, at);
create index changes_set on changes (change_set_id);
create table changes_other partition of changes default;
comment on table changes is 'One changed row: op i (inserted: the row itself is the after), u (before and after hold the changed fields only), d (before holds the whole row).';

create function ensure_change_partitions() returns void language plpgsql as $$
declare month date := date_trunc('month', now());
begin
  for i in 0..2 loop
    execute format('create table if not exists %I partition of changes for values from (%L) to (%L)',
      'changes_' || to_char(month, 'YYYY_MM'), month::timestamptz, (month + interval '1 month')::timestamptz);
    month := month + interval '1 month';
  end loop;
end $$;
comment on function ensure_change_partitions() is 'Makes the journal''s partitions of this month and the two after it; called at start and daily.';

alter table change_sets enable row level security;
alter table changes enable row level security;
create policy everything on change_sets to kartoteka_all using (true) with check (author_id = caller_id());
create policy mine on change_sets to kartoteka_scoped
  using (author_id = any ((select visible_user_ids())::uuid[])) with check (author_id = caller_id());
-- Only entries without a client have none, and those are their authors' alone.
create policy everything on changes for select to kartoteka_all
  using (client_id is not null or exists (select 1 from change_sets s where s.id = changes.change_set_id and s.author_id = (select caller_id())));
create policy seated on changes for select to kartoteka_scoped
  using (exists (select 1 from seats s where s.client_id = changes.client_id)
    or (client_id is null and exists (select 1 from change_sets s where s.id = changes.change_set_id and s.author_id = (select caller_id()))));
grant select, insert on change_sets to kartoteka_all, kartoteka_scoped;
grant update (details) on change_sets to kartoteka_all, kartoteka_scoped;
grant select on changes to kartoteka_all, kartoteka_scoped;

create function current_change_set() returns uuid language plpgsql stable as $$
declare given text := nullif(current_setting('app.change_set', true), '');
begin
  if given is null then
    raise exception 'a write of clients'' data belongs to a change-set' using errcode = 'KT001';
  end if;
  return given::uuid;
end $$;
comment on function current_change_set() is 'The change-set of this transaction; raises KT001 where a write came without one.';

-- Without to_jsonb per row: an import's main cost would be here.
create function journal_insert_clients() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare change_set uuid := current_change_set();
begin
  insert into changes (change_set_id, entity, row_id, client_id, op) select change_set, 'clients', n.id, n.id, 'i' from new_rows n;
  return null;
end $$;

create function journal_insert_children() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare change_set uuid := current_change_set();
begin
  insert into changes (change_set_id, entity, row_id, client_id, op)
  select change_set, tg_table_name, n.id, n.client_id, 'i' from new_rows n;
  return null;
end $$;

-- Without nested loops: the plan is kept from the first act of a connection, usually of one row, and takes minutes for 10,000.
create function journal_update() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public set enable_nestloop = off as $$
begin
  insert into changes (change_set_id, entity, row_id, client_id, op, before, after)
  select current_change_set(), tg_table_name, n.id, (case tg_table_name when 'clients' then j.n ->> 'id' else j.n ->> 'client_id' end)::uuid,
    'u', d.before, d.after
  from new_rows n join old_rows o using (id)
  cross join lateral (select to_jsonb(n) - '{field_versions,updated_at,updated_by,next_plan_at,name_key,moment}'::text[] as n offset 0) j
  cross join lateral (
    select jsonb_object_agg(e.key, e.value) as before, jsonb_object_agg(e.key, j.n -> e.key) as after
    from jsonb_each(to_jsonb(o)) e where j.n ? e.key and e.value is distinct from j.n -> e.key) d
  where d.before - 'version' <> '{}';  -- null where nothing changed
  return null;
end $$;

create function journal_delete() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into changes (change_set_id, entity, row_id, client_id, op, before)
  select current_change_set(), tg_table_name, o.id, (to_jsonb(o) ->> 'client_id')::uuid, 'd', to_jsonb(o) from old_rows o;
  return null;
end $$;

do $$
declare t text;
begin
  foreach t in array array['clients', 'people', 'contacts', 'bank_accounts', 'activities', 'files'] loop
    execute format('create trigger journal_insert after insert on %I referencing new table as new_rows for each statement execute function %I()',
      t, case t when 'clients' then 'journal_insert_clients' else 'journal_insert_children' end);
    execute format('create trigger journal_update after update on %I referencing old table as old_rows new table as new_rows for each statement execute function journal_update()', t);
    if t <> 'clients' then
      execute format('create trigger journal_delete after delete on %I referencing old table as old_rows for each statement execute function journal_delete()', t);
    end if;
  end loop;
end $$;

-- The version rule ---------------------------------------------------------------------------------------------------

create function keep_client_version() returns trigger language plpgsql as $$
declare
  derived constant text[] := '{field_versions,updated_at,updated_by,next_plan_at,name_key,name_core,version}';
  changed jsonb;
  before jsonb;  -- written out once a row: inside the query it was written out for every field, five times the cost
begin
  if new.version <> old.version then return new; end if;  -- touch_clients set it
  before := to_jsonb(old);
  select jsonb_object_agg(e.key, old.version + 1) into changed
  from jsonb_each(to_jsonb(new) - derived) e where e.value is distinct from before -> e.key;
  if changed is null then return new; end if;
  new.version := old.version + 1;
  new.field_versions := old.field_versions || changed;
  new.updated_at := now();
  new.updated_by := coalesce(caller_id(), old.updated_by);
  return new;
end $$;
create trigger version before update on clients for each row execute function keep_client_version();

create function touch_clients() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare field text := tg_argv[0];
begin
  -- An import says that it writes children of clients it has just made: with their days of creation long ago.
  if current_setting('app.new_clients', true) = 'on' then return null; end if;
  -- A client made in this very transaction is already new to everybody.
  update clients c set version = c.version + 1, updated_at = now(), updated_by = coalesce(caller_id(), c.updated_by),
    field_versions = c.field_versions || jsonb_build_object(field, c.version + 1)
  from (select distinct client_id from touched_rows) t
  where c.id = t.client_id and c.created_at < now();
  return null;
end $$;
comment on function touch_clients() is 'A change of contacts, people or accounts is a new version of the client, in that field.';

do $$
declare t text; field text;
begin
  foreach t in array array['people', 'contacts', 'bank_accounts'] loop
    field := case t when 'bank_accounts' then 'accounts' else t end;
    execute format('create trigger touch_insert after insert on %I referencing new table as touched_rows for each statement execute function touch_clients(%L)', t, field);
    execute format('create trigger touch_update after update on %I referencing new table as touched_rows for each statement execute function touch_clients(%L)', t, field);
    execute format('create trigger touch_delete after delete on %I referencing old table as touched_rows for each statement execute function touch_clients(%L)', t, field);
  end loop;
end $$;

create function count_version() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  new.updated_at := now();
  return new;
end $$;
create trigger version before update on activities for each row execute function count_version();

create function guard_activity_user() returns trigger language plpgsql as $$
begin
  if (tg_op = 'INSERT' or new.user_id is distinct from old.user_id) and current_user = 'kartoteka_scoped'
     and not coalesce(new.user_id = any (visible_user_ids()), false) then
    raise exception 'an entry is given only to people whose seats one shares' using errcode = '42501';
  end if;
  return new;
end $$;
comment on function guard_activity_user() is 'A manager plans for himself, a team head for his team, the head for anybody.';
create trigger guard_user before insert or update of user_id on activities for each row execute function guard_activity_user();

-- Owners and seats ---------------------------------------------------------------------------------------------------

create function guard_owner() returns trigger language plpgsql as $$
begin
  if new.owner_id is distinct from old.owner_id and current_user = 'kartoteka_scoped'
     and not coalesce(new.owner_id = any (visible_user_ids()), false) then
    raise exception 'only the head hands a client over' using errcode = '42501';
  end if;
  return new;
end $$;
comment on function guard_owner() is 'A manager or team head may change an owner only among people whose seats he shares; the rest is handover.';
create trigger guard_owner before update of owner_id on clients for each row execute function guard_owner();

create function seat_new_owners() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into seats (client_id, user_id, reason) select n.id, n.owner_id, 'owner' from new_rows n where n.owner_id is not null;
  return null;
end $$;
create trigger seats_insert after insert on clients referencing new table as new_rows
  for each statement execute function seat_new_owners();

create function key_seat() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  select c.owner_id, c.name_key, coalesce(c.region, E'\uFFFF'), coalesce(c.stage, E'\uFFFF'), c.updated_at, c.next_plan_at, c.archived_at is null
    into new.owner_id, new.name_key, new.region_key, new.stage_key, new.changed_at, new.next_plan_at, new.live
  from clients c where c.id = new.client_id;
  return new;
end $$;
create trigger keys before insert on seats for each row when (new.reason <> 'owner') execute function key_seat();

create function reseat_owners() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  -- Old and new rows are compared as sets, not joined: the plan of a join is kept from the first act of a connection, usually of
  -- one row, and its nested loop takes minutes for 10,000.
  delete from seats s using (select id, owner_id from new_rows except select id, owner_id from old_rows) moved
  where s.client_id = moved.id and s.reason = 'owner';
  insert into seats (client_id, user_id, reason)
  select moved.id, moved.owner_id, 'owner' from (select id, owner_id from new_rows except select id, owner_id from old_rows) moved
  where moved.owner_id is not null;
  update seats s set owner_id = n.owner_id, name_key = n.name_key, region_key = coalesce(n.region, E'\uFFFF'),
    stage_key = coalesce(n.stage, E'\uFFFF'), changed_at = n.updated_at, next_plan_at = n.next_plan_at, live = n.archived_at is null
  from new_rows n
  where s.client_id = n.id and s.reason <> 'owner'
    and (s.owner_id, s.name_key, s.region_key, s.stage_key, s.changed_at, s.next_plan_at, s.live) is distinct from
      (n.owner_id, n.name_key, coalesce(n.region, E'\uFFFF'), coalesce(n.stage, E'\uFFFF'), n.updated_at, n.next_plan_at, n.archived_at is null);
  return null;
end $$;
create trigger seats_update after update on clients referencing old table as old_rows new table as new_rows
  for each statement execute function reseat_owners();

create function share_client(client uuid, with_users uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if not exists (select 1 from clients c where c.id = client and (caller_role() = 'head'
      or c.owner_id = any (visible_user_ids())
      or exists (select 1 from seats s where s.client_id = client and s.user_id = any (visible_user_ids())))) then
    raise no_data_found;
  end if;
  perform current_change_set();
  with wanted as (select unnest(with_users) as user_id),
  gone as (delete from seats s where s.client_id = client and s.reason = 'shared' and s.user_id <> all (with_users) returning user_id),
  came as (insert into seats (client_id, user_id, reason) select client, user_id, 'shared' from wanted
    on conflict do nothing returning user_id)
  insert into changes (change_set_id, entity, row_id, client_id, op, before, after)
  select current_change_set(), 'seats', client, client, 'u',
    jsonb_build_object('left', (select jsonb_agg(user_id) from gone)), jsonb_build_object('joined', (select jsonb_agg(user_id) from came))
  where exists (select 1 from gone) or exists (select 1 from came);
end $$;
comment on function share_client(uuid, uuid[]) is 'Sets who else works with a client («менеджеры»); whoever may edit the client may share it. Raises P0002 where the caller may not see it.';

-- The next plan ------------------------------------------------------------------------------------------------------

create function keep_next_plan() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  update clients c set next_plan_at = t.next
  from (select r.client_id, coalesce((select min(a.due_at) from activities a
          where a.client_id = r.client_id and a.done_at is null and a.due_at is not null), 'infinity') as next
        from (select distinct client_id from touched_rows where client_id is not null) r) t
  where c.id = t.client_id and c.next_plan_at <> t.next;
  return null;
end $$;
create trigger plan_insert after insert on activities referencing new table as touched_rows for each statement execute function keep_next_plan();
create trigger plan_update after update on activities referencing new table as touched_rows for each statement execute function keep_next_plan();
create trigger plan_delete after delete on activities referencing old table as touched_rows for each statement execute function keep_next_plan();

create function change_set_of(given uuid) returns table (author_id uuid, on_behalf_of uuid, act text)
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select cs.author_id, cs.on_behalf_of, cs.act from change_sets cs where cs.id = given;
end;
comment on function change_set_of(uuid) is 'Author and act of a change-set: whoever sees a changed row may know who changed it, also a colleague whose journal he does not see.';
