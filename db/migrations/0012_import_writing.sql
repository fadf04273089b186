-- Writing an import: leaders of a range of rows and all that belongs to them, in a few statements.

create function write_import_part(given uuid, from_number int, to_number int) returns int
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp
  -- Into an empty base too: a plan made when a table had no rows would read it whole for each row that this very statement adds.
  set enable_seqscan = off as $$
declare
  asked constant imports := own_import(given);
  mine constant uuid[] := visible_user_ids();
  everything constant boolean := caller_role() = 'head';
  zone constant text := coalesce((select time_zone from company), 'UTC');
  written int;
begin
  perform current_change_set();
  drop table if exists part, part_rows, said, placed_people;
  create temp table part on commit drop as
  select m.number, m.size, m.outcome, m.client_id, m.owner_id from import_matches m
  where m.import_id = given and m.leader = m.number and m.outcome in ('create', 'update') and m.number between from_number and to_number;
  -- Asked again at the moment of writing: rights may have gone since the rows were matched.
  if not everything and exists (select 1 from part where outcome = 'create' and (owner_id = any (mine)) is not true) then
    raise exception 'an import enters clients only for people whose seats one shares' using errcode = '42501';
  end if;
  delete from part p where p.outcome = 'update' and not everything and not exists (
    select 1 from clients c where c.id = p.client_id and (c.owner_id = any (mine) or exists (
      select 1 from seats s where s.client_id = c.id and s.user_id = any (mine)
        and (s.valid_from is null or s.valid_from <= now()) and (s.valid_until is null or s.valid_until > now()))));
  create temp table part_rows on commit drop as
  select p.number, p.client_id, p.outcome = 'create' as fresh, p.size > 1 as many, 0 as place from part p
  union all
  select m.number, p.client_id, p.outcome = 'create', true, row_number() over (partition by p.number order by m.number)
  from part p join import_matches m on m.import_id = given and m.leader = p.number
  where p.size > 1 and m.leader <> m.number;
  analyze part;
  analyze part_rows;

  perform set_config('app.defer_refresh', 'on', true);
  perform gather_said(given);
  perform write_new_clients(given, zone);
  perform fill_known_clients(given);
  perform place_people(given);
  perform write_children(given, true);
  perform write_children(given, false);
  insert into import_marks (fingerprint, client_id, import_id)
  select r.fingerprint, w.client_id, given from part_rows w join import_rows r on r.import_id = given and r.number = w.number
  on conflict do nothing;
  perform refresh_clients(array(select distinct client_id from part));
  perform set_config('app.defer_refresh', '', true);
  select count(*) into written from part;
  return written;
end $$;
comment on function write_import_part(uuid, int, int) is 'Writes the clients whose first rows lie in this range, in the change-set of the transaction; tells how many.';

create function gather_said(given uuid) returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  create temp table said on commit drop as
  select w.client_id,
    (array_agg(r.full_name order by r.number) filter (where r.full_name is not null))[1] as full_name,
    (array_agg(r.inn order by r.number) filter (where r.inn is not null))[1] as inn,
    (array_agg(r.kpp order by r.number) filter (where r.kpp is not null))[1] as kpp,
    (array_agg(r.ogrn order by r.number) filter (where r.ogrn is not null))[1] as ogrn,
    (array_agg(r.okpo order by r.number) filter (where r.okpo is not null))[1] as okpo,
    (array_agg(r.region order by r.number) filter (where r.region is not null))[1] as region,
    (array_agg(r.source order by r.number) filter (where r.source is not null))[1] as source,
    (array_agg(r.stage order by r.number) filter (where r.stage is not null))[1] as stage,
    (array_agg(r.external_code order by r.number) filter (where r.external_code is not null))[1] as external_code,
    left(string_agg(distinct r.comment, E'\n'), 20000) as comment,
    string_to_array(string_agg(distinct array_to_string(r.categories, E'\x1f'), E'\x1f') filter (where r.categories <> '{}'), E'\x1f') as categories,
    bool_or(r.is_buyer) as is_buyer, bool_or(r.is_supplier) as is_supplier,
    coalesce(jsonb_object_agg_strict(k.key, k.value) filter (where k.key is not null), '{}') as custom
  from part_rows w join import_rows r on r.import_id = given and r.number = w.number
  left join lateral jsonb_each(r.custom) k on r.custom <> '{}'
  where w.many or not w.fresh group by w.client_id;
  analyze said;
