-- The search itself. No index can be used below a policy (like is not leakproof), so these functions add the caller's seats themselves.
-- Figures and the roads not taken: docs/decisions/0003-search.md.

create function search_starts(seen int[], words text[], patterns text[], most int) returns int[]
  language plpgsql stable set search_path = pg_catalog, public as $$
declare
  enough constant int := case when cardinality(words) = 1 then most else greatest(most, 1000) end;
  start text; hits int[]; best int[];
begin
  -- Driven from the rarest word; the others are looked for in the documents it leads to.
  foreach start in array words loop
    hits := array(
      select h.client_no from unnest(seen) o (no) cross join lateral (
        select w.client_no from client_words w
        where w.seer_no = o.no and w.word >= start collate "C" and w.word < (start || chr(1114111)) collate "C" limit enough) h
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
comment on function search_starts(int[], text[], text[], int) is 'Numbers (clients.no) of indexed clients in which every word starts some word; all of them if fewer than `most`, else any. May name one twice.';

create function search_parts(seen int[], patterns text[], indexed text[], most int) returns int[]
  language plpgsql stable set search_path = pg_catalog, public as $$
declare
  probed constant int := greatest(2, 200 / cardinality(seen));
  hits int[]; common bigint;
begin
  -- What every fiftieth client has is found sooner by reading the newest clients than by gathering the whole index.
  select count(*) into common from unnest(seen) o (no) cross join lateral (
    select s.document from client_search s where s.owner_no = o.no order by s.client_no desc limit probed) d
  where d.document collate "C" like all (patterns);
  if common >= 4 then
    hits := array(
      select d.client_no from unnest(seen) o (no) cross join lateral (
        select s.client_no, s.document from client_search s where s.owner_no = o.no order by s.client_no desc limit probed * 60) d
      where d.document collate "C" like all (patterns) limit most);
    if cardinality(hits) >= most then return hits; end if;
  end if;
  -- Planned anew each time: which patterns can use the index is known only now. Many people's seats are cheaper looked at in the row.
  execute format('select array(select s.client_no from client_search s where s.indexed %s %s and s.document collate "C" like all ($2) limit $3)',
      case when caller_role() = 'head' then '' when cardinality(seen) > 3 then 'and array_cat(s.seers, null) && $1' else 'and s.seers && $1' end,
      (select string_agg(format('and s.document like %L', p), ' ') from unnest(indexed) p))
    into hits using seen, patterns, most;
  return hits;
end $$;
comment on function search_parts(int[], text[], text[], int) is 'Numbers of indexed clients whose document is like every pattern; all of them if fewer than `most`, else any. `indexed`: patterns no narrower than those, for the index.';

create function search_clients(variants text[], most int) returns table (client_id uuid, rank int)
  language plpgsql stable rows 50 security definer set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan set enable_seqscan = off as $$
declare
  visible constant uuid[] := visible_user_ids();
  -- A head sees everybody's and nobody's (0); seats of dismissed people still count.
  seen constant int[] := case when caller_role() = 'head' then array(select u.no from users u) || 0
    else array(select u.no from users u where u.id = any (visible)) end;
  pool constant int := greatest(most, 200);
  variant text; words text[]; starts text[]; parts text[]; hits int[]; inner_hits int[] := '{}';
begin
  if caller_role() is null or seen = '{}' then return; end if;
  foreach variant in array variants loop
    words := array(select left(w, 100) from string_to_table(btrim(variant), ' ') w where w <> '' group by 1 order by length(left(w, 100)) desc, 1 limit 12);
    continue when words = '{}';
    starts := array(select '% ' || w || '%' from unnest(words) w);
    parts := array(select case when length(w) < 3 then '% ' else '%' end || w || '%' from unnest(words) w);
    hits := search_starts(seen, words, starts, pool)
      || array(select s.client_no from client_search s where not s.indexed and s.seers && seen and s.document collate "C" like all (starts) limit pool);
    if cardinality(hits) < most and length(words[1]) >= 3 then
      inner_hits := search_parts(seen, parts, parts[1:2], most)
        || array(select s.client_no from client_search s where not s.indexed and s.seers && seen and s.document collate "C" like all (parts) limit most);
    end if;
    continue when hits = '{}' and inner_hits = '{}';
    -- In chunks as they were found, best first in each: a longer answer begins with the shorter one, so that pages fit together.
    return query
      select r.client_id, row_number() over (order by r.inner_part, r.chunk, r.place, r.document collate "C")::int
      from (
        select s.client_id, s.document, h.n > 1000000 as inner_part, h.chunk,
          strpos(s.document, split_part(btrim(variant), ' ', 1)) as place
        from (
          select no, min(n) as n, min(chunk) as chunk from (
            select no, n, (n - 1) / 200 as chunk from unnest(hits) with ordinality u (no, n)
            union all select no, 1000000 + n, (n - 1) / 50 from unnest(inner_hits) with ordinality u (no, n)) u
          group by no) h
        join client_search s on s.client_no = h.no
        where s.document collate "C" like all (parts) and (s.owner_no = any (seen) or exists (
          select 1 from seats t where t.client_id = s.client_id and t.user_id = any (visible) and t.reason <> 'owner'
            and (t.valid_from is null or t.valid_from <= now()) and (t.valid_until is null or t.valid_until > now())))) r
      order by 2 limit most;
    return;
  end loop;
end $$;
comment on function search_clients(text[], int) is 'The search box, for the caller: the first variant (folded words parted by spaces) that finds anything wins. Every word must be found, in any order; word starts come before inner parts (3 letters or more), the earlier in the document the better. Rank counts from 1; at most `most` rows, chosen out of 200 or more candidates.';
revoke execute on function search_clients(text[], int), search_starts(int[], text[], text[], int), search_parts(int[], text[], text[], int) from public;
grant execute on function search_clients(text[], int) to kartoteka_all, kartoteka_scoped;
