-- Who is masked does not open contacts by making himself their client's owner, be it one client or all that he sees: he opens them first.

create function guard_taking_over() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
begin
  if new.owner_id = any (clear_people()) and not contacts_clear(old.id)
    -- What is laid back as it was gives nobody what he did not have; and whom the head lets hand over is told of by a record of its own.
    and not exists (
      select 1 from change_sets s where s.id = current_change_set() and (s.reversed_act is not null or s.act = 'handover.apply')) then
    raise exception 'the contacts of this client are masked: they are opened before he is taken over' using errcode = 'KT022';
  end if;
  return new;
end $$;
comment on function guard_taking_over() is 'KT022: whose contacts are masked to the caller becomes his, or theirs for whom he stands in, after they were opened.';
create trigger guard_taking_over before update of owner_id on clients for each row
  when (old.owner_id is distinct from new.owner_id and masks()) execute function guard_taking_over();
