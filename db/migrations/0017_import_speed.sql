-- Reading an import ends with an analyze of its staging: a tenth of the default sample tells the planner all it needs there, and the
-- widest columns are never compared.

do $$
declare c record;
begin
  for c in select t.relname, a.attname from pg_class t join pg_attribute a on a.attrelid = t.oid
    where t.relname in ('import_rows', 'import_people', 'import_contacts', 'import_accounts', 'import_matches')
      and t.relnamespace = 'public'::regnamespace and a.attnum > 0 and not a.attisdropped
  loop
    execute format('alter table %I alter column %I set statistics %s', c.relname, c.attname,
      case when c.attname in ('import_id', 'number', 'ordinal', 'problem', 'inn', 'inn_holds', 'name_core', 'external_code', 'fingerprint', 'owner', 'kind',
        'match_key', 'person', 'leader', 'outcome', 'found') then 10 else 0 end);
  end loop;
end $$;

-- A merge reads the whole index of everybody's ИНН for a file of a few rows.
alter function find_import_candidates(uuid) set enable_mergejoin = off;

-- Checked row by row it was a thirtieth of an import; a mark of a client that is no more is looked at by nobody.
alter table import_marks drop constraint import_marks_client_id_fkey;

-- What is kept beside the data, said in one place for a save and for an import -----------------------------------------

create function search_document(c clients, people text, contacts text, custom text) returns text language sql stable parallel safe
  return ' ' || parted(fold(concat_ws(' ', c.name, c.full_name, c.inn, c.kpp, c.ogrn, c.external_code, c.no, people, contacts, custom,
    left(c.comment, 1000)))) || ' ';
comment on function search_document(clients, text, text, text) is 'The one folded text a client is found by.';

create function searched_contact(t contacts) returns text language sql stable parallel safe
  return concat_ws(' ', case when t.kind = 'phone' and t.normalized is not null then phone_digits(t.normalized)
    else coalesce(t.normalized, t.value) end, t.note);
comment on function searched_contact(contacts) is 'What a contact is found by, not folded yet.';

create function contact_rank(t contacts) returns int language sql stable parallel safe
  return case when t.reason = 'placeholder' then 0
    when t.verdict in ('ok', 'fixed') then (3 << 20) + coalesce(t.checked_at::date - '2000-01-01', 0)
    when t.verdict = 'doubtful' then 2 << 20 else 1 << 20 end;
comment on function contact_rank(contacts) is 'State of a contact (0 missing, 1 junk, 2 doubtful, 3 valid) shifted by 20 bits, and below it the day of its check since 2000: the greatest is the best.';

create or replace function refresh_search(ids uuid[]) returns void language plpgsql security definer
  set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
begin
  -- One pass with what stood before beside it: two sets joined to each other would be joined row by row under a plan made for a few.
  with fresh as materialized (
    select c.no::int as client_no, c.id as client_id, coalesce(u.no, 0) as owner_no, c.archived_at is not null as gone,
      array_append(g.seers, coalesce(u.no, 0)) as seers,
      search_document(c, p.names, t.contacts,
        case when c.custom <> '{}' then (select string_agg(c.custom ->> f.key, ' ') from custom_fields f where f.searchable and c.custom ? f.key) end) as document,
      o.seers as old_seers, o.document as old_document, o.indexed as was_indexed
    from unnest(ids) i join clients c on c.id = i left join users u on u.id = c.owner_id
    left join client_search o on o.client_no = c.no::int
    left join lateral (select string_agg(p.name, ' ') as names from people p where p.client_id = c.id) p on true
    left join lateral (
      select string_agg(searched_contact(t), ' ') as contacts from contacts t where t.client_id = c.id and t.reason is distinct from 'placeholder') t on true
    left join lateral (select array_agg(distinct v.no) as seers from seats s join users v on v.id = s.user_id
      where s.client_id = c.id and s.reason <> 'owner' and s.user_id is distinct from c.owner_id) g on true),
  -- Word by word through all three columns of the index: offset 0 keeps the planner from walking all words of a person for each client.
  gone_words as (
    delete from client_words w using (
      select n as seer_no, t collate "C" as word, f.client_no
      from fresh f cross join lateral unnest(f.old_seers) n cross join lateral unnest(string_to_array(btrim(f.old_document), ' ')) t
      where f.was_indexed and (f.gone or (f.seers, f.document) is distinct from (f.old_seers, f.old_document)) offset 0) g
    where w.seer_no = g.seer_no and w.word = g.word and w.client_no = g.client_no),
  gone as (delete from client_search s using fresh f where f.gone and s.client_no = f.client_no)
  insert into client_search as s (client_no, client_id, owner_no, seers, document)
  select f.client_no, f.client_id, f.owner_no, f.seers, f.document from fresh f
  where not f.gone and (f.seers, f.document) is distinct from (f.old_seers, f.old_document)
  on conflict (client_no) do update set owner_no = excluded.owner_no, seers = excluded.seers, document = excluded.document, indexed = false;
