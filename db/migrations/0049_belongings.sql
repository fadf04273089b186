-- Who hands somebody's clients over is told of everything else the person holds, a team head too, who cannot read it row by row.

create index files_created_by on files (created_by) where deleted_at is null;

create function belongings_of(person uuid) returns table (imports int, views int, files int, requests int, stands_in int, distribution boolean, alarms int)
  language sql stable security definer set search_path = pg_catalog, public
begin atomic
  select (select count(*)::int from imports i where i.user_id = person),
    (select count(*)::int from views v where v.user_id = person and v.shared),
    (select count(*)::int from files f where f.created_by = person and f.deleted_at is null),
    (select count(*)::int from export_requests r
      where r.user_id = person and (r.state = 'asked' or (r.state = 'approved' and r.expires_at > product_now()))),
    (select count(*)::int from substitution_deputies d join substitutions s on s.id = d.substitution_id
      where d.user_id = person and s.ends_at > product_now()),
    exists (select 1 from distribution d join users u on u.id = person
      where d.active and u.active and u.role = 'manager' and (cardinality(d.team_ids) = 0 or u.team_id = any (d.team_ids))),
    case when caller_role() = 'head' then (select count(*)::int from alarms a where a.user_id = person and a.seen_at is null) end
  where may_hand_over(person);
end;
comment on function belongings_of(uuid) is
  'For who may hand a person''s clients over: his imports, shared views, files, open export requests, absences he stands in for or will, whether he is among those new clients are given to, and, for heads (else null), unseen alarms of his doing.';
revoke execute on function belongings_of(uuid) from public;
grant execute on function belongings_of(uuid) to kartoteka_all, kartoteka_scoped;
