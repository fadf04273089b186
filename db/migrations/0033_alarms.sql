-- Тревоги: what a head must hear of at once. Raised by the database's own functions and the process itself, never by a request.

create table alarms (
  id uuid primary key default new_id(),
  kind text not null,
  user_id uuid references users,
  client_id uuid references clients on delete set null,
  details jsonb not null default '{}',
  times int not null default 1,
  created_at timestamptz not null default product_now(),
  seen_at timestamptz,
  seen_by uuid references users,
  told_at timestamptz,
  constraint alarms_kind check (kind in ('canary.exported', 'canary.written', 'canary.changed', 'reading.unusual')),
  check (seen_by is null or seen_at is not null)
);
create index alarms_unseen on alarms (id) where seen_at is null;
create index alarms_untold on alarms (id) where told_at is null;
create index alarms_user on alarms (user_id, id);
create index alarms_client on alarms (client_id);
comment on table alarms is 'One alarm a row: whose doing (user_id), about which client, what happened (details, by kind).';
comment on column alarms.kind is 'A new kind is a new constraint alarms_kind in the migration that raises it.';
comment on column alarms.times is 'The same again within an hour and before anybody looked is the same alarm: counted, not repeated.';
comment on column alarms.told_at is 'When the letter to the heads was written.';

alter table alarms enable row level security;
create policy everything on alarms to kartoteka_all using (true) with check (true);
grant select on alarms to kartoteka_all;
grant update (seen_at, seen_by) on alarms to kartoteka_all;

create function raise_alarm(kind text, user_id uuid, client_id uuid, details jsonb) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare raised uuid;
begin
  update alarms a set times = a.times + 1, details = raise_alarm.details
  where a.id = (
      select b.id from alarms b
      where b.seen_at is null and b.kind = raise_alarm.kind and b.user_id is not distinct from raise_alarm.user_id
        and b.client_id is not distinct from raise_alarm.client_id and b.created_at > product_now() - interval '1 hour'
      order by b.id desc limit 1)
  returning a.id into raised;
  if raised is null then
    insert into alarms (kind, user_id, client_id, details)
    values (raise_alarm.kind, raise_alarm.user_id, raise_alarm.client_id, coalesce(raise_alarm.details, '{}'))
    returning id into raised;
  end if;
  return raised;
end $$;
comment on function raise_alarm(text, uuid, uuid, jsonb) is
  'Raises an alarm and returns its id. No request role may call it: triggers and functions with the owner''s rights do, and the process at the gate. An alarm lives and dies with the transaction it is raised in.';
revoke execute on function raise_alarm(text, uuid, uuid, jsonb) from public;
grant execute on function raise_alarm(text, uuid, uuid, jsonb) to kartoteka_gate;

-- Alarms are few: the lock of NOTIFY at commit holds nobody up.
create function tell_alarms() returns trigger language plpgsql as $$
begin
  perform pg_notify('kartoteka_alarms', '');
  return null;
end $$;
create trigger tell_raised after insert on alarms for each statement execute function tell_alarms();
create trigger tell_seen after update of seen_at, times on alarms for each statement execute function tell_alarms();
