-- The plan: the contact used, outcomes, moves, cancellation, repetition, reminders; when a client was last spoken to.

create function product_now() returns timestamptz language sql stable parallel safe
  return coalesce(nullif(current_setting('app.now', true), '')::timestamptz, now());
comment on function product_now() is 'The moment acts, days and rhythms go by: now(), unless the process runs by a clock of its own (a test around midnight, a week of the demo company).';
alter table change_sets alter column at set default product_now();
alter table activities alter column created_at set default product_now(), alter column updated_at set default product_now();

alter table activities
  add column contact_id uuid references contacts on delete set null,
  add column contact_value text,
  add column outcome text,
  add column reached boolean,
  add column cancelled_at timestamptz,
  add column cancel_reason text,
  add column first_due_at timestamptz,
  add column moves jsonb not null default '[]',
  add column remind_before int[] not null default '{}',
  add column repeat jsonb,
  add column series_id uuid,
  add column occurrence int,
  add column updated_by uuid default caller_id() references users,
  add check (done_at is null or cancelled_at is null),
  drop column moment;
alter table activities
  add column moment timestamptz not null generated always as (coalesce(done_at, cancelled_at, due_at, created_at)) stored;
comment on column activities.moment is 'Where an entry stands in a timeline: done, else cancelled, else due, else entered. A column, since coalesce() is not leakproof and no index below a policy serves it.';
comment on column activities.contact_value is 'The phone, e-mail … that was used, as it read then: it outlives a change of the contact.';
comment on column activities.outcome is 'Name of a choice of field "outcome".';
comment on column activities.reached is 'Whether that outcome meant that somebody answered, as the dictionary said then; null where it did not say.';
comment on column activities.moves is 'Every move of an open plan: [{ at, by, from, to }], kept by keep_moves whatever road a move came by.';
comment on column activities.remind_before is 'Minutes before due_at at which its person is reminded; negative for a plan of a whole day: -540 is nine in the morning.';
comment on column activities.repeat is '{ every: day|weekday|week|month|year, interval, from, until, count, except }: src/features/activities/recurrence.ts. The next occurrence is entered when one is done or cancelled.';
comment on column activities.series_id is 'The same on all occurrences of a plan that repeats; occurrence counts from 1.';

drop index activities_open, activities_client_open, activities_all_open;
create index activities_client on activities (client_id, moment, id);
create index activities_user on activities (user_id, moment, id);
create index activities_moment on activities (moment, id);
create index activities_open on activities (user_id, due_at, id) where done_at is null and cancelled_at is null and due_at is not null;
create index activities_client_open on activities (client_id, due_at) where done_at is null and cancelled_at is null and due_at is not null;
create index activities_all_open on activities (due_at, id) where done_at is null and cancelled_at is null and due_at is not null;
create index activities_contact on activities (contact_id) where contact_id is not null;
create index activities_series on activities (series_id, occurrence) where series_id is not null;
create index activities_changed on activities (updated_at);

create or replace function count_version() returns trigger language plpgsql as $$
begin
  new.version := old.version + 1;
  new.updated_at := product_now();
  new.updated_by := coalesce(caller_id(), old.updated_by);
  return new;
end $$;

create function keep_moves() returns trigger language plpgsql as $$
begin
  -- A reversal sets due_at and moves together: what it brings back is no move of its own.
  if new.moves is not distinct from old.moves and old.due_at is not null and new.due_at is not null
     and old.done_at is null and old.cancelled_at is null then
    new.first_due_at := coalesce(old.first_due_at, old.due_at);
    new.moves := old.moves || jsonb_build_object('at', product_now(), 'by', caller_id(), 'from', old.due_at, 'to', new.due_at);
  end if;
  return new;
end $$;
comment on function keep_moves() is 'An open plan that gets another time keeps its first one, and who moved it when.';
create trigger moves before update on activities for each row when (old.due_at is distinct from new.due_at) execute function keep_moves();

-- Outcomes and rhythms -----------------------------------------------------------------------------------------------

