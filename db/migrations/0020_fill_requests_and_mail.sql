-- «Попросить дополнить»: a dated request to fill what the report found missing; and the company's mail.

create table fill_requests (
  id uuid primary key default new_id(),
  author_id uuid not null default caller_id() references users,
  text text not null default '',
  columns text[] not null check (cardinality(columns) between 1 and 15),
  persons boolean not null,
  quality text not null check (quality in ('present', 'valid', 'checked')),
  checked_months int check (checked_months between 1 and 600),
  due_on date not null,
  clients int not null default 0,
  created_at timestamptz not null default now(),
  closed_at timestamptz,
  closed_by uuid references users
);
create index fill_requests_open on fill_requests (due_on, id) where closed_at is null;
comment on table fill_requests is 'What the head asks his people to fill in: columns of the contact-information report (phone, phone:мобильный), by its measure of quality, by a day of the company''s calendar.';

create table fill_request_clients (
  request_id uuid not null references fill_requests on delete cascade,
  client_id uuid not null references clients on delete cascade,
  owner_id uuid,
  asked int not null,
  primary key (request_id, client_id)
);
create index fill_request_clients_owner on fill_request_clients (request_id, owner_id);
create index fill_request_clients_client on fill_request_clients (client_id);
comment on table fill_request_clients is 'The clients of a request, fixed when it was made. What of them is filled is read off client_states whenever somebody looks.';
comment on column fill_request_clients.asked is 'Which columns are asked of this client: bit n for columns[n + 1].';
comment on column fill_request_clients.owner_id is 'Follows the client''s owner (follow_fill_owners), so that a manager''s part is found by an index.';

create function follow_fill_owners() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if tg_op = 'INSERT' then
    -- A client back from the archive may have changed hands there.
    if not exists (select 1 from fill_request_clients) then return null; end if;
    update fill_request_clients f set owner_id = n.owner_id from new_rows n
    where f.client_id = n.client_id and f.owner_id is distinct from n.owner_id;
  else
    -- As sets, not joined: see reseat_owners.
    update fill_request_clients f set owner_id = m.owner_id
    from (select client_id, owner_id from new_rows except select client_id, owner_id from old_rows) m
    where f.client_id = m.client_id and f.owner_id is distinct from m.owner_id;
  end if;
  return null;
end $$;
create trigger fill_owners_insert after insert on client_states referencing new table as new_rows
  for each statement execute function follow_fill_owners();
create trigger fill_owners_update after update on client_states referencing old table as old_rows new table as new_rows
  for each statement execute function follow_fill_owners();

create function seen_fill_requests() returns uuid[] language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select coalesce(array_agg(r.id), '{}') from fill_requests r
  where exists (select 1 from unnest(visible_user_ids()) u where exists (
        select 1 from fill_request_clients f where f.request_id = r.id and f.owner_id = u))
    or exists (select 1 from seats s join fill_request_clients f on f.request_id = r.id and f.client_id = s.client_id
      where s.user_id = any (visible_user_ids()) and s.reason <> 'owner'
        and (s.valid_from is null or s.valid_from <= now()) and (s.valid_until is null or s.valid_until > now()));
end;
comment on function seen_fill_requests() is 'Requests with a client the caller may see.';
revoke execute on function seen_fill_requests() from public;
grant execute on function seen_fill_requests() to kartoteka_scoped;

alter table fill_requests enable row level security;
alter table fill_request_clients enable row level security;
create policy everything on fill_requests to kartoteka_all using (true) with check (true);
create policy seen on fill_requests for select to kartoteka_scoped
  using (author_id = (select caller_id()) or id = any ((select seen_fill_requests())::uuid[]));
create policy made on fill_requests for insert to kartoteka_scoped
  with check (author_id = (select caller_id()) and (select caller_role()) = 'team-head');
create policy own on fill_requests for update to kartoteka_scoped
  using (author_id = (select caller_id())) with check (author_id = (select caller_id()));
create policy everything on fill_request_clients to kartoteka_all using (true) with check (true);
create policy seated on fill_request_clients for select to kartoteka_scoped
  using (owner_id = any ((select visible_user_ids())::uuid[])
    or exists (select 1 from seats s where s.client_id = fill_request_clients.client_id));
