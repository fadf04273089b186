-- Imports of tables: the file, its rows as read (staging), what becomes of them.

create table imports (
  id uuid primary key default new_id(),
  user_id uuid not null default caller_id() references users,
  name text not null,
  size bigint not null,
  status text not null default 'reading'
    check (status in ('reading', 'ready', 'applying', 'applied', 'reversed', 'refused', 'failed', 'cancelled')),
  format text,
  encoding text,
  sheets jsonb not null default '[]',
  columns jsonb not null default '[]',
  mapping jsonb,
  owner_id uuid references users,
  twins text check (twins in ('create', 'update', 'skip')),
  problem jsonb,
  counts jsonb not null default '{}',
  job_id uuid,
  matched_at timestamptz,
  change_set_id uuid references change_sets,
  reversal jsonb,
  created_at timestamptz not null default now(),
  applied_at timestamptz
);
create index imports_user on imports (user_id, id);
create index imports_applied on imports (applied_at);
comment on column imports.mapping is 'As proposed or corrected (src/features/imports/mapping.ts); null until the file was read once.';
comment on column imports.owner_id is 'Whose the rows are that name no owner; null: nobody''s.';
comment on column imports.twins is 'What becomes of doubtful rows that nobody has decided one by one.';
comment on column imports.job_id is 'The job that works on it now; an older one that still runs must not write any more.';
comment on column imports.problem is 'Why it was refused or failed: { ru, en }, one sentence for a person.';

create table import_files (
  import_id uuid not null references imports on delete cascade,
  seq int not null,
  data bytea not null,
  primary key (import_id, seq)
);
alter table import_files alter column data set storage external;

create table import_owners (
  import_id uuid not null references imports on delete cascade,
  name text not null,
  rows int not null default 0,
  user_id uuid references users,
  chosen boolean not null default false,
  primary key (import_id, name)
);
comment on table import_owners is 'Names in the owner''s column and whom they mean; chosen: said by a person.';

create table import_decisions (
  import_id uuid not null references imports on delete cascade,
  number int not null,
  decision text not null check (decision in ('create', 'update', 'skip')),
  client_id uuid,
  primary key (import_id, number)
);

create table import_marks (
  fingerprint uuid not null,
  client_id uuid not null references clients on delete cascade,
  import_id uuid not null,
  primary key (fingerprint, client_id)
);
create index import_marks_client on import_marks (client_id);
comment on table import_marks is 'What a row said (md5 of all that was read from it) and the client it was written to: the same row again is nothing new, whatever has become of the client.';

-- Staging. Unlogged: it can be read from the file again, and is where a crash has emptied it.
create unlogged table import_rows (
  import_id uuid not null,
  number int not null,
  cells text not null,
  problem text,
  id uuid,
  fingerprint uuid,
  kind text, name text, name_core text, full_name text,
  inn text, inn_holds boolean, kpp text, ogrn text, okpo text,
  region text, source text, stage text, categories text[],
  comment text, is_buyer boolean, is_supplier boolean,
  external_code text, created_at timestamp, owner text, custom jsonb, entered jsonb
);
create unlogged table import_people (
  import_id uuid not null,
  number int not null,
  ordinal smallint not null,
  id uuid not null,
  name text not null, last_name text, first_name text, middle_name text, gender text,
  position text, role text, birthday date, comment text
);
create unlogged table import_contacts (
  import_id uuid not null,
  number int not null,
  ordinal smallint not null,
  person smallint,
  id uuid not null,
  kind text not null, label text, value text not null, normalized text, extension text,
  verdict text not null, reason text, match_key text, note text, do_not_call boolean not null
);
create unlogged table import_accounts (
  import_id uuid not null,
  number int not null,
  ordinal smallint not null,
  id uuid not null,
  account text not null, bic text, bank text, corr_account text
);
create unlogged table import_matches (
  import_id uuid not null,
  number int not null,
  leader int,
  size int,
  found text not null,
  outcome text not null,
  reason text,
  client_id uuid,
  owner_id uuid,
  twins uuid[]
);
create index import_rows_key on import_rows (import_id, number);
create index import_people_key on import_people (import_id, number);
create index import_contacts_key on import_contacts (import_id, number);
create index import_accounts_key on import_accounts (import_id, number);
create index import_matches_key on import_matches (import_id, number);
create index import_matches_leader on import_matches (import_id, leader) where leader <> number;
create index import_matches_outcome on import_matches (import_id, outcome, number);
comment on column import_rows.cells is 'Text of every cell, parted by U+001F.';
comment on column import_rows.problem is 'Why the row is no client: row.nobody-named, else a reason to pass it over (total, group …).';
comment on column import_rows.id is 'Of the client it becomes, if it becomes one.';
comment on column import_matches.leader is 'The first row of the file that means the same client; size: how many do, on the leader.';
comment on column import_matches.found is 'The outcome before anybody decided.';
comment on column import_matches.twins is 'Clients a doubtful row is like, whoever sees them: shown through import_twins() only.';

