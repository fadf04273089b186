import type { z } from 'zod'
import type { Choice, CustomField, Label } from '#features/company/contract.ts'
import { rowOf, rowsOf, send, type Tx } from '#server/db/tx.ts'

type Label_ = z.output<typeof Label>
type Choice_ = z.output<typeof Choice>
/** Fields to write; what is absent stays. */
type Changes<T> = { [K in keyof T]?: T[K] | undefined }

const labelColumns = 'id, kind, name, synonyms, position'
const choiceColumns =
  'id, field, name, position, required_kinds as "requiredKinds", rhythm_days as "rhythmDays", reached, activity_kinds as "activityKinds", is_lost as "isLost"'
const fieldColumns = 'id, key, title, type, options, searchable, position'

export async function allDictionaries(tx: Tx) {
  const [labels, choices, customFields] = await send(
    tx,
    { text: `select ${labelColumns} from labels order by kind, position, fold(name)` },
    { text: `select ${choiceColumns} from choices order by field, position, fold(name)` },
    { text: `select ${fieldColumns} from custom_fields order by position, fold(title)` },
  )
  return {
    labels: labels!.rows as Label_[],
    choices: choices!.rows as Choice_[],
    customFields: customFields!.rows as CustomField[],
  }
}

export const findLabel = (tx: Tx, id: string) =>
  rowOf<Label_>(tx, `select ${labelColumns} from labels where id = $1 for update`, [id])

export const insertLabel = (tx: Tx, label: { kind: string; name: string; synonyms?: string[] | undefined }) =>
  rowOf<Label_>(
    tx,
    `insert into labels (kind, name, synonyms, position)
     values ($1, $2, $3, (select coalesce(max(position) + 1, 0) from labels where kind = $1)) returning ${labelColumns}`,
    [label.kind, label.name, label.synonyms ?? []],
  )

export const updateLabel = (tx: Tx, id: string, changes: Changes<Label_>) =>
  rowOf<Label_>(
    tx,
    `update labels set name = coalesce($2, name), synonyms = coalesce($3, synonyms), position = coalesce($4, position)
     where id = $1 returning ${labelColumns}`,
    [id, changes.name, changes.synonyms, changes.position],
  )

/** Those at this place and after it step aside, but for the one that comes there. */
export const makeRoom = (tx: Tx, { id, kind, position }: { id: string; kind: string; position: number }) =>
  rowsOf(tx, 'update labels set position = position + 1 where kind = $1 and position >= $2 and id <> $3', [
    kind,
    position,
    id,
  ])

export const findChoice = (tx: Tx, id: string) =>
  rowOf<Choice_>(tx, `select ${choiceColumns} from choices where id = $1 for update`, [id])

export const insertChoice = (tx: Tx, choice: { field: string; name: string } & Changes<Choice_>) =>
  rowOf<Choice_>(
    tx,
    `insert into choices (field, name, required_kinds, rhythm_days, reached, activity_kinds, is_lost, position)
     values ($1, $2, $3, $4, $5, $6, $7, (select coalesce(max(position) + 1, 0) from choices where field = $1)) returning ${choiceColumns}`,
    [
      choice.field,
      choice.name,
      choice.requiredKinds ?? [],
      choice.rhythmDays,
      choice.reached,
      choice.activityKinds ?? [],
      choice.isLost ?? false,
    ],
  )

export const updateChoice = (tx: Tx, id: string, changes: Changes<Choice_>) =>
  rowOf<Choice_>(
    tx,
    `update choices set name = coalesce($2, name), required_kinds = coalesce($3, required_kinds), position = coalesce($4, position),
       rhythm_days = case when $5 then $6 else rhythm_days end, reached = case when $7 then $8 else reached end,
       activity_kinds = coalesce($9, activity_kinds), is_lost = coalesce($10, is_lost)
     where id = $1 returning ${choiceColumns}`,
    [
      id,
      changes.name,
      changes.requiredKinds,
      changes.position,
      changes.rhythmDays !== undefined,
      changes.rhythmDays,
      changes.reached !== undefined,
      changes.reached,
      changes.activityKinds,
      changes.isLost,
    ],
  )

export const makeRoomForChoice = (
  tx: Tx,
  { id, field, position }: { id: string; field: string; position: number },
) =>
  rowsOf(tx, 'update choices set position = position + 1 where field = $1 and position >= $2 and id <> $3', [
    field,
    position,
    id,
  ])

export const findCustomField = (tx: Tx, id: string) =>
  rowOf<CustomField>(tx, `select ${fieldColumns} from custom_fields where id = $1 for update`, [id])

export const insertCustomField = (tx: Tx, field: Changes<CustomField>) =>
  rowOf<CustomField>(
    tx,
    `insert into custom_fields (key, title, type, options, searchable, position)
     values ($1, $2, $3, $4, $5, (select coalesce(max(position) + 1, 0) from custom_fields)) returning ${fieldColumns}`,
    [field.key, field.title, field.type, field.options ?? [], field.searchable ?? false],
  )

export const updateCustomField = (tx: Tx, id: string, changes: Changes<CustomField>) =>
  rowOf<CustomField>(
    tx,
    `update custom_fields set title = coalesce($2, title), type = coalesce($3, type), options = coalesce($4, options),
       searchable = coalesce($5, searchable), position = coalesce($6, position)
     where id = $1 returning ${fieldColumns}`,
    [id, changes.title, changes.type, changes.options, changes.searchable, changes.position],
  )

export const dropRow = (tx: Tx, table: 'labels' | 'choices' | 'custom_fields', id: string) =>
  rowsOf(tx, `delete from ${table} where id = $1`, [id])
