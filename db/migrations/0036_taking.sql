-- Кто что уносит: quotas of rows, requests beyond them, every file in a journal of its own, reading counted by the hour.

alter table company
  add column quota_manager bigint default 1000 check (quota_manager >= 0),
  add column quota_team_head bigint default 5000 check (quota_team_head >= 0),
  add column quota_head bigint check (quota_head >= 0),
  add column copy_rows int not null default 200 check (copy_rows >= 0),
  add column reading_rows bigint default 20000 check (reading_rows >= 0),
  add column request_hours int not null default 24 check (request_hours between 1 and 720),
  add column alarm_cards int not null default 50 check (alarm_cards > 0),
  add column alarm_times float8 not null default 3 check (alarm_times >= 0);
comment on column company.quota_manager is 'Rows a manager may take out in any 30 days without asking; null: as many as he likes, 0: none. So quota_team_head and quota_head.';
comment on column company.copy_rows is 'So many rows are copied or printed within an hour in passing; more is an export.';
comment on column company.reading_rows is 'Rows read through lists, reports and the API in a day of the company; what is read beyond is an export. null: never.';
comment on column company.request_hours is 'How long an approved request holds.';
comment on column company.alarm_cards is 'More cards than this in an hour, and alarm_times the person''s usual, is unusual reading.';

alter table users add column export_quota bigint check (export_quota >= 0);
comment on column users.export_quota is 'Rows this person may take out in any 30 days; null: as his role.';

create function guard_taking() returns trigger language plpgsql as $$
begin
  if current_user = 'kartoteka_admin' then
    raise exception 'what may be taken away is set by a head' using errcode = '42501';
  end if;
  return new;
end $$;
comment on function guard_taking() is 'An admin sees no clients; how much of them others may carry out is not his to say either.';
create trigger guard_quota before update of export_quota on users for each row
  when (old.export_quota is distinct from new.export_quota) execute function guard_taking();
create trigger guard_taking before update on company for each row
  when ((old.quota_manager, old.quota_team_head, old.quota_head, old.copy_rows, old.reading_rows, old.request_hours, old.alarm_cards, old.alarm_times)
    is distinct from (new.quota_manager, new.quota_team_head, new.quota_head, new.copy_rows, new.reading_rows, new.request_hours, new.alarm_cards, new.alarm_times))
  execute function guard_taking();

create table export_requests (
  id uuid primary key default new_id(),
  user_id uuid not null default caller_id() references users,
  road text not null,
  selection jsonb not null,
  columns text[] not null default '{}',
  rows bigint not null check (rows > 0),
  reason text not null check (btrim(reason) <> '' and length(reason) <= 1000),
  state text not null default 'asked' check (state in ('asked', 'approved', 'refused', 'used')),
  asked_at timestamptz not null default product_now(),
  decided_at timestamptz,
  decided_by uuid references users,
  answer text check (length(answer) <= 1000),
  expires_at timestamptz,
  taking_id uuid,
  told_at timestamptz,
  check ((state = 'asked') = (decided_at is null)),
  check ((state in ('approved', 'used')) = (expires_at is not null))
);
create index export_requests_user on export_requests (user_id, id);
create index export_requests_open on export_requests (id) where state = 'asked';
create index export_requests_untold on export_requests (id) where told_at is null;
comment on table export_requests is 'Somebody asks to take out more than his quota: exactly this selection and these columns, at most so many rows.';
comment on column export_requests.state is 'approved holds until expires_at, for one file; used: it was taken with it (taking_id).';
comment on column export_requests.told_at is 'When the letter to the heads was written.';

create table takings (
  id uuid primary key default new_id(),
  user_id uuid not null references users,
  road text not null,
  file_name text,
  selection jsonb not null default '{}',
  columns text[] not null default '{}',
  rows bigint not null check (rows >= 0),
  counted boolean not null,
  request_id uuid references export_requests,
  change_set_id uuid,
  at timestamptz not null default product_now(),
  address text,
  session_id uuid,
  session_kind text,
  session_name text
);
create index takings_user on takings (user_id, at);
create index takings_at on takings (at, id);
comment on table takings is 'Every file and every large copy that left the base: whose, by which road, of what, how many rows. Written before the first byte leaves, by take() alone.';
comment on column takings.counted is 'Whether its rows count against the quota: figures and a person''s own faulty rows do not.';
comment on column takings.session_kind is 'session, token, or null where neither was known (the command line on the server).';
create index takings_change_set on takings (change_set_id);
create index takings_request on takings (request_id);

