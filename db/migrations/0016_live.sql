-- Who learns of what. A process that serves live streams reads the change-sets committed since it looked last, and the database says
-- which of its listeners sees which changed row now, and who saw it before and no longer does.

create function seers_of(persons uuid[]) returns table (person_id uuid, seer_id uuid) language sql stable
begin atomic
  select p.id, p.id from users p where p.id = any (persons)
  union
  select p.id, h.id from users p join users h on h.team_id = p.team_id and h.role = 'team-head' where p.id = any (persons);
end;
comment on function seers_of(uuid[]) is 'seen_by() the other way round: who shares the seats of these people. A test holds the two together.';
revoke execute on function seers_of(uuid[]) from public;

create function live_seers(asked uuid[], listeners uuid[]) returns table (client_id uuid, people uuid[])
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  with seated as materialized (
    select s.client_id, s.user_id from seats s
    where s.client_id = any (asked) and (s.valid_from is null or s.valid_from <= now()) and (s.valid_until is null or s.valid_until > now())),
  seen as (
    select s.client_id, u.id from seated s
      join seers_of(array(select distinct user_id from seated)) w on w.person_id = s.user_id
      join users u on u.id = w.seer_id
    where u.id = any (listeners) and u.active and u.role in ('manager', 'team-head')
    union
    select c.id, u.id from users u cross join clients c
    where u.id = any (listeners) and u.active and u.role = 'head' and c.id = any (asked))
  select seen.client_id, array_agg(seen.id) from seen group by seen.client_id;
end;
comment on function live_seers(uuid[], uuid[]) is 'Which of these listeners may see each of these clients at this moment; a client nobody of them sees has no row.';

create function live_pending(after pg_snapshot, most int) returns table (reached pg_snapshot, sets int)
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select pg_current_snapshot(), (select count(*)::int from (
    (select s.xid from change_sets s where s.xid >= pg_snapshot_xmax(after) order by s.xid limit most)
    union all
    select s.xid from change_sets s where s.xid = any (array(select pg_snapshot_xip(after)))) found);
end;
comment on function live_pending(pg_snapshot, int) is 'The position now, and how many change-sets were committed since `after`, counted up to `most`.';

