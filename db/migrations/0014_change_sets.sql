-- Change-sets know what they come to, what they take back, and where they stand in the order of commits.

alter table change_sets add column xid xid8 not null default '1';
alter table change_sets alter column xid set default pg_current_xact_id();
alter table change_sets
  add column counts jsonb not null default '{}',
  add column reverses uuid,
  add column reversed_by uuid,
  add column reversed_act text,
  add column depth smallint not null default 0;
create index change_sets_position on change_sets (xid, id);
-- counts are written after the row, in its own transaction: with room on its page no index is touched again.
alter table change_sets set (fillfactor = 80);
comment on column change_sets.xid is 'Who follows the journal reads (xid, id) below pg_snapshot_xmin(pg_current_snapshot()): ids alone lose an act that began early and committed late.';
comment on column change_sets.counts is 'Changed rows: table → { i, u, d }. Kept by the triggers that write them.';
comment on column change_sets.depth is 'How many reversals stand between this act and the ordinary one it goes back to: odd takes back, even brings back.';
comment on column change_sets.reversed_act is 'Of a reversal: the act of that ordinary one.';

-- What an act is and comes to is said by the functions that write it, not by who asks.
revoke insert on change_sets from kartoteka_all, kartoteka_scoped;
grant insert (id, author_id, on_behalf_of, act, details) on change_sets to kartoteka_all, kartoteka_scoped;

create sequence changes_seq;
alter table changes add column seq bigint not null default nextval('changes_seq');
alter sequence changes_seq owned by changes.seq;
drop index changes_set;
create index changes_set on changes (change_set_id, seq);
comment on column changes.seq is 'Order of rows of one act, and of the pages of a history.';

create function count_changes(of_set uuid, of_entity text, of_op text, number bigint) returns void
  language plpgsql set search_path = pg_catalog, public as $$
begin
  update change_sets s set counts = s.counts || jsonb_build_object(of_entity,
    coalesce(s.counts -> of_entity, '{}') || jsonb_build_object(of_op, coalesce((s.counts -> of_entity ->> of_op)::bigint, 0) + number))
  where s.id = of_set;
  if not found then
    raise exception 'a write of clients'' data belongs to a change-set' using errcode = 'KT001';
  end if;
end $$;
comment on function count_changes(uuid, text, text, bigint) is 'Adds to what an act comes to; raises KT001 where there is no such act.';
revoke execute on function count_changes(uuid, text, text, bigint) from public;

create or replace function journal_insert_clients() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare change_set uuid := current_change_set(); number bigint;
begin
  insert into changes (change_set_id, entity, row_id, client_id, op) select change_set, 'clients', n.id, n.id, 'i' from new_rows n;
  get diagnostics number = row_count;
  if number > 0 then perform count_changes(change_set, 'clients', 'i', number); end if;
  return null;
end $$;

create or replace function journal_insert_children() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare change_set uuid := current_change_set(); number bigint;
begin
  insert into changes (change_set_id, entity, row_id, client_id, op)
  select change_set, tg_table_name, n.id, n.client_id, 'i' from new_rows n;
  get diagnostics number = row_count;
  if number > 0 then perform count_changes(change_set, tg_table_name, 'i', number); end if;
  return null;
end $$;

-- Without nested loops: the plan is kept from the first act of a connection, usually of one row, and takes minutes for 10,000.
create or replace function journal_update() returns trigger language plpgsql security definer
  set search_path = pg_catalog, public set enable_nestloop = off as $$
declare change_set uuid := current_change_set(); number bigint;
begin
  insert into changes (change_set_id, entity, row_id, client_id, op, before, after)
  select change_set, tg_table_name, n.id, (case tg_table_name when 'clients' then j.n ->> 'id' else j.n ->> 'client_id' end)::uuid,
    'u', d.before, d.after
  from new_rows n join old_rows o using (id)
  cross join lateral (select to_jsonb(n) - '{field_versions,updated_at,updated_by,next_plan_at,name_key,moment}'::text[] as n offset 0) j
  cross join lateral (
    select jsonb_object_agg(e.key, e.value) as before, jsonb_object_agg(e.key, j.n -> e.key) as after
    from jsonb_each(to_jsonb(o)) e where j.n ? e.key and e.value is distinct from j.n -> e.key) d
  where d.before - 'version' <> '{}';  -- null where nothing changed
  get diagnostics number = row_count;
  if number > 0 then perform count_changes(change_set, tg_table_name, 'u', number); end if;
  return null;
end $$;

create or replace function journal_delete() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare change_set uuid := current_change_set(); number bigint;
begin
  insert into changes (change_set_id, entity, row_id, client_id, op, before)
  select change_set, tg_table_name, o.id,
    (case tg_table_name when 'clients' then to_jsonb(o) ->> 'id' else to_jsonb(o) ->> 'client_id' end)::uuid, 'd', to_jsonb(o)
  from old_rows o;
  get diagnostics number = row_count;
  if number > 0 then perform count_changes(change_set, tg_table_name, 'd', number); end if;
  return null;
end $$;
create trigger journal_delete after delete on clients referencing old table as old_rows
  for each statement execute function journal_delete();

