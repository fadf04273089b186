-- A client who only changes hands is found by the words he was found by: his document is not written anew, and the words of who had him are
-- taken out of the index by and by, as those of clients put away are.

create function reseat_search(ids uuid[]) returns void language plpgsql security definer
  set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
declare known int;
begin
  with fresh as materialized (
    select o.client_no, coalesce(u.no, 0) as owner_no, array_append(g.seers, coalesce(u.no, 0)) as seers, o.seers as old_seers, o.document, o.indexed
    from unnest(ids) i join clients c on c.id = i join client_search o on o.client_no = c.no::int left join users u on u.id = c.owner_id
    left join lateral (select array_agg(distinct v.no) as seers from seats s join users v on v.id = s.user_id
      where s.client_id = c.id and s.reason <> 'owner' and s.user_id is distinct from c.owner_id) g on true),
  gone as (
    insert into client_words_gone (client_no, seers, document)
    select f.client_no, l.seers, f.document from fresh f
    cross join lateral (select array(select unnest(f.old_seers) except select unnest(f.seers)) as seers) l
    where f.indexed and l.seers <> '{}'),
  written as (
    update client_search s set owner_no = f.owner_no, seers = f.seers, indexed = false from fresh f
    where s.client_no = f.client_no and f.seers is distinct from f.old_seers)
  select count(*) into known from fresh;
  -- One that is just being entered stands in no document yet.
  if known < cardinality(ids) then perform refresh_search(ids); end if;
end $$;
comment on function reseat_search(uuid[]) is 'Clients that have changed hands are found by whom they belong to now.';
revoke execute on function reseat_search(uuid[]) from public;

create or replace function search_starts(seen int[], words text[], patterns text[], most int) returns int[]
  language plpgsql stable set search_path = pg_catalog, public as $$
declare
  enough constant int := case when cardinality(words) = 1 then most else greatest(most, 1000) end;
  -- Words of clients that have left the search or changed hands a moment ago would fill the answer with nobody.
  stale constant boolean := exists (select 1 from client_words_gone);
  start text; hits int[]; best int[];
begin
  -- Driven from the rarest word; the others are looked for in the documents it leads to.
  foreach start in array words loop
    hits := array(
      select h.client_no from unnest(seen) o (no) cross join lateral (
        select w.client_no from client_words w
        where w.seer_no = o.no and w.word >= start collate "C" and w.word < (start || chr(1114111)) collate "C"
          and (not stale or exists (select 1 from client_search s where s.client_no = w.client_no and o.no = any (s.seers))) limit enough) h
      limit enough);
    if best is null or cardinality(hits) < cardinality(best) then best := hits; end if;
    exit when cardinality(best) < 100;
  end loop;
  if cardinality(words) = 1 then return best; end if;
  hits := array(
    select s.client_no from unnest(best) b (no) join client_search s on s.client_no = b.no
    where s.document collate "C" like all (patterns) limit most);
  if cardinality(hits) >= most or cardinality(best) < enough then return hits; end if;
  -- All words are common. Four letters of a word mean two lists of the index instead of eight: words that never meet cost half.
  return search_parts(seen, patterns, array(select case when length(w) < 3 then '% ' else '%' end || left(w, 4) || '%' from unnest(words[1:2]) w), most);
end $$;

create or replace function follow_clients() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare found uuid[]; gone uuid[]; handed uuid[]; moved uuid[]; back uuid[]; kept int;
begin
  -- As sets, not joined: see reseat_owners.
  select array_agg(d.id) filter (where d.archived_at is null), array_agg(d.id) filter (where d.archived_at is not null) into found, gone from (
    select id, name, full_name, inn, kpp, ogrn, external_code, comment, custom, archived_at from new_rows
    except
    select id, name, full_name, inn, kpp, ogrn, external_code, comment, custom, archived_at from old_rows) d;
  handed := array(
    select h.id from (select id, owner_id from new_rows where archived_at is null except select id, owner_id from old_rows) h
    except select unnest(found));
  back := (select array_agg(d.id) from (select id, archived_at from new_rows except select id, archived_at from old_rows) d);
  moved := (select array_agg(d.id) from (
    select id, owner_id, region, source, stage, categories from new_rows
    except
    select id, owner_id, region, source, stage, categories from old_rows) d where back is null or d.id <> all (back));
  if gone is not null then perform forget_found(gone); end if;
  if found is not null then perform refresh_search(found); end if;
  if handed <> '{}' then perform reseat_search(handed); end if;
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
