import type { Activity, ActivityDraft } from '#features/activities/contract.ts'
import { inChangeSet } from '#server/db/change-set.ts'
import type { Tx } from '#server/db/tx.ts'
import { activityColumns, activityJoins, entriesOf } from './activity-columns.ts'
import { checkReferences } from './check-references.ts'
import { ruleOf } from './next-occurrence.ts'
import { checkAnswered, reachedBy } from './outcome.ts'

/** Enters a note, a plan, or what has just been done, for the caller or for a colleague he may plan for. */
export async function enterActivity(tx: Tx, callerId: string, draft: ActivityDraft): Promise<Activity> {
  const {
    clientId = null,
    personId = null,
    contactId = null,
    userId = callerId,
    text = '',
    dueAt = null,
    doneAt = null,
    result = null,
    outcome = null,
    remindBefore = [],
  } = draft
  const { contactValue, contactPersonId } = await checkReferences(tx, {
    clientId,
    personId,
    contactId,
    userId,
  })
  const reached = await reachedBy(tx, outcome)
  const repeat = draft.repeat ? await ruleOf(tx, draft.repeat, dueAt) : null
  await inChangeSet(tx, 'activity.create')
  const [made] = await entriesOf(
    tx,
    `with a as (
       insert into activities (client_id, person_id, contact_id, contact_value, user_id, kind, text, due_at, done_at, result, outcome,
         reached, remind_before, repeat, series_id, occurrence)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, case when $14::jsonb is not null then new_id() end,
         case when $14::jsonb is not null then 1 end) returning *)
     select ${activityColumns} from a ${activityJoins}`,
    [
      clientId,
      personId ?? contactPersonId,
      contactId,
      contactValue,
      userId,
      draft.kind,
      text,
      dueAt,
      doneAt,
      result,
      outcome,
      reached,
      remindBefore,
      repeat && JSON.stringify(repeat),
    ],
  )
  await checkAnswered(tx, made!)
  return made!
}