end $$;
comment on function gather_said(uuid) is 'Temporary table said: of each client that several rows mean, or that is known, what its rows say; the first that says it is believed.';

create function write_new_clients(given uuid, zone text) returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  insert into clients (id, kind, name, name_core, full_name, inn, kpp, ogrn, okpo, region, source, stage, categories, comment,
    is_buyer, is_supplier, owner_id, external_code, custom, entered, created_at)
  select p.client_id, r.kind, r.name, r.name_core, coalesce(r.full_name, x.full_name), coalesce(r.inn, x.inn), coalesce(r.kpp, x.kpp),
    coalesce(r.ogrn, x.ogrn), coalesce(r.okpo, x.okpo), coalesce(r.region, x.region), coalesce(r.source, x.source),
    coalesce(r.stage, x.stage), case when p.size = 1 then r.categories else array(select distinct c from unnest(x.categories) c) end,
    coalesce(x.comment, r.comment), coalesce(r.is_buyer, x.is_buyer, true), coalesce(r.is_supplier, x.is_supplier, false),
    p.owner_id, coalesce(r.external_code, x.external_code), coalesce(x.custom, r.custom), r.entered,
    least(coalesce(r.created_at at time zone zone, now()), now())
  from part p join import_rows r on r.import_id = given and r.number = p.number left join said x on x.client_id = p.client_id
  where p.outcome = 'create';
end $$;

create function fill_known_clients(given uuid) returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  update clients c set
    full_name = coalesce(c.full_name, v.full_name), inn = coalesce(c.inn, v.inn), kpp = coalesce(c.kpp, v.kpp),
    ogrn = coalesce(c.ogrn, v.ogrn), okpo = coalesce(c.okpo, v.okpo), region = coalesce(c.region, v.region),
    source = coalesce(c.source, v.source), stage = coalesce(c.stage, v.stage), comment = coalesce(c.comment, v.comment),
    external_code = coalesce(c.external_code, v.external_code), custom = v.custom || c.custom,
    categories = case when c.categories = '{}' then array(select distinct k from unnest(v.categories) k) else c.categories end
  from said v, part p
  where p.outcome = 'update' and v.client_id = p.client_id and c.id = v.client_id;
end $$;
comment on function fill_known_clients(uuid) is 'Empty fields of known clients take what the rows say; a field that has a value keeps it.';

create function place_people(given uuid) returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  create temp table placed_people on commit drop as
  select s.number, s.ordinal, w.place, w.client_id, w.fresh as fresh_client, s.id,
    coalesce(e.id, first_value(s.id) over (partition by w.client_id, lower(s.name) collate "C" order by s.number, s.ordinal)) as person_id
  from part_rows w join import_people s on s.import_id = given and s.number = w.number
  left join lateral (select p.id from people p where p.client_id = w.client_id and lower(p.name) = lower(s.name) order by p.ordinal, p.id limit 1) e
    on not w.fresh;
  analyze placed_people;
end $$;
comment on function place_people(uuid) is 'Temporary table placed_people: to which person of the client each person of a row belongs; the same name is the same person.';

