-- Who pages through a whole portfolio once a day is at work: the day's measure of reading leaves room for it.

alter table company alter column reading_rows set default 50000;
update company set reading_rows = 50000 where reading_rows = 20000;
