/** Columns of an entry `a` under the names of the contract, with the names of its client `c` and person `p`. */
export const activityColumns = `
  a.id, a.version, a.client_id as "clientId", c.name as "clientName", a.person_id as "personId", p.name as "personName",
  a.user_id as "userId", a.kind, a.text, a.due_at as "dueAt", a.done_at as "doneAt", a.result, a.moment as at,
  a.created_at as "createdAt", a.created_by as "createdBy", a.updated_at as "updatedAt"`

/** What `activityColumns` reads from, beside the entries `a` themselves. */
export const activityJoins =
  'left join clients c on c.id = a.client_id left join people p on p.id = a.person_id'
