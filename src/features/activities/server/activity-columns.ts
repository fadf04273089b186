import type { Activity } from '#features/activities/contract.ts'
import { rowsOf, type Tx } from '#server/db/tx.ts'
import { zoneOfClient } from '#shared/client-zone.ts'

/** Columns of an entry `a` under the names of the contract, with the names of its client `c` and person `p`, and what tells the client's clock. */
export const activityColumns = `
  a.id, a.version, a.client_id as "clientId", c.name as "clientName", a.person_id as "personId", p.name as "personName",
  a.contact_id as "contactId", shown_contact(a.client_id, a.contact_value) as contact, a.user_id as "userId", a.kind, a.text, a.due_at as "dueAt",
  a.done_at as "doneAt", a.result, a.outcome, a.reached, a.cancelled_at as "cancelledAt", a.cancel_reason as "cancelReason",
  a.first_due_at as "firstDueAt", a.moves, a.remind_before as "remindBefore", a.repeat, a.series_id as "seriesId", a.occurrence,
  a.acted_by as "actedBy", a.acted_for as "actedFor",
  a.moment as at, a.created_at as "createdAt", a.created_by as "createdBy", a.updated_at as "updatedAt", a.updated_by as "updatedBy",
  c.time_zone as "clientClock", c.region as "clientRegion",
  case when c.time_zone is null and c.region is null then coalesce(
    case when a.contact_value like '+%' then a.contact_value end,
    (select t.normalized from contacts t where t.client_id = a.client_id and t.kind = 'phone' order by t.ordinal, t.id limit 1)) end
    as "clientPhone"`

/** What `activityColumns` reads from, beside the entries `a` themselves. */
export const activityJoins =
  'left join clients c on c.id = a.client_id left join people p on p.id = a.person_id'

interface ClockFacts {
  clientClock: string | null
  clientRegion: string | null
  clientPhone: string | null
}

/** A row of `activityColumns` as an entry of the contract; what else was selected stays on it. */
export function entryOf<Row extends Activity>(row: Row): Row {
  const { clientClock, clientRegion, clientPhone, ...entry } = row as Row & ClockFacts
  const clientTimeZone = zoneOfClient({
    timeZone: clientClock,
    region: clientRegion,
    phone: clientPhone,
  })
  return { ...(entry as unknown as Row), clientTimeZone }
}

/** Entries of one statement that selects `activityColumns`. */
export const entriesOf = async <Row extends Activity = Activity>(
  tx: Tx,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row[]> => (await rowsOf<Row>(tx, text, values)).map(entryOf)