-- Seats: the owner's follow clients.owner_id, which is journaled there. Of the others row_id is the person.
create function journal_seats() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare change_set uuid; number bigint; shared uuid[];
begin
  if tg_op = 'INSERT' then
    if not exists (select 1 from new_rows where reason <> 'owner') then return null; end if;
    change_set := current_change_set();
    insert into changes (change_set_id, entity, row_id, client_id, op, after)
    select change_set, 'seats', n.user_id, n.client_id, 'i',
      jsonb_build_object('reason', n.reason, 'valid_from', n.valid_from, 'valid_until', n.valid_until)
    from new_rows n where n.reason <> 'owner';
    get diagnostics number = row_count;
    shared := array(select distinct client_id from new_rows where reason = 'shared');
  else
    if not exists (select 1 from old_rows where reason <> 'owner') then return null; end if;
    change_set := current_change_set();
    insert into changes (change_set_id, entity, row_id, client_id, op, before)
    select change_set, 'seats', o.user_id, o.client_id, 'd',
      jsonb_build_object('reason', o.reason, 'valid_from', o.valid_from, 'valid_until', o.valid_until)
    from old_rows o where o.reason <> 'owner';
    get diagnostics number = row_count;
    shared := array(select distinct client_id from old_rows where reason = 'shared');
  end if;
  perform count_changes(change_set, 'seats', case tg_op when 'INSERT' then 'i' else 'd' end, number);
  -- Who works with a client is a field of it («менеджеры»), under the version rule like any other.
  update clients c set version = c.version + 1, updated_at = now(), updated_by = coalesce(caller_id(), c.updated_by),
    field_versions = c.field_versions || jsonb_build_object('managerIds', c.version + 1)
  where c.id = any (shared) and c.created_at < now();
  return null;
end $$;
create trigger journal_insert after insert on seats referencing new table as new_rows for each statement execute function journal_seats();
create trigger journal_delete after delete on seats referencing old table as old_rows for each statement execute function journal_seats();

create or replace function share_client(client uuid, with_users uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if not exists (select 1 from clients c where c.id = client and (caller_role() = 'head'
      or c.owner_id = any (visible_user_ids())
      or exists (select 1 from seats s where s.client_id = client and s.user_id = any (visible_user_ids())))) then
    raise no_data_found;
  end if;
  perform current_change_set();
  delete from seats s where s.client_id = client and s.reason = 'shared' and s.user_id <> all (with_users);
  insert into seats (client_id, user_id, reason) select distinct client, u, 'shared' from unnest(with_users) u on conflict do nothing;
end $$;

-- Sharings journaled so far, in the same form.
insert into changes (change_set_id, at, entity, row_id, client_id, op, before)
select c.change_set_id, c.at, 'seats', u.value::uuid, c.client_id, 'd', '{"reason": "shared"}'
from changes c cross join lateral jsonb_array_elements_text(nullif(c.before -> 'left', 'null')) u (value) where c.entity = 'seats' and c.op = 'u';
insert into changes (change_set_id, at, entity, row_id, client_id, op, after)
select c.change_set_id, c.at, 'seats', u.value::uuid, c.client_id, 'i', '{"reason": "shared"}'
from changes c cross join lateral jsonb_array_elements_text(nullif(c.after -> 'joined', 'null')) u (value) where c.entity = 'seats' and c.op = 'u';
delete from changes where entity = 'seats' and op = 'u';

update change_sets s set counts = coalesce((
  select jsonb_object_agg(e.entity, e.ops) from (
    select n.entity, jsonb_object_agg(n.op, n.number) as ops from (
      select c.entity, c.op::text as op, count(*) as number from changes c where c.change_set_id = s.id and c.at >= s.at group by 1, 2) n
    group by n.entity) e), '{}');

-- The content of a file is written with the file.
create function require_change_set() returns trigger language plpgsql as $$
begin
  perform current_change_set();
  return null;
end $$;
create trigger journal_write before insert or update on file_chunks for each statement execute function require_change_set();

alter table company add column journal_from timestamptz;
comment on column company.journal_from is 'Older months of the journal were dropped; null: it is whole.';

create function hidden_rows(given uuid) returns int language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare mine constant uuid[] := visible_user_ids();
begin
  if not exists (select 1 from change_sets s where s.id = given and (caller_role() = 'head' or s.author_id = any (mine))) then
    raise no_data_found;
  end if;
  return (
    select count(*) from (
      select r.client_id, r.row_id from changes r where r.change_set_id = given
        and r.at >= (select s.at from change_sets s where s.id = given) order by r.seq limit 10000) r
    where caller_role() <> 'head' and r.client_id is not null
      and not exists (select 1 from clients c where c.id = r.client_id and c.owner_id = any (mine))
      and not exists (select 1 from seats s where s.client_id = r.client_id and s.user_id = any (mine)
        and (s.valid_from is null or s.valid_from <= now()) and (s.valid_until is null or s.valid_until > now())));
end $$;
comment on function hidden_rows(uuid) is 'How many of the first 10,000 rows of an act are of clients the caller may no longer see. P0002 where he does not see the act.';
revoke execute on function hidden_rows(uuid) from public;
grant execute on function hidden_rows(uuid) to kartoteka_all, kartoteka_scoped;

drop function change_set_of(uuid);
create function change_set_of(given uuid) returns table (author_id uuid, on_behalf_of uuid, act text, reversed_act text)
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select cs.author_id, cs.on_behalf_of, cs.act, cs.reversed_act from change_sets cs where cs.id = given;
end;
comment on function change_set_of(uuid) is 'Author and act of a change-set: whoever sees a changed row may know who changed it, also a colleague whose journal he does not see.';
revoke execute on function change_set_of(uuid) from public;
grant execute on function change_set_of(uuid) to kartoteka_all, kartoteka_scoped, kartoteka_admin;