create table reading_counts (
  user_id uuid not null references users,
  hour timestamptz not null,
  kind text not null check (kind in ('list', 'card', 'report', 'file', 'api', 'copy', 'print')),
  rows bigint not null,
  times bigint not null,
  primary key (user_id, hour, kind)
);
create index reading_counts_hour on reading_counts (hour);
comment on table reading_counts is 'What each person read, by the hour. Processes gather and add every few seconds: a killed one loses no more than that.';

create table reading_alarms (
  user_id uuid not null references users,
  hour timestamptz not null,
  primary key (user_id, hour)
);
comment on table reading_alarms is 'Hours a person''s reading has raised an alarm in: once is enough.';

alter table export_requests enable row level security;
alter table takings enable row level security;
alter table reading_counts enable row level security;
create policy everything on export_requests to kartoteka_all using (true) with check (true);
create policy within_reach on export_requests for select to kartoteka_scoped using (user_id = any ((select own_people(caller_id()))::uuid[]));
create policy asked on export_requests for insert to kartoteka_scoped with check (user_id = caller_id());
create policy everything on takings to kartoteka_all using (true);
create policy within_reach on takings for select to kartoteka_scoped using (user_id = any ((select own_people(caller_id()))::uuid[]));
create policy everything on reading_counts to kartoteka_all using (true);
create policy within_reach on reading_counts for select to kartoteka_scoped using (user_id = any ((select own_people(caller_id()))::uuid[]));
grant select on export_requests, takings, reading_counts to kartoteka_all, kartoteka_scoped;
grant insert (road, selection, columns, rows, reason) on export_requests to kartoteka_all, kartoteka_scoped;
grant update (state, decided_at, decided_by, answer, expires_at) on export_requests to kartoteka_all;

create function guard_decision() returns trigger language plpgsql as $$
begin
  if current_user = 'kartoteka_all' and (old.state <> 'asked' or new.state not in ('approved', 'refused')
      or new.decided_by is distinct from caller_id() or old.user_id = caller_id()) then
    raise exception 'a request is decided once, and by another than who asked' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger guard_decision before update on export_requests for each row execute function guard_decision();

create function tell_requests() returns trigger language plpgsql as $$
begin
  perform pg_notify('kartoteka_alarms', '');
  return null;
end $$;
comment on function tell_requests() is 'Heads hear at once that there is something to decide, or that another head has decided it. Requests are few: the lock of NOTIFY at commit holds nobody up.';
create trigger tell_asked after insert on export_requests for each statement execute function tell_requests();
create trigger tell_decided after update of state on export_requests for each statement execute function tell_requests();

create function export_quota_of(person uuid, out quota bigint, out taken bigint) language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select coalesce(u.export_quota, case u.role when 'manager' then c.quota_manager when 'team-head' then c.quota_team_head else c.quota_head end),
    coalesce((select sum(t.rows) from takings t
      where t.user_id = u.id and t.counted and t.request_id is null and t.at > product_now() - interval '30 days'), 0)::bigint
  from users u left join company c on true
  where u.id = person and (caller_id() is null or person = caller_id() or caller_role() = 'head' or person = any (own_people(caller_id())));
end;
comment on function export_quota_of(uuid) is 'Rows a person may take out in any 30 days (null: as many as he likes), and rows he took in the last 30 beside those approved one by one.';

create function taking_refusal(given jsonb, out refused text, out quota bigint, out taken bigint, out request uuid)
  language plpgsql stable security definer set search_path = pg_catalog, public as $$
begin
  if not may_export() then
    refused := 'no-right';
    return;
  end if;
  select q.quota, q.taken into quota, taken from export_quota_of(caller_id()) q;
  if quota is null or taken + (given ->> 'rows')::bigint <= quota then return; end if;
  select r.id into request from export_requests r
  where r.user_id = caller_id() and r.state = 'approved' and r.expires_at > product_now() and r.road = given ->> 'road'
    and r.selection = given -> 'selection' and r.columns = array(select jsonb_array_elements_text(given -> 'columns'))
    and r.rows >= (given ->> 'rows')::bigint
  order by r.rows, r.id limit 1;
  if request is null then refused := 'quota'; end if;
end $$;
comment on function taking_refusal(jsonb) is 'Whether the caller may take { road, selection, columns, rows }: refused no-right, quota, or null; request: the approval it would be taken with, where the quota is not enough.';

