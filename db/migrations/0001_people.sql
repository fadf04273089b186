-- People, teams, settings, and how a caller is known.
-- The group roles kartoteka_all, kartoteka_scoped, kartoteka_admin and kartoteka_gate exist before the first migration.

create extension if not exists pg_trgm;
create extension if not exists btree_gin;

revoke create on schema public from public;
grant usage on schema public to kartoteka_all, kartoteka_scoped, kartoteka_admin, kartoteka_gate;

do $$
begin
  if current_setting('server_version_num')::int >= 180000 then
    execute 'create function new_id() returns uuid language sql volatile parallel safe as ''select uuidv7()''';
  else
    execute $f$
      create function new_id() returns uuid language sql volatile parallel safe as $b$
        select encode(
          set_bit(set_bit(
            overlay(uuid_send(gen_random_uuid())
              placing substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3) from 1 for 6),
            52, 1), 53, 1), 'hex')::uuid
      $b$
    $f$;
  end if;
end $$;
comment on function new_id() is 'Time-ordered identifier (uuid version 7): later rows sort after earlier ones.';

create function fold(given text) returns text language sql immutable strict parallel safe
  return btrim(regexp_replace(replace(lower(given), 'ё', 'е'), '[^[:alnum:]]+', ' ', 'g'));
comment on function fold(text) is 'Key form of a text: lower case, ё as е, everything but letters and digits as one space. For keys and search, never for storage.';

create table teams (
  id uuid primary key default new_id(),
  name text not null check (btrim(name) <> ''),
  created_at timestamptz not null default now()
);

create table users (
  id uuid primary key default new_id(),
  no int generated always as identity unique,
  email text not null,
  name text not null check (btrim(name) <> ''),
  name_key text collate "C" not null generated always as (fold(name)) stored,
  role text not null check (role in ('admin', 'head', 'team-head', 'manager')),
  team_id uuid references teams,
  active boolean not null default true,
  language text check (language in ('ru', 'en')),
  time_zone text,
  may_export boolean not null default false,
  created_at timestamptz not null default now(),
  deactivated_at timestamptz
);
create unique index users_email_key on users (lower(email));
create index users_team on users (team_id);
comment on column users.may_export is 'A manager or team head may export only where the head has allowed it; a head always may.';

create table company (
  one boolean primary key default true check (one),
  name text not null,
  time_zone text not null default 'Europe/Moscow',
  city_code text not null default '495' check (city_code ~ '^\d{3,5}$'),
  language text not null default 'ru' check (language in ('ru', 'en')),
  set_up_at timestamptz not null default now()
);

-- Auth: closed to the roles that carry requests; only the bare login (kartoteka_gate) reaches it.
create schema auth;
grant usage on schema auth to kartoteka_gate;

create table auth.passwords (
  user_id uuid primary key references users on delete cascade,
  hash text not null,
  changed_at timestamptz not null default now()
);

create table auth.sessions (
  id uuid primary key default new_id(),
  kind text not null check (kind in ('session', 'token')),
  user_id uuid not null references users on delete cascade,
  token_hash bytea not null unique,
  name text not null default '',
  address text,
  agent text,
  created_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  expires_at timestamptz
);
create index sessions_user on auth.sessions (user_id);

create table auth.invitations (
  id uuid primary key default new_id(),
  user_id uuid not null references users on delete cascade,
  purpose text not null check (purpose in ('invitation', 'reset')),
  token_hash bytea not null unique,
  created_by uuid references users,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '7 days',
  used_at timestamptz
);

create table auth.attempts (
  key text primary key,
  failures int not null,
  since timestamptz not null
);
comment on table auth.attempts is 'Failed sign-ins by account and by address, for the rate limit.';

grant select, insert, update, delete on all tables in schema auth to kartoteka_gate;
grant select, insert, update on users, teams, company to kartoteka_gate;

