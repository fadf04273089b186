-- Figures of many clients and entries, counted without reading them one by one.

-- What the calendar, day sheets and indicators count by, and what the policies ask about, stands in the index of a person's entries:
-- a month of five million is counted from 60 MB of it, not from every page of the table. So is the open plan.
drop index activities_user;
create index activities_user on activities (user_id, moment, id) include (client_id, created_by, kind, due_at, done_at, cancelled_at, outcome);
drop index activities_open;
create index activities_open on activities (user_id, due_at, id) include (client_id, created_by, kind)
  where done_at is null and cancelled_at is null and due_at is not null;
-- Only where vacuum has been, an index is enough: after a day's entries, not after a fifth of the table.
alter table activities set (autovacuum_vacuum_insert_scale_factor = 0.01, autovacuum_vacuum_scale_factor = 0.05);

-- Both sides are found first: joined, the planner takes a portfolio for 200 clients and looks for the persons of each.
create or replace function my_birthdays(keys int[]) returns table (key int, person_id uuid, client_id uuid)
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  with mine as materialized (
    select c.id from clients c where c.owner_id = caller_id() and c.archived_at is null
    union
    select s.client_id from seats s where s.user_id = caller_id() and s.reason <> 'owner' and s.live
      and (s.valid_from is null or s.valid_from <= now()) and (s.valid_until is null or s.valid_until > now())),
  born as materialized (
    select extract(month from p.birthday)::int * 100 + extract(day from p.birthday)::int as key, p.id, p.client_id
    from people p
    where p.birthday is not null and extract(month from p.birthday)::int * 100 + extract(day from p.birthday)::int = any (keys)
      and exists (select 1 from mine))
  select b.key, b.id, b.client_id from mine m join born b on b.client_id = m.id;
end;
comment on function my_birthdays(int[]) is 'Persons of the caller''s own clients and of those he has a seat on, whose birthday (month × 100 + day) is one of these. Security definer: below the policies every person of those days is asked for his seat.';

create or replace function note_completeness() returns void language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  today constant date := (product_now() at time zone coalesce((select time_zone from company), 'UTC'))::date;
begin
  -- Asked for every few minutes, by every process: the whole base is read a few times a day.
  if exists (select 1 from completeness_days d where d.day = today and d.noted_at > product_now() - interval '3 hours') then return; end if;
  delete from completeness_days d where d.day = today;
  insert into completeness_days as d (day, owner_id, clients, complete)
  -- Clients alike are judged once: there are few ways to differ.
  select today, k.owner_id, sum(k.clients), coalesce(sum(k.clients) filter (where not exists (
      select 1 from unnest((select required_kinds from company) || coalesce((select array_agg(r) from choices ch, unnest(ch.required_kinds) r
          where ch.required_kinds <> '{}' and ((ch.field = 'stage' and ch.name = k.stage) or (ch.field = 'category' and ch.name = any (k.categories)))), '{}')) r
      where r <> all (k.valid))), 0)
  from (
    select s.owner_id, s.stage, s.categories, array_remove(array[case s.phone when 3 then 'phone' end, case s.email when 3 then 'email' end,
        case s.address when 3 then 'address' end, case s.website when 3 then 'website' end,
        case s.messenger when 3 then 'messenger' end, case s.other when 3 then 'other' end], null) as valid, count(*)::int as clients
    from client_states s group by 1, 2, 3, 4) k
  group by k.owner_id
  on conflict (day, owner_id) do update set clients = excluded.clients, complete = excluded.complete, noted_at = excluded.noted_at;
end $$;
comment on function note_completeness() is 'Writes today''s lines of completeness_days in place of those written earlier today, but not within three hours of them. The rule is that of the gaps (src/features/clients/server/gaps.ts).';

-- The funnel counts who stands where from the index alone.
drop index clients_owner_stage;
create index clients_owner_stage on clients (owner_id, (coalesce(stage, E'\uFFFF')), id) include (stage) where archived_at is null;
