import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import type { Activity, ActivityPatch } from '#features/activities/contract.ts'
import { sameRhythm, type Repeat } from '#features/activities/recurrence.ts'
import { rowsOf, type Tx } from '#server/db/tx.ts'
import { invalid, Problem } from '#server/http/problem.ts'
import { checkReferences } from './check-references.ts'
import { enterNext, ruleOf } from './next-occurrence.ts'
import { checkAnswered, reachedBy } from './outcome.ts'
import { lockActivity, writeFields, type Values } from './write-activity.ts'

const columns = {
  clientId: 'client_id',
  personId: 'person_id',
  contactId: 'contact_id',
  userId: 'user_id',
  kind: 'kind',
  text: 'text',
  dueAt: 'due_at',
  doneAt: 'done_at',
  result: 'result',
  outcome: 'outcome',
  remindBefore: 'remind_before',
  repeat: 'repeat',
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
  const wanted = { ...current, ...patch }
  const values: Values = Object.fromEntries(
    fields.filter((field) => field !== 'repeat').map((field) => [columns[field], patch[field]]),
  )
  if (fields.some((field) => references.includes(field))) {
    const { contactValue } = await checkReferences(tx, wanted)
    if (fields.includes('contactId')) values.contact_value = contactValue
  }
  if (fields.includes('outcome')) values.reached = await reachedBy(tx, patch.outcome)
  if (fields.includes('repeat'))
    Object.assign(values, await seriesOf(tx, current, wanted.dueAt, patch.repeat))
  const moved = fields.length === 1 && patch.dueAt != null && current.dueAt !== null
  const written = await writeFields(tx, id, moved ? 'activity.move' : 'activity.update', values)
  if (fields.some((field) => field === 'doneAt' || field === 'outcome' || field === 'contactId'))
    await checkAnswered(tx, written)
  if (written.doneAt !== null && current.doneAt === null) await enterNext(tx, written)
  return written
}

const references: Field[] = ['clientId', 'personId', 'contactId', 'userId']

/** Another rhythm begins a new series with this entry, another end or exception leaves it the same one; none ends it. */
async function seriesOf(
  tx: Tx,
  current: Activity,
  dueAt: string | null,
  repeat: ActivityPatch['repeat'],
): Promise<Values> {
  if (!repeat) return { repeat: null, series_id: null, occurrence: null }
  if (current.repeat && sameRhythm(repeat, current.repeat)) {
    const { from, time } = current.repeat
    return { repeat: JSON.stringify({ ...repeat, from, time }) }
  }
  return {
    repeat: JSON.stringify(await ruleOf(tx, repeat, dueAt)),
    series_id: randomUUID(),
    occurrence: 1,
  }
}

function same(field: Field, given: unknown, kept: unknown): boolean {
  if (given === null || kept === null) return given === kept
  if (field === 'dueAt' || field === 'doneAt') return Date.parse(String(given)) === Date.parse(String(kept))
  if (field !== 'repeat') return isDeepStrictEqual(given, kept)
  const { from: _from, time: _time, ...rule } = kept as Repeat
  return isDeepStrictEqual(given, rule)
}

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
