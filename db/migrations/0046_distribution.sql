-- New clients without an owner, and those nobody has yet, go to managers by a rule of the head's.

create table distribution (
  one boolean primary key default true check (one),
  active boolean not null default false,
  way text not null default 'rounds' check (way in ('rounds', 'region', 'clients', 'plan')),
  team_ids uuid[] not null default '{}',
  regions jsonb not null default '[]',
  last_no int not null default 0,
  loads jsonb,
  loads_at timestamptz,
  updated_at timestamptz,
  updated_by uuid references users
);
insert into distribution default values;
comment on table distribution is 'How clients without an owner are given out: in turn, by region, to who has the fewest clients or the fewest open entries.';
comment on column distribution.team_ids is 'Among the managers of these teams; empty: among all.';
comment on column distribution.regions is '[{ "region", "userId" }]: of several people of a region who has the fewest; a region nobody has goes by the fewest clients of all.';
comment on column distribution.last_no is 'users.no of whose turn was last.';
comment on column distribution.loads is 'user → clients or open entries, counted at loads_at and kept up with what was given out: counted anew for every client it would cost a million rows each.';
alter table distribution enable row level security;
create policy everything on distribution to kartoteka_all using (true) with check (true);
grant select on distribution to kartoteka_all;
grant update (active, way, team_ids, regions, loads_at, updated_at, updated_by) on distribution to kartoteka_all;

create function level_out(loads bigint[], number bigint) returns bigint[] language plpgsql immutable as $$
declare people constant int := cardinality(loads); given bigint[] := array_fill(0::bigint, array[people]); level bigint := loads[1]; room bigint;
begin
  for i in 1..people loop
    room := case when i < people then (loads[i + 1] - level) * i end;
    if room is null or number <= room then
      for j in 1..i loop given[j] := level - loads[j] + number / i + case when j <= number % i then 1 else 0 end; end loop;
      return given;
    end if;
    number := number - room;
    level := loads[i + 1];
  end loop;
  return given;
end $$;
comment on function level_out(bigint[], bigint) is 'How many of a number of clients each of these people gets, whose loads ascend, so that the loads come out as even as they can.';

create function distribution_pool(teams uuid[]) returns table (user_id uuid, no int) language sql stable
begin atomic
  select u.id, u.no::int from users u
  where u.active and u.role = 'manager' and (cardinality(teams) = 0 or u.team_id = any (teams))
    and not exists (select 1 from substitutions s where s.absent_id = u.id and s.starts_at <= product_now() and s.ends_at > product_now());
end;
comment on function distribution_pool(uuid[]) is 'Managers who are given clients now: active, of these teams (of none: all), not away.';

create function plan_distribution(ids uuid[], regions_of text[]) returns table (client_id uuid, user_id uuid)
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare rule distribution; portion record; members uuid[]; amounts bigint[]; given bigint[]; held jsonb; pool uuid[]; nos int[]; first int;
begin
  select * into rule from distribution;
  select coalesce(array_agg(p.user_id order by p.no), '{}'), array_agg(p.no order by p.no) into pool, nos from distribution_pool(rule.team_ids) p;
  if cardinality(pool) = 0 then return; end if;
  if rule.way = 'rounds' then
    select coalesce(min(i) filter (where nos[i] > rule.last_no), 1) into first from generate_subscripts(nos, 1) i;
    return query select t.id, pool[((first - 1 + t.at - 1) % cardinality(pool)) + 1] from unnest(ids) with ordinality t (id, at);
    return;
  end if;
  held := case when rule.loads_at > now() - interval '1 minute' then rule.loads end;
  if held is null or exists (select 1 from unnest(pool) u where not held ? u::text) then
    select jsonb_object_agg(u, case rule.way
        when 'plan' then (select count(*) from activities a where a.user_id = u and a.done_at is null and a.cancelled_at is null and a.due_at is not null)
        else (select count(*) from clients c where c.owner_id = u) end)
      into held from unnest(pool) u;
  end if;
  for portion in
    select array_agg(t.id order by t.at) as clients, t.region
    from (select i.id, i.at, case when rule.way = 'region' then i.region end as region
          from unnest(ids, regions_of) with ordinality i (id, region, at)) t group by t.region order by t.region
  loop
    members := array(select u from unnest(pool) u where portion.region is not null and exists (
      select 1 from jsonb_array_elements(rule.regions) r where r ->> 'region' = portion.region and r ->> 'userId' = u::text));
    if cardinality(members) = 0 then members := pool; end if;
    select array_agg(u order by (held ->> u::text)::bigint, u), array_agg((held ->> u::text)::bigint order by (held ->> u::text)::bigint, u)
      into members, amounts from unnest(members) u;
    given := level_out(amounts, cardinality(portion.clients));
    held := held || (select jsonb_object_agg(members[i], amounts[i] + given[i]) from generate_subscripts(members, 1) i);
    return query select * from unnest(portion.clients, array(
      select members[i] from generate_subscripts(members, 1) i cross join lateral generate_series(1, given[i]) n order by n, i));
  end loop;
end $$;
comment on function plan_distribution(uuid[], text[]) is 'Whom the rule would give each of these clients (and their regions) to, in their order; nothing where nobody is there to take them. Writes nothing.';

