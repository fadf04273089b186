-- Saved views of the table and presets of the report: own, or shared by the head.

create table views (
  id uuid primary key default new_id(),
  screen text not null check (screen in ('clients', 'contact-info')),
  name text not null check (btrim(name) <> ''),
  user_id uuid not null default caller_id() references users,
  shared boolean not null default false,
  definition jsonb not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index views_user on views (user_id, screen);

alter table views enable row level security;
create policy read on views for select to kartoteka_all, kartoteka_scoped using (user_id = caller_id() or shared);
create policy own on views to kartoteka_scoped using (user_id = caller_id()) with check (user_id = caller_id() and not shared);
create policy shared on views to kartoteka_all using (user_id = caller_id() or shared) with check (user_id = caller_id() or shared);
grant select, insert, update, delete on views to kartoteka_all, kartoteka_scoped;
