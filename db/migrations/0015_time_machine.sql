-- The time machine: how clients were at a moment, computed backwards from now through the journal. Why so: docs/decisions/0024-time-machine.md.

-- The journal is written in the order of time: a few pages of this index tell which blocks hold what came after a moment.
create index changes_at on changes using brin (at);

create aggregate merged(jsonb) (sfunc = jsonb_concat, stype = jsonb, parallel = safe, combinefunc = jsonb_concat);
comment on aggregate merged(jsonb) is 'Objects laid over each other in the order given: of a key in several the last value stays.';

create function differs_from(was jsonb, now jsonb) returns boolean language sql immutable parallel safe
  return (now || was) - '{version,archived_by,name_core,match_key,updated_at,updated_by}'::text[]
    <> now - '{version,archived_by,name_core,match_key,updated_at,updated_by}'::text[];
comment on function differs_from(jsonb, jsonb) is 'Whether a row as it was (its fields changed since) differs from the row as it is in what a person wrote.';

create function changed_since(ids uuid[], moment timestamptz)
  returns table (entity text, client_id uuid, row_id uuid, existed boolean, was jsonb) language sql stable as $$
  select ch.entity, ch.client_id, ch.row_id, (array_agg(ch.op order by ch.seq desc))[count(*)] <> 'i', coalesce(merged(ch.before order by ch.seq desc), '{}')
  from changes ch
  where ch.client_id = any (ids) and ch.at > moment and ch.entity <> 'files'
    and (ch.entity <> 'seats' or coalesce(ch.before, ch.after) ->> 'reason' = 'shared')
  group by 1, 2, 3
$$;
comment on function changed_since(uuid[], timestamptz) is
  'Rows of these clients changed after a moment: whether the row was there then, and what of it was different (of a row removed since: all of it). By the rights of who asks.';

-- Snapshots ----------------------------------------------------------------------------------------------------------
-- Kept an hour and made anew in seconds: not worth a line in the write-ahead log or in a backup.

create unlogged table snapshots (
  no int primary key generated always as identity,
  id uuid not null unique default new_id(),
  user_id uuid not null default caller_id() references users,
  at timestamptz not null,
  filter jsonb not null default '{}',
  job_id uuid,
  counts jsonb,
  created_at timestamptz not null default now(),
  expires_at timestamptz not null default now() + interval '1 hour'
);
create index snapshots_user on snapshots (user_id);
comment on table snapshots is 'What one person asked to see as of a moment; counts null: still in the making.';

create unlogged table snapshot_clients (
  snapshot_no int not null references snapshots on delete cascade,
  n int not null,
  client_id uuid not null,
  change text not null check (change in ('same', 'changed', 'gone', 'appeared')),
  primary key (snapshot_no, n)
);
create index snapshot_clients_change on snapshot_clients (snapshot_no, change, n) where change <> 'same';
comment on table snapshot_clients is 'Clients of a snapshot in the order of their names then. What was in them is computed when a page is read.';

alter table snapshots enable row level security;
alter table snapshot_clients enable row level security;
create policy own on snapshots to kartoteka_all, kartoteka_scoped using (user_id = (select caller_id())) with check (user_id = (select caller_id()));
create policy own on snapshot_clients to kartoteka_all, kartoteka_scoped
  using (exists (select 1 from snapshots s where s.no = snapshot_clients.snapshot_no offset 0))
  with check (exists (select 1 from snapshots s where s.no = snapshot_clients.snapshot_no));
grant select, insert, delete on snapshots to kartoteka_all, kartoteka_scoped;
grant update (job_id, counts) on snapshots to kartoteka_all, kartoteka_scoped;
grant select, insert on snapshot_clients to kartoteka_all, kartoteka_scoped;

create function drop_expired_snapshots() returns int language plpgsql security definer set search_path = pg_catalog, public as $$
declare dropped int;
begin
  delete from snapshots where expires_at < now();
  get diagnostics dropped = row_count;
  return dropped;
end $$;
comment on function drop_expired_snapshots() is 'Takes snapshots away whose hour is over. Returns how many.';
revoke execute on function drop_expired_snapshots() from public;

-- Restoration --------------------------------------------------------------------------------------------------------

create type changed_row as (entity text, client_id uuid, row_id uuid, existed boolean, was jsonb);

