-- Likely twins of a client, for form, API and merge alike. Rule: domain table «Company names», match score.

create function find_twins(given_inn text, given_kpp text, keys text[], core text, apart uuid, most int default 20)
  returns table (id uuid, name text, owner_name text, archived boolean, score text, reasons text[])
  language plpgsql stable security definer set search_path = pg_catalog, public set plan_cache_mode = force_generic_plan as $$
#variable_conflict use_column
begin
  return query with hits as (
    (select c.id, 'same-inn' as reason from clients c where given_inn is not null and c.inn = given_inn limit 50)
    union
    (select t.client_id, case when t.match_key like '~%' then 'shared-line' when t.kind = 'email' then 'same-email' else 'same-phone' end
       from contacts t where t.match_key = any (keys) limit 100)
    union
    (select c.id, 'same-name' from clients c where core <> '' and c.name_core <> '' and c.name_core = core limit 50)),
  found as (
    select h.id, array_agg(distinct h.reason) as reasons from hits h where h.id is distinct from apart group by h.id),
  scored as (
    select f.id, c.name, c.owner_id, c.archived_at is not null as archived,
      case
        when 'same-inn' = any (f.reasons) then
          case when given_kpp is null or c.kpp is null or c.kpp = given_kpp then 'same' else 'candidate' end
        when given_inn is not null and c.inn is not null and length(c.inn) in (10, 12) then 'candidate'
        when f.reasons && '{same-phone,same-email}' and 'same-name' = any (f.reasons) then 'same'
        when f.reasons && '{same-phone,same-email}' then 'likely'
        else 'candidate'
      end as score,
      case
        when 'same-inn' = any (f.reasons) and given_kpp is not null and c.kpp is not null and c.kpp <> given_kpp then f.reasons || 'branch'::text
        when given_inn is not null and c.inn is not null and c.inn <> given_inn then f.reasons || 'different-inn'::text
        else f.reasons
      end as reasons,
      coalesce(caller_role() = 'head' or c.owner_id = any (visible_user_ids())
        or exists (select 1 from seats s where s.client_id = f.id and s.user_id = any (visible_user_ids())), false) as visible
    from found f join clients c on c.id = f.id)
  select case when s.visible then s.id end, case when s.visible then s.name end, u.name, s.archived, s.score,
    s.reasons
  from scored s left join users u on u.id = s.owner_id
  -- A shared switchboard or a name alone betrays strangers' clients without need: those are told of own clients only.
  where s.visible or s.score <> 'candidate'
  order by array_position('{same,likely,candidate}', s.score), s.visible desc, s.name, s.id
  limit most;
end $$;
comment on function find_twins(text, text, text[], text, uuid, int) is 'Likely twins by ИНН(+КПП), match keys of contacts and core of the name, the surest first. A twin the caller may not see comes without id and name, by its owner only.';
revoke execute on function find_twins(text, text, text[], text, uuid, int) from public;
grant execute on function find_twins(text, text, text[], text, uuid, int) to kartoteka_all, kartoteka_scoped;
