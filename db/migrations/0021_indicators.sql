-- What the head's figures are read from beside the base itself: moves between stages, and how complete the base was day by day.

alter table choices add column is_lost boolean not null default false;
comment on column choices.is_lost is 'Of a stage: a client who comes to it is lost.';
update choices set is_lost = true where field = 'stage' and fold(name) in ('потерянный', 'lost');

alter table views drop constraint views_screen_check;
alter table views add constraint views_screen_check check (screen in ('clients', 'contact-info', 'indicators'));

create index changes_stage on changes (at) where entity = 'clients' and op = 'u' and after ? 'stage';
create index activities_due on activities (due_at, user_id) where due_at is not null;
create index clients_created on clients (created_at, id) where archived_at is null;

create table completeness_days (
  day date not null,
  owner_id uuid references users,
  clients int not null,
  complete int not null,
  noted_at timestamptz not null default product_now()
);
create unique index completeness_days_key on completeness_days (day, owner_id) nulls not distinct;
comment on table completeness_days is 'How many clients a person had that day (null: nobody''s), and how many of them had a valid contact of every required kind: the past of a figure that the base itself tells of today only.';

alter table completeness_days enable row level security;
create policy everything on completeness_days for select to kartoteka_all using (true);
create policy seated on completeness_days for select to kartoteka_scoped using (owner_id = any ((select visible_user_ids())::uuid[]));
grant select on completeness_days to kartoteka_all, kartoteka_scoped;

create function note_completeness() returns void language sql security definer set search_path = pg_catalog, public
begin atomic
  insert into completeness_days (day, owner_id, clients, complete)
  select (product_now() at time zone coalesce((select time_zone from company), 'UTC'))::date, s.owner_id, count(*),
    count(*) filter (where not exists (
      select 1 from unnest((select required_kinds from company) || coalesce((select array_agg(k) from choices ch, unnest(ch.required_kinds) k
          where ch.required_kinds <> '{}' and ((ch.field = 'stage' and ch.name = s.stage) or (ch.field = 'category' and ch.name = any (s.categories)))), '{}')) k
      where case k when 'phone' then s.phone when 'email' then s.email when 'address' then s.address when 'website' then s.website
        when 'messenger' then s.messenger else s.other end < 3))
  from client_states s
  -- Asked for every few minutes, by every process: the whole base is read a few times a day.
  where not exists (select 1 from completeness_days d
    where d.noted_at > product_now() - interval '3 hours'
      and d.day = (product_now() at time zone coalesce((select time_zone from company), 'UTC'))::date)
  group by s.owner_id
  on conflict (day, owner_id) do update set clients = excluded.clients, complete = excluded.complete, noted_at = excluded.noted_at;
end;
comment on function note_completeness() is 'Writes today''s lines of completeness_days, over those written earlier today, but not within three hours of the last ones. The rule is that of the gaps (src/features/clients/server/gaps.ts).';
revoke execute on function note_completeness() from public;
