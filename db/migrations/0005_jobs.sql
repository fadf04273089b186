-- Long work: a row a person can watch and cancel. graphile-worker carries it; its schema is made by the queue itself at start.

create table jobs (
  id uuid primary key default new_id(),
  user_id uuid not null references users,
  kind text not null,
  payload jsonb not null default '{}',
  status text not null default 'queued' check (status in ('queued', 'running', 'done', 'failed', 'cancelled')),
  cancelled boolean not null default false,
  done bigint not null default 0,
  total bigint,
  result jsonb,
  problem jsonb,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  finished_at timestamptz
);
create index jobs_user on jobs (user_id, id);
comment on column jobs.problem is 'Why it failed: { ru, en }, one sentence for a person.';

create table job_outputs (
  job_id uuid not null references jobs on delete cascade,
  seq int not null,
  data bytea not null,
  primary key (job_id, seq)
);
comment on table job_outputs is 'The file a job made, in chunks.';

alter table jobs enable row level security;
alter table job_outputs enable row level security;
create policy own on jobs to kartoteka_all, kartoteka_scoped, kartoteka_admin
  using (user_id = caller_id()) with check (user_id = caller_id());
create policy own on job_outputs to kartoteka_all, kartoteka_scoped, kartoteka_admin
  using (exists (select 1 from jobs j where j.id = job_outputs.job_id))
  with check (exists (select 1 from jobs j where j.id = job_outputs.job_id));
grant select, insert on jobs to kartoteka_all, kartoteka_scoped, kartoteka_admin;
grant update (cancelled, status, done, total, result, problem, started_at, finished_at) on jobs to kartoteka_all, kartoteka_scoped, kartoteka_admin;
grant select, insert, delete on job_outputs to kartoteka_all, kartoteka_scoped, kartoteka_admin;

create function enqueue_job(kind text, payload jsonb) returns uuid
  language plpgsql security definer set search_path = pg_catalog, public as $$
declare made uuid;
begin
  insert into jobs (user_id, kind, payload) values (caller_id(), kind, payload) returning id into made;
  perform graphile_worker.add_job('job', json_build_object('id', made, 'userId', caller_id()), max_attempts => 3);
  return made;
end $$;
comment on function enqueue_job(text, jsonb) is 'Puts long work on the queue in the transaction of the act; it runs as the caller.';
revoke execute on function enqueue_job(text, jsonb) from public;
grant execute on function enqueue_job(text, jsonb) to kartoteka_all, kartoteka_scoped, kartoteka_admin;
