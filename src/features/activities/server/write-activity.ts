import type { Activity } from '#features/activities/contract.ts'
import { inChangeSet, type Act } from '#server/db/change-set.ts'
import type { Tx } from '#server/db/tx.ts'
import { notFound } from '#server/http/problem.ts'
import { activityColumns, activityJoins, entriesOf } from './activity-columns.ts'

/** Column of `activities` → value. The names are ours, never a person's. */
export type Values = Record<string, unknown>

/** An entry as it is, locked against other writers till the end of the transaction. @throws Problem 404 */
export async function lockActivity(tx: Tx, id: string): Promise<Activity> {
  const [current] = await entriesOf(
    tx,
    `select ${activityColumns} from activities a ${activityJoins} where a.id = $1 for update of a`,
    [id],
  )
  if (!current) throw notFound()
  return current
}

/** Writes columns of one entry in a change-set of its own. */
export async function writeFields(tx: Tx, id: string, act: Act, values: Values): Promise<Activity> {
  await inChangeSet(tx, act)
  const sets = Object.keys(values).map((column, index) => `${column} = $${index + 2}`)
  const [written] = await entriesOf(
    tx,
    `with a as (update activities set ${sets.join(', ')} where id = $1 returning *) select ${activityColumns} from a ${activityJoins}`,
    [id, ...Object.values(values)],
  )
  return written!
}
