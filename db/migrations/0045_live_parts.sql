-- A substitution of a part follows its filter: whoever comes to match while it runs is in it, whoever ceases to leaves.

alter table substitutions add column predicate text;
comment on column substitutions.filter is 'Which clients of the absent one; null: the whole portfolio.';
comment on column substitutions.predicate is 'The filter as a condition over clients `c`, written by the program with its values as literals; seats of reason substitution stand for who matches (follow_parts).';
-- Parts set before stay those of the day they were set.
update substitutions s set predicate = format('c.id = any (%L::uuid[])', array(
  select e.client_id from seats e join substitution_deputies d on d.user_id = e.user_id and d.substitution_id = s.id where e.reason = 'substitution'))
where s.filter is not null;
create index substitutions_parts on substitutions (ends_at) where predicate is not null;

-- Stable: whatever the condition says, it writes nothing.
create function matching_part(condition text, absent uuid, ids uuid[]) returns uuid[] language plpgsql stable security definer
  set search_path = pg_catalog, public as $$
declare found uuid[];
begin
  execute format('select coalesce(array_agg(c.id), ''{}'') from clients c where c.owner_id = $1 and ($2 is null or c.id = any ($2)) and (%s)', condition)
    into found using absent, ids;
  return found;
end $$;
revoke execute on function matching_part(text, uuid, uuid[]) from public;

create function follow_parts(ids uuid[]) returns void language plpgsql security definer set search_path = pg_catalog, public as $$
declare part record; of_part uuid[]; parts uuid[] := '{}'; clients_of uuid[] := '{}';
begin
  for part in select s.id, s.absent_id, s.predicate from substitutions s where s.predicate is not null and s.ends_at > product_now() loop
    begin
      of_part := matching_part(part.predicate, part.absent_id, ids);
    exception when others then
      -- A condition the base no longer understands holds nobody's write up: who was in stays in.
      raise warning 'substitution %: %', part.id, sqlerrm;
      select coalesce(array_agg(distinct s.client_id), '{}') into of_part from seats s join substitution_deputies d on d.user_id = s.user_id
      where d.substitution_id = part.id and s.reason = 'substitution' and (ids is null or s.client_id = any (ids));
    end;
    parts := parts || array_fill(part.id, array[cardinality(of_part)]);
    clients_of := clients_of || of_part;
  end loop;
  perform set_config('app.following', 'on', true);
  with wanted as materialized (
    select distinct on (m.client_id, d.user_id) m.client_id, d.user_id, s.starts_at, s.ends_at, s.mode
    from unnest(parts, clients_of) m (part, client_id) join substitutions s on s.id = m.part join substitution_deputies d on d.substitution_id = s.id
    -- Of several the one that runs, of those the one that lets him do more and longer.
    order by m.client_id, d.user_id, s.starts_at <= product_now() desc, s.mode, s.ends_at desc),
  gone as (
    delete from seats s where s.reason = 'substitution' and (ids is null or s.client_id = any (ids))
      and not exists (select 1 from wanted w where w.client_id = s.client_id and w.user_id = s.user_id))
  insert into seats as s (client_id, user_id, reason, valid_from, valid_until, mode)
  select w.client_id, w.user_id, 'substitution', w.starts_at, w.ends_at, w.mode from wanted w
  on conflict (client_id, user_id, reason) do update set valid_from = excluded.valid_from, valid_until = excluded.valid_until, mode = excluded.mode
  where (s.valid_from, s.valid_until, s.mode) is distinct from (excluded.valid_from, excluded.valid_until, excluded.mode);
  perform set_config('app.following', '', true);
end $$;
comment on function follow_parts(uuid[]) is 'Writes the seats of parts anew for these clients, or for all: deputies see who matches now. Not journaled: it follows from the substitution.';
revoke execute on function follow_parts(uuid[]) from public;

create function follow_touched() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare ids uuid[];
begin
  if not exists (select 1 from substitutions s where s.predicate is not null and s.ends_at > product_now()) then return null; end if;
  if tg_table_name = 'clients' then ids := array(select r.id from touched_rows r);
  else ids := array(select distinct r.client_id from touched_rows r);
  end if;
  ids := array(
    select c.id from clients c where c.id = any (ids)
      -- What is not in the search yet is entered there at the end of its act, and followed with its states.
      and (tg_table_name = 'client_states' or not refresh_deferred() or exists (select 1 from client_states e where e.client_id = c.id))
      and (
      c.owner_id in (select s.absent_id from substitutions s where s.predicate is not null and s.ends_at > product_now())
      or exists (select 1 from seats e where e.client_id = c.id and e.reason = 'substitution')));
  if cardinality(ids) > 0 then perform follow_parts(ids); end if;
  return null;
end $$;
do $$
declare t text;
begin
  -- Last of all triggers by their names: states and next plans are written by then.
  foreach t in array array['clients', 'contacts', 'people', 'client_states'] loop
    execute format('create trigger zz_parts_insert after insert on %I referencing new table as touched_rows for each statement execute function follow_touched()', t);
    execute format('create trigger zz_parts_update after update on %I referencing new table as touched_rows for each statement execute function follow_touched()', t);
    if t in ('contacts', 'people') then
      execute format('create trigger zz_parts_delete after delete on %I referencing old table as touched_rows for each statement execute function follow_touched()', t);
    end if;
  end loop;
end $$;

drop function set_substitution(uuid, uuid, uuid[], timestamptz, timestamptz, text, jsonb, uuid[], text, uuid);
create function set_substitution(given uuid, absent uuid, deputies uuid[], from_at timestamptz, to_at timestamptz, of_mode text, of_filter jsonb,
  condition text, of_note text, change_set uuid)
  returns void language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if not may_hand_over(absent) then
    raise exception 'a substitution is set by a head, or by the head of the team' using errcode = '42501';
  end if;
  insert into substitutions as s (id, absent_id, starts_at, ends_at, mode, filter, predicate, note, change_set_id)
  values (given, absent, from_at, to_at, of_mode, of_filter, condition, of_note, change_set)
  on conflict (id) do update set starts_at = excluded.starts_at, ends_at = excluded.ends_at, mode = excluded.mode, note = excluded.note,
    predicate = excluded.predicate;
  delete from substitution_deputies d where d.substitution_id = given and d.user_id <> all (deputies);
  insert into substitution_deputies (substitution_id, user_id) select given, u from unnest(deputies) u on conflict do nothing;
  if condition is not null then perform follow_parts(array(
    select c.id from clients c where c.owner_id = absent
    union select e.client_id from seats e where e.user_id = any (deputies) and e.reason = 'substitution'));
  end if;
end $$;
comment on function set_substitution(uuid, uuid, uuid[], timestamptz, timestamptz, text, jsonb, text, text, uuid) is
  'Sets or changes a substitution, in the change-set of the transaction. `condition`: the part of its filter; 42501 where the caller may not.';
revoke execute on function set_substitution(uuid, uuid, uuid[], timestamptz, timestamptz, text, jsonb, text, text, uuid) from public;
grant execute on function set_substitution(uuid, uuid, uuid[], timestamptz, timestamptz, text, jsonb, text, text, uuid) to kartoteka_all, kartoteka_scoped;

-- What follows from a substitution is no act of whoever changed the client.
drop trigger journal_insert on seats;
drop trigger journal_delete on seats;
create trigger journal_insert after insert on seats referencing new table as new_rows for each statement
  when (coalesce(current_setting('app.following', true), '') = '') execute function journal_seats();
create trigger journal_delete after delete on seats referencing old table as old_rows for each statement
  when (coalesce(current_setting('app.following', true), '') = '') execute function journal_seats();