create function take_turns(ids uuid[], regions_of text[]) returns table (client_id uuid, user_id uuid)
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare rule distribution; planned uuid[]; takers uuid[]; fresh boolean;
begin
  -- One after another: two who give out at once would give to the same person.
  select * into rule from distribution for update;
  select array_agg(p.client_id), array_agg(p.user_id) into planned, takers from plan_distribution(ids, regions_of) p;
  if planned is null then return; end if;
  if rule.way = 'rounds' then
    update distribution set last_no = (select u.no from users u where u.id = takers[cardinality(takers)]);
  else
    -- What is given out is counted in; all of it is counted anew after a minute.
    fresh := coalesce(rule.loads_at > now() - interval '1 minute', false);
    update distribution set loads_at = case when fresh then rule.loads_at else now() end, loads = (
      select jsonb_object_agg(p.user_id, coalesce(
          case when fresh then (rule.loads ->> p.user_id::text)::bigint end,
          case rule.way
            when 'plan' then (select count(*) from activities a where a.user_id = p.user_id and a.done_at is null and a.cancelled_at is null and a.due_at is not null)
            else (select count(*) from clients c where c.owner_id = p.user_id) end)
        + coalesce(t.number, 0))
      from distribution_pool(rule.team_ids) p
        left join (select x as user_id, count(*) as number from unnest(takers) x group by x) t on t.user_id = p.user_id);
  end if;
  return query select * from unnest(planned, takers);
end $$;
comment on function take_turns(uuid[], text[]) is 'As plan_distribution, for clients that are given out indeed: the turn goes on and the loads grow.';

-- By the key also where the base has just been filled and knows no numbers of rows yet.
create function distribute(ids uuid[]) returns int language plpgsql security definer set search_path = pg_catalog, public set enable_seqscan = off as $$
declare number int;
begin
  if cardinality(ids) = 0 then return 0; end if;
  update clients c set owner_id = t.user_id
  from take_turns(ids, array(select r.region from unnest(ids) with ordinality i (id, at) join clients r on r.id = i.id order by i.at)) t
  where c.id = t.client_id and c.owner_id is null;
  get diagnostics number = row_count;
  return number;
end $$;
comment on function distribute(uuid[]) is 'Gives these clients, those of them that have no owner, to managers by the rule, in the change-set of the transaction. Returns how many.';

-- Of an import before its clients are written: they come with their owners.
create function distribute_part(given uuid) returns void language plpgsql security definer set search_path = pg_catalog, public, pg_temp as $$
declare ids uuid[]; regions_of text[];
begin
  if not exists (select 1 from distribution d where d.active) then return; end if;
  select array_agg(p.client_id order by p.number), array_agg(r.region order by p.number) into ids, regions_of
  from part p join import_rows r on r.import_id = given and r.number = p.number where p.outcome = 'create' and p.owner_id is null;
  if ids is null then return; end if;
  update part p set owner_id = t.user_id from take_turns(ids, regions_of) t where p.client_id = t.client_id;
end $$;
comment on function distribute_part(uuid) is 'Gives the new clients of a part of an import that have no owner to managers by the rule.';
do $$
declare was text := pg_get_functiondef('write_import_part(uuid, int, int)'::regprocedure); became text;
begin
  became := replace(was, 'perform gather_said(given);', 'perform gather_said(given);
  perform distribute_part(given);');
  if became = was then raise exception 'write_import_part gathers nothing'; end if;
  execute became;
end $$;

create function distribute_new() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if exists (select 1 from new_rows n where n.owner_id is null) and exists (select 1 from distribution d where d.active) then
    perform distribute(array(select n.id from new_rows n where n.owner_id is null order by n.no));
  end if;
  return null;
end $$;
create trigger zy_distribute after insert on clients referencing new table as new_rows for each statement execute function distribute_new();

create function distribute_ownerless() returns int language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if coalesce(caller_role(), '') <> 'head' then
    raise exception 'only a head gives clients out' using errcode = '42501';
  end if;
  return distribute(array(select c.id from clients c where c.owner_id is null and c.archived_at is null order by c.no));
end $$;
comment on function distribute_ownerless() is 'Gives out every client nobody has. Returns how many; 42501 for who is no head.';
create function distribution_preview() returns table (user_id uuid, clients int) language sql stable security definer set search_path = pg_catalog, public
begin atomic
  with unowned as materialized (
    select c.id, c.region, c.no from clients c where c.owner_id is null and c.archived_at is null and caller_role() = 'head')
  select p.user_id, count(*)::int
  from plan_distribution(array(select u.id from unowned u order by u.no), array(select u.region from unowned u order by u.no)) p
  group by p.user_id order by count(*) desc, p.user_id;
end;
comment on function distribution_preview() is 'How many of the clients nobody has each manager would get now.';
revoke execute on function distribution_pool(uuid[]), plan_distribution(uuid[], text[]), take_turns(uuid[], text[]), distribute(uuid[]),
  distribute_part(uuid), distribute_ownerless(), distribution_preview() from public;
grant execute on function distribute_ownerless(), distribution_preview() to kartoteka_all;
