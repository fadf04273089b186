-- A table in which nothing was recognised is mapped by hand: its first rows are kept for the eyes of who chooses.

alter table imports add column top jsonb not null default '[]';
comment on column imports.top is 'The first rows of the chosen sheet as they stand, title and header rows among them: [{ number, cells }].';