-- Rights -------------------------------------------------------------------------------------------------------------

do $$
declare t text;
begin
  alter table imports enable row level security;
  create policy everything on imports to kartoteka_all using (true) with check (user_id = caller_id());
  create policy own on imports to kartoteka_scoped using (user_id = caller_id()) with check (user_id = caller_id());
  grant select, insert, update on imports to kartoteka_all, kartoteka_scoped;
  foreach t in array array['import_files', 'import_owners', 'import_decisions', 'import_rows', 'import_people', 'import_contacts',
                           'import_accounts', 'import_matches'] loop
    execute format('alter table %I enable row level security', t);
    execute format('create policy of_import on %I to kartoteka_all, kartoteka_scoped using (import_id in (select id from imports))', t);
    if t in ('import_files', 'import_owners', 'import_decisions') then
      execute format('grant select, insert, update, delete on %I to kartoteka_all, kartoteka_scoped', t);
    elsif t <> 'import_matches' then
      execute format('grant select on %I to kartoteka_all, kartoteka_scoped', t);
    end if;
  end loop;
  alter table import_marks enable row level security;
end $$;
grant select (import_id, number, leader, size, found, outcome, reason, owner_id) on import_matches to kartoteka_all, kartoteka_scoped;

create function own_import(given uuid) returns imports language plpgsql stable set search_path = pg_catalog, public as $$
declare found_import imports;
begin
  select * into found_import from imports where id = given and user_id = caller_id();
  if not found then raise no_data_found; end if;
  return found_import;
end $$;
comment on function own_import(uuid) is 'The import of the caller; raises P0002 for another''s.';

create function clear_import(given uuid) returns void language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform own_import(given);
  delete from import_rows where import_id = given;
  delete from import_people where import_id = given;
  delete from import_contacts where import_id = given;
  delete from import_accounts where import_id = given;
  delete from import_matches where import_id = given;
end $$;
comment on function clear_import(uuid) is 'Empties the staging of an import before its file is read anew.';

create function purge_imports() returns void language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  old uuid[] := array(select id from imports where created_at < now() - interval '30 days' and status not in ('reading', 'applying')
    and exists (select 1 from import_files f where f.import_id = imports.id));
begin
  if old = '{}' then return; end if;
  delete from import_files where import_id = any (old);
  delete from import_rows where import_id = any (old);
  delete from import_people where import_id = any (old);
  delete from import_contacts where import_id = any (old);
  delete from import_accounts where import_id = any (old);
  delete from import_matches where import_id = any (old);
end $$;
comment on function purge_imports() is 'Takes files and staging of imports older than 30 days away; that they were, and what they changed, stays known.';

create function import_twins(given uuid, numbers int[])
  returns table (number int, client_id uuid, name text, owner_name text, archived boolean)
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select m.number, case when v.visible then c.id end, case when v.visible then c.name end, u.name, c.archived_at is not null
  from import_matches m join imports i on i.id = m.import_id cross join lateral unnest(m.twins) with ordinality t (id, place)
  join clients c on c.id = t.id left join users u on u.id = c.owner_id
  cross join lateral (select coalesce(caller_role() = 'head' or c.owner_id = any (visible_user_ids())
    or exists (select 1 from seats s where s.client_id = c.id and s.user_id = any (visible_user_ids())), false) as visible) v
  where m.import_id = given and m.number = any (numbers) and (i.user_id = caller_id() or caller_role() = 'head')
  order by m.number, v.visible desc, t.place;
end;
comment on function import_twins(uuid, int[]) is 'Clients that doubtful rows are like. One the caller may not see comes without id and name, by its owner only.';

create function import_targets(given uuid, numbers int[]) returns table (number int, client_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select m.number, m.client_id
  from import_matches m join imports i on i.id = m.import_id join clients c on c.id = m.client_id
  where m.import_id = given and m.number = any (numbers) and (i.user_id = caller_id() or caller_role() = 'head')
    and (caller_role() = 'head' or c.owner_id = any (visible_user_ids())
      or exists (select 1 from seats s where s.client_id = c.id and s.user_id = any (visible_user_ids())));
end;
comment on function import_targets(uuid, int[]) is 'The clients rows have become or would change, as far as the caller sees them.';

revoke execute on function own_import(uuid), clear_import(uuid), purge_imports(), import_twins(uuid, int[]), import_targets(uuid, int[]) from public;
grant execute on function clear_import(uuid), purge_imports(), import_twins(uuid, int[]), import_targets(uuid, int[])
  to kartoteka_all, kartoteka_scoped;
