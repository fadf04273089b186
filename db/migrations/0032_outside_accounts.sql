-- Accounts somebody else vouches for: the company's directory (LDAP) or its provider (OpenID Connect), and what their groups give here.

alter table users add column source text not null default 'local' check (source in ('local', 'directory', 'provider'));
comment on column users.source is 'Where the person signs in: by a password kept here, by the company''s directory, through its OpenID Connect provider.';

create table auth.outside_accounts (
  user_id uuid primary key references users on delete cascade,
  source text not null check (source in ('directory', 'provider')),
  issuer text not null,
  subject text not null,
  login text not null,
  linked_at timestamptz not null default now(),
  seen_at timestamptz not null default now(),
  closed_at timestamptz,
  unique (source, issuer, subject)
);
comment on table auth.outside_accounts is 'Whom an account outside belongs to. Known by what never changes there (issuer and sub; entryUUID or objectGUID), never by e-mail.';
comment on column auth.outside_accounts.closed_at is 'When the directory or its groups closed the account here; null: they did not. Only such a closing is undone by signing in.';

create table auth.link_permits (
  user_id uuid primary key references users on delete cascade,
  permitted_by uuid references users on delete set null,
  expires_at timestamptz not null default now() + interval '7 days'
);
comment on table auth.link_permits is 'Whose account here may be taken by the account outside that has the same e-mail, at its next sign-in.';

create table auth.provider_sessions (
  session_id uuid primary key references auth.sessions on delete cascade,
  id_token bytea not null
);
comment on table auth.provider_sessions is 'Sealed id tokens of sessions opened through the provider: the hint by which signing out here signs out there.';

create table auth.group_rules (
  position int primary key,
  group_name text not null check (btrim(group_name) <> ''),
  role text not null check (role in ('admin', 'head', 'team-head', 'manager')),
  team_id uuid references teams on delete set null
);
comment on table auth.group_rules is 'Role and team by a group outside. The first rule that fits gives the role, the first that fits and names a team gives the team.';

create table auth.admission (
  one boolean primary key default true check (one),
  otherwise text check (otherwise in ('team-head', 'manager')),
  trusts_provider_factor boolean not null default false
);
comment on column auth.admission.otherwise is 'The role of whom no rule fits; null: he is not let in.';
comment on column auth.admission.trusts_provider_factor is 'Whether whoever comes through the provider owes no second factor here: it asks for one itself.';

grant select, insert, update, delete on auth.outside_accounts, auth.link_permits, auth.provider_sessions to kartoteka_gate;
grant select on auth.group_rules, auth.admission to kartoteka_gate;

create function forget_closing() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  update auth.outside_accounts set closed_at = null where user_id = new.id;
  return null;
end $$;
comment on function forget_closing() is 'Who is closed or let in again by a person is no longer closed by the directory: closed here stays closed.';
create trigger forget_closing after update on users for each row
  when (old.active is distinct from new.active) execute function forget_closing();

create function may_manage_account(person uuid) returns boolean
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select caller_role() = 'head'
    or (caller_role() = 'admin' and not exists (select 1 from users u where u.id = person and u.role = 'head'));
end;
comment on function may_manage_account(uuid) is 'Ways into an account are opened by a head, and by an admin for others than heads.';

create or replace function add_invitation(person uuid, token_hash bytea) returns text
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare asked text; signs_in text;
begin
  if not coalesce(may_manage_account(person), false) then
    raise exception 'links are made by a head, or by an admin for others than heads' using errcode = '42501';
  end if;
  select u.source into signs_in from users u where u.id = person and u.active;
  if signs_in is null then raise no_data_found; end if;
  if signs_in <> 'local' then
    raise exception 'a password here would go round the directory' using errcode = 'KT021';
  end if;
  asked := case when exists (select 1 from auth.passwords p where p.user_id = person) then 'reset' else 'invitation' end;
  delete from auth.invitations i where i.user_id = person and i.used_at is null;
  insert into auth.invitations (user_id, purpose, token_hash, created_by) values (person, asked, token_hash, caller_id());
  return asked;
end $$;
comment on function add_invitation(uuid, bytea) is 'Keeps a new one-time link (its sha256) in the place of an unused older one; tells what it is for. P0002: no such active person. KT021: he signs in outside.';

