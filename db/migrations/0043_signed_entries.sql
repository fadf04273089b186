-- Entries are signed «Б за А» where they are read, and whoever listens learns at once that he began or ceased to stand in.

alter table activities add column acted_by uuid references users, add column acted_for uuid references users;
comment on column activities.acted_by is 'Who entered, did or called off this entry while standing in for acted_for; null: whose client it is did it himself.';

create function sign_activity() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare owner uuid;
begin
  if tg_op = 'UPDATE' then
    if coalesce(new.done_at, new.cancelled_at) is null then
      if coalesce(old.done_at, old.cancelled_at) is not null and old.acted_by is not distinct from new.acted_by then
        new.acted_by := null;
        new.acted_for := null;
      end if;
      return new;
    elsif coalesce(old.done_at, old.cancelled_at) is not null then
      return new;
    end if;
  end if;
  if new.client_id is null or coalesce(nullif(current_setting('app.standing_in', true), ''), '{}') = '{}' or caller_role() = 'head' then return new; end if;
  select c.owner_id into owner from clients c where c.id = new.client_id and c.owner_id = any (stood_in_for(caller_id()));
  if owner is null or owner = any (own_people(caller_id())) or exists (
      select 1 from seats s where s.client_id = new.client_id and s.user_id = any (own_people(caller_id())) and s.reason = 'shared') then
    return new;
  end if;
  new.acted_by := caller_id();
  new.acted_for := owner;
  return new;
end $$;
create trigger sign_entry before insert or update of done_at, cancelled_at on activities for each row execute function sign_activity();

create function standings_of(persons uuid[]) returns table (person_id uuid, standing text)
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select d.user_id, string_agg(s.id::text || s.mode, ' ' order by s.id)
  from substitution_deputies d join substitutions s on s.id = d.substitution_id
  where d.user_id = any (persons) and s.starts_at <= product_now() and s.ends_at > product_now() group by d.user_id;
end;
comment on function standings_of(uuid[]) is 'For whom each of these people stands in now, as one text: another text, other clients.';
revoke execute on function standings_of(uuid[]) from public;
grant execute on function standings_of(uuid[]) to kartoteka_gate;

create function tell_standings() returns trigger language plpgsql as $$
begin
  perform pg_notify('kartoteka_people', '{}');
  return null;
end $$;
create trigger tell_standings after insert or update or delete on substitutions for each statement execute function tell_standings();
create trigger tell_standings after insert or delete on substitution_deputies for each statement execute function tell_standings();

-- A dismissed person's jobs end as his access does: he can no longer write himself how they went.
create or replace function end_work_of(person uuid, out jobs int, out sessions int, out tokens int)
  language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if coalesce(caller_role(), '') <> 'head' then
    raise exception 'only a head dismisses' using errcode = '42501';
  end if;
  update jobs j set cancelled = true, status = 'cancelled', finished_at = now() where j.user_id = person and j.status in ('queued', 'running');
  get diagnostics jobs = row_count;
  delete from auth.sessions s where s.user_id = person and s.kind = 'token';
  get diagnostics tokens = row_count;
  delete from auth.sessions s where s.user_id = person;
  get diagnostics sessions = row_count;
end $$;
comment on function end_work_of(uuid) is 'Signs a dismissed person out everywhere: sessions and keys are gone, his waiting and running jobs are ended.';
