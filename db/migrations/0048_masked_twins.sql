-- A contact that is masked is no oracle: neither a likely twin nor a file to be imported tells that a guessed number is a named client's.

do $$
declare was text; said text;
begin
  -- Found by name or ИНН already, a masked client is told by those alone: the number beside them is neither confirmed nor denied.
  was := pg_get_functiondef('find_twins(text, text, text[], text, uuid, int)'::regprocedure);
  said := replace(was, $f$  found as (
    select h.id, array_agg(distinct h.reason) as reasons from hits h where h.id is distinct from apart group by h.id),$f$,
    $f$  met as (
    select h.id, array_agg(distinct h.reason) as reasons from hits h where h.id is distinct from apart group by h.id),
  found as (
    select m.id, case when masks() and m.reasons && '{same-inn,same-name}' and not contacts_clear(m.id) and exists (
        select 1 from clients c where c.id = m.id and (c.owner_id = any (visible_user_ids())
          or exists (select 1 from seats s where s.client_id = c.id and s.user_id = any (visible_user_ids()))))
      then array(select r from unnest(m.reasons) r where r in ('same-inn', 'same-name')) else m.reasons end as reasons
    from met m),$f$);
  if said = was then raise exception 'find_twins() is not what it was'; end if;
  execute said;

  -- A name that is the same is a name that is the same, whatever number stands beside it.
  was := pg_get_functiondef('find_import_candidates(uuid)'::regprocedure);
  said := replace(was, $f$case when c.name_core = r.name_core and c.name_core <> '' then 3 else 4 end$f$,
    $f$case when c.name_core = r.name_core and c.name_core <> '' then case when masks() and not contacts_clear(c.id) then 6 else 3 end else 4 end$f$);
  if said = was then raise exception 'find_import_candidates() is not what it was'; end if;
  was := said;
  -- By a number alone a masked client is one that is not seen.
  said := replace(was, $f$  cross join lateral (select everything or coalesce(c.owner_id = any (mine), false) or exists ($f$,
    $f$  cross join lateral (select (k.grade <> 4 or not masks() or contacts_clear(c.id)) and (everything or coalesce(c.owner_id = any (mine), false) or exists ($f$);
  if said = was then raise exception 'find_import_candidates() is not what it was'; end if;
  was := said;
  said := replace(was, $f$(s.valid_until is null or s.valid_until > now())) as visible) v$f$,
    $f$(s.valid_until is null or s.valid_until > now()))) as visible) v$f$);
  if said = was then raise exception 'find_import_candidates() is not what it was'; end if;
  execute said;

  -- Contacts of a masked client are not written before they are opened, and whether he lacks one is not told.
  was := pg_get_functiondef('find_import_news(uuid)'::regprocedure);
  said := replace(was, $f$where b.visible and b.grade > 0 and not exists (
    select 1 from contacts t$f$, $f$where b.visible and b.grade > 0 and (not masks() or contacts_clear(b.client_id)) and not exists (
    select 1 from contacts t$f$);
  if said = was then raise exception 'find_import_news() is not what it was'; end if;
  execute said;
  was := pg_get_functiondef('write_children(uuid, boolean)'::regprocedure);
  said := replace(was, $f$where w.fresh = of_new and (of_new or not exists (
      select 1 from contacts e$f$, $f$where w.fresh = of_new and (of_new or (not masks() or contacts_clear(w.client_id)) and not exists (
      select 1 from contacts e$f$);
  if said = was then raise exception 'write_children() is not what it was'; end if;
  execute said;

  -- A row that is like a client by a number alone may not be pointed at him either.
  was := pg_get_functiondef('decide_import_rows(uuid, int)'::regprocedure);
  said := replace(was, $f$and c.archived_at is null$f$,
    $f$and c.archived_at is null
        and (d.reason is distinct from 'twin.hidden' or not masks() or contacts_clear(c.id))$f$);
  if said = was then raise exception 'decide_import_rows() is not what it was'; end if;
  execute said;
end $$;

create or replace function import_twins(given uuid, numbers int[])
  returns table (number int, client_id uuid, name text, owner_name text, archived boolean)
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select m.number, case when v.visible then c.id end, case when v.visible then c.name end, u.name, c.archived_at is not null
  from import_matches m join imports i on i.id = m.import_id cross join lateral unnest(m.twins) with ordinality t (id, place)
  join clients c on c.id = t.id left join users u on u.id = c.owner_id
  cross join lateral (select coalesce((m.reason is distinct from 'twin.hidden' or not masks() or contacts_clear(c.id))
    and (caller_role() = 'head' or c.owner_id = any (visible_user_ids())
      or exists (select 1 from seats s where s.client_id = c.id and s.user_id = any (visible_user_ids()))), false) as visible) v
  where m.import_id = given and m.number = any (numbers) and (i.user_id = caller_id() or caller_role() = 'head')
  order by m.number, v.visible desc, t.place;
end;