alter table choices drop constraint choices_field_check;
alter table choices
  add constraint choices_field_check check (field in ('source', 'stage', 'region', 'category', 'person-role', 'outcome')),
  add column rhythm_days int check (rhythm_days between 1 and 3650),
  add column reached boolean,
  add column activity_kinds text[] not null default '{}';
comment on column choices.rhythm_days is 'Clients of this category are spoken to at least every so many days; of several categories the shortest.';
comment on column choices.reached is 'Of an outcome: whether somebody answered. A contact that answered is a checked one, one that did not is no contact with the client.';
comment on column choices.activity_kinds is 'Of an outcome: the kinds of entry it is offered for; empty: all.';
alter table company add column rhythm_days int check (rhythm_days between 1 and 3650);
comment on column company.rhythm_days is 'Rhythm of clients whose categories set none; null: they are never called forgotten.';

insert into choices (field, name, position, reached, activity_kinds)
select 'outcome', o.name, o.position, o.reached, o.kinds::text[]
from company c cross join lateral (values
  ('ru', 'дозвонился', 0, true, '{call}'), ('ru', 'договорились', 1, true, '{}'), ('ru', 'просит перезвонить', 2, true, '{call}'),
  ('ru', 'не дозвонился', 3, false, '{call}'), ('ru', 'отказ', 4, true, '{}'), ('ru', 'неверный номер', 5, false, '{call}'),
  ('en', 'reached', 0, true, '{call}'), ('en', 'agreed', 1, true, '{}'), ('en', 'call back later', 2, true, '{call}'),
  ('en', 'no answer', 3, false, '{call}'), ('en', 'refused', 4, true, '{}'), ('en', 'wrong number', 5, false, '{call}')
) o (language, name, position, reached, kinds)
where o.language = c.language;

-- The last contact with a client, and his clock ----------------------------------------------------------------------

alter table clients
  add column last_contact_at timestamptz not null default '-infinity',
  add column time_zone text;
comment on column clients.last_contact_at is 'Latest call, meeting or letter done with the client, unless nobody answered; -infinity where there is none, so that keyset paging needs no null.';
comment on column clients.time_zone is 'IANA name, where a person said it; else it is read from region and phone (src/shared/client-zone.ts).';

alter table clients disable trigger user;
update clients c set last_contact_at = a.last
from (select client_id, max(done_at) as last from activities
      where done_at is not null and client_id is not null and kind in ('call', 'meeting', 'letter') group by client_id) a
where a.client_id = c.id;
alter table clients enable trigger user;
create index clients_owner_contact on clients (owner_id, last_contact_at, id) where archived_at is null;

create or replace function keep_next_plan() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  update clients c set next_plan_at = t.next, last_contact_at = t.last
  from (select r.client_id,
          coalesce((select min(a.due_at) from activities a where a.client_id = r.client_id
            and a.done_at is null and a.cancelled_at is null and a.due_at is not null), 'infinity') as next,
          coalesce((select max(a.done_at) from activities a where a.client_id = r.client_id
            and a.done_at is not null and a.kind in ('call', 'meeting', 'letter') and a.reached is distinct from false), '-infinity') as last
        from (select distinct client_id from touched_rows where client_id is not null) r) t
  where c.id = t.client_id and (c.next_plan_at, c.last_contact_at) is distinct from (t.next, t.last);
  return null;
end $$;
comment on function keep_next_plan() is 'The next plan of a client and the last contact with him follow his entries, in one write.';

-- Derived columns are no news in the journal and no new version of a client. The lists are inside functions that others change too:
-- each gets its word added, not its text of today.
do $$
declare f text; was text; became text;
begin
  foreach f in array array['journal_update()', 'keep_client_version()'] loop
    was := pg_get_functiondef(f::regprocedure);
    became := regexp_replace(was, '\mnext_plan_at,', 'next_plan_at,last_contact_at,');
    if became = was then raise exception '% names no derived columns', f; end if;
    execute became;
  end loop;
  was := pg_get_functiondef('follow_dictionary(jsonb, int, uuid)'::regprocedure);
  became := replace(was, E'    when ''custom-field'' then\n', E'    when ''outcome'' then\n'
    || E'      update activities set outcome = change ->> ''to'' where id in (select a.id from activities a where a.outcome = change ->> ''from'' limit most);\n'
    || E'    when ''custom-field'' then\n');
  if became = was then raise exception 'follow_dictionary has no place for outcomes'; end if;
  execute became;
