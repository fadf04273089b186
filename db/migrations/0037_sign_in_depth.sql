-- Second factor, journal of sign-ins, known devices, and sessions that end by themselves when nobody is there.

alter table company
  add column idle_minutes int not null default 720 check (idle_minutes between 5 and 43200),
  add column session_days int not null default 30 check (session_days between 1 and 365),
  add column second_factor_roles text[] not null default '{}'
    check (second_factor_roles <@ array['admin', 'head', 'team-head', 'manager']);
comment on column company.idle_minutes is 'A session ends after so many minutes without an act of its person, and (session_days) so many days after its sign-in.';
comment on column company.second_factor_roles is 'Roles whose people work with a second factor only.';

alter table auth.sessions
  add column ends_at timestamptz,
  add column device_hash bytea;
update auth.sessions set ends_at = expires_at where kind = 'session';
comment on column auth.sessions.expires_at is 'Of a session: the earlier of ends_at and the last act plus idle_minutes, moved on with seen_at, so that the statement that finds it decides by one comparison. Of a token: null; -infinity while its person owes a second factor.';
comment on column auth.sessions.ends_at is 'When a session ends however much it is used.';

-- Second factor ----------------------------------------------------------------------------------------------------------

create table auth.second_factors (
  user_id uuid primary key references users on delete cascade,
  secret bytea not null,
  last_step bigint not null default 0,
  codes_salt bytea not null,
  set_up_at timestamptz not null default product_now()
);
comment on table auth.second_factors is 'TOTP (RFC 6238): secret under the installation''s key; last_step is the step of the last code taken, since no code is taken twice.';

create table auth.second_factor_drafts (
  user_id uuid primary key references users on delete cascade,
  secret bytea not null,
  created_at timestamptz not null default product_now()
);
comment on table auth.second_factor_drafts is 'A secret shown and not yet confirmed by a code; the present one works on until then.';

create table auth.recovery_codes (
  user_id uuid not null references auth.second_factors on delete cascade,
  hash bytea not null,
  used_at timestamptz,
  primary key (user_id, hash)
);

create table auth.sign_in_steps (
  token_hash bytea primary key,
  user_id uuid not null references users on delete cascade,
  step text not null check (step in ('code', 'set-up')),
  via text not null,
  id_token bytea,
  hours float8,
  tries int not null default 0,
  expires_at timestamptz not null
);
comment on table auth.sign_in_steps is 'Between the right password and the right code: proves the first to the request that brings the second, and nothing else. id_token, hours: of the provider, for the session to come.';

