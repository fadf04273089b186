-- A client who only changes hands, region, source, stage or categories has the contacts he had: his line of states takes the new value, and
-- no contact is read and judged again.

create or replace function follow_clients() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare found uuid[]; gone uuid[]; moved uuid[]; back uuid[]; kept int;
begin
  -- As sets, not joined: see reseat_owners.
  select array_agg(d.id) filter (where d.archived_at is null), array_agg(d.id) filter (where d.archived_at is not null) into found, gone from (
    select id, name, full_name, inn, kpp, ogrn, external_code, comment, owner_id, custom, archived_at from new_rows
    except
    select id, name, full_name, inn, kpp, ogrn, external_code, comment, owner_id, custom, archived_at from old_rows) d;
  back := (select array_agg(d.id) from (select id, archived_at from new_rows except select id, archived_at from old_rows) d);
  moved := (select array_agg(d.id) from (
    select id, owner_id, region, source, stage, categories from new_rows
    except
    select id, owner_id, region, source, stage, categories from old_rows) d where back is null or d.id <> all (back));
  if gone is not null then perform forget_found(gone); end if;
  if found is not null then perform refresh_search(found); end if;
  if back is not null then perform refresh_states(back); end if;
  if moved is not null then
    update client_states s set owner_id = c.owner_id, region = c.region, source = c.source, stage = c.stage, categories = c.categories
    from clients c where c.id = any (moved) and s.client_id = c.id;
    get diagnostics kept = row_count;
    -- Of a client in the archive there is none, and of one that is just being entered not yet.
    if kept < cardinality(moved) then perform refresh_states(moved); end if;
  end if;
  return null;
end $$;