create function live_changes(after pg_snapshot, until pg_snapshot, listeners uuid[])
  returns table (xid xid8, change_set_id uuid, entity text, row_id uuid, version int, client_id uuid, gone boolean, people uuid[])
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  with sets as materialized (
    -- A snapshot tells exactly what had been committed: what began early and commits late is still to come, and holds nobody up.
    -- The bound makes every plan walk the index; who is more than a thousand acts behind does not ask.
    select s.id, s.xid, s.at from (
      (select * from change_sets where change_sets.xid >= pg_snapshot_xmax(after) order by change_sets.xid, id limit 5000)
      union all
      select * from change_sets where change_sets.xid = any (array(select pg_snapshot_xip(after)))) s
    where pg_visible_in_snapshot(s.xid, until)),
  lines as materialized (
    select s.id as set_id, h.* from sets s cross join lateral (
      select r.entity, r.row_id, r.client_id, r.op, r.before from changes r
      where r.change_set_id = s.id and r.at >= s.at and r.at < s.at + interval '1 day' limit 20001) h),
  -- People, contacts, accounts and seats are parts of their client: one line for all of them.
  touched as materialized (
    select distinct l.set_id, case when l.entity in ('activities', 'files') then l.entity else 'clients' end as entity,
      case when l.entity in ('activities', 'files') then l.row_id else l.client_id end as row_id, l.client_id
    from lines l where l.client_id is not null or l.entity = 'activities'
    union
    select l.set_id, l.entity, l.row_id, (l.before ->> 'client_id')::uuid
    from lines l where l.entity = 'activities' and l.before ->> 'client_id' is not null),
  sizes as materialized (
    select s.id, s.xid, count(t.row_id) as rows, (select count(*) from lines l where l.set_id = s.id) > 20000 as vast
    from sets s left join touched t on t.set_id = s.id group by s.id, s.xid),
  seen as materialized (
    select * from live_seers(array(select distinct t.client_id from touched t where t.client_id is not null), listeners)),
  former as materialized (
    select l.set_id, l.client_id, (l.before ->> 'owner_id')::uuid as person_id from lines l
    where l.entity = 'clients' and l.before ->> 'owner_id' is not null
    union
    select l.set_id, l.client_id, l.row_id from lines l where l.entity = 'seats' and l.op = 'd'),
  lost as materialized (
    select f.set_id, f.client_id, array_agg(distinct w.seer_id) as people
    from former f
      join seers_of(array(select distinct person_id from former)) w on w.person_id = f.person_id
      left join seen on seen.client_id = f.client_id
    where w.seer_id = any (listeners) and w.seer_id <> all (coalesce(seen.people, '{}'))
    group by f.set_id, f.client_id),
  -- An entry without a client is for its person and for who gave it, now or before this act.
  own as materialized (
    select t.set_id, t.row_id, array_agg(distinct p.id) as people
    from touched t cross join lateral (
      select a.user_id as id from activities a where a.id = t.row_id
      union select a.created_by from activities a where a.id = t.row_id
      union select (l.before ->> 'user_id')::uuid from lines l where l.set_id = t.set_id and l.row_id = t.row_id
      union select (l.before ->> 'created_by')::uuid from lines l where l.set_id = t.set_id and l.row_id = t.row_id) p
    where t.client_id is null and p.id = any (listeners)
    group by t.set_id, t.row_id),
  told as (
    select t.set_id, t.entity, t.row_id, t.client_id, false as gone, coalesce(seen.people, own.people) as people
    from touched t left join seen on seen.client_id = t.client_id
      left join own on own.set_id = t.set_id and own.row_id = t.row_id and t.client_id is null
    union all
    select lost.set_id, 'clients', lost.client_id, lost.client_id, true, lost.people from lost)
  select z.xid, t.set_id, t.entity, t.row_id,
    case when t.gone then null when t.entity = 'clients' then (select c.version from clients c where c.id = t.row_id)
      when t.entity = 'activities' then (select a.version from activities a where a.id = t.row_id and a.client_id is not distinct from t.client_id) end,
    t.client_id, t.gone, t.people
  from told t join sizes z on z.id = t.set_id where z.rows <= 200 and t.people is not null
  union all
  select z.xid, z.id, 'clients', null, null, null, false,
    case when z.vast
      then array(select u.id from users u where u.id = any (listeners) and u.active and u.role <> 'admin')
      else array(select distinct p from told t cross join lateral unnest(t.people) p where t.set_id = z.id) end
  from sizes z where z.rows > 200
  order by 1, 2;
end;
comment on function live_changes(pg_snapshot, pg_snapshot, uuid[]) is
  'What was committed after one position and up to another, in the order of acts, a line a changed client, entry or file with the listeners
it is for. `version` null: the row is gone, or has none. `gone`: these people saw the client before and no longer do. `row_id` null: an act
of more than 200 rows, told to whoever sees or saw any of them (of more than 20,000, to everybody who works with clients).';

create function live_start(seconds float8) returns pg_snapshot
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select coalesce(
    (select (x.xid::text || ':' || x.xid::text || ':')::pg_snapshot from (
       select s.xid, s.at from change_sets s where s.xid < pg_snapshot_xmax(pg_current_snapshot()) order by s.xid desc limit 500) x
     where x.at > now() - make_interval(secs => seconds) order by x.xid limit 1),
    pg_current_snapshot());
end;
comment on function live_start(float8) is 'A position that many seconds ago, or where the 500th last act stands.';

revoke execute on function live_seers(uuid[], uuid[]), live_pending(pg_snapshot, int), live_changes(pg_snapshot, pg_snapshot, uuid[]),
  live_start(float8) from public;
grant execute on function live_seers(uuid[], uuid[]), live_pending(pg_snapshot, int), live_changes(pg_snapshot, pg_snapshot, uuid[]),
  live_start(float8) to kartoteka_gate;

-- Who signs out, is dismissed or changes role or team is told at once. These writes are few: the lock of NOTIFY at commit holds nobody up.
create function tell_ended_sessions() returns trigger language plpgsql as $$
begin
  perform pg_notify('kartoteka_people', '{}');
  return null;
end $$;
create trigger tell_ended after delete on auth.sessions for each statement execute function tell_ended_sessions();

create function tell_changed_person() returns trigger language plpgsql as $$
begin
  perform pg_notify('kartoteka_people', json_build_object('id', new.id, 'teams', json_build_array(old.team_id, new.team_id))::text);
  return null;
end $$;
create trigger tell_changed after update of role, team_id, active on users for each row
  when ((old.role, old.team_id, old.active) is distinct from (new.role, new.team_id, new.active))
  execute function tell_changed_person();
