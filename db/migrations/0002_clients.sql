-- Clients and what belongs to them. Visibility has one source: seats.

create table clients (
  id uuid primary key default new_id(),
  no bigint generated always as identity unique,
  version int not null default 1,
  field_versions jsonb not null default '{}',
  kind text not null default 'organization' check (kind in ('organization', 'entrepreneur', 'person')),
  name text not null check (btrim(name) <> ''),
  full_name text,
  inn text, kpp text, ogrn text, okpo text,
  head_client_id uuid references clients,
  is_buyer boolean not null default true,
  is_supplier boolean not null default false,
  owner_id uuid references users,
  source text, stage text, region text,
  categories text[] not null default '{}',
  comment text,
  custom jsonb not null default '{}',
  entered jsonb not null default '{}',
  external_code text,
  name_key text collate "C" not null generated always as (fold(name)) stored,
  name_core text not null default '',
  next_plan_at timestamptz not null default 'infinity',
  created_at timestamptz not null default now(),
  created_by uuid default caller_id() references users,
  updated_at timestamptz not null default now(),
  updated_by uuid default caller_id() references users,
  archived_at timestamptz,
  archived_by uuid references users
);
comment on column clients.field_versions is 'Field → version in which it last changed; a PATCH conflicts only on fields changed after the version its author saw.';
comment on column clients.entered is 'Field → the text as entered, where cleaning repaired it.';
comment on column clients.name_core is 'Name without legal form, quotes and case (src/shared/company-names.ts): the duplicate key.';
comment on column clients.next_plan_at is 'Earliest open plan; infinity where there is none, so that keyset paging needs no null.';

-- Named orders, for those who see all and for the owner's road.
create index clients_by_name on clients (name_key, id) where archived_at is null;
create index clients_by_region on clients ((coalesce(region, E'\uFFFF')), id) where archived_at is null;
create index clients_by_stage on clients ((coalesce(stage, E'\uFFFF')), id) where archived_at is null;
create index clients_by_changed on clients (updated_at, id) where archived_at is null;
create index clients_by_plan on clients (next_plan_at, id) where archived_at is null;
create index clients_owner_name on clients (owner_id, name_key, id) where archived_at is null;
create index clients_owner_region on clients (owner_id, (coalesce(region, E'\uFFFF')), id) where archived_at is null;
create index clients_owner_stage on clients (owner_id, (coalesce(stage, E'\uFFFF')), id) where archived_at is null;
create index clients_owner_created on clients (owner_id, id) where archived_at is null;
create index clients_owner_changed on clients (owner_id, updated_at, id) where archived_at is null;
create index clients_owner_plan on clients (owner_id, next_plan_at, id) where archived_at is null;
create index clients_archived on clients (archived_at, id) where archived_at is not null;
create index clients_inn on clients (inn) where inn is not null;
create index clients_name_core on clients (name_core) where name_core <> '';
create index clients_head on clients (head_client_id) where head_client_id is not null;
create index clients_external_code on clients (external_code) where external_code is not null;

create table seats (
  client_id uuid not null references clients on delete cascade,
  user_id uuid not null references users,
  reason text not null check (reason in ('owner', 'shared', 'substitution')),
  valid_from timestamptz,
  valid_until timestamptz,
  created_at timestamptz not null default now(),
  created_by uuid default caller_id() references users,
  owner_id uuid,
  name_key text collate "C",
  region_key text,
  stage_key text,
  changed_at timestamptz,
  next_plan_at timestamptz,
  live boolean,
  -- The dates ride along: a policy then needs the index alone.
  primary key (client_id, user_id, reason) include (valid_from, valid_until)
);
create index seats_given on seats (user_id, client_id) where reason <> 'owner';
create index seats_of_client on seats (client_id) where reason <> 'owner';
comment on column seats.name_key is 'With owner_id, region_key, stage_key, changed_at, next_plan_at, live: what the named orders sort by, copied from the client for seats that are not the owner''s. Without them the first page of a team head with 2,000 shared clients reads 2,000 clients.';
comment on table seats is 'Who sees which client and why. The owner''s seat follows clients.owner_id.';