create function seen_by(person uuid) returns uuid[] language sql stable
  return (
    select coalesce(array_agg(u.id), '{}') from users u
    where u.id = person
      or exists (select 1 from users me
                 where me.id = person and me.role = 'team-head' and me.team_id is not null and me.team_id = u.team_id));
comment on function seen_by(uuid) is 'People whose seats this one shares: himself; for a team head, his team.';

create function auth.live_session(given bytea)
  returns table (session_id uuid, user_id uuid, role text, db_role text, visible uuid[])
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select s.id, u.id, u.role,
    case u.role when 'head' then 'kartoteka_all' when 'admin' then 'kartoteka_admin' else 'kartoteka_scoped' end, seen_by(u.id)
  from auth.sessions s join users u on u.id = s.user_id
  where s.token_hash = given and u.active and (s.expires_at is null or s.expires_at > now());
end;
comment on function auth.live_session(bytea) is 'Who holds this token (sha256) now; no row: signed out, expired or dismissed.';

create function auth.identity_of(given uuid)
  returns table (user_id uuid, role text, db_role text, visible uuid[])
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select u.id, u.role,
    case u.role when 'head' then 'kartoteka_all' when 'admin' then 'kartoteka_admin' else 'kartoteka_scoped' end, seen_by(u.id)
  from users u where u.id = given and u.active;
end;
comment on function auth.identity_of(uuid) is 'The identity a job runs under: that of the person who asked for it, if he is still active.';

revoke execute on function auth.live_session(bytea), auth.identity_of(uuid) from public;
grant execute on function auth.live_session(bytea), auth.identity_of(uuid) to kartoteka_gate;

create function caller_id() returns uuid language sql stable parallel safe
  return nullif(current_setting('app.user_id', true), '')::uuid;
comment on function caller_id() is 'The person on whose behalf this transaction runs; null without an identity.';

create function caller_role() returns text language sql stable parallel safe
  return nullif(current_setting('app.role', true), '');

create function visible_user_ids() returns uuid[] language sql stable parallel safe
  return coalesce(nullif(current_setting('app.visible', true), '')::uuid[], seen_by(caller_id()));
comment on function visible_user_ids() is 'People whose seats the caller shares. Looked up with his identity, once a round trip: policies ask for it a dozen times a statement.';

-- Colleagues' names are no secret; e-mail and rights neither, inside one company. Changing them is for the head and the admin.
alter table users enable row level security;
alter table teams enable row level security;
alter table company enable row level security;
create policy gate on users to kartoteka_gate using (true) with check (true);
create policy gate on teams to kartoteka_gate using (true) with check (true);
create policy gate on company to kartoteka_gate using (true) with check (true);
create policy read on users for select to kartoteka_all, kartoteka_scoped, kartoteka_admin using (true);
create policy write on users to kartoteka_all, kartoteka_admin using (true) with check (true);
create policy own on users for update to kartoteka_scoped using (id = caller_id()) with check (id = caller_id());
create policy read on teams for select to kartoteka_all, kartoteka_scoped, kartoteka_admin using (true);
create policy write on teams to kartoteka_all, kartoteka_admin using (true) with check (true);
create policy read on company for select to kartoteka_all, kartoteka_scoped, kartoteka_admin using (true);
create policy write on company for update to kartoteka_all, kartoteka_admin using (true) with check (true);
grant select, insert, update on users, teams to kartoteka_all, kartoteka_admin;
grant delete on teams to kartoteka_all, kartoteka_admin;
grant select on users, teams, company to kartoteka_scoped;
grant update (name, language, time_zone) on users to kartoteka_scoped;
grant select, update on company to kartoteka_all, kartoteka_admin;

create function may_export() returns boolean language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select exists (select 1 from users u where u.id = caller_id() and u.active and (u.role = 'head' or (u.role <> 'admin' and u.may_export)));
end;
comment on function may_export() is 'The right of export is one of its own: a head has it, others as the head has granted.';
