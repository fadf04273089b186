-- Any act is taken back, in the change-set of the taking back, as its caller under his rights now: docs/decisions/0022-reversal.md.

-- What a reversal works on: temporary tables, so that the bulk of an import is planned for what it is.
--   undoing          a row of the act, folded to what it came to: op, before, after; then patch (what goes back), kept (what does not:
--                    columns; '' the whole row), state (null: to do; kept; done)
--   undoing_clients  its clients: entered (by the act itself), visible (to the caller now), met (changed since)

-- By the clock acts go by: a row is found by the time of its act.
alter table changes alter column at set default product_now();

-- The version a person saw tells a conflict; what he saw of contacts, people, accounts and colleagues is told by the journal.
alter table changes add column version int;
comment on column changes.version is 'Of a row of people, contacts, bank_accounts and seats: the version of the client before it; null in the entering of a client.';

create function version_before(of_entity text, client uuid) returns int language sql stable
  return case when of_entity in ('people', 'contacts', 'bank_accounts', 'seats') and coalesce(current_setting('app.new_clients', true), '') <> 'on'
    then (select c.version from clients c where c.id = client and c.created_at < now()) end;

create or replace function journal_insert_children() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare change_set uuid := current_change_set(); number bigint;
begin
  insert into changes (change_set_id, entity, row_id, client_id, op, version)
  select change_set, tg_table_name, n.id, n.client_id, 'i', version_before(tg_table_name, n.client_id) from new_rows n;
  get diagnostics number = row_count;
  if number > 0 then perform count_changes(change_set, tg_table_name, 'i', number); end if;
  return null;
end $$;

create or replace function journal_delete() returns trigger
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare change_set uuid := current_change_set(); number bigint;
begin
  insert into changes (change_set_id, entity, row_id, client_id, op, before, version)
  select change_set, tg_table_name, o.id, d.client_id, 'd', to_jsonb(o), version_before(tg_table_name, d.client_id)
  from old_rows o cross join lateral (
    select (case tg_table_name when 'clients' then to_jsonb(o) ->> 'id' else to_jsonb(o) ->> 'client_id' end)::uuid as client_id) d;
  get diagnostics number = row_count;
  if number > 0 then perform count_changes(change_set, tg_table_name, 'd', number); end if;
  return null;
end $$;

create function seat_terms(s seats) returns jsonb language sql immutable
  return to_jsonb(s) - '{client_id,user_id,created_at,created_by,owner_id,name_key,region_key,stage_key,changed_at,next_plan_at,live}'::text[];
comment on function seat_terms(seats) is 'Why and for how long somebody has a seat: all of it that is not copied from its client.';

create or replace function journal_seats() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare change_set uuid; number bigint; shared uuid[];
begin
  if tg_op = 'INSERT' then
    if not exists (select 1 from new_rows where reason <> 'owner') then return null; end if;
    change_set := current_change_set();
    insert into changes (change_set_id, entity, row_id, client_id, op, after, version)
    select change_set, 'seats', n.user_id, n.client_id, 'i',
      seat_terms(n), version_before('seats', n.client_id)
    from new_rows n where n.reason <> 'owner';
    get diagnostics number = row_count;
    shared := array(select distinct client_id from new_rows where reason = 'shared');
  else
    if not exists (select 1 from old_rows where reason <> 'owner') then return null; end if;
    change_set := current_change_set();
    insert into changes (change_set_id, entity, row_id, client_id, op, before, version)
    select change_set, 'seats', o.user_id, o.client_id, 'd',
      seat_terms(o), version_before('seats', o.client_id)
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

create or replace function require_change_set() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from change_sets s where s.id = current_change_set()) then
    raise exception 'a write of clients'' data belongs to a change-set' using errcode = 'KT001';
  end if;
  return null;
end $$;

-- Column by column: rows taken to pieces as jsonb were most of a bulk edit's price (30 µs a row against 3).
create function derived_columns() returns text[] language sql immutable parallel safe
  return '{field_versions,updated_at,updated_by,next_plan_at,last_contact_at,name_key,moment}'::text[];
comment on function derived_columns() is 'Columns that follow others: no news in the journal and no new version of a client. Who adds one adds it here.';

create function changed_columns(of_table text, except_also text[], what text) returns text language sql stable
  return (select string_agg(format('case when n.%1$I is distinct from o.%1$I then jsonb_build_object(%1$L, %2$s) else none end', a.attname,
      format(what, a.attname)), E'\n    || ' order by a.attnum)
    from pg_attribute a where a.attrelid = ('public.' || quote_ident(of_table))::regclass and a.attnum > 0 and not a.attisdropped
      and a.attname <> all (derived_columns() || except_also));
comment on function changed_columns(text, text[], text) is 'SQL of an object of the columns in which rows n and o of a table differ; what: a format of their values.';

create function write_journal_functions() returns void language plpgsql as $$
declare t text;
begin
  foreach t in array array['clients', 'people', 'contacts', 'bank_accounts', 'activities', 'files'] loop
    -- Without nested loops: the plan is kept from the first act of a connection, usually of one row, and takes minutes for 10,000.
    execute format($f$create or replace function %1$I() returns trigger language plpgsql security definer
        set search_path = pg_catalog, public set enable_nestloop = off as $b$
      declare change_set uuid := current_change_set(); number bigint; none constant jsonb := '{}';
      begin
        insert into changes (change_set_id, entity, row_id, client_id, op, before, after, version)
        select change_set, %2$L, n.id, n.%3$I, 'u', d.before %6$s, d.after %7$s, version_before(%2$L, n.%3$I)
        from new_rows n join old_rows o using (id) cross join lateral (select
            %4$s as before,
            %5$s as after offset 0) d
        where d.before <> none;
        get diagnostics number = row_count;
        if number > 0 then perform count_changes(change_set, %2$L, 'u', number); end if;
        return null;
      end $b$ $f$,
      'journal_update_' || t, t, case t when 'clients' then 'id' else 'client_id' end,
      changed_columns(t, '{id,version}', 'o.%I'), changed_columns(t, '{id,version}', 'n.%I'),
      case when t in ('clients', 'activities') then $c$|| jsonb_build_object('version', o.version)$c$ else '' end,
      case when t in ('clients', 'activities') then $c$|| jsonb_build_object('version', n.version)$c$ else '' end);
    execute format('revoke execute on function %I() from public', 'journal_update_' || t);
  end loop;
  execute format($f$create or replace function keep_client_version() returns trigger language plpgsql as $b$
    declare o constant clients := old; n constant clients := new; none constant jsonb := '{}'; changed jsonb;
    begin
      if new.version <> old.version then return new; end if;  -- touch_clients set it
      changed := %s;
      if changed = none then return new; end if;
      new.version := old.version + 1;
      new.field_versions := old.field_versions || changed;
      new.updated_at := now();
      new.updated_by := coalesce(caller_id(), old.updated_by);
      return new;
    end $b$ $f$, changed_columns('clients', '{id,version,name_core}', 'old.version + 1'));
