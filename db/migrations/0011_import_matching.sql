-- What becomes of the rows of an import: set by set over the staging. Rules: docs/decisions/0011-import-matching.md.

create function group_import_rows(given uuid) returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  create temp table grouped on commit drop as
  with drafts as (
    select r.number, r.kind, r.external_code, r.name_core, r.inn, r.inn_holds,
      case when length(r.inn) = 10 then r.kpp end as kpp
    from import_rows r where r.import_id = given and r.problem is null),
  by_inn as (
    select d.number, d.name_core,
      'i' || d.inn || '/' || coalesce(d.kpp, first_value(d.kpp) over (partition by d.inn collate "C" order by d.kpp is null, d.number), '') as key
    from drafts d where d.inn_holds),
  named as (
    select b.name_core, min(b.key collate "C") as key from by_inn b where b.name_core <> '' group by b.name_core
    having min(b.key collate "C") = max(b.key collate "C")),
  lines as (
    select c.number, min(c.match_key collate "C") as line from import_contacts c
    where c.import_id = given and c.kind in ('phone', 'email') and c.match_key not like '~%' group by c.number),
  keyed as (
    select d.number, coalesce(
      b.key,
      case when d.external_code is not null then 'x' || d.external_code || '/' || d.name_core end,
      case when d.inn is null and d.kind <> 'person' then n.key end,
      -- A company once more with another contact person is one client; namesakes are one only by their phone or e-mail.
      case when d.name_core <> '' then 'n' || d.name_core || '/' || coalesce(d.inn, '')
        || case when d.kind = 'person' then '/' || coalesce(l.line, '') else '' end end,
      'r' || d.number) as key
    from drafts d left join by_inn b using (number) left join named n on n.name_core = d.name_core and d.name_core <> ''
    left join lines l using (number))
  select k.number, min(k.number) over w as leader, (count(*) over w)::int as size from keyed k window w as (partition by k.key collate "C");
  create index on grouped (leader);
  analyze grouped;
end $$;
comment on function group_import_rows(uuid) is 'Temporary table grouped (number, leader, size): rows of one file that mean the same client, by ИНН and КПП, else code and name, else name.';

create function find_import_candidates(given uuid) returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
declare
  mine constant uuid[] := visible_user_ids();
  everything constant boolean := caller_role() = 'head';
begin
  create temp table candidates (leader int, client_id uuid, grade int) on commit drop;
  insert into candidates
  select distinct g.leader, m.client_id, 0
  from grouped g join import_rows r on r.import_id = given and r.number = g.number join import_marks m on m.fingerprint = r.fingerprint;

  insert into candidates
  select distinct g.leader, c.id, 1
  from grouped g join import_rows r on r.import_id = given and r.number = g.number join clients c on c.inn = r.inn
  where r.inn_holds and (length(r.inn) = 12 or r.kpp is null or c.kpp is null or c.kpp = r.kpp);

  insert into candidates
  select distinct g.leader, c.id, case when c.name_core = r.name_core then 2 else 5 end
  from grouped g join import_rows r on r.import_id = given and r.number = g.number
  join clients c on c.external_code = r.external_code
  -- Short codes are numbers of lines: only with the name they mean a client.
  where (c.name_core = r.name_core and c.name_core <> '') or length(r.external_code) >= 6;

  analyze candidates;
  create temp table seeking on commit drop as
  select g.number, g.leader from grouped g
  where not exists (select 1 from candidates c where c.leader = g.leader and c.grade <= 2);
  analyze seeking;

  insert into candidates
  select distinct k.leader, c.id, case when c.name_core = r.name_core and c.name_core <> '' then 3 else 4 end
  from (select distinct s.leader, t.match_key from seeking s join import_contacts t on t.import_id = given and t.number = s.number
        where t.kind in ('phone', 'email') and t.match_key not like '~%') k
  cross join lateral (select t.client_id from contacts t where t.match_key = k.match_key limit 20) t
  join clients c on c.id = t.client_id join import_rows r on r.import_id = given and r.number = k.leader;

  insert into candidates
  select s.leader, c.id, 6
  from seeking s join import_rows r on r.import_id = given and r.number = s.number
  cross join lateral (select c.id, c.name_core from clients c where c.name_core = r.name_core and c.name_core <> '' limit 20) c
  where s.number = s.leader and not exists (select 1 from candidates k where k.leader = s.leader and k.grade = 3);

  create temp table found on commit drop as
  select k.leader, k.client_id, min(k.grade) as grade, v.visible, c.archived_at is not null as archived,
    coalesce(bool_or(c.kpp is not distinct from r.kpp), false) as same_branch
  from candidates k join clients c on c.id = k.client_id join import_rows r on r.import_id = given and r.number = k.leader
  cross join lateral (select everything or coalesce(c.owner_id = any (mine), false) or exists (
    select 1 from seats s where s.client_id = c.id and s.user_id = any (mine)
      and (s.valid_from is null or s.valid_from <= now()) and (s.valid_until is null or s.valid_until > now())) as visible) v
  -- Two ИНН that hold are two clients, and one ИНН with two КПП is a branch.
  where (k.grade <= 1 or not r.inn_holds or c.inn is null or length(c.inn) not in (10, 12)
      or (c.inn = r.inn and (length(r.inn) = 12 or r.kpp is null or c.kpp is null or c.kpp = r.kpp)))
    -- Of others' clients one is told only where ИНН, phone or e-mail is the same.
    and (v.visible or k.grade in (1, 3, 4))
    and not (c.archived_at is not null and exists (
      select 1 from import_marks m join imports i on i.id = m.import_id where m.client_id = c.id and i.status = 'reversed'))
  group by k.leader, k.client_id, v.visible, c.archived_at;
  analyze found;
