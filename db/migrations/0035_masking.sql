-- Contacts of clients that are not one's own come masked until they are opened, where the head wants it.
-- Who is masked works under a role of his own (kartoteka_masked): it may what kartoteka_scoped may, and a policy keeps rows of contacts
-- he has not opened from every statement. What he sees of them is written by masked_contacts() alone. Nobody else pays anything.

alter table company add column mask_roles text[] not null default '{}' check (mask_roles <@ array['manager', 'team-head']);
comment on column company.mask_roles is 'To these roles contacts of clients that are not their own come masked until opened.';

create function guard_masking() returns trigger language plpgsql as $$
begin
  if current_user = 'kartoteka_admin' then
    raise exception 'whose contacts are masked is the head''s to say' using errcode = '42501';
  end if;
  return new;
end $$;
create trigger guard_masking before update on company for each row
  when (old.mask_roles is distinct from new.mask_roles) execute function guard_masking();

create function follow_mask_roles() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  update users u set masked = u.role = any (new.mask_roles) where u.masked <> (u.role = any (new.mask_roles));
  return null;
end $$;
create trigger follow_mask_roles after insert or update on company for each row execute function follow_mask_roles();

create function mask_person() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  new.masked := coalesce((select new.role = any (c.mask_roles) from company c), false);
  return new;
end $$;
create trigger mask_person before insert or update of role on users for each row execute function mask_person();

create table contact_openings (
  user_id uuid not null references users,
  client_id uuid not null references clients on delete cascade,
  opened_at timestamptz not null default product_now(),
  until timestamptz not null,
  primary key (user_id, client_id)
);
create index contact_openings_client on contact_openings (client_id);
comment on table contact_openings is 'Whose masked contacts somebody has opened, till the end of the company''s day.';
alter table contact_openings enable row level security;
create policy everything on contact_openings for select to kartoteka_all using (true);
create policy own on contact_openings for select to kartoteka_scoped using (user_id = (select caller_id()));
grant select on contact_openings to kartoteka_all, kartoteka_scoped;

create function masks() returns boolean language sql stable parallel safe
  return coalesce(current_setting('role', true), '') in ('kartoteka_masked', 'kartoteka_looking_masked');
comment on function masks() is 'Whether contacts of clients that are not the caller''s own are masked to him.';

create function clear_people() returns uuid[] language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select array[caller_id()] || array(
    select s.absent_id from substitution_deputies d join substitutions s on s.id = d.substitution_id
    where d.user_id = caller_id() and s.filter is null and s.mode = 'full' and s.starts_at <= product_now() and s.ends_at > product_now());
end;
comment on function clear_people() is 'Whose clients'' contacts the caller sees unmasked: his own, and those of whoever''s whole portfolio he fully works with now.';

create function contacts_clear(client uuid) returns boolean language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select not masks() or exists (
    select 1 from clients c where c.id = client and (
      c.owner_id = any (clear_people())
      or exists (select 1 from contact_openings o where o.user_id = caller_id() and o.client_id = c.id and o.until > product_now())
      or exists (select 1 from seats s where s.client_id = c.id and s.user_id = caller_id() and s.reason = 'substitution' and s.mode = 'full'
        and s.valid_from <= product_now() and s.valid_until > product_now())));
end;
comment on function contacts_clear(uuid) is 'Whether the caller sees the contacts of this client as they are.';

-- The rule of contacts_clear() once more, as a policy: without a call for each row.
create policy opened on contacts as restrictive for select to kartoteka_masked using (exists (
  select 1 from clients c where c.id = contacts.client_id and (
    c.owner_id = any ((select clear_people())::uuid[])
    or exists (select 1 from contact_openings o where o.user_id = (select caller_id()) and o.client_id = c.id and o.until > product_now())
    or exists (select 1 from seats s where s.client_id = c.id and s.user_id = (select caller_id()) and s.reason = 'substitution' and s.mode = 'full'))));
-- What the journal keeps of contacts and of numbers called is no other door.
create policy opened on changes as restrictive for select to kartoteka_masked using (
  (entity <> 'contacts' and not (coalesce(before, '{}') || coalesce(after, '{}')) ? 'contact_value') or contacts_clear(client_id));

create function masked_value(kind text, value text, normalized text) returns text language sql immutable parallel safe
  return case
    when kind = 'phone' and normalized like '+7__________' then '+7 ' || substr(normalized, 3, 3) || ' ···-··-' || right(normalized, 2)
    when kind = 'phone' and normalized ~ '^\+\d{8,}$' then left(normalized, 3) || ' ··· ' || right(normalized, 2)
    when kind = 'email' and coalesce(normalized, value) ~ '^[^@\s]+@[^@\s]+$'
      then left(coalesce(normalized, value), 1) || '···@' || split_part(coalesce(normalized, value), '@', 2)
    else '···' end;
