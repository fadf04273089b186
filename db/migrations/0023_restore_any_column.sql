-- Restoring from the past asks the tables for their columns, so that a column added later is restored as well.

create or replace function restore_clients(ids uuid[], moment timestamptz, out owners_kept int)
  language plpgsql set search_path = pg_catalog, public set plan_cache_mode = force_custom_plan as $$
declare
  since changed_row[];
  place text;
  names text[];
  all_names text[];
  shared record;
begin
  perform 1 from clients c where c.id = any (ids) order by c.id for update;
  since := array(select (s.entity, s.client_id, s.row_id, s.existed, s.was)::changed_row from changed_since(ids, moment) s);
  perform set_config('app.defer_refresh', 'on', true);
  owners_kept := 0;

  update clients c set archived_at = now(), archived_by = caller_id()
  from unnest(since) s where s.entity = 'clients' and not s.existed and c.id = s.row_id and c.archived_at is null;
  since := array(select s from unnest(since) s where not exists (
    select 1 from unnest(since) n where n.entity = 'clients' and not n.existed and n.row_id = s.client_id));

  -- Only columns that somebody has changed since: what other writers keep beside them stays theirs.
  foreach place in array array['clients', 'people', 'contacts', 'bank_accounts'] loop
    names := array(select c from unnest(columns_of(place)) c where c not in ('id', 'no', 'client_id', 'version') and exists (
      select 1 from unnest(since) s where s.entity = place and s.existed and s.was ? c));
    if place = 'clients' then
      if names = '{}' then continue; end if;
      execute format('with wanted as (
          select r.*, p.owner_id as owner_now, p.head_client_id as head_now,
            r.owner_id is not distinct from p.owner_id or (
              (caller_role() = %1$L or coalesce(r.owner_id = any (visible_user_ids()), false))
              and (r.owner_id is null or exists (select 1 from users u where u.id = r.owner_id and u.active and u.role <> %2$L))) as may_own,
            r.head_client_id is null or exists (select 1 from clients h where h.id = r.head_client_id) as head_seen
          from unnest($1) s join clients p on p.id = s.row_id cross join lateral jsonb_populate_record(p, s.was) r
          where s.entity = %3$L and (differs_from(s.was, to_jsonb(p)) or r.archived_at is distinct from p.archived_at)),
        done as (update clients c set (%4$s) = row(%5$s) from wanted w where c.id = w.id)
        select count(*) filter (where not may_own) from wanted', 'head', 'admin', place,
        (select string_agg(quote_ident(c), ', ') from unnest(names) c),
        (select string_agg(case c when 'owner_id' then 'case when w.may_own then w.owner_id else w.owner_now end'
            when 'head_client_id' then 'case when w.head_seen then w.head_client_id else w.head_now end'
            else 'w.' || quote_ident(c) end, ', ') from unnest(names) c)) into owners_kept using since;
      continue;
    end if;
    -- People before contacts, which stand on them.
    execute format('delete from %1$I c using unnest($1) s where s.entity = %1$L and not s.existed and c.id = s.row_id', place) using since;
    if names <> '{}' then
      execute format('update %1$I c set (%2$s) = row(%3$s) from unnest($1) s join %1$I p on p.id = s.row_id
          cross join lateral jsonb_populate_record(p, s.was) r
        where s.entity = %1$L and s.existed and c.id = p.id and differs_from(s.was, to_jsonb(p))', place,
        (select string_agg(quote_ident(c), ', ') from unnest(names) c),
        (select string_agg('r.' || quote_ident(c), ', ') from unnest(names) c)) using since;
    end if;
    all_names := columns_of(place);
    execute format('insert into %1$I (%2$s) select %3$s from unnest($1) s cross join lateral jsonb_populate_record(null::%1$I, s.was) r
      where s.entity = %1$L and s.existed and not exists (select 1 from %1$I p where p.id = s.row_id)', place,
      (select string_agg(quote_ident(c), ', ') from unnest(all_names) c),
      (select string_agg('r.' || quote_ident(c), ', ') from unnest(all_names) c)) using since;
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

-- A snapshot of a million clients writes a million rows: a foreign key and a policy that look the snapshot up for each of them cost more
-- than the rows.
alter table snapshot_clients drop constraint snapshot_clients_snapshot_no_fkey;
drop policy own on snapshot_clients;
create policy own on snapshot_clients to kartoteka_all, kartoteka_scoped
  using (snapshot_no = any ((select array_agg(s.no) from snapshots s)::int[]))
  with check (snapshot_no = any ((select array_agg(s.no) from snapshots s)::int[]));

create function drop_snapshot_clients() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  delete from snapshot_clients c using old_rows o where c.snapshot_no = o.no;
  return null;
end $$;
create trigger drop_clients after delete on snapshots referencing old table as old_rows for each statement execute function drop_snapshot_clients();