create function auth.owes_second_factor(person uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select exists (select 1 from users u join company c on u.role = any (c.second_factor_roles) where u.id = person)
    and not exists (select 1 from auth.second_factors f where f.user_id = person)
    and not exists (select 1 from users u cross join auth.admission a where u.id = person and u.source = 'provider' and a.trusts_provider_factor);
end;
comment on function auth.owes_second_factor(uuid) is 'Whether this person''s role works with a second factor only and he has none, neither here nor at a provider whose own is trusted.';

create function auth.settle_second_factors(persons uuid[]) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare owing constant uuid[] := array(select p from unnest(persons) p where auth.owes_second_factor(p));
begin
  delete from auth.sessions s where s.kind = 'session' and s.user_id = any (owing);
  update auth.sessions s set expires_at = case when s.user_id = any (owing) then '-infinity'::timestamptz end
  where s.kind = 'token' and s.user_id = any (persons) and (s.expires_at is not null) <> (s.user_id = any (owing));
end $$;
comment on function auth.settle_second_factors(uuid[]) is 'Who owes a second factor loses his sessions and his tokens sleep; whoever owes none has his tokens awake.';

create function auth.guard_sessions() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  -- The rule may not change between this look and the commit.
  perform 1 from company for share;
  if not auth.owes_second_factor(new.user_id) then return new; end if;
  if new.kind = 'session' then
    raise exception 'this person''s role works with a second factor only' using errcode = 'KT020';
  end if;
  new.expires_at := '-infinity';
  return new;
end $$;
comment on function auth.guard_sessions() is 'KT020: no session, by whatever way in, for who owes a second factor.';
create trigger guard before insert on auth.sessions for each row execute function auth.guard_sessions();

create function settle_role() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform auth.settle_second_factors(array[new.id]);
  return null;
end $$;
create trigger settle_role after update of role, source on users for each row
  when ((old.role, old.source) is distinct from (new.role, new.source)) execute function settle_role();

create function auth.settle_trust() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform auth.settle_second_factors(array(select u.id from users u where u.active));
  return null;
end $$;
create trigger settle_trust after insert or update on auth.admission for each row execute function auth.settle_trust();

create function auth.settle_factor() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform auth.settle_second_factors(array[coalesce(new.user_id, old.user_id)]);
  return null;
end $$;
create trigger settle after insert or delete on auth.second_factors for each row execute function auth.settle_factor();

create function guard_sign_in_rules() returns trigger language plpgsql as $$
begin
  if caller_role() is distinct from 'head' and current_user in ('kartoteka_all', 'kartoteka_scoped', 'kartoteka_admin') then
    raise exception 'rules of sign-in are the head''s' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger guard_sign_in_rules before update on company for each row
  when ((old.idle_minutes, old.session_days, old.second_factor_roles) is distinct from (new.idle_minutes, new.session_days, new.second_factor_roles))
  execute function guard_sign_in_rules();

create function follow_sign_in_rules() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if (old.idle_minutes, old.session_days) is distinct from (new.idle_minutes, new.session_days) then
    update auth.sessions s set ends_at = least(s.ends_at, s.created_at + make_interval(days => new.session_days)),
      expires_at = least(s.ends_at, s.created_at + make_interval(days => new.session_days), s.seen_at + make_interval(mins => new.idle_minutes))
    where s.kind = 'session';
  end if;
  if old.second_factor_roles is distinct from new.second_factor_roles then
    perform auth.settle_second_factors(array(select u.id from users u where u.active));
  end if;
  return null;
end $$;
create trigger follow_sign_in_rules after update on company for each row execute function follow_sign_in_rules();

-- Devices ----------------------------------------------------------------------------------------------------------------

create table auth.devices (
  user_id uuid not null references users on delete cascade,
  token_hash bytea not null,
  seen_at timestamptz not null default product_now(),
  primary key (user_id, token_hash)
);
comment on table auth.devices is 'Browsers a person has signed in from: sha256 of a cookie that outlives sessions.';

create table auth.token_addresses (
  session_id uuid not null references auth.sessions on delete cascade,
  address text not null,
  primary key (session_id, address)
);
comment on table auth.token_addresses is 'Networks an API token was used from.';

-- The journal of sign-ins ------------------------------------------------------------------------------------------------

create table sign_in_events (
  id uuid primary key default new_id(),
  at timestamptz not null default product_now(),
  user_id uuid references users on delete cascade,
  by_id uuid references users on delete set null,
  kind text not null check (kind in (
    'sign-in', 'failure', 'sign-out', 'session-ended', 'denied', 'password-changed', 'email-changed', 'link-made', 'link-used',
    'second-factor-on', 'second-factor-off', 'second-factor-reset', 'recovery-codes-made', 'recovery-code-used',
    'token-made', 'token-new-address', 'token-revoked', 'access-closed', 'rules-changed')),
  reason text,
  account text,
  address text,
  agent text,
  is_new_device boolean not null default false,
  acknowledged_at timestamptz,
  session_id uuid,
  details jsonb not null default '{}'
);
create index sign_in_events_at on sign_in_events (at desc, id desc);
create index sign_in_events_user on sign_in_events (user_id, at desc, id desc);
create index sign_in_events_kind on sign_in_events (kind, at desc, id desc);
comment on table sign_in_events is 'Who came in, from where and by what, who was refused and why; kept a year. user_id null: nobody is known by that account. by_id: who did it, where it was somebody else.';
comment on column sign_in_events.is_new_device is 'Of a sign-in: from a browser not seen with this person before; the account page asks him until acknowledged_at.';

alter table sign_in_events enable row level security;
create policy staff on sign_in_events for select to kartoteka_all, kartoteka_admin using (true);
create policy own on sign_in_events for select to kartoteka_scoped using (user_id = (select caller_id()));
create policy noted on sign_in_events for insert to kartoteka_gate with check (true);
grant select on sign_in_events to kartoteka_all, kartoteka_scoped, kartoteka_admin;
grant insert on sign_in_events to kartoteka_gate;

create function acknowledge_devices() returns bigint language plpgsql security definer set search_path = pg_catalog, public as $$
declare noted bigint;
begin
  update sign_in_events set acknowledged_at = product_now()
  where user_id = caller_id() and is_new_device and acknowledged_at is null;
  get diagnostics noted = row_count;
  return noted;
end $$;
comment on function acknowledge_devices() is 'The caller says that his new devices are his own.';

create table auth.denials (
  token_hash bytea primary key,
  user_id uuid not null references users on delete cascade,
  event_id uuid not null references sign_in_events on delete cascade,
  expires_at timestamptz not null
);
comment on table auth.denials is 'Links «это не я» of letters about a new device (sha256); used once.';

-- Who was let in, by what link, and who was shut out, is noted where it is decided.
create function note_account_changes() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if old.active and not new.active then
    insert into sign_in_events (user_id, by_id, kind) values (new.id, nullif(caller_id(), new.id), 'access-closed');
  end if;
  if lower(old.email) <> lower(new.email) then
    insert into sign_in_events (user_id, by_id, kind, details)
    values (new.id, nullif(caller_id(), new.id), 'email-changed', jsonb_build_object('from', old.email, 'to', new.email));
  end if;
  return null;
end $$;
create trigger note_account_changes after update on users for each row execute function note_account_changes();

create function auth.note_links() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into sign_in_events (user_id, by_id, kind, details)
  values (new.user_id, nullif(new.created_by, new.user_id), 'link-made', jsonb_build_object('purpose', new.purpose));
  return null;
end $$;
create trigger note after insert on auth.invitations for each row execute function auth.note_links();

create function note_sign_in_rules() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  insert into sign_in_events (user_id, kind, details)
  values (caller_id(), 'rules-changed', jsonb_build_object('idleMinutes', new.idle_minutes, 'sessionDays', new.session_days,
    'secondFactorRoles', new.second_factor_roles));
  return null;
end $$;
create trigger note_sign_in_rules after update on company for each row
  when ((old.idle_minutes, old.session_days, old.second_factor_roles) is distinct from (new.idle_minutes, new.session_days, new.second_factor_roles))
  execute function note_sign_in_rules();

-- Acts of staff on somebody's sign-in ------------------------------------------------------------------------------------

create function may_manage_sign_in(person uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select coalesce(caller_role() = 'head'
    or (caller_role() = 'admin' and not exists (select 1 from users u where u.id = person and u.role = 'head')), false);
end;
comment on function may_manage_sign_in(uuid) is 'A head; an administrator for others than heads.';

create function end_sessions_of(person uuid, keep uuid) returns bigint language plpgsql security definer set search_path = pg_catalog, public as $$
declare ended bigint;
begin
  if not may_manage_sign_in(person) then
    raise exception 'sessions are ended by a head, or by an administrator for others than heads' using errcode = '42501';
  end if;
  delete from auth.sessions s where s.user_id = person and s.kind = 'session' and s.id is distinct from keep;
  get diagnostics ended = row_count;
  return ended;
end $$;
comment on function end_sessions_of(uuid, uuid) is 'Ends a person''s sessions but the one kept; 42501 where the caller may not.';

create function reset_second_factor(person uuid) returns boolean language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if not may_manage_sign_in(person) then
    raise exception 'a second factor is reset by a head, or by an administrator for others than heads' using errcode = '42501';
  end if;
  delete from auth.second_factor_drafts d where d.user_id = person;
  delete from auth.second_factors f where f.user_id = person;
  if not found then return false; end if;
  delete from auth.sessions s where s.user_id = person and s.kind = 'session';
  insert into sign_in_events (user_id, by_id, kind) values (person, nullif(caller_id(), person), 'second-factor-reset');
  return true;
end $$;
comment on function reset_second_factor(uuid) is 'For who lost his telephone and his recovery codes; his sessions end. False where there was none; 42501 where the caller may not.';

create function with_second_factor() returns uuid[] language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select case when caller_role() in ('head', 'admin') then coalesce((select array_agg(f.user_id) from auth.second_factors f), '{}') else '{}' end;
end;
comment on function with_second_factor() is 'Whoever has a second factor, for those who may reset it.';

revoke execute on function acknowledge_devices(), may_manage_sign_in(uuid), end_sessions_of(uuid, uuid), reset_second_factor(uuid), with_second_factor(),
  auth.owes_second_factor(uuid), auth.settle_second_factors(uuid[]) from public;
grant execute on function acknowledge_devices() to kartoteka_all, kartoteka_scoped, kartoteka_admin;
grant execute on function may_manage_sign_in(uuid), end_sessions_of(uuid, uuid), reset_second_factor(uuid), with_second_factor() to kartoteka_all, kartoteka_admin;
grant execute on function auth.owes_second_factor(uuid) to kartoteka_gate;
grant select, insert, update, delete on auth.second_factors, auth.second_factor_drafts, auth.recovery_codes, auth.sign_in_steps, auth.devices,
  auth.token_addresses, auth.denials to kartoteka_gate;

-- Sessions go by the product's clock, as everything else with a time ------------------------------------------------------

create or replace view auth.live as
  select s.token_hash, s.id as session_id, u.id as user_id, u.role,
    case u.role when 'head' then 'kartoteka_all' when 'admin' then 'kartoteka_admin'
      else case when w.looking then case when u.masked then 'kartoteka_looking_masked' else 'kartoteka_looking' end
        when u.masked then 'kartoteka_masked' else 'kartoteka_scoped' end end as db_role,
    own.people || array(
      select distinct a.absent_id from public.substitution_deputies d join public.substitutions a on a.id = d.substitution_id
      where d.user_id = u.id and a.filter is null and a.starts_at <= public.product_now() and a.ends_at > public.product_now()
        and a.absent_id <> all (own.people)) as visible,
    array(
      select distinct a.absent_id from public.substitution_deputies d join public.substitutions a on a.id = d.substitution_id
      where d.user_id = u.id and a.starts_at <= public.product_now() and a.ends_at > public.product_now()) as standing_in,
    case when w.looking then s.user_id end as looker_id,
    case when w.looking then s.looks_until end as looks_until
  from auth.sessions s
  cross join lateral (select s.looks_as is not null and s.looks_until > public.product_now() as looking) w
  join public.users u on u.id = case when w.looking then s.looks_as else s.user_id end
  cross join lateral (
    select case when u.role = 'team-head' and u.team_id is not null then array(select t.id from public.users t where t.team_id = u.team_id)
      else array[u.id] end as people) own
  where u.active and (s.expires_at is null or s.expires_at > public.product_now())
    -- Through another's eyes looks only who is still a head, and only through those of people who work with clients.
    and (not w.looking or (u.role in ('manager', 'team-head')
      and exists (select 1 from public.users h where h.id = s.user_id and h.active and h.role = 'head')));
comment on view auth.live is 'Who holds a token (sha256) now, and what he may be; no row: signed out, expired, idle too long or dismissed. visible: as seen_by(), standing_in: as stood_in_for(); looker_id: the head who looks through this person''s eyes.';
