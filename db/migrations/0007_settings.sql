-- Guards of people and their rights, and the changes of dictionaries that clients follow.

create function guard_people() returns trigger language plpgsql as $$
begin
  if current_user = 'kartoteka_admin' and (new.role = 'head' or (tg_op = 'UPDATE' and old.role = 'head')) then
    raise exception 'only a head makes, changes or dismisses a head' using errcode = '42501';
  end if;
  return new;
end $$;
comment on function guard_people() is 'An admin sees no clients, so he must not be able to make himself or a friend a head, or to take a head''s account over.';
create trigger guard before insert or update on users for each row execute function guard_people();

create function keep_a_head() returns trigger language plpgsql as $$
begin
  -- Two heads dismissing each other at the same moment: the second waits and then sees what the first did.
  perform pg_advisory_xact_lock(5278415);
  if not exists (select 1 from users where role = 'head' and active) then
    raise exception 'the last active head stays' using errcode = 'KT002';
  end if;
  return null;
end $$;
comment on function keep_a_head() is 'Raises KT002 where a change would leave the company without an active head.';
create trigger keep_a_head after update on users for each row
  when (old.role = 'head' and old.active and not (new.role = 'head' and new.active)) execute function keep_a_head();

create function dismiss() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  delete from auth.sessions where user_id = new.id;
  delete from auth.invitations where user_id = new.id;
  return null;
end $$;
comment on function dismiss() is 'A deactivated person''s sessions, API tokens and links end in the same transaction, and do not come back with him.';
create trigger dismiss after update on users for each row when (old.active and not new.active) execute function dismiss();

create function add_invitation(person uuid, token_hash bytea) returns text
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare asked text;
begin
  if coalesce(caller_role(), '') not in ('head', 'admin')
     or (caller_role() = 'admin' and exists (select 1 from users u where u.id = person and u.role = 'head')) then
    raise exception 'links are made by a head, or by an admin for others than heads' using errcode = '42501';
  end if;
  if not exists (select 1 from users u where u.id = person and u.active) then raise no_data_found; end if;
  asked := case when exists (select 1 from auth.passwords p where p.user_id = person) then 'reset' else 'invitation' end;
  delete from auth.invitations i where i.user_id = person and i.used_at is null;
  insert into auth.invitations (user_id, purpose, token_hash, created_by) values (person, asked, token_hash, caller_id());
  return asked;
end $$;
comment on function add_invitation(uuid, bytea) is 'Keeps a new one-time link (its sha256) in the place of an unused older one; tells what it is for. P0002: no such active person.';
revoke execute on function add_invitation(uuid, bytea) from public;
grant execute on function add_invitation(uuid, bytea) to kartoteka_all, kartoteka_admin;

-- A base whose first person came from the command line has no company yet: saving the settings makes it.
grant insert on company to kartoteka_all, kartoteka_admin;
create policy made on company for insert to kartoteka_all, kartoteka_admin with check (true);

-- Dictionaries -------------------------------------------------------------------------------------------------------
create function follow_dictionary(change jsonb, most int, given uuid default null, out changed bigint, out change_set uuid)
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare more bigint := 0;
begin
  if coalesce(caller_role(), '') not in ('head', 'admin') then
    raise exception 'dictionaries are edited by a head or an admin' using errcode = '42501';
  end if;
  if given is null then
    insert into change_sets (author_id, act, details) values (caller_id(), 'dictionary.update', change) returning id into change_set;
  else
    select s.id into strict change_set from change_sets s
    where s.id = given and s.author_id = caller_id() and s.act = 'dictionary.update';
  end if;
  perform set_config('app.change_set', change_set::text, true);
  -- Labels, roles and fields off the list are not searched by; states follow a client's own columns by themselves.
  perform set_config('app.defer_refresh', 'on', true);
  case change ->> 'what'
    when 'label' then
      update contacts set label = change ->> 'to' where id in (
        select t.id from contacts t
        where t.kind = change ->> 'kind' and t.label <> change ->> 'to'
          and lower(t.label) in (select lower(n) from jsonb_array_elements_text(change -> 'from') n) limit most);
    when 'source' then
      update clients set source = change ->> 'to' where id in (select c.id from clients c where c.source = change ->> 'from' limit most);
    when 'stage' then
      update clients set stage = change ->> 'to' where id in (select c.id from clients c where c.stage = change ->> 'from' limit most);
    when 'region' then
      update clients set region = change ->> 'to' where id in (select c.id from clients c where c.region = change ->> 'from' limit most);
    when 'category' then
      update clients set categories = array_replace(array_remove(categories, change ->> 'to'), change ->> 'from', change ->> 'to')
      where id in (select c.id from clients c where change ->> 'from' = any (c.categories) limit most);
    when 'person-role' then
      update people set role = change ->> 'to' where id in (select p.id from people p where p.role = change ->> 'from' limit most);
    when 'custom-field' then
      update people set custom = custom - (change ->> 'key')
      where id in (select p.id from people p where p.custom ? (change ->> 'key') limit most);
      get diagnostics more = row_count;
      update clients set custom = custom - (change ->> 'key')
      where id in (select c.id from clients c where c.custom ? (change ->> 'key') limit most);
  end case;
  get diagnostics changed = row_count;
  changed := changed + more;
  perform set_config('app.defer_refresh', '', true);
  if changed = 0 and given is null then delete from change_sets s where s.id = change_set; end if;
end $$;
comment on function follow_dictionary(jsonb, int, uuid) is 'At most so many contacts, clients or persons follow a change of a dictionary, over the whole base, in one change-set (a new one, or the one given). change: { what: label, kind, from: [], to } | { what: source … person-role, from, to } | { what: custom-field, key }. Security definer, so that an admin may edit dictionaries without seeing a client: it tells nothing but how many.';

create function custom_field_used(field text) returns boolean
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select exists (select 1 from clients where custom ? field) or exists (select 1 from people where custom ? field);
end;

create function follow_searchable() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  perform refresh_search(array(select id from clients where custom ? new.key));
  return null;
end $$;
comment on function follow_searchable() is 'Values of a field are found, or no longer found, as soon as the field is marked so.';
create trigger searchable after update on custom_fields for each row
  when (old.searchable is distinct from new.searchable) execute function follow_searchable();

revoke execute on function follow_dictionary(jsonb, int, uuid), custom_field_used(text) from public;
grant execute on function follow_dictionary(jsonb, int, uuid), custom_field_used(text) to kartoteka_all, kartoteka_admin;

-- Nothing with its owner's rights is for everybody: the bare login has no use for these.
revoke execute on function share_client(uuid, uuid[]), change_set_of(uuid), may_export() from public;
grant execute on function share_client(uuid, uuid[]), change_set_of(uuid), may_export() to kartoteka_all, kartoteka_scoped, kartoteka_admin;