end $$;
comment on function find_import_candidates(uuid) is 'Temporary table found (leader, client_id, grade …): clients the groups are like. Grades: 0 this very row was written before, 1 ИНН, 2 code and name, 3 name and phone or e-mail, 4 phone or e-mail alone, 5 code alone, 6 name alone.';

create function find_import_news(given uuid) returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  create temp table best on commit drop as
  select distinct on (f.leader) f.* from found f
  order by f.leader, f.grade, f.archived, not f.visible, not f.same_branch, f.client_id;
  create temp table news on commit drop as
  select distinct g.leader from best b join grouped g using (leader) join import_contacts s on s.import_id = given and s.number = g.number
  where b.visible and b.grade > 0 and not exists (
    select 1 from contacts t where t.client_id = b.client_id and t.kind = s.kind
      and coalesce(t.match_key, lower(t.value)) = coalesce(s.match_key, lower(s.value)))
  union
  select g.leader from best b join grouped g using (leader) join import_people s on s.import_id = given and s.number = g.number
  where b.visible and b.grade > 0 and not exists (
    select 1 from people p where p.client_id = b.client_id and lower(p.name) = lower(s.name))
  union
  select g.leader from best b join grouped g using (leader) join import_accounts s on s.import_id = given and s.number = g.number
  where b.visible and b.grade > 0 and not exists (
    select 1 from bank_accounts a where a.client_id = b.client_id and a.account = s.account)
  union
  select g.leader from best b join grouped g using (leader) join import_rows r on r.import_id = given and r.number = g.number
    join clients c on c.id = b.client_id
  where b.visible and b.grade > 0 and (
    (c.full_name is null and r.full_name is not null) or (c.inn is null and r.inn is not null) or (c.kpp is null and r.kpp is not null)
    or (c.ogrn is null and r.ogrn is not null) or (c.okpo is null and r.okpo is not null) or (c.region is null and r.region is not null)
    or (c.source is null and r.source is not null) or (c.stage is null and r.stage is not null)
    or (c.comment is null and r.comment is not null) or (c.external_code is null and r.external_code is not null)
    or (c.categories = '{}' and r.categories <> '{}')
    or exists (select 1 from jsonb_object_keys(r.custom) k where not c.custom ? k));
  analyze best;
  analyze news;
end $$;
comment on function find_import_news(uuid) is 'Temporary tables best (the surest client of a group) and news (leaders of groups that say what that client lacks).';

create function match_import(given uuid) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare
  asked constant imports := own_import(given);
  mine constant uuid[] := visible_user_ids();
  everything constant boolean := caller_role() = 'head';
