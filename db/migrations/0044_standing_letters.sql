-- Letters of the beginning and the end of a substitution: each switches off his own.
alter table users add column standing_letter boolean not null default true;
comment on column users.standing_letter is 'Whether he gets letters of substitutions: what a deputy must know as one begins, what was done as it ends.';
grant update (standing_letter) on users to kartoteka_scoped;
