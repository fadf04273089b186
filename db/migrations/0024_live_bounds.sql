-- A number of a transaction that this server has not given out yet came with a copied base: it is nobody's news.

create or replace function live_pending(after pg_snapshot, most int) returns table (reached pg_snapshot, sets int)
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select pg_current_snapshot(), (select count(*)::int from (
    (select s.xid from change_sets s where s.xid >= pg_snapshot_xmax(after) and s.xid < pg_snapshot_xmax(pg_current_snapshot())
     order by s.xid limit most)
    union all
    select s.xid from change_sets s where s.xid = any (array(select pg_snapshot_xip(after)))) found);
end;

-- Rows that lost their number on the way, or brought one along, are as old as the base.
update change_sets set xid = '1' where xid >= pg_snapshot_xmax(pg_current_snapshot());