begin
  analyze import_rows, import_contacts, import_people, import_accounts;
  drop table if exists grouped, candidates, seeking, found, best, news;
  perform group_import_rows(given);
  perform find_import_candidates(given);
  perform find_import_news(given);
  delete from import_matches where import_id = given;
  insert into import_matches (import_id, number, leader, size, found, outcome, reason, client_id, owner_id, twins)
  select given, r.number, g.leader, case when g.leader = r.number then g.size end, x.outcome, x.outcome, x.reason,
    case when g.leader is null or x.outcome = 'error' then null
         when x.outcome = 'create' then r.id when x.outcome in ('update', 'skip') and b.visible then b.client_id end,
    coalesce(o.user_id, asked.owner_id),
    case when x.outcome = 'doubtful' then array(
      select f.client_id from found f where f.leader = r.number order by f.grade, f.archived, not f.visible, f.client_id limit 5) end
  from import_rows r
  left join grouped g on g.number = r.number
  left join best b on b.leader = r.number
  left join news n on n.leader = r.number
  left join import_owners o on o.import_id = given and o.name = r.owner
  cross join lateral (select coalesce(b.grade = 6 and r.kind = 'person'
    and exists (select 1 from import_contacts t where t.import_id = given and t.number = r.number and t.match_key not like '~%')
    and exists (select 1 from contacts t where t.client_id = b.client_id and t.match_key not like '~%'), false) as apart) namesake
  cross join lateral (select case
    when r.problem = 'row.nobody-named' then 'error'
    when r.problem is not null then 'skip'
    when g.leader <> r.number then 'skip'
    when b.grade is null or namesake.apart then 'create'
    when b.grade = 0 then 'skip'
    when b.grade <= 3 and b.visible and not b.archived then case when n.leader is null then 'skip' else 'update' end
    when b.grade = 6 and not b.archived and n.leader is null then 'skip'
    else 'doubtful' end as outcome) w
  cross join lateral (select case
      when w.outcome = 'create' and not everything and (coalesce(o.user_id, asked.owner_id) = any (mine)) is not true then 'error'
      else w.outcome end as outcome,
    case
      when r.problem is not null then r.problem
      when g.leader <> r.number then 'merged'
      when w.outcome = 'create' then case when not everything and (coalesce(o.user_id, asked.owner_id) = any (mine)) is not true
        then 'owner.not-allowed' end
      when w.outcome = 'skip' then 'here'
      when b.grade <= 3 and w.outcome = 'update' then (array['here', 'same.inn', 'same.code', 'same.contact'])[b.grade + 1]
      when not b.visible then 'twin.hidden'
      when b.archived then 'twin.archived'
      else (array['twin.contact', 'twin.contact', 'twin.contact', 'twin.contact', 'twin.contact', 'twin.code', 'twin.name'])[b.grade + 1]
    end as reason) x
  where r.import_id = given;
  perform decide_import_rows(given, null);
  update imports set matched_at = now() where id = given;
end $$;
comment on function match_import(uuid) is 'Decides anew what becomes of every row: create, update or skip by what the caller may change, doubtful by the whole base.';

create function decide_import_rows(given uuid, row_number int) returns void language plpgsql security definer set search_path = pg_catalog, public as $$
declare
  asked constant imports := own_import(given);
  mine constant uuid[] := visible_user_ids();
  everything constant boolean := caller_role() = 'head';
begin
  update import_matches m set outcome = t.outcome, client_id = t.client_id
  from (
    select d.number, case
        when w.decision = 'create' and not everything and (d.owner_id = any (mine)) is not true then 'doubtful'
        when w.decision = 'update' and x.client_id is null then 'doubtful'
        else coalesce(w.decision, 'doubtful') end as outcome,
      case w.decision when 'create' then r.id when 'update' then x.client_id end as client_id
    from import_matches d join import_rows r on r.import_id = given and r.number = d.number
    left join import_decisions i on i.import_id = given and i.number = d.number
    cross join lateral (select coalesce(i.decision, asked.twins) as decision) w
    left join lateral (
      select c.id as client_id from unnest(d.twins) with ordinality p (id, place) join clients c on c.id = p.id
      where (i.client_id is null or c.id = i.client_id) and c.archived_at is null
        and (everything or c.owner_id = any (mine) or exists (
          select 1 from seats s where s.client_id = c.id and s.user_id = any (mine)
            and (s.valid_from is null or s.valid_from <= now()) and (s.valid_until is null or s.valid_until > now())))
      order by p.place limit 1) x on w.decision = 'update'
    where d.import_id = given and d.found = 'doubtful' and (row_number is null or d.number = row_number)) t
  where m.import_id = given and m.number = t.number;
  update imports set counts = (
    select coalesce(jsonb_object_agg(c.outcome, c.n), '{}') from (
      select m.outcome, count(*) as n from import_matches m where m.import_id = given group by m.outcome) c)
  where id = given;
end $$;
comment on function decide_import_rows(uuid, int) is 'Carries decisions on doubtful rows (all, or the one of this number) into their outcome; a client the caller may not change is never chosen. Counts anew.';

create function import_is_stale(given uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select coalesce((select s.at > i.matched_at - interval '5 seconds' from change_sets s order by s.id desc limit 1), false)
    or not exists (select 1 from import_rows r where r.import_id = i.id)
  from own_import(given) i;
end;
comment on function import_is_stale(uuid) is 'Whether the base has changed since the rows were matched, or a crash has emptied the staging.';

create function import_is_overtaken(given uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select exists (select 1 from imports o where o.id <> i.id and o.applied_at > i.matched_at) from own_import(given) i;
end;
comment on function import_is_overtaken(uuid) is 'Whether another import was written since the rows were matched: asked when it is this one''s turn to write.';

revoke execute on function import_is_stale(uuid), import_is_overtaken(uuid), group_import_rows(uuid), find_import_candidates(uuid), find_import_news(uuid), match_import(uuid),
  decide_import_rows(uuid, int) from public;
grant execute on function import_is_stale(uuid), import_is_overtaken(uuid), match_import(uuid), decide_import_rows(uuid, int) to kartoteka_all, kartoteka_scoped;
