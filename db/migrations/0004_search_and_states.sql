-- Two narrow copies kept by triggers: words for search, states for the contact-information report. Neither is open to request roles
-- except through the functions below (states: through their policy).

create table client_search (
  client_no bigint primary key,
  client_id uuid not null references clients on delete cascade,
  owner_no int not null,
  document text not null
);
create unique index client_search_client on client_search (client_id);
create index client_search_parts on client_search using gin (owner_no, document gin_trgm_ops) with (gin_pending_list_limit = 16384);
comment on table client_search is 'One folded text a client: names, people, contacts, numbers, comment; words parted and surrounded by single spaces. owner_no 0: no owner. Archived clients are not in it.';

create table client_words (
  owner_no int not null,
  word text collate "C" not null,
  client_no bigint not null,
  primary key (owner_no, word, client_no)
);
comment on table client_words is 'Distinct words of client_search.document by owner: a common word start costs no more than a rare one.';

create table client_states (
  client_id uuid primary key references clients on delete cascade,
  owner_id uuid references users,
  region text, source text, stage text, categories text[] not null,
  phone smallint not null default 0, phone_checked date,
  email smallint not null default 0, email_checked date,
  address smallint not null default 0, address_checked date,
  website smallint not null default 0, website_checked date,
  messenger smallint not null default 0, messenger_checked date,
  other smallint not null default 0, other_checked date
);
create index client_states_owner on client_states (owner_id);
comment on table client_states is 'Best state of each kind of contact of a client not archived: 0 missing, 1 junk, 2 doubtful, 3 valid; _checked: latest check of a valid one (null: never). Contacts of the client''s people count.';

alter table client_search enable row level security;
alter table client_words enable row level security;
alter table client_states enable row level security;
create policy everything on client_states for select to kartoteka_all using (true);
create policy seated on client_states for select to kartoteka_scoped using (
  owner_id = any ((select visible_user_ids())::uuid[]) or exists (select 1 from seats s where s.client_id = client_states.client_id));
grant select on client_states to kartoteka_all, kartoteka_scoped;

create function phone_digits(normalized text) returns text language sql immutable strict parallel safe
  return case when normalized like '+7%' then substr(normalized, 3) else substr(normalized, 2) end;
comment on function phone_digits(text) is 'Digits a phone is searched by: +79161234567 → 9161234567; other countries keep their code.';

create function client_document(client uuid) returns text language sql stable
  return (
    select ' ' || fold(concat_ws(' ', c.name, c.full_name, c.inn, c.kpp, c.ogrn, c.external_code, c.no::text,
      (select string_agg(p.name, ' ') from people p where p.client_id = c.id),
      (select string_agg(concat_ws(' ', case when t.kind = 'phone' and t.normalized is not null then phone_digits(t.normalized)
                                             else coalesce(t.normalized, t.value) end, t.note), ' ')
         from contacts t where t.client_id = c.id and t.reason is distinct from 'placeholder'),
      (select string_agg(c.custom ->> f.key, ' ') from custom_fields f where f.searchable and c.custom ? f.key),
      left(c.comment, 1000))) || ' '
    from clients c where c.id = client);
comment on function client_document(uuid) is 'The folded text a client is found by.';

create function refresh_search(ids uuid[]) returns void language sql security definer set search_path = pg_catalog, public
begin atomic
  with fresh as materialized (
    select c.no as client_no, c.id as client_id, coalesce(u.no, 0) as owner_no, client_document(c.id) as document
    from unnest(ids) i join clients c on c.id = i left join users u on u.id = c.owner_id
    where c.archived_at is null),
  stale as materialized (select s.* from client_search s where s.client_id = any (ids)),
  new_words as materialized (
    select distinct f.owner_no, left(w, 60) as word, f.client_no from fresh f cross join lateral string_to_table(btrim(f.document), ' ') w where w <> ''),
  old_words as materialized (
    select distinct s.owner_no, left(w, 60) as word, s.client_no from stale s cross join lateral string_to_table(btrim(s.document), ' ') w where w <> ''),
  gone_words as (
    delete from client_words w using (select * from old_words except select * from new_words) o
    where w.owner_no = o.owner_no and w.word = o.word collate "C" and w.client_no = o.client_no),
  gone as (delete from client_search s where s.client_id = any (ids) and s.client_id not in (select client_id from fresh)),
  came_words as (
    insert into client_words (owner_no, word, client_no) select * from new_words except select * from old_words
    on conflict do nothing)
  insert into client_search (client_no, client_id, owner_no, document) select * from fresh
  on conflict (client_no) do update set owner_no = excluded.owner_no, document = excluded.document
  where (client_search.owner_no, client_search.document) is distinct from (excluded.owner_no, excluded.document);