create policy made on fill_request_clients for insert to kartoteka_scoped
  with check (owner_id = any ((select visible_user_ids())::uuid[]) and (select caller_role()) = 'team-head'
    and exists (select 1 from fill_requests r where r.id = request_id and r.author_id = (select caller_id()))
    and exists (select 1 from clients c where c.id = client_id));
grant select, insert on fill_requests, fill_request_clients to kartoteka_all, kartoteka_scoped;
grant update (text, due_on, clients, closed_at, closed_by) on fill_requests to kartoteka_all, kartoteka_scoped;

-- Mail ---------------------------------------------------------------------------------------------------------------

create table mail_account (
  one boolean primary key default true check (one),
  host text not null check (btrim(host) <> ''),
  port int not null check (port between 1 and 65535),
  security text not null check (security in ('tls', 'starttls', 'none')),
  user_name text,
  password bytea,
  sender_name text not null,
  sender_address text not null,
  per_hour int not null default 200 check (per_hour between 1 and 100000),
  updated_at timestamptz not null default now(),
  updated_by uuid default caller_id() references users
);
comment on table mail_account is 'The SMTP account letters leave by. Without a row nothing is sent.';
comment on column mail_account.password is 'AES-256-GCM under a key derived from the installation''s secret (src/server/mail/sealed.ts): a copy of the base alone does not open it. No request role may read it.';

create table letters (
  id uuid primary key default new_id(),
  key text not null unique,
  user_id uuid references users,
  address text not null,
  name text not null,
  subject text not null,
  body text not null,
  html text,
  status text not null default 'waiting' check (status in ('waiting', 'sending', 'sent', 'failed')),
  tries int not null default 0,
  next_try_at timestamptz not null default now(),
  problem jsonb,
  created_at timestamptz not null default now(),
  sent_at timestamptz
);
create index letters_due on letters (next_try_at, id) where status in ('waiting', 'sending');
create index letters_sent on letters (sent_at) where sent_at is not null;
create index letters_user on letters (user_id);
comment on table letters is 'Letters on their way and sent. Written in the transaction of what they tell of; src/server/mail/deliver.ts sends them.';
comment on column letters.key is 'What the letter is about (morning/2026-11-25/<user>): the same is never written twice.';
comment on column letters.status is 'sending: handed to the server, its answer not written down yet. Met again after a kill it is sent again under the same Message-ID, which is made of id.';
comment on column letters.problem is 'Why the last try failed: { ru, en }.';

alter table mail_account enable row level security;
alter table letters enable row level security;
create policy kept on mail_account to kartoteka_all, kartoteka_admin using (true) with check (true);
grant select (one, host, port, security, user_name, sender_name, sender_address, per_hour, updated_at, updated_by) on mail_account to kartoteka_all, kartoteka_admin;
grant insert, update, delete on mail_account to kartoteka_all, kartoteka_admin;
create policy told on letters for select to kartoteka_all, kartoteka_admin using (true);
grant select (id, user_id, address, name, subject, status, tries, next_try_at, problem, created_at, sent_at) on letters to kartoteka_all, kartoteka_admin;

create function mail_password_kept() returns boolean language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select coalesce((select password is not null from mail_account), false);
end;
comment on function mail_password_kept() is 'Whether a password is kept; what it is, no request may read.';
revoke execute on function mail_password_kept() from public;
grant execute on function mail_password_kept() to kartoteka_all, kartoteka_admin;

alter table company
  add column morning_letter_at time not null default '08:30',
  add column day_letter_at time not null default '18:30',
  add column letter_weekdays int[] not null default '{1,2,3,4,5}';
comment on column company.morning_letter_at is 'When the morning letter and (day_letter_at) the letter of day sheets leave, by the company''s clock, on letter_weekdays (1: Monday).';
alter table users add column morning_letter boolean not null default true, add column day_letter boolean not null default true;
comment on column users.morning_letter is 'Each person may switch off his own letters: of the plan in the morning, of the day sheets in the evening.';
grant update (morning_letter, day_letter) on users to kartoteka_scoped;
