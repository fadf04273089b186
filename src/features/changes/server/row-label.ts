/**
 * What a changed row is called: a name, a value, an account, a text. `row` is an alias of a row of `changes`; as it is now, of a
 * removed one as it was. Null where it was entered or changed by this row and removed later: `goneLabels` knows those.
 */
export const labelOf = (row: string) => `left(case ${row}.entity
    when 'clients' then (select c.name from clients c where c.id = ${row}.row_id)
    when 'people' then coalesce((select p.name from people p where p.id = ${row}.row_id), ${row}.before ->> 'name')
    when 'contacts' then coalesce((select t.value from contacts t where t.id = ${row}.row_id), ${row}.before ->> 'value')
    when 'bank_accounts' then coalesce((select b.account from bank_accounts b where b.id = ${row}.row_id), ${row}.before ->> 'account')
    when 'activities' then coalesce((select a.text from activities a where a.id = ${row}.row_id), ${row}.before ->> 'text')
    when 'files' then (select f.name from files f where f.id = ${row}.row_id)
    when 'seats' then (select u.name from users u where u.id = ${row}.row_id)
  end, 300)`

/**
 * A query of (row_id, label): the names of rows removed since, told by what the journal kept of them. `page`: a relation of rows
 * with client_id, row_id and label, of one client or few.
 */
export const goneLabels = (page: string) => `select distinct on (d.row_id) d.row_id,
    left(coalesce(d.before ->> 'name', d.before ->> 'value', d.before ->> 'account', d.before ->> 'text'), 300) as label
  from changes d
  where (select exists (select 1 from ${page} p where p.label is null)) and d.op = 'd' and d.client_id = any (array(select distinct p.client_id from ${page} p where p.label is null))
    and d.row_id = any (array(select p.row_id from ${page} p where p.label is null))
  order by d.row_id, d.at desc, d.seq desc`
