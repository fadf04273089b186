-- Контрольные клиенты: to a manager they look like any other client. That they are not, heads alone know: it stands in a table of its own
-- that no other role may read, and nothing of the client itself tells it.

create table canaries (
  client_id uuid primary key references clients on delete cascade,
  made boolean not null,
  created_at timestamptz not null default product_now(),
  created_by uuid not null default caller_id() references users
);
comment on table canaries is 'made: generated, else a client chosen by hand.';
alter table canaries enable row level security;
create policy heads on canaries to kartoteka_all using (true) with check (created_by = (select caller_id()));
grant select, insert, delete on canaries to kartoteka_all;

create function alarm_taken(ids uuid[], details jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if coalesce(caller_role(), 'head') = 'head' or not exists (select 1 from canaries) then return; end if;
  perform raise_alarm('canary.exported', caller_id(), n.client_id, details)
  from canaries n where n.client_id = any (ids);
end $$;
comment on function alarm_taken(uuid[], jsonb) is 'Called with the clients of a file, a print or a copy the caller takes away: canaries among them raise an alarm. Tells the caller nothing. details: { way, rows, … }.';

create function alarm_taken_values(kind text, values_taken text[], details jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if coalesce(caller_role(), 'head') = 'head' or not exists (select 1 from canaries) then return; end if;
  perform raise_alarm('canary.exported', caller_id(), n.client_id, details)
  from canaries n where exists (
    select 1 from contacts t where t.client_id = n.client_id and t.kind = alarm_taken_values.kind
      and coalesce(t.normalized, t.value) = any (values_taken));
end $$;
comment on function alarm_taken_values(text, text[], jsonb) is 'The same for a list of bare values: telephones, addresses of mail.';

revoke execute on function alarm_taken(uuid[], jsonb), alarm_taken_values(text, text[], jsonb) from public;
grant execute on function alarm_taken(uuid[], jsonb), alarm_taken_values(text, text[], jsonb) to kartoteka_all, kartoteka_scoped;

-- Statement triggers beside those that sign for an absent person: they share the rows those look at. Without canaries a look at an empty table.
create function alarm_canaries() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  -- Whose client it is and what follows others is no work with the client.
  besides constant text[] := derived_columns() || '{owner_id,version}';
  done text; touched uuid;
begin
  if not exists (select 1 from canaries) or coalesce(caller_role(), 'head') = 'head' or pg_trigger_depth() > 1 then return null; end if;
  select s.act into done from change_sets s where s.id = current_change_set();
  if done in ('handover.apply', 'substitution.set', 'dictionary.update', 'client.share') then return null; end if;
  if tg_table_name = 'clients' then
    for touched in
      select n.client_id from touched_rows r join canaries n on n.client_id = r.id join clients c on c.id = r.id
      where to_jsonb(r) - besides is distinct from to_jsonb(c) - besides
    loop
      perform raise_alarm('canary.changed', caller_id(), touched, jsonb_build_object('act', done));
    end loop;
    return null;
  end if;
  for touched in select distinct n.client_id from touched_rows r join canaries n on n.client_id = r.client_id loop
    if tg_table_name in ('activities', 'files') then
      perform raise_alarm('canary.written', caller_id(), touched,
        jsonb_build_object('act', done, 'way', case tg_table_name when 'files' then 'file' else 'entry' end));
    else
      perform raise_alarm('canary.changed', caller_id(), touched, jsonb_build_object('act', done));
    end if;
  end loop;
  return null;
end $$;
comment on function alarm_canaries() is 'Who is no head and writes to a canary raises an alarm; giving it to somebody else does not.';

create trigger alarm_update after update on clients referencing old table as touched_rows for each statement execute function alarm_canaries();
do $$
declare t text;
begin
  foreach t in array array['people', 'contacts', 'bank_accounts', 'activities', 'files'] loop
    execute format('create trigger alarm_insert after insert on %I referencing new table as touched_rows for each statement execute function alarm_canaries()', t);
    execute format('create trigger alarm_update after update on %I referencing old table as touched_rows for each statement execute function alarm_canaries()', t);
    execute format('create trigger alarm_delete after delete on %I referencing old table as touched_rows for each statement execute function alarm_canaries()', t);
  end loop;
end $$;