end $$;

-- Reminders ----------------------------------------------------------------------------------------------------------

create table reminders (
  id uuid primary key default new_id(),
  activity_id uuid not null references activities on delete cascade,
  user_id uuid not null references users,
  before int not null,
  planned_at timestamptz not null,
  remind_at timestamptz not null,
  seen_at timestamptz,
  unique (activity_id, before)
);
create index reminders_waiting on reminders (user_id, remind_at) where seen_at is null;
comment on table reminders is 'One bell of an open plan for its person, kept by follow_reminders; planned_at is what the plan says, remind_at is later where he has put it off. Not journaled: it says who has looked, nothing of a client.';

alter table reminders enable row level security;
create policy own on reminders to kartoteka_all, kartoteka_scoped
  using (user_id = (select caller_id())) with check (user_id = (select caller_id()));
grant select on reminders to kartoteka_all, kartoteka_scoped;
grant update (remind_at, seen_at) on reminders to kartoteka_all, kartoteka_scoped;

create function follow_reminders() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if tg_op = 'UPDATE' then
    delete from reminders r using touched_rows t
    where r.activity_id = t.id and (t.done_at is not null or t.cancelled_at is not null or t.due_at is null
      or r.user_id <> t.user_id or r.before <> all (t.remind_before));
  end if;
  if not exists (select 1 from touched_rows where remind_before <> '{}') then return null; end if;
  insert into reminders as r (activity_id, user_id, before, planned_at, remind_at, seen_at)
  select t.id, t.user_id, b, t.due_at - make_interval(mins => b), t.due_at - make_interval(mins => b),
    case when t.due_at - make_interval(mins => b) < product_now() - interval '1 day' then product_now() end
  from touched_rows t cross join lateral (select distinct b from unnest(t.remind_before) b) b
  where t.done_at is null and t.cancelled_at is null and t.due_at is not null
  on conflict (activity_id, before) do update
    set planned_at = excluded.planned_at, remind_at = excluded.remind_at, seen_at = excluded.seen_at
    where r.planned_at <> excluded.planned_at;
  return null;
end $$;
comment on function follow_reminders() is 'Bells follow their plan: moved with it, gone when it is done, cancelled or given to another person.';
create trigger reminders_insert after insert on activities referencing new table as touched_rows
  for each statement execute function follow_reminders();
create trigger reminders_update after update on activities referencing new table as touched_rows
  for each statement execute function follow_reminders();

-- Birthdays and news -------------------------------------------------------------------------------------------------

create index people_birthday on people ((extract(month from birthday)::int * 100 + extract(day from birthday)::int))
  include (client_id) where birthday is not null;

create function my_birthdays(keys int[]) returns table (key int, person_id uuid, client_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select extract(month from p.birthday)::int * 100 + extract(day from p.birthday)::int, p.id, p.client_id
  from people p
  where p.birthday is not null and extract(month from p.birthday)::int * 100 + extract(day from p.birthday)::int = any (keys)
    and p.client_id in (
      select c.id from clients c where c.owner_id = caller_id() and c.archived_at is null
      union all
      select s.client_id from seats s where s.user_id = caller_id() and s.reason <> 'owner' and s.live
        and (s.valid_from is null or s.valid_from <= now()) and (s.valid_until is null or s.valid_until > now()));
end;
comment on function my_birthdays(int[]) is 'Persons of the caller''s own clients and of those he has a seat on, whose birthday (month × 100 + day) is one of these. Security definer: below the policies every person of those days is asked for his seat (a million clients: 50 ms against 10).';
revoke execute on function my_birthdays(int[]) from public;
grant execute on function my_birthdays(int[]) to kartoteka_all, kartoteka_scoped;

alter table users add column news_seen_at timestamptz;
grant update (news_seen_at) on users to kartoteka_scoped;
comment on column users.news_seen_at is 'Up to when he has looked through what others changed on his clients.';
