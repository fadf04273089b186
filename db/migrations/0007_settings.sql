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
-- Security definer: an admin may edit dictionaries without seeing a single client. Nothing of a client is returned but a count.

create function open_dictionary_change(details jsonb) returns void
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare made uuid;
begin
  if coalesce(caller_role(), '') not in ('head', 'admin') then
    raise exception 'dictionaries are edited by a head or an admin' using errcode = '42501';
  end if;
  insert into change_sets (author_id, act, details) values (caller_id(), 'dictionary.update', details) returning id into made;
  perform set_config('app.change_set', made::text, true);
end $$;

create function relabel_contacts(contact_kind text, old_names text[], new_name text) returns bigint
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare changed bigint;
begin
  perform open_dictionary_change(jsonb_build_object('kind', contact_kind, 'from', old_names, 'to', new_name));
  -- Labels are neither searched nor judged: words and states need no refresh.
  perform set_config('app.defer_refresh', 'on', true);
  update contacts set label = new_name
  where kind = contact_kind and lower(label) = any (select lower(n) from unnest(old_names) n) and label <> new_name;
  get diagnostics changed = row_count;
  perform set_config('app.defer_refresh', '', true);
  return changed;
end $$;
comment on function relabel_contacts(text, text[], text) is 'Contacts of one kind that carry one of these labels take the new one, over the whole base, as one change-set; tells how many.';

create function rename_choice(choice_field text, old_name text, new_name text) returns bigint
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare changed bigint;
begin
  perform open_dictionary_change(jsonb_build_object('field', choice_field, 'from', old_name, 'to', new_name));
  perform set_config('app.defer_refresh', 'on', true);
  case choice_field
    when 'source' then update clients set source = new_name where source = old_name;
    when 'stage' then update clients set stage = new_name where stage = old_name;
    when 'region' then update clients set region = new_name where region = old_name;
    when 'category' then
      update clients set categories = array_replace(array_remove(categories, new_name), old_name, new_name) where old_name = any (categories);
    when 'person-role' then update people set role = new_name where role = old_name;
  end case;
  get diagnostics changed = row_count;
  perform set_config('app.defer_refresh', '', true);
  return changed;
end $$;
comment on function rename_choice(text, text, text) is 'Clients (or persons) that carry a choice take its new name, over the whole base, as one change-set; tells how many.';

create function drop_custom_values(field text) returns bigint
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare changed bigint; more bigint;
begin
  perform open_dictionary_change(jsonb_build_object('field', 'custom.' || field));
  update clients set custom = custom - field where custom ? field;
  get diagnostics changed = row_count;
  update people set custom = custom - field where custom ? field;
  get diagnostics more = row_count;
  return changed + more;
end $$;
comment on function drop_custom_values(text) is 'Takes the values of a deleted field off clients and persons as one change-set: they stay in the journal.';

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

revoke execute on function open_dictionary_change(jsonb), relabel_contacts(text, text[], text), rename_choice(text, text, text),
  drop_custom_values(text), custom_field_used(text) from public;
grant execute on function relabel_contacts(text, text[], text), rename_choice(text, text, text), drop_custom_values(text),
  custom_field_used(text) to kartoteka_all, kartoteka_admin;

-- Nothing with its owner's rights is for everybody: the bare login has no use for these.
revoke execute on function share_client(uuid, uuid[]), change_set_of(uuid), may_export() from public;
grant execute on function share_client(uuid, uuid[]), change_set_of(uuid), may_export() to kartoteka_all, kartoteka_scoped, kartoteka_admin;
