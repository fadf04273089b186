-- Передача: everything a person holds goes to his successors in one transaction.

alter table company add column team_heads_hand_over boolean not null default false;
comment on column company.team_heads_hand_over is 'Whether team heads may hand clients over inside their team.';

create table handovers (
  id uuid primary key default new_id(),
  from_id uuid not null references users,
  dismissed boolean not null,
  change_set_id uuid not null,
  counts jsonb not null default '{}',
  created_at timestamptz not null default now(),
  created_by uuid not null default caller_id() references users,
  reversed_at timestamptz,
  reversed_by uuid references users
);
create index handovers_from on handovers (from_id, id);
comment on column handovers.counts is '{ clients, shared, plan, jobs, sessions, tokens }: what went to others, and what ended.';

create table handover_clients (
  handover_id uuid not null references handovers on delete cascade,
  client_id uuid not null references clients on delete cascade,
  to_id uuid references users,
  owned boolean not null,
  primary key (handover_id, client_id)
);
comment on table handover_clients is 'Which client went to whom; owned: the owner changed, else a seat given by the owner did. to_id null: nobody took it.';

alter table handovers enable row level security;
alter table handover_clients enable row level security;
create policy everything on handovers to kartoteka_all using (true) with check (created_by = caller_id());
create policy ended on handovers for update to kartoteka_all using (true) with check (true);
create policy seated on handovers to kartoteka_scoped
  using (from_id = any ((select visible_user_ids())::uuid[]) and caller_role() = 'team-head') with check (created_by = caller_id());
create policy everything on handover_clients to kartoteka_all using (true) with check (true);
create policy handed on handover_clients to kartoteka_scoped
  using (exists (select 1 from handovers h where h.id = handover_clients.handover_id))
  with check (exists (select 1 from handovers h where h.id = handover_clients.handover_id and h.created_by = caller_id()));
grant select, insert, update on handovers to kartoteka_all, kartoteka_scoped;
grant select, insert on handover_clients to kartoteka_all, kartoteka_scoped;

create function may_hand_over(person uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select coalesce(caller_role() = 'head'
    or (caller_role() = 'team-head' and (select c.team_heads_hand_over from company c) and person = any (visible_user_ids())), false);
end;
comment on function may_hand_over(uuid) is 'A head hands over anybody''s clients; a team head those of his team, where the head allows it.';

create function hand_seats_over(handover uuid) returns int language plpgsql security definer set search_path = pg_catalog, public as $$
declare given handovers; moved int;
begin
  select * into given from handovers h where h.id = handover and h.created_by = caller_id();
  if given is null or not may_hand_over(given.from_id) then raise no_data_found; end if;
  perform current_change_set();
  delete from seats s using handover_clients h
  where h.handover_id = handover and not h.owned and s.client_id = h.client_id and s.user_id = given.from_id and s.reason = 'shared';
  get diagnostics moved = row_count;
  insert into seats (client_id, user_id, reason)
  select h.client_id, h.to_id, 'shared' from handover_clients h join clients c on c.id = h.client_id
  where h.handover_id = handover and not h.owned and h.to_id is not null and c.owner_id is distinct from h.to_id
  on conflict do nothing;
  return moved;
end $$;
comment on function hand_seats_over(uuid) is 'Seats the person had been given go to the successors of a handover the caller is making. Returns how many.';

create function end_work_of(person uuid, out jobs int, out sessions int, out tokens int)
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if coalesce(caller_role(), '') <> 'head' then
    raise exception 'only a head dismisses' using errcode = '42501';
  end if;
  update jobs j set cancelled = true where j.user_id = person and j.status in ('queued', 'running');
  get diagnostics jobs = row_count;
  delete from auth.sessions s where s.user_id = person and s.kind = 'token';
  get diagnostics tokens = row_count;
  delete from auth.sessions s where s.user_id = person;
  get diagnostics sessions = row_count;
end $$;
comment on function end_work_of(uuid) is 'Signs a dismissed person out everywhere: sessions and keys are gone, his running jobs are told to stop.';

create function access_of(person uuid) returns table (sessions int, tokens int, jobs int)
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select (select count(*)::int from auth.sessions s where s.user_id = person and s.kind = 'session'
            and (s.expires_at is null or s.expires_at > now())),
    (select count(*)::int from auth.sessions s where s.user_id = person and s.kind = 'token'),
    (select count(*)::int from jobs j where j.user_id = person and j.status in ('queued', 'running'))
  where may_hand_over(person);
end;
comment on function access_of(uuid) is 'How many sessions, keys and running jobs a person has, for who may hand his clients over.';

revoke execute on function may_hand_over(uuid), hand_seats_over(uuid), end_work_of(uuid), access_of(uuid) from public;
grant execute on function may_hand_over(uuid), hand_seats_over(uuid), end_work_of(uuid), access_of(uuid) to kartoteka_all, kartoteka_scoped;
