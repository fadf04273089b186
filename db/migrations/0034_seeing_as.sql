-- «Смотреть как Петров»: for an hour at most a head's session answers as another person's would, and writes nothing.

alter table auth.sessions
  add column looks_as uuid references users on delete cascade,
  add column looks_until timestamptz,
  add check ((looks_as is null) = (looks_until is null));
comment on column auth.sessions.looks_as is 'Whose eyes this session of a head looks through until looks_until; after that it is its own again.';

alter table users add column masked boolean not null default false;
comment on column users.masked is 'Whether contacts of clients that are not his own come masked (company.mask_roles), kept by triggers: the identity of every request is found by one look at this row.';

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
  where u.active and (s.expires_at is null or s.expires_at > now())
    -- Through another's eyes looks only who is still a head, and only through those of people who work with clients.
    and (not w.looking or (u.role in ('manager', 'team-head')
      and exists (select 1 from public.users h where h.id = s.user_id and h.active and h.role = 'head')));
comment on view auth.live is 'Who holds a token (sha256) now, and what he may be; no row: signed out, expired or dismissed. visible: as seen_by(), standing_in: as stood_in_for(); looker_id: the head who looks through this person''s eyes.';

create or replace function auth.live_session(given bytea)
  returns table (session_id uuid, user_id uuid, role text, db_role text, visible uuid[], standing_in uuid[])
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select l.session_id, l.user_id, l.role, l.db_role, l.visible, l.standing_in from auth.live l where l.token_hash = given;
end;

create or replace function auth.identity_of(given uuid)
  returns table (user_id uuid, role text, db_role text, visible uuid[], standing_in uuid[])
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select u.id, u.role,
    case u.role when 'head' then 'kartoteka_all' when 'admin' then 'kartoteka_admin'
      else case when u.masked then 'kartoteka_masked' else 'kartoteka_scoped' end end, seen_by(u.id), stood_in_for(u.id)
  from users u where u.id = given and u.active;
end;

create table looks (
  id uuid primary key default new_id(),
  head_id uuid not null references users,
  user_id uuid not null references users,
  started_at timestamptz not null default product_now(),
  ends_at timestamptz not null
);
create index looks_head on looks (head_id, id);
comment on table looks is 'Which head looked through whose eyes, from when until when.';
alter table looks enable row level security;
create policy heads on looks for select to kartoteka_all using (true);
grant select on looks to kartoteka_all;

create function begin_look(session uuid, person uuid) returns timestamptz
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  head uuid; whose text; until constant timestamptz := product_now() + interval '1 hour'; look uuid;
begin
  select s.user_id into head from auth.sessions s join users h on h.id = s.user_id
  where s.id = session and s.kind = 'session' and h.active and h.role = 'head' for update of s;
  if head is null then raise exception 'only a head who is signed in looks through another''s eyes' using errcode = '42501'; end if;
  select u.name into whose from users u where u.id = person and u.active and u.role in ('manager', 'team-head');
  if whose is null then raise no_data_found; end if;
  perform end_look(session);
  update auth.sessions s set looks_as = person, looks_until = until where s.id = session;
  insert into looks (head_id, user_id, ends_at) values (head, person, until) returning id into look;
  insert into change_sets (author_id, act, details)
  values (head, 'look.begin', jsonb_build_object('lookId', look, 'userId', person, 'name', whose, 'until', until));
  return until;
end $$;
comment on function begin_look(uuid, uuid) is 'The session of a head answers as this manager or team head for an hour; returns until when. 42501: the session is no head''s; no_data_found: nobody to look as.';

create function end_look(session uuid) returns boolean
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare head uuid; person uuid; look uuid;
begin
  select s.user_id, s.looks_as into head, person from auth.sessions s
  where s.id = session and s.looks_as is not null for update;
  if person is null then return false; end if;
  update auth.sessions s set looks_as = null, looks_until = null where s.id = session;
  update looks l set ends_at = product_now()
  where l.id = (select k.id from looks k where k.head_id = head and k.user_id = person order by k.id desc limit 1) and l.ends_at > product_now()
  returning l.id into look;
  if look is not null then
    insert into change_sets (author_id, act, details)
    select head, 'look.end', jsonb_build_object('lookId', look, 'userId', person, 'name', u.name) from users u where u.id = person;
  end if;
  return true;
end $$;
comment on function end_look(uuid) is 'The session is its own again; false where it was.';
revoke execute on function begin_look(uuid, uuid), end_look(uuid) from public;
grant execute on function begin_look(uuid, uuid), end_look(uuid) to kartoteka_gate;

-- A function, since the policy of changes asks change_sets. Only who looks through another's eyes pays for it.
create function is_about_clients(change_set uuid, made_at timestamptz) returns boolean
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select exists (select 1 from changes r where r.change_set_id = change_set and r.at >= made_at and r.at < made_at + interval '1 day' and r.client_id is not null);
end;
comment on function is_about_clients(uuid, timestamptz) is 'Whether an act changed anything of a client; else it is its author''s alone.';
revoke execute on function is_about_clients(uuid, timestamptz) from public;
grant execute on function is_about_clients(uuid, timestamptz) to kartoteka_looking;

-- What is a person's own and no client's is not shown to who looks through his eyes.
create policy not_looked_at on activities as restrictive for select to kartoteka_looking using (client_id is not null);
create policy not_looked_at on changes as restrictive for select to kartoteka_looking using (client_id is not null);
create policy not_looked_at on change_sets as restrictive for select to kartoteka_looking
  using (coalesce(reversed_act, act) not like 'activity.%' or is_about_clients(id, at));
create policy not_looked_at on jobs as restrictive to kartoteka_looking using (false);
create policy not_looked_at on views as restrictive for select to kartoteka_looking using (user_id <> (select caller_id()));

-- A session that begins or ends to look hears as somebody else: its stream starts anew.
create trigger tell_looks after update of looks_as on auth.sessions for each row
  when (old.looks_as is distinct from new.looks_as) execute function tell_ended_sessions();
