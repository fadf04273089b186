-- What day sheets, indicators, news and letters read the time of is written by the clock they go by: product_now(), not now().

alter table clients alter column created_at set default product_now(), alter column updated_at set default product_now();
alter table people alter column created_at set default product_now(), alter column updated_at set default product_now();
alter table contacts alter column created_at set default product_now(), alter column updated_at set default product_now();
alter table fill_requests alter column created_at set default product_now();
alter table activity_news alter column at set default product_now();

-- The functions that write these moments, or compare with them («made in this very transaction»), as they are now but for their clock.
do $$
declare f text; was text; became text;
begin
  foreach f in array array['touch_clients()', 'journal_seats()', 'version_before(text, uuid)', 'write_journal_functions()',
    'apply_patches(text)', 'restore_clients(uuid[], timestamptz)', 'take_away()', 'write_new_clients(uuid, text)'] loop
    was := pg_get_functiondef(f::regprocedure);
    became := regexp_replace(was, '(created_at\s*<|(updated|archived)_at\s*:?=|created_at at time zone zone,)\s*\mnow\(\)',
      '\1 product_now()', 'g');
    -- The second now() of least(coalesce(…, now()), now()) follows the first.
    became := replace(became, 'product_now()), now())', 'product_now()), product_now())');
    if became = was then raise exception '% names no moment', f; end if;
    execute became;
  end loop;
end $$;
select write_journal_functions();
