import type { Activity, ActivityDraft } from '#features/activities/contract.ts'
import { inChangeSet } from '#server/db/change-set.ts'
import { rowOf, type Tx } from '#server/db/tx.ts'
import { activityColumns, activityJoins } from './activity-columns.ts'
import { checkReferences } from './check-references.ts'

/** Enters a note or a plan for the caller, or for a colleague he may plan for. */
export async function enterActivity(tx: Tx, callerId: string, draft: ActivityDraft): Promise<Activity> {
  const {
    clientId = null,
    personId = null,
    userId = callerId,
    text = '',
    dueAt = null,
    doneAt = null,
    result = null,
  } = draft
  await checkReferences(tx, { clientId, personId, userId })
  await inChangeSet(tx, 'activity.create')
  const made = await rowOf<Activity>(
    tx,
    `with a as (
       insert into activities (client_id, person_id, user_id, kind, text, due_at, done_at, result)
       values ($1, $2, $3, $4, $5, $6, $7, $8) returning *)
     select ${activityColumns} from a ${activityJoins}`,
    [clientId, personId, userId, draft.kind, text, dueAt, doneAt, result],
  )
  return made!
}