comment on function masked_value(text, text, text) is '+7 495 ···-··-12, i···@firma.ru; of anything else nothing but that it is there.';

create function masked_contacts(ids uuid[]) returns setof contacts language plpgsql stable security definer set search_path = pg_catalog, public as $$
declare mine constant uuid[] := visible_user_ids();
begin
  if not masks() then return; end if;
  return query
    select r.* from contacts t
    cross join lateral jsonb_populate_record(t, jsonb_build_object('value', masked_value(t.kind, t.value, t.normalized),
      'normalized', null, 'extension', null, 'match_key', null, 'note', null)) r
    where t.client_id = any (ids) and not contacts_clear(t.client_id)
      and (exists (select 1 from clients c where c.id = t.client_id and c.owner_id = any (mine))
        or exists (select 1 from seats s where s.client_id = t.client_id and s.user_id = any (mine)
          and (s.valid_from is null or s.valid_from <= product_now()) and (s.valid_until is null or s.valid_until > product_now())));
end $$;
comment on function masked_contacts(uuid[]) is 'Contacts of these clients that the caller sees masked, in the shape of contacts: value masked, normalized, extension, match_key and note null. The others stand in contacts itself.';

create function open_contacts(client uuid) returns timestamptz language plpgsql security definer set search_path = pg_catalog, public as $$
declare ends constant timestamptz := (
  select ((product_now() at time zone zone.name)::date + 1)::timestamp at time zone zone.name
  from (select coalesce((select c.time_zone from company c), 'Europe/Moscow') as name) zone);
begin
  perform current_change_set();
  insert into contact_openings as o (user_id, client_id, until) values (caller_id(), client, ends)
  on conflict (user_id, client_id) do update set opened_at = product_now(), until = ends;
  return ends;
end $$;
comment on function open_contacts(uuid) is 'Opens the contacts of a client to the caller till the end of the company''s day, in the change-set of the transaction. Whether he sees the client, the policies say as ever.';

create function shown_contact(client uuid, value text) returns text language sql stable parallel safe
  return case when value is null or not masks() or contacts_clear(client) then value else '···' end;
comment on function shown_contact(uuid, text) is 'A number or address noted with an entry, as the caller may see it.';

revoke execute on function clear_people(), contacts_clear(uuid), masked_contacts(uuid[]), open_contacts(uuid) from public;
grant execute on function clear_people(), contacts_clear(uuid), masked_contacts(uuid[]), open_contacts(uuid) to kartoteka_all, kartoteka_scoped;

-- The search box finds nobody by a contact that is masked ------------------------------------------------------------------

create function unmasked_hits(numbers int[], patterns text[]) returns int[] language sql stable set search_path = pg_catalog, public
  return array(
    select h.no from unnest(numbers) with ordinality h (no, n) join client_search s on s.client_no = h.no
    where contacts_clear(s.client_id) or exists (
      select 1 from clients c
      where c.id = s.client_id and search_document(c, (select string_agg(p.name, ' ') from people p where p.client_id = c.id), null,
        case when c.custom <> '{}' then (select string_agg(c.custom ->> f.key, ' ') from custom_fields f where f.searchable and c.custom ? f.key) end)
        collate "C" like all (patterns))
    order by h.n);
comment on function unmasked_hits(int[], text[]) is 'Of numbers of clients found by these patterns those found by something that is not masked to the caller, in their order.';
revoke execute on function unmasked_hits(int[], text[]) from public;

-- Changed where they stand: what else they say is none of this migration's business.
do $$
declare was text; said text;
begin
  was := pg_get_functiondef('search_clients(text[], int)'::regprocedure);
  said := replace(was, $f$    continue when hits = '{}' and inner_hits = '{}';$f$,
    $f$    if masks() then
      hits := unmasked_hits(hits, parts);
      inner_hits := unmasked_hits(inner_hits, parts);
    end if;
    continue when hits = '{}' and inner_hits = '{}';$f$);
  if said = was then raise exception 'search_clients() is not what it was'; end if;
  execute said;
  -- A twin by a contact that is masked is told like one that is not seen: by its owner.
  was := pg_get_functiondef('find_twins(text, text, text[], text, uuid, int)'::regprocedure);
  said := replace(was, $f$      coalesce(caller_role() = 'head' or$f$,
    $f$      (not masks() or f.reasons && '{same-inn,same-name}' or contacts_clear(f.id)) and coalesce(caller_role() = 'head' or$f$);
  if said = was then raise exception 'find_twins() is not what it was'; end if;
  execute said;
end $$;