create function take(given jsonb, out id uuid, out refused text, out quota bigint, out taken bigint)
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  counts constant boolean := (given ->> 'counted')::boolean;
  approval uuid;
begin
  -- Two files at once: the second sees what the first took.
  perform pg_advisory_xact_lock(hashtextextended('take ' || caller_id(), 0));
  id := coalesce((given ->> 'id')::uuid, new_id());
  -- A job that was broken off and begins again takes the same file.
  update export_requests r set state = 'approved', taking_id = null where r.taking_id = take.id and r.user_id = caller_id();
  delete from takings t where t.id = take.id and t.user_id = caller_id();
  if counts then
    select f.refused, f.quota, f.taken, f.request into refused, quota, taken, approval from taking_refusal(given) f;
    if refused is not null then return; end if;
  end if;
  insert into takings (id, user_id, road, file_name, selection, columns, rows, counted, request_id, change_set_id, address, session_id, session_kind, session_name)
  select take.id, caller_id(), given ->> 'road', given ->> 'fileName', coalesce(given -> 'selection', '{}'),
    array(select jsonb_array_elements_text(given -> 'columns')), (given ->> 'rows')::bigint, counts, approval, current_change_set(),
    given ->> 'address', s.id, s.kind, coalesce(nullif(s.name, ''), s.agent)
  from (select 1) one left join auth.sessions s on s.id = (given ->> 'sessionId')::uuid and s.user_id = caller_id();
  update export_requests r set state = 'used', taking_id = take.id where r.id = approval;
end $$;
comment on function take(jsonb) is 'The caller takes { id?, road, fileName, selection, columns, rows, counted, address, sessionId } out of the base: the right and the quota are looked at and the row is written under one lock. refused: nothing was written. Of counted files only. Belongs to a change-set.';

revoke execute on function export_quota_of(uuid), taking_refusal(jsonb), take(jsonb) from public;
grant execute on function export_quota_of(uuid), taking_refusal(jsonb), take(jsonb) to kartoteka_all, kartoteka_scoped;

-- Reading ---------------------------------------------------------------------------------------------------------------

create function reading_of(person uuid, moment timestamptz, out read bigint, out most bigint, out over bigint, out held boolean)
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare zone text; midnight timestamptz; allowed bigint; booked bigint; quota bigint; used bigint; may boolean;
begin
  perform set_config('app.now', moment::text, true);
  select c.time_zone, c.reading_rows into zone, most from company c;
  midnight := date_trunc('day', moment, coalesce(zone, 'UTC'));
  select coalesce(sum(r.rows), 0) into read from reading_counts r
  where r.user_id = person and r.hour >= midnight and r.kind in ('list', 'card', 'report', 'api');
  held := false;
  over := 0;
  if most is null then return; end if;
  select coalesce(sum(r.rows), 0) into allowed from export_requests r
  where r.user_id = person and r.road = 'reading' and r.state = 'approved' and r.expires_at > product_now();
  most := most + allowed;
  over := greatest(0, read - most);
  select u.role = 'head' or (u.role <> 'admin' and u.may_export) into may from users u where u.id = person;
  select q.quota, q.taken into quota, used from export_quota_of(person) q;
  if may and quota is null then most := null; end if;
  if over = 0 then return; end if;
  select coalesce(sum(t.rows), 0) into booked from takings t where t.user_id = person and t.road = 'reading' and t.at >= midnight;
  held := not may or (quota is not null and used + greatest(0, over - booked) > quota);
end $$;
comment on function reading_of(uuid, timestamptz) is 'Rows a person has read on the day of this moment, how many he may before it is an export (most; null: as many as he likes), how many are beyond, and whether that is the end of it (held).';

