-- Two narrow copies kept by triggers: documents and words for search, states for the contact-information report. Neither is open to
-- request roles except through functions (states: through their policy). No foreign keys on them: only the functions below write
-- them, and the checks would be a tenth of an import. Why so and what it costs: docs/decisions/0003-search.md.

create table client_search (
  client_no int primary key,
  client_id uuid not null,
  owner_no int not null,
  seers int[] not null,
  document text not null,
  indexed boolean not null default false
);
create index client_search_owner on client_search (owner_no, client_no);
create index client_search_fresh on client_search (client_no) where not indexed;
create index client_search_parts on client_search using gin (seers, document gin_trgm_ops) with (fastupdate = on, gin_pending_list_limit = 131072) where indexed;
comment on table client_search is 'One folded text a client: names, people, contacts, numbers, comment; words parted and surrounded by single spaces. Archived clients are not in it.';
comment on column client_search.seers is 'users.no of the owner (0: nobody) and of everybody with a seat of another reason; a seat''s dates are looked at when it is read.';
comment on column client_search.indexed is 'False: written lately, found by reading it. index_search takes it into words and parts: done inside every write that would cost an import more than all the rest.';

create table client_words (
  seer_no int not null,
  word text collate "C" not null,
  client_no int not null
);
create unique index client_words_key on client_words (seer_no, word, client_no);
comment on table client_words is 'Distinct words of indexed documents by who sees them: the first hits of a common word start cost no more than those of a rare one.';

create table client_states (
  client_id uuid primary key,
  owner_id uuid,
  region text, source text, stage text, categories text[] not null,
  phone smallint not null default 0, phone_checked date,
  email smallint not null default 0, email_checked date,
  address smallint not null default 0, address_checked date,
  website smallint not null default 0, website_checked date,
  messenger smallint not null default 0, messenger_checked date,
  other smallint not null default 0, other_checked date,
  marks text not null default ''
);
create index client_states_owner on client_states (owner_id);
comment on table client_states is 'Best state of each kind of contact of a client not archived: 0 missing, 1 junk, 2 doubtful, 3 valid; _checked: latest check of a valid one (null: never). Contacts of the client''s people count.';
comment on column client_states.marks is 'Every contact as contact_mark, the best first: the first mark of a label, or of the client''s own contacts, is the best of them. Labels in the report cost a look into this text, not a walk over contacts.';

alter table client_search enable row level security;
alter table client_words enable row level security;
alter table client_states enable row level security;
create policy everything on client_states for select to kartoteka_all using (true);
create policy seated on client_states for select to kartoteka_scoped using (
  owner_id = any ((select visible_user_ids())::uuid[]) or exists (select 1 from seats s where s.client_id = client_states.client_id));
grant select on client_states to kartoteka_all, kartoteka_scoped;

-- Not strict, here and below: a strict function with a case in it is called row by row instead of becoming part of the query.
create function phone_digits(normalized text) returns text language sql immutable parallel safe
  return case when normalized like '+7%' then substr(normalized, 3) else substr(normalized, 2) end;
comment on function phone_digits(text) is 'Digits a phone is searched by: +79161234567 → 9161234567; other countries keep their code.';

create function parted(folded text) returns text language sql immutable parallel safe
  return case when octet_length(folded) < 1000 then folded else regexp_replace(folded, '(\S{100})(?=\S)', '\1 ', 'g') end;
comment on function parted(text) is 'Words cut at 100 letters: an index row holds no more than 2.7 KB.';

create function checked_day(best int) returns date language sql immutable parallel safe
  return case when best & 1048575 > 0 then '2000-01-01'::date + (best & 1048575) end;
comment on function checked_day(int) is 'The day of the latest check packed below the rank of a state by refresh_states.';

create function contact_mark(best int, own boolean, kind text, label text) returns text language sql immutable parallel safe
  return to_hex(best + 268435456) || case when own then 'o' else 'p' end || kind || ':' || coalesce(translate(label, E':\n', '  '), '') || E'\n';
comment on function contact_mark(int, boolean, text, text) is 'A contact in client_states.marks: 10, the rank, five hexadecimal digits of the day of its check, o (own) or p (of a person), kind:label and a line end.';

create function refresh_search(ids uuid[]) returns void language plpgsql security definer
  set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