end;
comment on function refresh_search(uuid[]) is 'Writes words and document of these clients anew; only what differs is touched.';

create function refresh_states(ids uuid[]) returns void language sql security definer set search_path = pg_catalog, public
begin atomic
  delete from client_states s using clients c where s.client_id = any (ids) and c.id = s.client_id and c.archived_at is not null;
  insert into client_states as s
  select c.id, c.owner_id, c.region, c.source, c.stage, c.categories,
    coalesce(k.phone, 0), k.phone_checked, coalesce(k.email, 0), k.email_checked, coalesce(k.address, 0), k.address_checked,
    coalesce(k.website, 0), k.website_checked, coalesce(k.messenger, 0), k.messenger_checked, coalesce(k.other, 0), k.other_checked
  from unnest(ids) i join clients c on c.id = i left join lateral (
    select
      max(r.rank) filter (where t.kind = 'phone') as phone, max(t.checked_at) filter (where t.kind = 'phone' and r.rank = 3)::date as phone_checked,
      max(r.rank) filter (where t.kind = 'email') as email, max(t.checked_at) filter (where t.kind = 'email' and r.rank = 3)::date as email_checked,
      max(r.rank) filter (where t.kind = 'address') as address, max(t.checked_at) filter (where t.kind = 'address' and r.rank = 3)::date as address_checked,
      max(r.rank) filter (where t.kind = 'website') as website, max(t.checked_at) filter (where t.kind = 'website' and r.rank = 3)::date as website_checked,
      max(r.rank) filter (where t.kind = 'messenger') as messenger, max(t.checked_at) filter (where t.kind = 'messenger' and r.rank = 3)::date as messenger_checked,
      max(r.rank) filter (where t.kind = 'other') as other, max(t.checked_at) filter (where t.kind = 'other' and r.rank = 3)::date as other_checked
    from contacts t cross join lateral (select case
        when t.reason = 'placeholder' then 0 when t.verdict in ('ok', 'fixed') then 3 when t.verdict = 'doubtful' then 2 else 1 end as rank) r
    where t.client_id = c.id) k on true
  where c.archived_at is null
  on conflict (client_id) do update set
    owner_id = excluded.owner_id, region = excluded.region, source = excluded.source, stage = excluded.stage, categories = excluded.categories,
    phone = excluded.phone, phone_checked = excluded.phone_checked, email = excluded.email, email_checked = excluded.email_checked,
    address = excluded.address, address_checked = excluded.address_checked, website = excluded.website, website_checked = excluded.website_checked,
    messenger = excluded.messenger, messenger_checked = excluded.messenger_checked, other = excluded.other, other_checked = excluded.other_checked;
end;
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
  select array_agg(n.id) filter (where (n.name, n.full_name, n.inn, n.kpp, n.ogrn, n.external_code, n.comment, n.owner_id, n.custom, n.archived_at)
                         is distinct from (o.name, o.full_name, o.inn, o.kpp, o.ogrn, o.external_code, o.comment, o.owner_id, o.custom, o.archived_at)),
         array_agg(n.id) filter (where (n.owner_id, n.region, n.source, n.stage, n.categories, n.archived_at)
                         is distinct from (o.owner_id, o.region, o.source, o.stage, o.categories, o.archived_at))
  into found, stated from new_rows n join old_rows o using (id);
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