create function write_children(given uuid, of_new boolean) returns void language plpgsql set search_path = pg_catalog, public, pg_temp as $$
begin
  -- New clients' children are no new version of them.
  perform set_config('app.new_clients', case when of_new then 'on' else '' end, true);
  insert into people (id, client_id, ordinal, name, last_name, first_name, middle_name, gender, position, role, birthday, comment)
  select s.id, p.client_id,
    least(32000, s.ordinal + 100 * p.place + case when of_new then 0 else (select count(*) from people e where e.client_id = p.client_id) end),
    s.name, s.last_name, s.first_name, s.middle_name, s.gender, s.position, s.role, s.birthday, s.comment
  from placed_people p join import_people s on s.import_id = given and s.number = p.number and s.ordinal = p.ordinal
  where p.fresh_client = of_new and p.person_id = p.id;

  insert into contacts (id, client_id, person_id, ordinal, kind, label, value, normalized, extension, verdict, reason, match_key, note, do_not_call)
  select t.id, t.client_id, t.person_id,
    least(32000, t.place + case when of_new then 0 else (select count(*) from contacts e where e.client_id = t.client_id) end),
    t.kind, t.label, t.value, t.normalized, t.extension, t.verdict, t.reason, t.match_key, t.note, t.do_not_call
  from (
    select distinct on (w.client_id, p.person_id, s.kind collate "C", coalesce(s.match_key, lower(s.value)) collate "C")
      s.*, w.client_id, p.person_id, s.ordinal + 100 * w.place as place
    from part_rows w join import_contacts s on s.import_id = given and s.number = w.number
    left join placed_people p on p.number = s.number and p.ordinal = s.person
    where w.fresh = of_new and (of_new or not exists (
      select 1 from contacts e where e.client_id = w.client_id and e.kind = s.kind
        and coalesce(e.match_key, lower(e.value)) = coalesce(s.match_key, lower(s.value))))
    order by w.client_id, p.person_id, s.kind collate "C", coalesce(s.match_key, lower(s.value)) collate "C", s.number, s.ordinal) t;

  insert into bank_accounts (id, client_id, ordinal, account, bic, bank, corr_account)
  select a.id, a.client_id, least(32000, row_number() over (partition by a.client_id order by a.number, a.ordinal) - 1
      + case when of_new then 0 else (select count(*) from bank_accounts e where e.client_id = a.client_id) end),
    a.account, a.bic, a.bank, a.corr_account
  from (
    select distinct on (w.client_id, s.account collate "C") s.*, w.client_id
    from part_rows w join import_accounts s on s.import_id = given and s.number = w.number
    where w.fresh = of_new and (of_new or not exists (select 1 from bank_accounts e where e.client_id = w.client_id and e.account = s.account))
    order by w.client_id, s.account collate "C", s.number, s.ordinal) a;
  perform set_config('app.new_clients', '', true);
end $$;
comment on function write_children(uuid, boolean) is 'People, contacts and accounts of the part''s new (or known) clients, each value once.';

-- Taking back --------------------------------------------------------------------------------------------------------

create function reverse_import(given uuid, out restored int, out kept int)
  language plpgsql security definer set search_path = pg_catalog, public, pg_temp set enable_seqscan = off as $$
declare
  asked imports;
  since timestamptz;
  mine constant uuid[] := visible_user_ids();
  everything constant boolean := caller_role() = 'head';