create function permit_link(person uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if not coalesce(may_manage_account(person), false) then
    raise exception 'accounts are linked by a head, or by an admin for others than heads' using errcode = '42501';
  end if;
  if not exists (select 1 from users u where u.id = person and u.active) then raise no_data_found; end if;
  insert into auth.link_permits (user_id, permitted_by) values (person, caller_id())
  on conflict (user_id) do update set permitted_by = excluded.permitted_by, expires_at = excluded.expires_at;
end $$;
comment on function permit_link(uuid) is 'For 7 days the account outside with this person''s e-mail may become his. P0002: no such active person.';

create function unlink_account(person uuid) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if not coalesce(may_manage_account(person), false) then
    raise exception 'accounts are unlinked by a head, or by an admin for others than heads' using errcode = '42501';
  end if;
  if not exists (select 1 from users u where u.id = person) then raise no_data_found; end if;
  delete from auth.link_permits l where l.user_id = person;
  delete from auth.outside_accounts o where o.user_id = person;
  if found then delete from auth.sessions s where s.user_id = person and s.kind = 'session'; end if;
  update users set source = 'local' where id = person and source <> 'local';
end $$;
comment on function unlink_account(uuid) is 'The person signs in by a password again: his account outside is forgotten and what was opened through it ends. P0002: nobody.';

create function group_rules() returns jsonb language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select jsonb_build_object(
    'rules', coalesce((select jsonb_agg(jsonb_build_object('group', r.group_name, 'role', r.role, 'teamId', r.team_id) order by r.position)
                       from auth.group_rules r), '[]'),
    'otherwise', (select a.otherwise from auth.admission a),
    'trustsProviderFactor', coalesce((select a.trusts_provider_factor from auth.admission a), false))
  where caller_role() in ('head', 'admin');
end;
comment on function group_rules() is '{ rules: [{ group, role, teamId }] in order, otherwise: a role or null, trustsProviderFactor }; no row for whom they are no business of.';

create function set_group_rules(rules jsonb, otherwise text, trusts_provider_factor boolean) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare before jsonb; heads bigint;
begin
  if coalesce(caller_role(), '') not in ('head', 'admin') then
    raise exception 'rules of groups are set by a head or an admin' using errcode = '42501';
  end if;
  if caller_role() = 'admin'
     and set_group_rules.trusts_provider_factor <> coalesce((select a.trusts_provider_factor from auth.admission a), false) then
    raise exception 'whose second factor is enough is for the head to say' using errcode = '42501';
  end if;
  lock table auth.group_rules in exclusive mode;
  before := group_rules() -> 'rules';
  if caller_role() = 'admin' then
    -- An admin must not make, unmake or overtake a head by a group either: all down to the last rule of heads stays.
    select coalesce(max(n), 0) into heads from jsonb_array_elements(before) with ordinality r (rule, n) where rule ->> 'role' = 'head';
    if (select coalesce(jsonb_agg(rule order by n), '[]') from jsonb_array_elements(before) with ordinality r (rule, n) where n <= heads)
       is distinct from
       (select coalesce(jsonb_agg(rule order by n), '[]') from jsonb_array_elements(rules) with ordinality r (rule, n) where n <= heads)
       or exists (select 1 from jsonb_array_elements(rules) with ordinality r (rule, n) where n > heads and rule ->> 'role' = 'head') then
      raise exception 'rules that make heads are a head''s own' using errcode = '42501';
    end if;
  end if;
  delete from auth.group_rules;
  insert into auth.group_rules (position, group_name, role, team_id)
  select n, btrim(rule ->> 'group'), rule ->> 'role', (rule ->> 'teamId')::uuid
  from jsonb_array_elements(rules) with ordinality r (rule, n);
  insert into auth.admission (otherwise, trusts_provider_factor) values (set_group_rules.otherwise, set_group_rules.trusts_provider_factor)
  on conflict (one) do update set otherwise = excluded.otherwise, trusts_provider_factor = excluded.trusts_provider_factor;
end $$;
comment on function set_group_rules(jsonb, text, boolean) is 'The rules of groups as a whole, in order: [{ group, role, teamId }], and the role of whom none fits (null: not let in). 42501 for others than head and admin, and where an admin touches a rule of heads.';

revoke execute on function may_manage_account(uuid), permit_link(uuid), unlink_account(uuid), group_rules(), set_group_rules(jsonb, text, boolean) from public;
grant execute on function permit_link(uuid), unlink_account(uuid), group_rules(), set_group_rules(jsonb, text, boolean) to kartoteka_all, kartoteka_admin;