create table people (
  id uuid primary key default new_id(),
  client_id uuid not null references clients on delete cascade,
  ordinal smallint not null default 0,
  name text not null check (btrim(name) <> ''),
  last_name text, first_name text, middle_name text,
  gender text check (gender in ('male', 'female')),
  position text,
  role text,
  birthday date,
  comment text,
  custom jsonb not null default '{}',
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index people_client on people (client_id, ordinal, id);
alter table people add unique (client_id, id);

create table contacts (
  id uuid primary key default new_id(),
  client_id uuid not null references clients on delete cascade,
  person_id uuid,
  ordinal smallint not null default 0,
  kind text not null check (kind in ('phone', 'email', 'address', 'website', 'messenger', 'other')),
  label text,
  value text not null,
  normalized text,
  extension text,
  verdict text not null check (verdict in ('ok', 'fixed', 'doubtful', 'junk')),
  reason text,
  match_key text,
  note text,
  is_primary boolean not null default false,
  do_not_call boolean not null default false,
  checked_at timestamptz,
  checked_by uuid references users,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  foreign key (client_id, person_id) references people (client_id, id) on delete cascade
);
create index contacts_client on contacts (client_id, ordinal, id);
create index contacts_person on contacts (person_id) where person_id is not null;
create index contacts_match on contacts (match_key) where match_key is not null;
comment on column contacts.value is 'As entered, never thrown away; verdict, normalized and reason stand beside it (src/shared/contacts.ts).';

create table bank_accounts (
  id uuid primary key default new_id(),
  client_id uuid not null references clients on delete cascade,
  ordinal smallint not null default 0,
  account text not null,
  bic text, bank text, corr_account text,
  is_primary boolean not null default false
);
create index bank_accounts_client on bank_accounts (client_id, ordinal, id);

create table activities (
  id uuid primary key default new_id(),
  version int not null default 1,
  client_id uuid references clients on delete cascade,
  person_id uuid,
  user_id uuid not null references users,
  kind text not null check (kind in ('call', 'meeting', 'letter', 'task', 'note')),
  text text not null default '',
  due_at timestamptz,
  done_at timestamptz,
  result text,
  created_at timestamptz not null default now(),
  created_by uuid default caller_id() references users,
  updated_at timestamptz not null default now(),
  moment timestamptz not null generated always as (coalesce(done_at, due_at, created_at)) stored,
  foreign key (client_id, person_id) references people (client_id, id) on delete set null (person_id)
);
create index activities_client on activities (client_id, moment, id);
create index activities_user on activities (user_id, moment, id);
create index activities_moment on activities (moment, id);
create index activities_open on activities (user_id, due_at, id) where done_at is null and due_at is not null;
create index activities_client_open on activities (client_id, due_at) where done_at is null and due_at is not null;
create index activities_all_open on activities (due_at, id) where done_at is null and due_at is not null;
comment on table activities is 'Notes (no due_at) and plan entries (due_at; done_at when done). Without a client an entry is its owner''s alone (and his who gave it).';
comment on column activities.moment is 'Where an entry stands in a timeline: done, else due, else entered. A column, since coalesce() is not leakproof and no index below a policy serves it.';

create table files (
  id uuid primary key default new_id(),
  client_id uuid not null references clients on delete cascade,
  person_id uuid,
  activity_id uuid references activities on delete set null,
  name text not null,
  media_type text not null,
  size bigint not null check (size between 0 and 26214400),
  sha256 bytea not null,
  created_at timestamptz not null default now(),
  created_by uuid default caller_id() references users,
  deleted_at timestamptz,
  foreign key (client_id, person_id) references people (client_id, id) on delete set null (person_id)
);
create index files_client on files (client_id, created_at);
create index files_deleted on files (deleted_at) where deleted_at is not null;
comment on column files.deleted_at is 'Deleted by a person; restorable until purge_files() takes the content away.';
create table file_chunks (
  file_id uuid not null references files on delete cascade,
  seq int not null,
  data bytea not null,
  primary key (file_id, seq)
);
alter table file_chunks alter column data set storage external;

-- Dictionaries the head edits: labels of contacts per kind, and the values of choice fields.
create table labels (
  id uuid primary key default new_id(),
  kind text not null check (kind in ('phone', 'email', 'address', 'website', 'messenger', 'other')),
  name text not null check (btrim(name) <> ''),
  synonyms text[] not null default '{}',
  position int not null default 0
);
create unique index labels_name on labels (kind, fold(name));

create table choices (
  id uuid primary key default new_id(),
  field text not null check (field in ('source', 'stage', 'region', 'category', 'person-role')),
  name text not null check (btrim(name) <> ''),
  position int not null default 0,
  required_kinds text[] not null default '{}'
);
create unique index choices_name on choices (field, fold(name));
comment on column choices.required_kinds is 'Kinds of contact a client of this category or stage must have; what is asked of everybody is in company.required_kinds.';

alter table company add column required_kinds text[] not null default '{phone,email}';

create table custom_fields (
  id uuid primary key default new_id(),
  key text not null unique check (key ~ '^[a-z][a-z0-9_]{0,39}$'),
  title text not null check (btrim(title) <> ''),
  type text not null check (type in ('text', 'number', 'date', 'choice', 'flag')),
  options text[] not null default '{}',
  searchable boolean not null default false,
  position int not null default 0
);

-- Rights -------------------------------------------------------------------------------------------------------------

do $$
declare t text;
begin
  foreach t in array array['clients', 'seats', 'people', 'contacts', 'bank_accounts', 'activities', 'files', 'file_chunks',
                           'labels', 'choices', 'custom_fields'] loop
    execute format('alter table %I enable row level security', t);
    if t in ('labels', 'choices', 'custom_fields') then
      execute format('create policy read on %I for select to kartoteka_all, kartoteka_scoped, kartoteka_admin using (true)', t);
      execute format('create policy write on %I to kartoteka_all, kartoteka_admin using (true) with check (true)', t);
      execute format('grant select, insert, update, delete on %I to kartoteka_all, kartoteka_admin', t);
      execute format('grant select on %I to kartoteka_scoped', t);
    else
      if t <> 'activities' then
        execute format('create policy everything on %I to kartoteka_all using (true) with check (true)', t);
      end if;
      execute format('grant select, insert, update, delete on %I to kartoteka_all, kartoteka_scoped', t);
    end if;
    if t in ('people', 'contacts', 'bank_accounts', 'files') then
      execute format($p$create policy seated on %I to kartoteka_scoped
        using (exists (select 1 from seats s where s.client_id = %1$I.client_id))
        with check (exists (select 1 from seats s where s.client_id = %1$I.client_id))$p$, t);
    end if;
  end loop;
end $$;

revoke delete on clients from kartoteka_all, kartoteka_scoped;

-- A seat in force of somebody whose seats the caller shares. Seats outside their dates do not show the client.
create policy seated on seats for select to kartoteka_scoped using (
  user_id = any ((select visible_user_ids())::uuid[])
  and (valid_from is null or valid_from <= now()) and (valid_until is null or valid_until > now()));
revoke insert, update, delete on seats from kartoteka_scoped;

create policy seated on clients for select to kartoteka_scoped using (
  owner_id = any ((select visible_user_ids())::uuid[])
  or exists (select 1 from seats s where s.client_id = clients.id));
create policy entered on clients for insert to kartoteka_scoped with check (owner_id = any ((select visible_user_ids())::uuid[]));
create policy kept on clients for update to kartoteka_scoped
  using (owner_id = any ((select visible_user_ids())::uuid[])
    or exists (select 1 from seats s where s.client_id = clients.id))
  with check (owner_id = any ((select visible_user_ids())::uuid[])
    or exists (select 1 from seats s where s.client_id = clients.id));

-- An entry without a client is its person's alone, and his who gave it; the head is no exception.
create policy everything on activities to kartoteka_all
  using (client_id is not null or user_id = (select caller_id()) or created_by = (select caller_id()))
  with check (client_id is not null or user_id = (select caller_id()) or created_by = (select caller_id()));
-- offset 0 keeps the seat a probe for each entry: hashed, the first page of a plan reads every seat of the caller
-- (100,000 clients, 50 managers: 14 ms against 0.5 ms).
create policy seated on activities to kartoteka_scoped
  using ((client_id is null and (user_id = (select caller_id()) or created_by = (select caller_id())))
    or exists (select 1 from seats s where s.client_id = activities.client_id offset 0))
  with check ((client_id is null and (user_id = (select caller_id()) or created_by = (select caller_id())))
    or exists (select 1 from seats s where s.client_id = activities.client_id));
create policy own on activities as restrictive for delete to kartoteka_scoped
  using (user_id = any ((select visible_user_ids())::uuid[]) or created_by = any ((select visible_user_ids())::uuid[]));

create policy filed on file_chunks to kartoteka_scoped
  using (exists (select 1 from files f where f.id = file_chunks.file_id))
  with check (exists (select 1 from files f where f.id = file_chunks.file_id));

create function purge_files() returns void language sql security definer set search_path = pg_catalog, public
begin atomic
  delete from file_chunks c using files f where f.id = c.file_id and f.deleted_at < now() - interval '30 days';
end;
comment on function purge_files() is 'Takes the content of files deleted over 30 days ago away for good; that they were there stays known.';
revoke execute on function purge_files() from public;
grant execute on function purge_files() to kartoteka_all, kartoteka_scoped;