end $$;

create or replace function refresh_states(ids uuid[]) returns void language plpgsql security definer
  set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
begin
  delete from client_states s where s.client_id = any (ids)
    and not exists (select 1 from clients c where c.id = s.client_id and c.archived_at is null);
  insert into client_states as s
  select c.id, c.owner_id, c.region, c.source, c.stage, c.categories,
    coalesce(k.phone >> 20, 0), checked_day(k.phone), coalesce(k.email >> 20, 0), checked_day(k.email),
    coalesce(k.address >> 20, 0), checked_day(k.address), coalesce(k.website >> 20, 0), checked_day(k.website),
    coalesce(k.messenger >> 20, 0), checked_day(k.messenger), coalesce(k.other >> 20, 0), checked_day(k.other),
    coalesce(k.marks, '')
  from unnest(ids) i join clients c on c.id = i left join lateral (
    select max(r.best) filter (where t.kind = 'phone') as phone, max(r.best) filter (where t.kind = 'email') as email,
      max(r.best) filter (where t.kind = 'address') as address, max(r.best) filter (where t.kind = 'website') as website,
      max(r.best) filter (where t.kind = 'messenger') as messenger, max(r.best) filter (where t.kind = 'other') as other,
      string_agg(contact_mark(r.best, t.person_id is null, t.kind, t.label), '' order by r.best desc) as marks
    from contacts t cross join lateral (select contact_rank(t) as best) r
    where t.client_id = c.id) k on true
  where c.archived_at is null
  on conflict (client_id) do update set
    owner_id = excluded.owner_id, region = excluded.region, source = excluded.source, stage = excluded.stage, categories = excluded.categories,
    phone = excluded.phone, phone_checked = excluded.phone_checked, email = excluded.email, email_checked = excluded.email_checked,
    address = excluded.address, address_checked = excluded.address_checked, website = excluded.website, website_checked = excluded.website_checked,
    messenger = excluded.messenger, messenger_checked = excluded.messenger_checked, other = excluded.other, other_checked = excluded.other_checked, marks = excluded.marks;
end $$;

create or replace function forget_clients() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  delete from client_words w using (
    select n as seer_no, t collate "C" as word, s.client_no
    from old_rows o join client_search s on s.client_no = o.no::int
      cross join lateral unnest(s.seers) n cross join lateral unnest(string_to_array(btrim(s.document), ' ')) t
    where s.indexed offset 0) g
  where w.seer_no = g.seer_no and w.word = g.word and w.client_no = g.client_no;
  delete from client_search s using old_rows o where s.client_no = o.no::int;
  delete from client_states s using old_rows o where s.client_id = o.id;
  delete from import_marks m using old_rows o where m.client_id = o.id;
  return null;
end $$;