begin
  select * into asked from imports where id = given and status = 'applied' and (user_id = caller_id() or everything) for update;
  if not found then raise no_data_found; end if;
  perform current_change_set();
  select at into since from change_sets where id = asked.change_set_id;
  drop table if exists touched;
  create temp table touched on commit drop as
  select h.client_id, bool_or(h.entity = 'clients' and h.op = 'i') as entered,
    bool_or(v.visible) as visible
  from changes h join clients c on c.id = h.client_id
  cross join lateral (select everything or coalesce(c.owner_id = any (mine), false) or exists (
    select 1 from seats s where s.client_id = c.id and s.user_id = any (mine)
      and (s.valid_from is null or s.valid_from <= now()) and (s.valid_until is null or s.valid_until > now())) as visible) v
  where h.change_set_id = asked.change_set_id and h.at = since
  group by h.client_id;
  analyze touched;
  alter table touched add column changed boolean not null default false;
  update touched t set changed = true where exists (
    select 1 from changes h where h.client_id = t.client_id and h.at >= since and h.change_set_id <> asked.change_set_id);

  perform set_config('app.defer_refresh', 'on', true);
  update clients c set archived_at = now(), archived_by = caller_id() from touched t
  where c.id = t.client_id and t.entered and t.visible and not t.changed and c.archived_at is null;

  -- Of clients that were here before: what the import added and nobody has touched since goes again.
  delete from contacts e using changes h, touched t where h.change_set_id = asked.change_set_id and h.entity = 'contacts' and h.op = 'i'
    and e.id = h.row_id and t.client_id = h.client_id and t.visible and not t.entered and not exists (
      select 1 from changes l where l.row_id = e.id and l.client_id = t.client_id and l.change_set_id <> asked.change_set_id);
  delete from people e using changes h, touched t where h.change_set_id = asked.change_set_id and h.entity = 'people' and h.op = 'i'
    and e.id = h.row_id and t.client_id = h.client_id and t.visible and not t.entered
    and not exists (select 1 from changes l where l.row_id = e.id and l.client_id = t.client_id and l.change_set_id <> asked.change_set_id)
    and not exists (select 1 from contacts k where k.person_id = e.id)
    and not exists (select 1 from activities k where k.person_id = e.id) and not exists (select 1 from files k where k.person_id = e.id);
  delete from bank_accounts e using changes h, touched t where h.change_set_id = asked.change_set_id and h.entity = 'bank_accounts' and h.op = 'i'
    and e.id = h.row_id and t.client_id = h.client_id and t.visible and not t.entered and not exists (
      select 1 from changes l where l.row_id = e.id and l.client_id = t.client_id and l.change_set_id <> asked.change_set_id);
  update clients c set
    full_name = case when c.full_name = h.after ->> 'full_name' then h.before ->> 'full_name' else c.full_name end,
    inn = case when c.inn = h.after ->> 'inn' then h.before ->> 'inn' else c.inn end,
    kpp = case when c.kpp = h.after ->> 'kpp' then h.before ->> 'kpp' else c.kpp end,
    ogrn = case when c.ogrn = h.after ->> 'ogrn' then h.before ->> 'ogrn' else c.ogrn end,
    okpo = case when c.okpo = h.after ->> 'okpo' then h.before ->> 'okpo' else c.okpo end,
    region = case when c.region = h.after ->> 'region' then h.before ->> 'region' else c.region end,
    source = case when c.source = h.after ->> 'source' then h.before ->> 'source' else c.source end,
    stage = case when c.stage = h.after ->> 'stage' then h.before ->> 'stage' else c.stage end,
    comment = case when c.comment = h.after ->> 'comment' then h.before ->> 'comment' else c.comment end,
    external_code = case when c.external_code = h.after ->> 'external_code' then h.before ->> 'external_code' else c.external_code end,
    categories = case when to_jsonb(c.categories) = h.after -> 'categories' then '{}' else c.categories end,
    custom = case when c.custom = h.after -> 'custom' then h.before -> 'custom' else c.custom end
  from changes h, touched t
  where h.change_set_id = asked.change_set_id and h.entity = 'clients' and h.op = 'u' and c.id = h.row_id
    and t.client_id = c.id and t.visible and not t.entered;
  perform refresh_clients(array(select client_id from touched where visible and not entered));
  perform set_config('app.defer_refresh', '', true);
  delete from import_marks m using touched t where m.import_id = given and m.client_id = t.client_id and t.visible and not t.entered;
  select count(*) filter (where visible and not changed), count(*) filter (where not visible or changed) into restored, kept from touched;
  update imports set status = 'reversed',
    reversal = jsonb_build_object('changeSetId', current_change_set(), 'restored', restored, 'kept', kept) where id = given;
end $$;
comment on function reverse_import(uuid) is 'Takes an applied import back, in the change-set of the transaction: clients it entered go to the archive, clients it added to lose what it added; what somebody has changed since, or the caller no longer sees, is kept. Counts clients.';

revoke execute on function write_import_part(uuid, int, int), gather_said(uuid), write_new_clients(uuid, text), fill_known_clients(uuid), place_people(uuid),
  write_children(uuid, boolean), reverse_import(uuid) from public;
grant execute on function write_import_part(uuid, int, int), reverse_import(uuid) to kartoteka_all, kartoteka_scoped;
