import { activityColumns, activityJoins, entriesOf } from '#features/activities/server/activity-columns.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { findSubstitution } from './queries.ts'

const most = 200
const open = 'a.done_at is null and a.cancelled_at is null and a.due_at is not null'

/** What a deputy must know of the absent person's clients; of a part, of the clients he sees. @throws Problem 404 */
export async function briefOf(tx: Tx, id: string) {
  const { absentId, to } = await findSubstitution(tx, id)
  const [clients, planCount, plan, talks, files] = [
    await rowOf<{ n: number }>(
      tx,
      'select count(*)::int as n from clients where owner_id = $1 and archived_at is null',
      [absentId],
    ),
    await rowOf<{ n: number }>(
      tx,
      `select count(*)::int as n from activities a where a.user_id = $1 and a.client_id is not null and ${open} and a.due_at < $2`,
      [absentId, to],
    ),
    await entriesOf(
      tx,
      `with page as materialized (
         select a.* from activities a where a.user_id = $1 and a.client_id is not null and ${open} and a.due_at < $2
         order by a.due_at, a.id limit ${most})
       select ${activityColumns} from page a ${activityJoins} order by a.due_at, a.id`,
      [absentId, to],
    ),
    await entriesOf(
      tx,
      `with page as materialized (
         select a.* from activities a where a.user_id = $1 and a.client_id is not null and (a.done_at is not null or a.kind = 'note')
         order by a.moment desc, a.id desc limit 50)
       select ${activityColumns} from page a ${activityJoins} order by a.moment desc, a.id desc`,
      [absentId],
    ),
    await rowsOf<{ id: string; clientId: string; clientName: string; name: string; createdAt: string }>(
      tx,
      `select f.id, f.client_id as "clientId", c.name as "clientName", f.name, f.created_at as "createdAt"
       from files f join clients c on c.id = f.client_id
       where f.created_by = $1 and f.deleted_at is null and f.created_at > product_now() - interval '60 days'
       order by f.created_at desc limit 30`,
      [absentId],
    ),
  ]
  return { clients: clients!.n, planCount: planCount!.n, plan, talks, files }
}

/** What was done in his place, and what is open now. @throws Problem 404 */
export async function digestOf(tx: Tx, id: string) {
  const { absentId, from, to } = await findSubstitution(tx, id)
  const acts = await rowsOf<{
    changeSetId: string
    at: string
    authorId: string
    act: string
    clientId: string | null
    clientName: string | null
    number: number
  }>(
    tx,
    `select d.change_set_id as "changeSetId", d.at, d.author_id as "authorId", d.act, c.id as "clientId", c.name as "clientName", d.number
     from acts_in_place_of($1, ${most}) d left join clients c on c.id = d.client_id order by d.at desc`,
    [id],
  )
  const done = await entriesOf(
    tx,
    `with page as materialized (
       select a.* from activities a join clients k on k.id = a.client_id
       where k.owner_id = $1 and a.done_at >= $2 and a.done_at < $3::timestamptz + interval '1 day' and coalesce(a.updated_by, a.user_id) <> $1
       order by a.done_at desc limit ${most})
     select ${activityColumns} from page a ${activityJoins} order by a.done_at desc, a.id`,
    [absentId, from, to],
  )
  const overdue = await rowOf<{ n: number }>(
    tx,
    `select count(*)::int as n from activities a where a.user_id = $1 and ${open} and a.due_at < product_now()`,
    [absentId],
  )
  return {
    acts: acts.map(({ number: _, ...act }) => act),
    actCount: acts[0]?.number ?? 0,
    done,
    overdue: overdue!.n,
  }
}