begin
  -- One pass with what stood before beside it: two sets joined to each other would be joined row by row under a plan made for a few.
  with fresh as materialized (
    select c.no::int as client_no, c.id as client_id, coalesce(u.no, 0) as owner_no, c.archived_at is not null as gone,
      array_append(g.seers, coalesce(u.no, 0)) as seers,
      ' ' || parted(fold(concat_ws(' ', c.name, c.full_name, c.inn, c.kpp, c.ogrn, c.external_code, c.no, p.names, t.contacts,
        case when c.custom <> '{}' then (select string_agg(c.custom ->> f.key, ' ') from custom_fields f where f.searchable and c.custom ? f.key) end,
        left(c.comment, 1000)))) || ' ' as document,
      o.seers as old_seers, o.document as old_document, o.indexed as was_indexed
    from unnest(ids) i join clients c on c.id = i left join users u on u.id = c.owner_id
    left join client_search o on o.client_no = c.no::int
    left join lateral (select string_agg(p.name, ' ') as names from people p where p.client_id = c.id) p on true
    left join lateral (
      select string_agg(concat_ws(' ', case when t.kind = 'phone' and t.normalized is not null then phone_digits(t.normalized)
                                            else coalesce(t.normalized, t.value) end, t.note), ' ') as contacts
      from contacts t where t.client_id = c.id and t.reason is distinct from 'placeholder') t on true
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
comment on function refresh_search(uuid[]) is 'Writes what these clients are found by anew; only what differs is touched. Planned once a session: planning it costs a save three times its running.';

create function refresh_states(ids uuid[]) returns void language plpgsql security definer
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
    from contacts t cross join lateral (select case
        when t.reason = 'placeholder' then 0
        when t.verdict in ('ok', 'fixed') then (3 << 20) + coalesce(t.checked_at::date - '2000-01-01', 0)
        when t.verdict = 'doubtful' then 2 << 20 else 1 << 20 end as best) r
    where t.client_id = c.id) k on true
  where c.archived_at is null
  on conflict (client_id) do update set
    owner_id = excluded.owner_id, region = excluded.region, source = excluded.source, stage = excluded.stage, categories = excluded.categories,
    phone = excluded.phone, phone_checked = excluded.phone_checked, email = excluded.email, email_checked = excluded.email_checked,
    address = excluded.address, address_checked = excluded.address_checked, website = excluded.website, website_checked = excluded.website_checked,
    messenger = excluded.messenger, messenger_checked = excluded.messenger_checked, other = excluded.other, other_checked = excluded.other_checked, marks = excluded.marks;
end $$;
comment on function refresh_states(uuid[]) is 'Writes the report''s states of these clients anew.';

create function refresh_deferred() returns boolean language sql stable
  return coalesce(current_setting('app.defer_refresh', true), '') = 'on';
comment on function refresh_deferred() is 'An act that writes a client and its children sets app.defer_refresh and calls refresh_clients once at its end.';

create function refresh_clients(ids uuid[]) returns void language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform refresh_search(ids);
  perform refresh_states(ids);
end $$;
grant execute on function refresh_clients(uuid[]) to kartoteka_all, kartoteka_scoped;
revoke execute on function refresh_search(uuid[]), refresh_states(uuid[]), refresh_clients(uuid[]) from public;

create function follow_new_clients() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if not refresh_deferred() then perform refresh_clients(array(select id from new_rows)); end if;
  return null;
end $$;
create trigger follow_insert after insert on clients referencing new table as new_rows for each statement execute function follow_new_clients();

create function follow_clients() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare found uuid[]; stated uuid[];
begin
  -- As sets, not joined: see reseat_owners.
  found := (select array_agg(d.id) from (
    select id, name, full_name, inn, kpp, ogrn, external_code, comment, owner_id, custom, archived_at from new_rows
    except
    select id, name, full_name, inn, kpp, ogrn, external_code, comment, owner_id, custom, archived_at from old_rows) d);
  stated := (select array_agg(d.id) from (
    select id, owner_id, region, source, stage, categories, archived_at from new_rows
    except
    select id, owner_id, region, source, stage, categories, archived_at from old_rows) d);
  if found is not null then perform refresh_search(found); end if;
  if stated is not null then perform refresh_states(stated); end if;
  return null;
end $$;
create trigger follow_update after update on clients referencing old table as old_rows new table as new_rows
  for each statement execute function follow_clients();

create function follow_children() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare ids uuid[];
begin
  if refresh_deferred() then return null; end if;
  ids := array(select distinct client_id from touched_rows);
  perform refresh_search(ids);
  if tg_table_name = 'contacts' then perform refresh_states(ids); end if;
  return null;
end $$;

do $$
declare t text;
begin
  foreach t in array array['people', 'contacts'] loop
    execute format('create trigger follow_insert after insert on %I referencing new table as touched_rows for each statement execute function follow_children()', t);
    execute format('create trigger follow_update after update on %I referencing new table as touched_rows for each statement execute function follow_children()', t);
    execute format('create trigger follow_delete after delete on %I referencing old table as touched_rows for each statement execute function follow_children()', t);
  end loop;
end $$;

create function follow_seats() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare ids uuid[] := array(select distinct client_id from touched_rows where reason <> 'owner');
begin
  -- Deferred or not: a new client is shared after its refresh.
  if ids <> '{}' then perform refresh_search(ids); end if;
  return null;
end $$;
create trigger follow_insert after insert on seats referencing new table as touched_rows for each statement execute function follow_seats();
create trigger follow_delete after delete on seats referencing old table as touched_rows for each statement execute function follow_seats();

create function forget_clients() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  delete from client_words w using (
    select n as seer_no, t collate "C" as word, s.client_no
    from old_rows o join client_search s on s.client_no = o.no::int
      cross join lateral unnest(s.seers) n cross join lateral unnest(string_to_array(btrim(s.document), ' ')) t
    where s.indexed offset 0) g
  where w.seer_no = g.seer_no and w.word = g.word and w.client_no = g.client_no;
  delete from client_search s using old_rows o where s.client_no = o.no::int;
  delete from client_states s using old_rows o where s.client_id = o.id;
  return null;
end $$;
create trigger forget_delete after delete on clients referencing old table as old_rows for each statement execute function forget_clients();

create function index_search(most int) returns int language plpgsql security definer set search_path = pg_catalog, public as $$
declare moved int;
begin
  if not pg_try_advisory_xact_lock(5278416) then return 0; end if;
  with picked as materialized (
    select s.client_no, s.seers, s.document from client_search s where not s.indexed limit most for update skip locked),
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
  return moved;
end $$;
comment on function index_search(int) is 'Takes up to so many freshly written documents into the search index; the server calls it every few seconds. Returns how many.';
revoke execute on function index_search(int) from public;