end $$;
comment on function write_journal_functions() is 'Writes the triggers that journal updates, and the one that keeps a client''s version, anew for the columns there are; called after every migration.';
revoke execute on function write_journal_functions() from public;

select write_journal_functions();
do $$
declare t text;
begin
  foreach t in array array['clients', 'people', 'contacts', 'bank_accounts', 'activities', 'files'] loop
    execute format('drop trigger journal_update on %I', t);
    execute format('create trigger journal_update after update on %I referencing old table as old_rows new table as new_rows
      for each statement execute function %I()', t, 'journal_update_' || t);
  end loop;
end $$;
drop function journal_update();

-- A client put away leaves the search at once and its words to index_search: taking 18 words of each of 100,000 clients out of the
-- index was half of an import's undo.
create table client_words_gone (
  client_no int primary key,
  seers int[] not null,
  document text not null
);
alter table client_words_gone enable row level security;
comment on table client_words_gone is 'Words of clients that left the search, still to be taken out of client_words.';

create function forget_found(ids uuid[]) returns void language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  with gone as (
    delete from client_search s using clients c where c.id = any (ids) and s.client_no = c.no::int
    returning s.client_no, s.seers, s.document, s.indexed)
  insert into client_words_gone select g.client_no, g.seers, g.document from gone g where g.indexed;
end $$;
revoke execute on function forget_found(uuid[]) from public;

create or replace function follow_clients() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare found uuid[]; gone uuid[]; stated uuid[];
begin
  -- As sets, not joined: see reseat_owners.
  select array_agg(d.id) filter (where d.archived_at is null), array_agg(d.id) filter (where d.archived_at is not null) into found, gone from (
    select id, name, full_name, inn, kpp, ogrn, external_code, comment, owner_id, custom, archived_at from new_rows
    except
    select id, name, full_name, inn, kpp, ogrn, external_code, comment, owner_id, custom, archived_at from old_rows) d;
  stated := (select array_agg(d.id) from (
    select id, owner_id, region, source, stage, categories, archived_at from new_rows
    except
    select id, owner_id, region, source, stage, categories, archived_at from old_rows) d);
  if gone is not null then perform forget_found(gone); end if;
  if found is not null then perform refresh_search(found); end if;
  if stated is not null then perform refresh_states(stated); end if;
  return null;
end $$;

create or replace function index_search(most int) returns int language plpgsql security definer set search_path = pg_catalog, public as $$
declare moved int; swept int;
begin
  if not pg_try_advisory_xact_lock(5278416) then return 0; end if;
  with gone as (
    delete from client_words_gone g where g.client_no = any (array(select client_no from client_words_gone limit most)) returning g.*),
  left_words as (
    delete from client_words w using (
      select n as seer_no, t collate "C" as word, g.client_no
      from gone g cross join lateral unnest(g.seers) n cross join lateral unnest(string_to_array(btrim(g.document), ' ')) t offset 0) l
    where w.seer_no = l.seer_no and w.word = l.word and w.client_no = l.client_no)
  select count(*) into swept from gone;
  with picked as materialized (
    -- Words still to be taken away of one that is back would be taken away from under it.
    select s.client_no, s.seers, s.document from client_search s
    where not s.indexed and not exists (select 1 from client_words_gone g where g.client_no = s.client_no)
    limit most for update of s skip locked),
  came as (
    insert into client_words (seer_no, word, client_no)
    select distinct n, t collate "C", p.client_no
    from picked p cross join lateral unnest(p.seers) n cross join lateral unnest(string_to_array(btrim(p.document), ' ')) t
    where t <> '' order by 1, 2, 3
    -- A write that met the last batch may have left words behind: search looks at documents, they mislead nobody.
    on conflict do nothing)
  update client_search s set indexed = true from picked p where s.client_no = p.client_no;
  get diagnostics moved = row_count;
  -- All trigrams of the batch at once: document by document it takes several times as long.
  if moved > 0 then perform gin_clean_pending_list('client_search_parts'); end if;
  return greatest(moved, swept);
end $$;
comment on function index_search(int) is 'Takes up to so many freshly written documents into the search index, and the words of as many that are gone out of it; the server calls it every few seconds. Returns how many.';

create or replace function search_starts(seen int[], words text[], patterns text[], most int) returns int[]
  language plpgsql stable set search_path = pg_catalog, public as $$
declare
  enough constant int := case when cardinality(words) = 1 then most else greatest(most, 1000) end;
  -- Words of clients that have left the search a moment ago would fill the answer with nobody.
  stale constant boolean := exists (select 1 from client_words_gone);
  start text; hits int[]; best int[];
begin
  -- Driven from the rarest word; the others are looked for in the documents it leads to.
  foreach start in array words loop
    hits := array(
      select h.client_no from unnest(seen) o (no) cross join lateral (
        select w.client_no from client_words w
        where w.seer_no = o.no and w.word >= start collate "C" and w.word < (start || chr(1114111)) collate "C"
          and (not stale or exists (select 1 from client_search s where s.client_no = w.client_no)) limit enough) h
      limit enough);
    if best is null or cardinality(hits) < cardinality(best) then best := hits; end if;
    exit when cardinality(best) < 100;
  end loop;
  if cardinality(words) = 1 then return best; end if;
  hits := array(
    select s.client_no from unnest(best) b (no) join client_search s on s.client_no = b.no
    where s.document collate "C" like all (patterns) limit most);
  if cardinality(hits) >= most or cardinality(best) < enough then return hits; end if;
  -- All words are common. Four letters of a word mean two lists of the index instead of eight: words that never meet cost half.
  return search_parts(seen, patterns, array(select case when length(w) < 3 then '% ' else '%' end || left(w, 4) || '%' from unnest(words[1:2]) w), most);
end $$;

create function field_group(of_entity text, field text) returns text language sql immutable parallel safe
  return case of_entity
    when 'clients' then case when field in ('name', 'name_core') then 'name' when field in ('archived_at', 'archived_by') then 'archived_at'
      when field like 'entered.%' then substr(field, 9) else field end
    when 'people' then case when field in ('name', 'last_name', 'first_name', 'middle_name', 'gender') then 'name' else field end
    when 'contacts' then case when field in ('kind', 'value', 'normalized', 'extension', 'verdict', 'reason', 'match_key', 'checked_at',
      'checked_by') then 'value' else field end
    when 'activities' then case when field in ('done_at', 'result', 'outcome', 'reached') then 'done_at'
      when field in ('due_at', 'first_due_at', 'moves') then 'due_at' when field in ('cancelled_at', 'cancel_reason') then 'cancelled_at'
      when field in ('contact_id', 'contact_value') then 'contact_id' else field end
    else field end;
comment on function field_group(text, text) is 'Columns that mean one thing go back together or not at all.';

create function flat(given jsonb) returns jsonb language sql immutable parallel safe
  return (given - '{version,custom,entered}'::text[])
    || coalesce((select jsonb_object_agg('custom.' || e.key, e.value) from jsonb_each(given -> 'custom') e), '{}')
    || coalesce((select jsonb_object_agg('entered.' || e.key, e.value) from jsonb_each(given -> 'entered') e), '{}');
comment on function flat(jsonb) is 'Columns of a row; those of many values by value: custom.budget. A version is none.';

create function merge_back(of_entity text, before jsonb, after jsonb, now jsonb, out patch jsonb, out kept text[])
  language plpgsql immutable parallel safe as $$
declare
  was constant jsonb := flat(before); became constant jsonb := flat(after); stands constant jsonb := flat(now);
  changed constant text[] := array(select k from (select jsonb_object_keys(was) union select jsonb_object_keys(became)) f (k)
    where was -> k is distinct from became -> k and stands -> k is distinct from was -> k);
  field text; whole text;
begin
  patch := '{}';
  kept := array(select distinct field_group(of_entity, k) from unnest(changed) k
    where stands -> k is distinct from became -> k);
  foreach field in array changed loop
    if field_group(of_entity, field) = any (kept) then
      continue;
    elsif field like 'custom.%' or field like 'entered.%' then
      whole := split_part(field, '.', 1);
      patch := patch || jsonb_build_object(whole, coalesce(patch -> whole, now -> whole) - substr(field, length(whole) + 2)
        || case when was ? field then jsonb_build_object(substr(field, length(whole) + 2), was -> field) else '{}' end);
    else
      patch := patch || jsonb_build_object(field, was -> field);
    end if;
  end loop;
  kept := nullif(kept, '{}');
end $$;
comment on function merge_back(text, jsonb, jsonb, jsonb) is 'What of a change still stands and goes back (patch), and the groups of fields somebody has changed since (kept; null: none).';

create function id_from(given timestamptz) returns uuid language sql stable
  return (lpad(to_hex((extract(epoch from given) * 1000)::bigint), 12, '0') || repeat('0', 20))::uuid;
comment on function id_from(timestamptz) is 'No id made later is less than this one.';

create function standing(given uuid, out last change_sets, out back boolean)
  language sql stable security definer set search_path = pg_catalog, public as $$
  with recursive chain as (
    select s.id, s.reversed_by, 0 as n from change_sets s where s.id = given
    union all
    select s.id, s.reversed_by, c.n + 1 from chain c join change_sets s on s.id = c.reversed_by)
  select s, c.n % 2 = 1 from chain c join change_sets s on s.id = c.id where c.reversed_by is null
$$;
comment on function standing(uuid) is 'The end of the chain of an act, its reversal, the reversal of that …; back: the act is taken back by it.';

create function left_something(back change_sets) returns boolean language sql immutable
  return coalesce((back.details ->> 'kept')::int + (back.details ->> 'hidden')::int, 0) > 0;
comment on function left_something(change_sets) is 'Whether a reversal could not put all back: what it left may be taken back later.';

create function taken_back_by(given uuid, out id uuid, out whole boolean)
  language sql stable security definer set search_path = pg_catalog, public as $$
  select (s.last).id, not left_something(s.last) from standing(given) s where s.back
$$;
comment on function taken_back_by(uuid) is 'The reversal by which an act is taken back as things stand; null: it is in force. Also of an act whose reversal the caller may not look into.';

create function open_reversal(given uuid) returns change_sets language plpgsql set search_path = pg_catalog, public as $$
declare asked change_sets; change_set uuid; back record;
begin
  select * into asked from change_sets s where s.id = given for no key update;
  if asked is null or coalesce(caller_role(), '') not in ('head', 'team-head', 'manager')
     or not (caller_role() = 'head' or asked.author_id = any (visible_user_ids())) then
    raise no_data_found;
  end if;
  if caller_role() <> 'head' and asked.author_id <> caller_id() then
    raise exception 'an act is taken back by its author or a head' using errcode = '42501';
  end if;
  select * into back from standing(given);
  if asked.counts = '{}' or back.back and not left_something(back.last) then
    raise exception 'nothing of this act is in force' using errcode = 'KT003';
  end if;
  -- Taken back and brought back: what brought it back is taken back.
  if not back.back then asked := back.last; end if;
  insert into change_sets (author_id, act, reverses, depth, reversed_act)
  values (caller_id(), 'change-set.reverse', asked.id, asked.depth + 1, coalesce(asked.reversed_act, asked.act)) returning id into change_set;
  perform set_config('app.change_set', change_set::text, true);
  update change_sets s set reversed_by = change_set where s.id = asked.id;
  return asked;
end $$;
comment on function open_reversal(uuid) is 'Opens the change-set of a reversal, returns the one to be taken back. P0002: the caller sees no such act; 42501: it is another''s; KT003: it changed nothing, or was taken back whole.';

create function gather_undoing(asked change_sets) returns void language plpgsql set search_path = pg_catalog, public, pg_temp
  -- Most acts are of a few rows, and so is any by the planner's figures.
  set enable_nestloop = off as $$
begin
  drop table if exists undoing, undoing_clients;
  create temp table undoing on commit drop as
  with lines as materialized (select * from changes c where c.change_set_id = asked.id and c.at >= asked.at)
  select c.entity, c.row_id, c.client_id, c.op, c.before, c.after, c.seq, null::jsonb as patch, null::text[] as kept, null::text as state
  from lines c left join lines e on e.entity = 'clients' and e.op = 'i' and e.row_id = c.client_id
  -- With a client its rows go and come back.
  where c.entity = 'clients' or e.row_id is null;
  -- Several changes of a row come to one: the first value of a field goes back, the last one must still stand.
  if exists (select 1 from undoing group by entity, row_id, case entity when 'seats' then client_id end having count(*) > 1) then
    create temp table folded on commit drop as
    select u.entity, u.row_id, (array_agg(u.client_id order by u.seq desc))[1] as client_id,
      (array_agg(u.op order by u.seq))[1] as first, (array_agg(u.op order by u.seq desc))[1] as last, min(u.seq) as seq,
      (select jsonb_object_agg(e.key, e.value order by f.seq desc) from undoing f cross join lateral jsonb_each(f.before) e
       where f.entity = u.entity and f.row_id = u.row_id and (u.entity <> 'seats' or f.client_id = min(u.client_id::text)::uuid)) as before,
      (select jsonb_object_agg(e.key, e.value order by f.seq) from undoing f cross join lateral jsonb_each(f.after) e
       where f.entity = u.entity and f.row_id = u.row_id and (u.entity <> 'seats' or f.client_id = min(u.client_id::text)::uuid)) as after
    from undoing u group by u.entity, u.row_id, case u.entity when 'seats' then u.client_id end having count(*) > 1;
    delete from undoing u using folded f
    where u.entity = f.entity and u.row_id = f.row_id and (u.entity <> 'seats' or u.client_id = f.client_id);
    insert into undoing (entity, row_id, client_id, op, before, after, seq)
    select f.entity, f.row_id, f.client_id, case when f.first = 'i' then 'i' when f.last = 'd' then 'd' else 'u' end::"char",
      f.before, f.after, f.seq
    from folded f where not (f.first = 'i' and f.last = 'd') and not (f.first = 'd' and f.last = 'i');
    drop table folded;
  end if;
  create temp table undoing_clients on commit drop as
  select u.client_id as id, bool_or(u.entity = 'clients' and u.op = 'i') as entered, false as visible, false as met
  from undoing u where u.client_id is not null group by 1;
  create index on undoing_clients (id);
  create index on undoing (row_id);
  analyze undoing;
  analyze undoing_clients;
end $$;

create function hide_undoing() returns int language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  mine constant uuid[] := visible_user_ids(); hidden int; own int;
begin
  -- Locked as a card locks it: what is compared now is what will be written over.
  perform 1 from clients c where c.id in (select id from undoing_clients) order by c.id for no key update;
  update undoing_clients u set visible = true from clients c
  where c.id = u.id and (caller_role() = 'head' or c.owner_id = any (mine) or exists (
    select 1 from seats s where s.client_id = c.id and s.user_id = any (mine)
      and (s.valid_from is null or s.valid_from <= now()) and (s.valid_until is null or s.valid_until > now())));
  delete from undoing u where u.client_id in (select c.id from undoing_clients c where not c.visible);
  delete from undoing u where u.client_id is null
    and not coalesce((select caller_id() in (a.user_id, a.created_by) from activities a where a.id = u.row_id),
      caller_id()::text in (u.before ->> 'user_id', u.before ->> 'created_by'), false);
  get diagnostics own = row_count;
  delete from undoing_clients c where not c.visible;
  get diagnostics hidden = row_count;
  return hidden + own;
end $$;
comment on function hide_undoing() is 'Leaves clients and private entries the caller does not see alone; tells how many.';

create function meet_undoing(asked change_sets) returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  since constant timestamptz := asked.at - interval '1 day';  -- an act that began earlier may have written later
  first constant bigint := (select min(seq) from undoing);
begin
  drop table if exists undoing_met;
  create temp table undoing_met (client_id uuid, entity text, row_id uuid, author_id uuid, at timestamptz) on commit drop;
  if not exists (select 1 from undoing where op = 'i') or not exists (
    select 1 from change_sets s where s.id >= id_from(since) and s.id not in (asked.id, current_change_set())
      and s.counts <> '{}' and s.depth % 2 = 0 and (s.reversed_by is null or (taken_back_by(s.id)).whole is not true)) then return; end if;
  insert into undoing_met
  select h.client_id, h.entity, h.row_id, s.author_id, h.at
  from undoing_clients c join changes h on h.client_id = c.id and h.at >= since and h.seq > first and h.change_set_id <> asked.id
  join change_sets s on s.id = h.change_set_id and s.depth % 2 = 0
    and (s.reversed_by is null or (taken_back_by(s.id)).whole is not true)
  where exists (select 1 from undoing u where u.client_id = c.id and u.op = 'i');
  update undoing_clients c set met = true from undoing_met m where m.client_id = c.id;
  -- What hangs on a row is met with it.
  insert into undoing_met
  select m.client_id, h.entity, h.id, m.author_id, m.at from undoing_met m cross join lateral (
    select 'people' as entity, t.person_id as id from contacts t where m.entity = 'contacts' and t.id = m.row_id
    union all select 'people', a.person_id from activities a where m.entity = 'activities' and a.id = m.row_id
    union all select 'people', f.person_id from files f where m.entity = 'files' and f.id = m.row_id
    union all select 'activities', f.activity_id from files f where m.entity = 'files' and f.id = m.row_id) h
  where h.id is not null;
  create index on undoing_met (row_id);
  create index on undoing_met (client_id);
  analyze undoing_met;
end $$;
comment on function meet_undoing(change_sets) is 'Notes what later acts that are in force, whosever, have changed of clients the act entered something into: undoing_met.';

create function columns_of(of_table text) returns text[] language sql stable set search_path = pg_catalog
  return (select array_agg(a.attname::text order by a.attnum) from pg_attribute a
    where a.attrelid = ('public.' || quote_ident(of_table))::regclass and a.attnum > 0 and not a.attisdropped and a.attgenerated = '');

create function return_removed() returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  mine constant uuid[] := visible_user_ids(); everything constant boolean := caller_role() = 'head';
  name text; names text;
begin
  update undoing u set state = 'kept' where u.op = 'd' and u.entity = 'activities' and not everything
    and not (u.before ->> 'user_id')::uuid = any (mine);
  foreach name in array array['people', 'contacts', 'bank_accounts', 'activities', 'files'] loop
    continue when not exists (select 1 from undoing where op = 'd' and entity = name and state is null);
    if name = 'contacts' then
      update undoing u set state = 'kept' where u.op = 'd' and u.entity = name and u.before ->> 'person_id' is not null
        and not exists (select 1 from people p where p.id = (u.before ->> 'person_id')::uuid);
    elsif name in ('activities', 'files') then
      update undoing u set before = u.before || '{"person_id": null}' where u.op = 'd' and u.entity = name
        and u.before ->> 'person_id' is not null and not exists (select 1 from people p where p.id = (u.before ->> 'person_id')::uuid);
      update undoing u set before = u.before || '{"contact_id": null}' where u.op = 'd' and u.entity = name
        and u.before ->> 'contact_id' is not null and not exists (select 1 from contacts t where t.id = (u.before ->> 'contact_id')::uuid);
    end if;
    names := (select string_agg(quote_ident(c), ', ') from unnest(columns_of(name)) c);
    execute format('insert into %1$I (%2$s) overriding system value select %3$s from undoing u
      cross join lateral jsonb_populate_record(null::%1$I, u.before
        || case when u.before ? ''version'' then jsonb_build_object(''version'', (u.before ->> ''version'')::int + 1) else ''{}'' end) r
      where u.op = ''d'' and u.entity = %1$L and u.state is null and not exists (select 1 from %1$I t where t.id = u.row_id)', name, names,
      (select string_agg('r.' || quote_ident(c), ', ') from unnest(columns_of(name)) c));
  end loop;
  names := (select string_agg(quote_ident(c), ', ') from unnest(columns_of('seats')) c where c not in ('created_at', 'created_by'));
  execute format('insert into seats (%1$s) select %1$s from (
      select r.* from undoing u cross join lateral jsonb_populate_record(null::seats,
        u.before || jsonb_build_object(''client_id'', u.client_id, ''user_id'', u.row_id)) r
      where u.op = ''d'' and u.entity = ''seats'') r on conflict do nothing', names);
  update undoing set state = 'done' where op = 'd' and state is null;
end $$;
comment on function return_removed() is 'Rows the act removed come back under their ids, unless they are back already; a contact of a person who is gone stays gone.';

create function put_back() returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare name text; known text[]; fields text[];
begin
  foreach name in array array['people', 'contacts', 'bank_accounts', 'activities', 'files', 'clients'] loop
    known := columns_of(name);
    fields := array(select distinct k from undoing u cross join lateral jsonb_object_keys(u.before) k
      where u.op = 'u' and u.entity = name and k <> 'version' and k = any (known));
    continue when fields = '{}';
    drop table if exists undoing_now;
    execute format('create temp table undoing_now on commit drop as
      select t.id, %s as now from %I t where t.id in (select row_id from undoing where op = ''u'' and entity = %L) order by t.id for no key update',
      (select 'jsonb_build_object(' || string_agg(format('%L, t.%I', f, f), ', ') || ')' from unnest(fields) f), name, name);
    create index on undoing_now (id);
    analyze undoing_now;
    -- Nearly always nobody has touched any of it: told without taking rows to pieces.
    update undoing u set patch = u.before - 'version' from undoing_now t
    where u.op = 'u' and u.entity = name and t.id = u.row_id
      and not exists (select 1 from jsonb_each(u.after - 'version') e where e.value is distinct from t.now -> e.key);
    update undoing u set (patch, kept) = (select m.patch, m.kept from merge_back(name, u.before, u.after, t.now) m)
    from undoing_now t where u.op = 'u' and u.entity = name and t.id = u.row_id and u.patch is null;
    -- A row that is gone: whoever removed it has changed it.
    update undoing u set kept = '{""}' where u.op = 'u' and u.entity = name and u.patch is null;
    perform forbid_patches(name);
    perform apply_patches(name);
    update undoing u set state = case when u.kept is null then 'done' else 'kept' end where u.op = 'u' and u.entity = name;
  end loop;
end $$;
comment on function put_back() is 'Fields the act changed go back where they still are as it left them.';

create function apply_patches(name text) returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  fields constant text[] := array(select distinct k from undoing u cross join lateral jsonb_object_keys(u.patch) k
    where u.op = 'u' and u.entity = name);
begin
  if fields = '{}' then return; end if;
  execute format('update %I t set %s from undoing u cross join lateral jsonb_to_record(u.patch) v (%s)
    where u.op = ''u'' and u.entity = %L and u.patch <> ''{}'' and t.id = u.row_id', name,
    (select string_agg(format('%1$I = case when u.patch ? %1$L then v.%1$I else t.%1$I end', f), ', ') from unnest(fields) f)
      || case when name in ('people', 'contacts') then ', updated_at = now()' else '' end,
    (select string_agg(format('%I %s', a.attname, format_type(a.atttypid, a.atttypmod)), ', ') from pg_attribute a
     where a.attrelid = ('public.' || quote_ident(name))::regclass and a.attname = any (fields)), name);
end $$;

create function forbid_patches(name text) returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  mine constant uuid[] := visible_user_ids(); everything constant boolean := caller_role() = 'head'; ref text[];
begin
  if name = 'clients' then
    -- As an owner is chosen by hand: by a head any who works with clients or nobody; by others one of theirs.
    update undoing u set patch = u.patch - 'owner_id', kept = u.kept || 'owner_id'::text
    where u.op = 'u' and u.entity = name and u.patch ? 'owner_id' and not coalesce(case
      when u.patch ->> 'owner_id' is null then everything
      else (everything or (u.patch ->> 'owner_id')::uuid = any (mine))
        and exists (select 1 from users o where o.id = (u.patch ->> 'owner_id')::uuid and o.active and o.role <> 'admin') end, false);
  elsif name = 'activities' then
    update undoing u set patch = u.patch - 'user_id', kept = u.kept || 'user_id'::text
    where u.op = 'u' and u.entity = name and u.patch ? 'user_id' and not everything and not (u.patch ->> 'user_id')::uuid = any (mine);
  elsif name = 'files' then
    -- Its content is taken away 30 days after it was deleted.
    update undoing u set patch = u.patch - 'deleted_at', kept = u.kept || 'deleted_at'::text
    where u.op = 'u' and u.entity = name and u.patch ? 'deleted_at' and u.patch ->> 'deleted_at' is null
      and not exists (select 1 from file_chunks k where k.file_id = u.row_id);
  end if;
  foreach ref slice 1 in array array[['contacts', 'person_id', 'people'], ['activities', 'person_id', 'people'],
                                     ['activities', 'contact_id', 'contacts'], ['files', 'person_id', 'people'], ['files', 'activity_id', 'activities']] loop
    continue when ref[1] <> name;
    execute format('update undoing u set patch = u.patch - %1$L, kept = u.kept || %1$L::text
      where u.op = ''u'' and u.entity = %2$L and u.patch ->> %1$L is not null
        and not exists (select 1 from %3$I r where r.id = (u.patch ->> %1$L)::uuid)', ref[2], name, ref[3]);
  end loop;
end $$;
comment on function forbid_patches(text) is 'Takes out of the patches of a table what the caller has no right to, and what is no longer there to refer to.';

create function take_away() returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  mine constant uuid[] := visible_user_ids(); everything constant boolean := caller_role() = 'head'; name text;
begin
  if not exists (select 1 from undoing where op = 'i') then return; end if;
  update undoing u set state = 'kept', kept = '{""}' from undoing_clients c, clients t
  where u.op = 'i' and u.entity = 'clients' and c.id = u.row_id and c.met and t.id = u.row_id and t.archived_at is null;
  update undoing u set state = 'kept', kept = '{""}' where u.op = 'i' and u.entity <> 'clients'
    and exists (select 1 from undoing_met m where m.row_id = u.row_id and m.entity = u.entity and m.client_id = u.client_id);
  update undoing u set state = 'kept', kept = '{""}' from activities a
  where u.op = 'i' and u.entity = 'activities' and a.id = u.row_id and not everything
    and not coalesce(a.user_id = any (mine) or a.created_by = any (mine), false);
  -- A file is put away as a person does it: its content stays for 30 days.
  update files f set deleted_at = now() from undoing u
  where u.op = 'i' and u.entity = 'files' and u.state is null and f.id = u.row_id and f.deleted_at is null;
  foreach name in array array['activities', 'contacts', 'bank_accounts', 'people'] loop
    continue when not exists (select 1 from undoing where op = 'i' and entity = name and state is null);
    execute format('delete from %1$I t using undoing u where u.op = ''i'' and u.entity = %1$L and u.state is null and t.id = u.row_id', name);
  end loop;
  delete from seats s using undoing u where u.op = 'i' and u.entity = 'seats' and u.state is null
    and s.client_id = u.client_id and s.user_id = u.row_id and s.reason = u.after ->> 'reason';
  update clients c set archived_at = now(), archived_by = caller_id() from undoing u
  where u.op = 'i' and u.entity = 'clients' and u.state is null and c.id = u.row_id and c.archived_at is null;
  update undoing set state = 'done' where op = 'i' and state is null;
end $$;
comment on function take_away() is 'Rows the act entered go: a client into the archive with all it has, other rows altogether; what has been changed since stays.';

create function kept_rows(asked change_sets) returns jsonb language plpgsql stable set search_path = pg_catalog, public, pg_temp as $$
begin
  return coalesce((select jsonb_agg(jsonb_build_object('entity', k.entity, 'rowId', k.row_id, 'clientId', k.client_id, 'clientName', c.name,
      'field', nullif(k.field, ''), 'changedBy', coalesce(l.author_id, m.author_id), 'changedAt', coalesce(l.at, m.at)) order by k.seq, k.field)
    from (select u.*, f.field from undoing u cross join lateral unnest(coalesce(u.kept, '{""}')) f (field)
          where u.state = 'kept' order by u.seq, f.field limit 200) k
    left join clients c on c.id = k.client_id
    left join lateral (
      select s.author_id, h.at from changes h join change_sets s on s.id = h.change_set_id
      where h.client_id = k.client_id and h.at >= asked.at - interval '1 day' and h.seq > k.seq and h.entity = k.entity and h.row_id = k.row_id
        and h.change_set_id not in (asked.id, current_change_set())
        and (h.op = 'd' or exists (select 1 from jsonb_object_keys(flat(h.before)) f where field_group(h.entity, f) = k.field))
      order by h.seq desc limit 1) l on k.op = 'u'
    left join lateral (
      select m.author_id, m.at from undoing_met m where m.client_id = k.client_id and (k.entity = 'clients' or m.row_id = k.row_id)
      order by m.at desc limit 1) m on k.op = 'i'), '[]');
end $$;
comment on function kept_rows(change_sets) is 'The first 200 fields and rows that do not go back, with who changed them last, as the contract names them.';

create function settle_import(asked change_sets, done change_sets) returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  if done.depth % 2 = 0 then
    update imports set status = 'applied', change_set_id = done.id, reversal = null where change_set_id = asked.reverses;
    return;
  end if;
  -- Rows written to a client that was here before may be written to it again.
  delete from import_marks m using undoing_clients t
  where m.client_id = t.id and not t.entered and m.import_id in (select i.id from imports i where i.change_set_id = asked.id);
  update imports set status = 'reversed', reversal = jsonb_build_object('changeSetId', done.id,
    'restored', done.details -> 'restored', 'kept', (done.details ->> 'kept')::int + (done.details ->> 'hidden')::int)
  where change_set_id = asked.id;
end $$;

create function reverse_change_set(given uuid, out change_set uuid, out restored int, out kept int, out hidden int, out kept_list jsonb)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp set timezone = 'UTC'
  -- After a load into an empty base a plan by old figures would read tables whole for each row.
  set enable_seqscan = off as $$
declare asked change_sets; done change_sets; seen int;
begin
  asked := open_reversal(given);
  change_set := current_change_set();
  perform gather_undoing(asked);
  hidden := hide_undoing();
  seen := (select count(*) from undoing_clients) + (select count(*) from undoing where client_id is null);
  perform meet_undoing(asked);
  perform set_config('app.defer_refresh', 'on', true);
  perform return_removed();
  perform put_back();
  perform take_away();
  perform refresh_clients(array(select distinct client_id from undoing where entity in ('people', 'contacts')));
  perform set_config('app.defer_refresh', '', true);
  kept := (select count(distinct client_id) + count(*) filter (where client_id is null) from undoing where state = 'kept');
  restored := seen - kept;
  kept_list := kept_rows(asked);
  update change_sets s set details = jsonb_strip_nulls(jsonb_build_object('name', asked.details -> 'name', 'importId', asked.details -> 'importId'))
    || jsonb_build_object('restored', restored, 'kept', kept, 'hidden', hidden)
  where s.id = change_set returning s.* into done;
  if done.reversed_act = 'import.apply' then perform settle_import(asked, done); end if;
end $$;
comment on function reverse_change_set(uuid) is 'Takes an act back in a change-set of its own, as the caller under his rights now: fields go back where they still are as the act left them, entered rows go, removed ones return; the rest is kept and listed. Of a reversal: brings back. Counts clients, and entries without one.';

drop function reverse_import(uuid);

-- One line of a card's history, set back whatever has happened since ---------------------------------------------------

create function gather_line(client uuid, from_set uuid, of_entity text, of_row uuid, fields text[])
  returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare line changes; last jsonb; now jsonb; was jsonb;
begin
  select c.* into line from changes c where c.change_set_id = from_set and c.client_id = client and c.entity = of_entity and c.row_id = of_row
  order by c.seq desc limit 1;
  if line is null then raise no_data_found; end if;
  was := case when line.op = 'u' then (
    select jsonb_object_agg(e.key, e.value) from jsonb_each(line.before - 'version') e
    where fields is null or field_group(of_entity, e.key) in (select field_group(of_entity, split_part(f, '.', 1)) from unnest(fields) f)) end;
  if fields is not null and was is null then raise no_data_found; end if;
  drop table if exists undoing;
  create temp table undoing on commit drop as
  select line.entity, line.row_id, line.client_id, line.op, line.before, line.seq, null::jsonb as patch, null::text[] as kept, null::text as state;
  if of_entity = 'seats' then
    update undoing set op = 'd', before = coalesce(line.before, line.after);
    return;
  end if;
  execute format('select to_jsonb(t) from %I t where t.id = $1 for no key update', of_entity) into now using of_row;
  if now is not null then
    -- Entered or brought back by the line, and put away since.
    was := coalesce(was, case of_entity when 'clients' then '{"archived_at": null, "archived_by": null}'::jsonb
      when 'files' then '{"deleted_at": null}' else '{}' end);
    update undoing set op = 'u', patch = (merge_back(of_entity, was,
      (select coalesce(jsonb_object_agg(e.key, now -> e.key), '{}') from jsonb_each(was) e), now)).patch;
    return;
  end if;
  select c.before into last from changes c where c.client_id = client and c.entity = of_entity and c.row_id = of_row and c.op = 'd'
  order by c.at desc, c.seq desc limit 1;
  update undoing set op = 'd', before = coalesce(last, line.before) || coalesce(was, '{}');
end $$;

create function restore_line(client uuid, from_set uuid, of_entity text, of_row uuid, fields text[]) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp set timezone = 'UTC' as $$
declare mine constant uuid[] := visible_user_ids(); change_set uuid;
begin
  perform 1 from clients c where c.id = client and (caller_role() = 'head' or c.owner_id = any (mine) or exists (
    select 1 from seats s where s.client_id = c.id and s.user_id = any (mine)
      and (s.valid_from is null or s.valid_from <= now()) and (s.valid_until is null or s.valid_until > now()))) for no key update;
  if not found then raise no_data_found; end if;
  perform gather_line(client, from_set, of_entity, of_row, fields);
  insert into change_sets (author_id, act) values (caller_id(), 'client.restore-field') returning id into change_set;
  perform set_config('app.change_set', change_set::text, true);
  perform return_removed();
  perform forbid_patches(of_entity);
  if exists (select 1 from undoing u where u.state = 'kept' or u.kept is not null) then
    raise exception 'what it refers to is not there, or not the caller''s to give' using errcode = 'KT004';
  end if;
  perform apply_patches(of_entity);
  delete from change_sets s where s.id = change_set and s.counts = '{}';
  return case when found then null else change_set end;
end $$;
comment on function restore_line(uuid, uuid, text, uuid, text[]) is 'Sets what an act changed of one row of a client back to what was before it, in a change-set of its own (null: it was so already); a removed row comes back, a client out of the archive. `fields`: some of the columns. P0002: the caller sees no such line; KT004: rights or references forbid it.';

do $$
declare f regprocedure;
begin
  foreach f in array array['standing(uuid)', 'taken_back_by(uuid)', 'open_reversal(uuid)', 'gather_undoing(change_sets)', 'hide_undoing()', 'meet_undoing(change_sets)', 'return_removed()',
    'put_back()', 'apply_patches(text)', 'forbid_patches(text)', 'take_away()', 'kept_rows(change_sets)', 'settle_import(change_sets, change_sets)',
    'reverse_change_set(uuid)', 'gather_line(uuid, uuid, text, uuid, text[])', 'restore_line(uuid, uuid, text, uuid, text[])']::regprocedure[] loop
    execute format('revoke execute on function %s from public', f);
  end loop;
end $$;
grant execute on function taken_back_by(uuid), reverse_change_set(uuid), restore_line(uuid, uuid, text, uuid, text[]) to kartoteka_all, kartoteka_scoped;

-- The journal by months ------------------------------------------------------------------------------------------------

alter table company add column journal_months int check (journal_months >= 36);
comment on column company.journal_months is 'Months the journal is kept for, besides the current one; null: for ever.';

create function change_partitions() returns table (name regclass, until timestamptz) language sql stable set timezone = 'UTC' as $$
  select c.oid::regclass, (regexp_match(pg_get_expr(c.relpartbound, c.oid), $re$TO \('([^']+)'\)$re$))[1]::timestamptz
  from pg_inherits i join pg_class c on c.oid = i.inhrelid
  where i.inhparent = 'public.changes'::regclass and pg_get_expr(c.relpartbound, c.oid) <> 'DEFAULT'
$$;

create or replace function ensure_change_partitions() returns void language plpgsql set timezone = 'UTC' as $$
declare month timestamptz; start timestamptz; name text;
begin
  for month in
    select date_trunc('month', now()) + n * interval '1 month' from generate_series(0, 3) n
    union select distinct date_trunc('month', at) from changes_other order by 1
  loop
    name := 'changes_' || to_char(month, 'YYYY_MM');
    continue when to_regclass('public.' || name) is not null;
    -- Months used to begin by the clock of the server: the last of those may reach into this one.
    start := greatest(month, (select max(p.until) from change_partitions() p where p.until < month + interval '1 month'));
    execute format('create table %I (like changes including defaults)', name);
    -- What was written when the process had not made the month's partition yet.
    execute format('with moved as (delete from changes_other where at >= %L and at < %L returning *) insert into %I select * from moved',
      start, month + interval '1 month', name);
    execute format('alter table changes attach partition %I for values from (%L) to (%L)', name, start, month + interval '1 month');
  end loop;
end $$;
comment on function ensure_change_partitions() is 'Makes the journal''s partitions of this month, the three after it and of every month that has rows without one; called at start and by keep_journal().';

create function drop_old_journal() returns int language plpgsql set timezone = 'UTC' as $$
declare
  oldest constant timestamptz := (select date_trunc('month', now()) - make_interval(months => c.journal_months) from company c);
  part regclass; dropped int := 0; gone int;
begin
  if not exists (select 1 from change_partitions() p where p.until <= oldest) and not exists (select 1 from changes_other where at < oldest) then
    return 0;
  end if;
  -- A dropped partition waits for every writer of the journal: rather tomorrow than holding up a long import.
  perform set_config('lock_timeout', '3s', true);
  for part in select p.name from change_partitions() p where p.until <= oldest loop
    execute format('drop table %s', part);
    dropped := dropped + 1;
  end loop;
  delete from changes_other where at < oldest;
  get diagnostics gone = row_count;
  dropped := dropped + gone;
  delete from change_sets s where s.at < oldest;
  get diagnostics gone = row_count;
  dropped := dropped + gone;
  if dropped > 0 then update company set journal_from = greatest(journal_from, oldest); end if;
  return dropped;
end $$;
comment on function drop_old_journal() is 'Drops the months of the journal that the company keeps no longer (at least 36 stay), acts with them, and notes from when it reaches back. Returns how many partitions and rows it took.';

create function keep_journal() returns void language plpgsql as $$
begin
  -- Processes on one base take turns, with each other and with who migrates.
  if not pg_try_advisory_xact_lock(5278426) then return; end if;
  perform set_config('lock_timeout', '3s', true);
  perform ensure_change_partitions();
  perform drop_old_journal();
end $$;
comment on function keep_journal() is 'What the journal needs every day; the server calls it every few minutes.';
revoke execute on function ensure_change_partitions(), change_partitions(), drop_old_journal(), keep_journal() from public;

alter table imports drop constraint imports_change_set_id_fkey,
  add foreign key (change_set_id) references change_sets on delete set null;
create index imports_change_set on imports (change_set_id);

-- A probe for each row of the journal (offset 0): hashed, the first lines of a card read every seat of a team.
drop policy seated on changes;
create policy seated on changes for select to kartoteka_scoped
  using (exists (select 1 from seats s where s.client_id = changes.client_id offset 0)
    or (client_id is null and exists (select 1 from change_sets s where s.id = changes.change_set_id and s.author_id = (select caller_id()) offset 0)));

create function change_sets_of(given uuid[]) returns table (id uuid, author_id uuid, on_behalf_of uuid, act text, reversed_act text)
  language sql stable rows 50 security definer set search_path = pg_catalog, public
begin atomic
  select cs.id, cs.author_id, cs.on_behalf_of, cs.act, cs.reversed_act from change_sets cs where cs.id = any (given);
end;
comment on function change_sets_of(uuid[]) is 'change_set_of for a page: asked one by one it was most of the page''s time.';
revoke execute on function change_sets_of(uuid[]) from public;
grant execute on function change_sets_of(uuid[]) to kartoteka_all, kartoteka_scoped;
