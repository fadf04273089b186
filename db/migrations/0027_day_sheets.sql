-- The day sheet: what of a manager's day is asked for by day, the moves of plans by the day they left, and days that were closed.

alter table mail_account add column check_certificate boolean not null default true;
grant select (check_certificate) on mail_account to kartoteka_all, kartoteka_admin;
comment on column mail_account.check_certificate is 'Off for a server in the office that signs its certificate itself.';
alter table letters add column expires_at timestamptz not null default now() + interval '3 days';
comment on column letters.expires_at is 'Not tried any more after this moment: a morning''s plan is no news the day after.';

create index activities_entered on activities (created_by, created_at);
create index change_sets_author_at on change_sets (author_id, at);

create table activity_moves (
  activity_id uuid not null references activities on delete cascade,
  user_id uuid not null,
  moved_at timestamptz not null,
  moved_by uuid,
  from_at timestamptz not null,
  to_at timestamptz not null
);
create index activity_moves_left on activity_moves (user_id, from_at);
create index activity_moves_activity on activity_moves (activity_id);
comment on table activity_moves is 'activities.moves row by row, kept by follow_moves: which plans left a day is asked for by that day.';

alter table activity_moves enable row level security;
create policy seated on activity_moves for select to kartoteka_all, kartoteka_scoped
  using (exists (select 1 from activities a where a.id = activity_moves.activity_id));
grant select on activity_moves to kartoteka_all, kartoteka_scoped;

create function follow_moves() returns trigger language plpgsql security definer set search_path = pg_catalog, public as $$
declare ids uuid[];
begin
  if tg_op = 'INSERT' then
    ids := (select array_agg(n.id) from new_rows n where n.moves <> '[]');
  else
    -- As sets, not joined: see reseat_owners.
    ids := (select array_agg(d.id) from (
      select id, user_id, moves from new_rows except select id, user_id, moves from old_rows) d);
  end if;
  if ids is null then return null; end if;
  delete from activity_moves m where m.activity_id = any (ids);
  insert into activity_moves (activity_id, user_id, moved_at, moved_by, from_at, to_at)
  select n.id, n.user_id, (m ->> 'at')::timestamptz, (m ->> 'by')::uuid, (m ->> 'from')::timestamptz, (m ->> 'to')::timestamptz
  from new_rows n cross join lateral jsonb_array_elements(n.moves) m where n.id = any (ids) and n.moves <> '[]';
  return null;
end $$;
create trigger moves_insert after insert on activities referencing new table as new_rows
  for each statement execute function follow_moves();
create trigger moves_update after update on activities referencing old table as old_rows new table as new_rows
  for each statement execute function follow_moves();
insert into activity_moves (activity_id, user_id, moved_at, moved_by, from_at, to_at)
select a.id, a.user_id, (m ->> 'at')::timestamptz, (m ->> 'by')::uuid, (m ->> 'from')::timestamptz, (m ->> 'to')::timestamptz
from activities a cross join lateral jsonb_array_elements(a.moves) m where a.moves <> '[]';

create table day_sheets (
  user_id uuid not null references users,
  day date not null,
  comment text not null default '',
  figures jsonb,
  closed_at timestamptz,
  closed_by uuid references users,
  updated_at timestamptz not null default product_now(),
  primary key (user_id, day),
  check ((closed_at is null) = (figures is null))
);
comment on table day_sheets is 'A manager''s word on his day. Its figures are counted whenever somebody looks; only of a closed day they are kept as they were then.';

alter table day_sheets enable row level security;
create policy everything on day_sheets to kartoteka_all using (true) with check (true);
create policy seen on day_sheets for select to kartoteka_scoped using (user_id = any ((select visible_user_ids())::uuid[]));
create policy own on day_sheets for insert to kartoteka_scoped with check (user_id = (select caller_id()));
-- What is closed stays: opening it again is for the head, and for a team head with his team's.
create policy kept on day_sheets for update to kartoteka_scoped
  using ((user_id = (select caller_id()) and closed_at is null)
    or ((select caller_role()) = 'team-head' and user_id <> (select caller_id()) and user_id = any ((select visible_user_ids())::uuid[])))
  with check (user_id = any ((select visible_user_ids())::uuid[]));
grant select, insert, update on day_sheets to kartoteka_all, kartoteka_scoped;