create function count_reading(given jsonb, moment timestamptz) returns table (person uuid, read bigint, most bigint, held boolean)
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare one record; state record; booked bigint; midnight timestamptz; cards bigint; usual float8; rules company;
begin
  perform set_config('app.now', moment::text, true);
  select * into rules from company;
  midnight := date_trunc('day', moment, coalesce(rules.time_zone, 'UTC'));
  -- In the order of the key: two processes that add up the same people at once wait for each other and never lock up.
  insert into reading_counts as c (user_id, hour, kind, rows, times)
  select g.person, date_trunc('hour', g.at, 'UTC'), g.kind, sum(g.rows), sum(g.times)
  from jsonb_to_recordset(given) g (person uuid, at timestamptz, kind text, rows bigint, times bigint) join users u on u.id = g.person
  group by 1, 2, 3 order by 1, 2, 3
  on conflict (user_id, hour, kind) do update set rows = c.rows + excluded.rows, times = c.times + excluded.times;
  for one in
    select g.person, bool_or(g.kind = 'card') as cards, u.role
    from jsonb_to_recordset(given) g (person uuid, kind text) join users u on u.id = g.person group by g.person, u.role order by 1
  loop
    perform pg_advisory_xact_lock(hashtextextended('take ' || one.person, 0));
    select * into state from reading_of(one.person, moment);
    if state.over > 0 then
      select coalesce(sum(t.rows), 0) into booked from takings t where t.user_id = one.person and t.road = 'reading' and t.at >= midnight;
      if state.over > booked then
        update takings t set rows = t.rows + state.over - booked
        where t.id = (select l.id from takings l where l.user_id = one.person and l.road = 'reading' and l.at >= midnight order by l.at limit 1);
        if not found then
          insert into takings (user_id, road, rows, counted) values (one.person, 'reading', state.over, true);
        end if;
      end if;
    end if;
    -- Of a head there is nobody to tell.
    if one.cards and one.role <> 'head' then
      select r.rows into cards from reading_counts r
      where r.user_id = one.person and r.hour = date_trunc('hour', moment, 'UTC') and r.kind = 'card';
      if cards > rules.alarm_cards then
        usual := usual_cards(one.person, date_trunc('hour', moment, 'UTC'));
        if cards > rules.alarm_times * usual then
          insert into reading_alarms (user_id, hour) values (one.person, date_trunc('hour', moment, 'UTC')) on conflict do nothing;
          if found then
            perform raise_alarm('reading.unusual', one.person, null,
              jsonb_build_object('cards', cards, 'usual', usual, 'hour', date_trunc('hour', moment, 'UTC')));
          end if;
        end if;
      end if;
    end if;
    person := one.person;
    read := state.read;
    most := state.most;
    held := state.held;
    return next;
  end loop;
end $$;
comment on function count_reading(jsonb, timestamptz) is 'Adds up what people have read ([{ person, at, kind, rows, times }]), books what is beyond the day''s measure as taken out, raises alarms. Returns how each stands.';

create function usual_cards(person uuid, before timestamptz) returns float8 language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select coalesce(percentile_cont(0.5) within group (order by r.rows), 0) from reading_counts r
  where r.user_id = person and r.kind = 'card' and r.hour >= before - interval '30 days' and r.hour < before;
end;
comment on function usual_cards(uuid, timestamptz) is 'The median of cards opened in an hour, over the hours of the 30 days before in which the person opened any.';

create function copy_left() returns int language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select greatest(0, c.copy_rows - coalesce((
    select sum(r.rows) from reading_counts r
    where r.user_id = caller_id() and r.hour = date_trunc('hour', product_now(), 'UTC') and r.kind in ('copy', 'print')), 0))::int
  from company c;
end;
comment on function copy_left() is 'Rows the caller may still copy or print in passing this hour.';

create function copy_in_passing(way text, copied int, out passed boolean, out remain int)
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform pg_advisory_xact_lock(hashtextextended('take ' || caller_id(), 0));
  remain := copy_left();
  passed := remain is null or copied <= remain;
  if passed and copied > 0 then
    insert into reading_counts as c (user_id, hour, kind, rows, times) values (caller_id(), date_trunc('hour', product_now(), 'UTC'), way, copied, 1)
    on conflict (user_id, hour, kind) do update set rows = c.rows + excluded.rows, times = c.times + 1;
    remain := remain - copied;
  end if;
end $$;
comment on function copy_in_passing(text, int) is 'Whether the caller may copy or print (way: copy, print) so many rows more this hour without it being an export; counts them if so. remain: what is left of the hour.';
revoke execute on function copy_left(), copy_in_passing(text, int) from public;
grant execute on function copy_left(), copy_in_passing(text, int) to kartoteka_all, kartoteka_scoped;

-- The process counts for everybody, at no request's hands.
revoke execute on function reading_of(uuid, timestamptz), count_reading(jsonb, timestamptz), usual_cards(uuid, timestamptz) from public;
grant execute on function reading_of(uuid, timestamptz), count_reading(jsonb, timestamptz) to kartoteka_gate;
