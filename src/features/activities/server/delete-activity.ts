import type { Activity } from '#features/activities/contract.ts'
import { inChangeSet } from '#server/db/change-set.ts'
import { rowOf, send, type Tx } from '#server/db/tx.ts'
import { notFound, Problem } from '#server/http/problem.ts'
import { findActivity } from './queries.ts'

/** Deletes an entry; who may, the policy `own` on activities says. */
export async function deleteEntry(tx: Tx, id: string) {
  await findActivity(tx, id)
  const changeSetId = await inChangeSet(tx, 'activity.delete')
  const gone = await rowOf(tx, 'delete from activities where id = $1 returning id', [id])
  if (!gone) {
    throw new Problem(403, 'not-own', {
      ru: 'Удалить запись может её автор, тот, чья она, или руководитель.',
      en: 'An entry is deleted by its author, its person or a head.',
    })
  }
  return { changeSetId }
}

const columns = `id, client_id, person_id, user_id, kind, text, due_at, done_at, result, created_at, created_by, updated_at, contact_value,
  outcome, reached, cancelled_at, cancel_reason, first_due_at, moves, remind_before, repeat, series_id, occurrence, acted_by, acted_for`

const bringBack = `
  insert into activities (${columns}, version, contact_id)
  select ${columns}, version + 1, (select t.id from contacts t where t.id = gone.contact_id)
  from jsonb_populate_record(null::activities,
    (select before from changes where change_set_id = $2 and entity = 'activities' and row_id = $1 and op = 'd')) gone
  where gone.id is not null and not exists (select 1 from activities a where a.id = $1)
  returning id`

const tieFiles = `
  update files set activity_id = $1::uuid from changes h
  where h.change_set_id = $2 and h.entity = 'files' and h.row_id = files.id and h.before ->> 'activity_id' = ($1::uuid)::text`

/** Brings back what the change-set of a deletion took, files tied to it again. */
export async function restoreEntry(tx: Tx, id: string, deletionId: string): Promise<Activity> {
  await inChangeSet(tx, 'activity.restore')
  const [made] = await send(
    tx,
    { text: bringBack, values: [id, deletionId] },
    { text: tieFiles, values: [id, deletionId] },
  )
  if (made!.rowCount === 0) throw notFound()
  return findActivity(tx, id)
}