create function restore_clients(ids uuid[], moment timestamptz, out owners_kept int)
  language plpgsql set search_path = pg_catalog, public set plan_cache_mode = force_custom_plan as $$
declare
  since changed_row[];
  child text;
  columns text;
  shared record;
begin
  perform 1 from clients c where c.id = any (ids) order by c.id for update;
  since := array(select (s.entity, s.client_id, s.row_id, s.existed, s.was)::changed_row from changed_since(ids, moment) s);
  perform set_config('app.defer_refresh', 'on', true);

  update clients c set archived_at = now(), archived_by = caller_id()
  from unnest(since) s where s.entity = 'clients' and not s.existed and c.id = s.row_id and c.archived_at is null;
  since := array(select s from unnest(since) s where not exists (
    select 1 from unnest(since) n where n.entity = 'clients' and not n.existed and n.row_id = s.client_id));

  with wanted as (
    select r.*, p.owner_id as owner_now, p.head_client_id as head_now,
      r.owner_id is not distinct from p.owner_id or (
        (caller_role() = 'head' or coalesce(r.owner_id = any (visible_user_ids()), false))
        and (r.owner_id is null or exists (select 1 from users u where u.id = r.owner_id and u.active and u.role <> 'admin'))) as may_own,
      r.head_client_id is null or exists (select 1 from clients h where h.id = r.head_client_id) as head_seen
    from unnest(since) s join clients p on p.id = s.row_id cross join lateral jsonb_populate_record(p, s.was) r
    where s.entity = 'clients' and (differs_from(s.was, to_jsonb(p)) or (s.was ? 'archived_at' and r.archived_at is distinct from p.archived_at))),
  done as (
    update clients c set
      kind = w.kind, name = w.name, full_name = w.full_name, inn = w.inn, kpp = w.kpp, ogrn = w.ogrn, okpo = w.okpo,
      head_client_id = case when w.head_seen then w.head_client_id else w.head_now end,
      is_buyer = w.is_buyer, is_supplier = w.is_supplier, owner_id = case when w.may_own then w.owner_id else w.owner_now end,
      source = w.source, stage = w.stage, region = w.region, categories = w.categories, comment = w.comment, custom = w.custom,
      entered = w.entered, external_code = w.external_code, name_core = w.name_core, archived_at = w.archived_at, archived_by = w.archived_by
    from wanted w where c.id = w.id returning 1)
  select count(*) filter (where not may_own) into owners_kept from wanted;

  -- People first: contacts stand on them.
  foreach child in array array['people', 'contacts', 'bank_accounts'] loop
    select string_agg(quote_ident(attname), ', ' order by attnum) into columns from pg_attribute
    where attrelid = child::regclass and attnum > 0 and not attisdropped and attname not in ('id', 'client_id');
    execute format('delete from %I c using unnest($1) s where s.entity = %L and not s.existed and c.id = s.row_id', child, child) using since;
    execute format('update %1$I c set (%2$s) = (select %3$s) from unnest($1) s join %1$I p on p.id = s.row_id
        cross join lateral jsonb_populate_record(p, s.was) r
      where s.entity = %4$L and s.existed and c.id = p.id and differs_from(s.was, to_jsonb(p))',
      child, columns, (select string_agg('r.' || name, ', ') from unnest(string_to_array(columns, ', ')) name), child) using since;
    execute format('insert into %1$I select r.* from unnest($1) s cross join lateral jsonb_populate_record(null::%1$I, s.was) r
      where s.entity = %2$L and s.existed and not exists (select 1 from %1$I p where p.id = s.row_id)', child, child) using since;
  end loop;

  for shared in
    select s.client_id, array(
      select u.id from users u
      left join unnest(since) x on x.entity = 'seats' and x.client_id = s.client_id and x.row_id = u.id
      where case when x.row_id is null then shared_with(s.client_id)::jsonb ? u.id::text else x.existed and u.active end) as users
    from (select distinct x.client_id from unnest(since) x where x.entity = 'seats') s
  loop
    perform share_client(shared.client_id, shared.users);
  end loop;
  perform refresh_clients(ids);
  perform set_config('app.defer_refresh', '', true);
end $$;
comment on function restore_clients(uuid[], timestamptz) is
  'Makes these clients, with their people, contacts, accounts and colleagues, what they were at a moment, under the rights of the caller and in his change-set: who is no longer seen is left alone, who was not there then goes to the archive. Counts clients whose owner of that time the caller may not set.';
