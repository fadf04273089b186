import type { Activity, ActivityPatch } from '#features/activities/contract.ts'
import { inChangeSet, type Act } from '#server/db/change-set.ts'
import { rowOf, rowsOf, type Tx } from '#server/db/tx.ts'
import { invalid, notFound, Problem } from '#server/http/problem.ts'
import { activityColumns, activityJoins } from './activity-columns.ts'
import { checkReferences } from './check-references.ts'

const columns = {
  clientId: 'client_id',
  personId: 'person_id',
  userId: 'user_id',
  kind: 'kind',
  text: 'text',
  dueAt: 'due_at',
  doneAt: 'done_at',
  result: 'result',
} as const satisfies Record<keyof ActivityPatch, string>

type Field = keyof typeof columns

/** Changes fields by the version rule: only a field somebody changed after `version` is a conflict. */
export async function changeActivity(
  tx: Tx,
  id: string,
  version: number,
  patch: ActivityPatch,
): Promise<Activity> {
  const current = await lockActivity(tx, id)
  const fields = (Object.keys(columns) as Field[]).filter(
    (field) => patch[field] !== undefined && !same(field, patch[field], current[field]),
  )
  if (fields.length === 0) return current
  if (version !== current.version) await refuseConflicts(tx, current, version, patch, fields)
  if (fields.includes('clientId') && current.clientId !== null) throw staysWithClient()
  if (fields.some((field) => field === 'clientId' || field === 'personId' || field === 'userId')) {
    await checkReferences(tx, { ...current, ...patch })
  }
  return writeFields(
    tx,
    id,
    'activity.update',
    fields.map((field) => [field, patch[field]]),
  )
}

/** Marks as done; what is done already is told, so that two people do not write over each other's result. */
export async function completeEntry(
  tx: Tx,
  id: string,
  done: { doneAt?: string; result?: string | null },
): Promise<Activity> {
  const current = await lockActivity(tx, id)
  if (current.doneAt !== null) {
    throw new Problem(
      409,
      'already-done',
      { ru: 'Эта запись уже отмечена сделанной.', en: 'This entry is marked as done already.' },
      { current: { doneAt: current.doneAt, result: current.result } },
    )
  }
  return writeFields(tx, id, 'activity.complete', [
    ['doneAt', done.doneAt ?? new Date().toISOString()],
    ...(done.result === undefined ? [] : [['result', done.result] as [Field, unknown]]),
  ])
}

/** Takes «done» and the result back. */
export async function reopenEntry(tx: Tx, id: string): Promise<Activity> {
  const current = await lockActivity(tx, id)
  if (current.doneAt === null) return current
  return writeFields(tx, id, 'activity.update', [
    ['doneAt', null],
    ['result', null],
  ])
}

async function lockActivity(tx: Tx, id: string): Promise<Activity> {
  const current = await rowOf<Activity>(
    tx,
    `select ${activityColumns} from activities a ${activityJoins} where a.id = $1 for update of a`,
    [id],
  )
  if (!current) throw notFound()
  return current
}

async function writeFields(tx: Tx, id: string, act: Act, values: [Field, unknown][]): Promise<Activity> {
  await inChangeSet(tx, act)
  const sets = values.map(([field], index) => `${columns[field]} = $${index + 2}`)
  const written = await rowOf<Activity>(
    tx,
    `with a as (update activities set ${sets.join(', ')} where id = $1 returning *) select ${activityColumns} from a ${activityJoins}`,
    [id, ...values.map(([, value]) => value)],
  )
  return written!
}

const same = (field: Field, given: unknown, kept: unknown) =>
  (field === 'dueAt' || field === 'doneAt') && given !== null && kept !== null
    ? Date.parse(String(given)) === Date.parse(String(kept))
    : given === kept

/** @throws Problem 409 { current, yours, before } by field */
async function refuseConflicts(
  tx: Tx,
  current: Activity,
  version: number,
  patch: ActivityPatch,
  fields: Field[],
) {
  const before = await fieldsChangedSince(tx, current, version)
  const clashing = fields.filter((field) => columns[field] in before)
  if (clashing.length === 0) return
  const pick = (from: (field: Field) => unknown) =>
    Object.fromEntries(clashing.map((field) => [field, from(field)]))
  throw new Problem(
    409,
    'version-conflict',
    { ru: 'Пока вы правили, запись изменили.', en: 'The entry was changed while you were editing it.' },
    {
      version: current.version,
      current: pick((field) => current[field]),
      yours: pick((field) => patch[field]),
      before: pick((field) => before[columns[field]]),
    },
  )
}

/** Columns changed since a version, each with its value at that version, told by the journal. */
async function fieldsChangedSince(
  tx: Tx,
  current: Activity,
  version: number,
): Promise<Record<string, unknown>> {
  const ofClient = current.clientId === null ? 'client_id is null' : 'client_id = $4'
  const rows = await rowsOf<{ before: Record<string, unknown> }>(
    tx,
    `select before from changes
     where ${ofClient} and at >= $3 and entity = 'activities' and row_id = $1 and op = 'u' and (before ->> 'version')::int >= $2
     order by (before ->> 'version')::int desc`,
    [current.id, version, current.createdAt, ...(current.clientId === null ? [] : [current.clientId])],
  )
  return Object.assign({}, ...rows.map((row) => row.before))
}

const staysWithClient = () =>
  invalid('clientId', {
    ru: 'Запись остаётся у своего клиента. Для другого клиента внесите новую.',
    en: 'An entry stays with its client. Enter a new one for another client.',
  })