-- The same for clients that nobody has looked for yet: nothing stood before, nobody has a seat but the owner, and each child is read once.
create function enter_new_clients() returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  with fresh as materialized (
    select c.id, c.no::int as client_no, c.owner_id, coalesce(u.no, 0) as owner_no, c.region, c.source, c.stage, c.categories, k.*,
      search_document(c, p.names, k.contacts,
        case when c.custom <> '{}' then (select string_agg(c.custom ->> f.key, ' ') from custom_fields f where f.searchable and c.custom ? f.key) end) as document
    from part join clients c on c.id = part.client_id left join users u on u.id = c.owner_id
    left join lateral (select string_agg(p.name, ' ') as names from people p where p.client_id = c.id) p on true
    left join lateral (
      select string_agg(searched_contact(t), ' ') filter (where t.reason is distinct from 'placeholder') as contacts,
        max(r.best) filter (where t.kind = 'phone') as phone, max(r.best) filter (where t.kind = 'email') as email,
        max(r.best) filter (where t.kind = 'address') as address, max(r.best) filter (where t.kind = 'website') as website,
        max(r.best) filter (where t.kind = 'messenger') as messenger, max(r.best) filter (where t.kind = 'other') as other,
        string_agg(contact_mark(r.best, t.person_id is null, t.kind, t.label), '' order by r.best desc) as marks
      from contacts t cross join lateral (select contact_rank(t) as best) r where t.client_id = c.id) k on true
    where part.outcome = 'create'),
  searched as (
    insert into client_search (client_no, client_id, owner_no, seers, document)
    select f.client_no, f.id, f.owner_no, array[f.owner_no], f.document from fresh f)
  insert into client_states
  select f.id, f.owner_id, f.region, f.source, f.stage, f.categories,
    coalesce(f.phone >> 20, 0), checked_day(f.phone), coalesce(f.email >> 20, 0), checked_day(f.email),
    coalesce(f.address >> 20, 0), checked_day(f.address), coalesce(f.website >> 20, 0), checked_day(f.website),
    coalesce(f.messenger >> 20, 0), checked_day(f.messenger), coalesce(f.other >> 20, 0), checked_day(f.other),
    coalesce(f.marks, '')
  from fresh f;
end $$;
comment on function enter_new_clients() is 'What the clients that the part has just made are found by and counted as.';
revoke execute on function enter_new_clients() from public;

create or replace function write_import_part(given uuid, from_number int, to_number int) returns int
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
  -- Into an empty base too: a plan made when a table had no rows would read it whole for each row that this very statement adds.
  set enable_seqscan = off as $$
declare
  asked constant imports := own_import(given);
  mine constant uuid[] := visible_user_ids();
  everything constant boolean := caller_role() = 'head';
  zone constant text := coalesce((select time_zone from company), 'UTC');
  written int;
begin
  perform current_change_set();
  drop table if exists part, part_rows, said, placed_people;
  create temp table part on commit drop as
  select m.number, m.size, m.outcome, m.client_id, m.owner_id from import_matches m
  where m.import_id = given and m.leader = m.number and m.outcome in ('create', 'update') and m.number between from_number and to_number;
  -- Asked again at the moment of writing: rights may have gone since the rows were matched.
  if not everything and exists (select 1 from part where outcome = 'create' and (owner_id = any (mine)) is not true) then
    raise exception 'an import enters clients only for people whose seats one shares' using errcode = '42501';
  end if;
  delete from part p where p.outcome = 'update' and not everything and not exists (
    select 1 from clients c where c.id = p.client_id and (c.owner_id = any (mine) or exists (
      select 1 from seats s where s.client_id = c.id and s.user_id = any (mine)
        and (s.valid_from is null or s.valid_from <= now()) and (s.valid_until is null or s.valid_until > now()))));
  create temp table part_rows on commit drop as
  select p.number, p.client_id, p.outcome = 'create' as fresh, p.size > 1 as many, 0 as place from part p
  union all
  select m.number, p.client_id, p.outcome = 'create', true, row_number() over (partition by p.number order by m.number)
  from part p join import_matches m on m.import_id = given and m.leader = p.number
  where p.size > 1 and m.leader <> m.number;
  analyze part;
  analyze part_rows;

  perform set_config('app.defer_refresh', 'on', true);
  perform gather_said(given);
  perform write_new_clients(given, zone);
  perform fill_known_clients(given);
  perform place_people(given);
  perform write_children(given, true);
  perform write_children(given, false);
  insert into import_marks (fingerprint, client_id, import_id)
  select r.fingerprint, w.client_id, given from part_rows w join import_rows r on r.import_id = given and r.number = w.number
  on conflict do nothing;
  perform enter_new_clients();
  perform refresh_clients(array(select distinct client_id from part where outcome = 'update'));
  perform set_config('app.defer_refresh', '', true);
  select count(*) into written from part;
  return written;
end $$;
