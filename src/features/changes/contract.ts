import { z } from 'zod'
import { endpoint, listOf, pageOf } from '#shared/endpoint.ts'

const id = z.object({ id: z.uuid() })
const page = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
}
const row = z.record(z.string(), z.unknown()).nullable()
const named = z.object({ id: z.uuid(), name: z.string() })

/** One act of one person, as the journal tells it. */
export const ChangeSet = z.object({
  id: z.uuid(),
  at: z.string(),
  authorId: z.uuid(),
  /** Whose rights he acted under, where he stood in for somebody. */
  onBehalfOf: z.uuid().nullable(),
  /** `<noun>.<verb>`: client.update, import.apply, export …; of every reversal change-set.reverse. */
  act: z.string(),
  /** Of a reversal: the act it took back or, taken back itself, brought back again. */
  reversedAct: z.string().nullable(),
  /** What the act says of itself: a file's name, what was exported; of a reversal what it came to. */
  details: z.record(z.string(), z.unknown()),
  /** All rows it changed, whoever may see them: table → inserted, updated, deleted. Empty: it changed nothing. */
  counts: z.record(
    z.string(),
    z.object({
      i: z.number().int().optional(),
      u: z.number().int().optional(),
      d: z.number().int().optional(),
    }),
  ),
  /** Changed rows the caller may see now; counted up to 1,000. */
  rows: z.number().int(),
  /** The client it was about, where all of these rows are of one. */
  client: named.nullable(),
  /** The change-set this one took back. */
  reverses: z.uuid().nullable(),
  /** The reversal by which it is taken back as things stand; null: it is in force. To bring it back, reverse that one. */
  reversedBy: z.uuid().nullable(),
  /** Odd: a reversal as it now stands takes back; even and above 0: it brings back. */
  depth: z.number().int(),
  /** Whether the caller may take it back: his own or he is a head, and something of it is in force. */
  mayReverse: z.boolean(),
})
export type ChangeSet = z.output<typeof ChangeSet>

/** A row a change-set changed. Op i: it was entered; u: `before` and `after` hold the changed fields; d: `before` holds the row. */
export const ChangedRow = z.object({
  /** The table: clients people contacts bank_accounts activities files; seats: `rowId` is the person who joined (i) or left (d). */
  entity: z.string(),
  rowId: z.uuid(),
  /** What the row is called: a name, a value, an account, a text; of a removed one as it was. */
  label: z.string().nullable(),
  clientId: z.uuid().nullable(),
  clientName: z.string().nullable(),
  op: z.enum(['i', 'u', 'd']),
  before: row,
  after: row,
})
export type ChangedRow = z.output<typeof ChangedRow>

/** What a reversal could not put back, because somebody has changed it since. */
export const Kept = z.object({
  entity: z.string(),
  rowId: z.uuid(),
  clientId: z.uuid().nullable(),
  clientName: z.string().nullable(),
  /** A column; null: the whole row. */
  field: z.string().nullable(),
  /** Who changed it last and when; null: the rights of the caller, or what it refers to, forbid to put it back. */
  changedBy: z.uuid().nullable(),
  changedAt: z.string().nullable(),
})
export type Kept = z.output<typeof Kept>

/** A reversal done at once, or the job that does it: its result then is `changeSetId`, `counts` and `kept`. */
export const Reversal = z.object({
  changeSetId: z.uuid().nullable(),
  jobId: z.uuid().nullable(),
  /** In clients (and entries without one): put back whole; with something kept; no longer seen by the caller, hence left alone. */
  counts: z
    .object({ restored: z.number().int(), kept: z.number().int(), hidden: z.number().int() })
    .nullable(),
  /** The first 200. */
  kept: z.array(Kept),
})
export type Reversal = z.output<typeof Reversal>

export const listChangeSets = endpoint({
  method: 'GET',
  reads: 'list',
  path: '/change-sets',
  summary: "Acts, the latest first: own ones, of a team head the team's, of a head everybody's",
  input: z.object({
    author: listOf(z.uuid()).optional(),
    act: listOf(z.string().max(40)).optional(),
    from: z.iso.datetime({ offset: true }).optional(),
    to: z.iso.datetime({ offset: true }).optional(),
    /** Acts that changed this client. */
    client: z.uuid().optional(),
    cursor: z.uuid().optional(),
    limit: page.limit,
  }),
  output: pageOf(ChangeSet),
})
export const journalStart = endpoint({
  method: 'GET',
  path: '/change-sets/start',
  summary: 'From when the journal is kept; null: from the beginning of the base',
  output: z.object({ from: z.string().nullable() }),
})
export const getChangeSet = endpoint({
  method: 'GET',
  path: '/change-sets/:id',
  summary: 'One act',
  input: id,
  output: ChangeSet,
})
export const listChangedRows = endpoint({
  method: 'GET',
  reads: 'list',
  path: '/change-sets/:id/rows',
  summary: 'Rows an act changed, as far as the caller may see their clients now',
  input: id.extend(page),
  output: pageOf(ChangedRow).extend({
    /** Rows of clients the caller may no longer see, among the first 10,000. Told with the first page, then 0. */
    hidden: z.number().int(),
  }),
})
export const reverseChangeSet = endpoint({
  method: 'POST',
  path: '/change-sets/:id/reversal',
  summary:
    'Takes an act back, at once or (202) by a job: what nobody has changed since; the rest is listed. Of a reversal: brings the act back',
  input: id,
  output: Reversal,
})

/** The next act Ctrl+Z or Ctrl+Y would take back. */
export const UndoStep = ChangeSet.pick({
  id: true,
  at: true,
  act: true,
  reversedAct: true,
  counts: true,
  client: true,
})
export type UndoStep = z.output<typeof UndoStep>
export const UndoState = z.object({ undo: UndoStep.nullable(), redo: UndoStep.nullable() })
export type UndoState = z.output<typeof UndoState>

export const getUndo = endpoint({
  method: 'GET',
  path: '/undo',
  summary: "The caller's own act that undo takes back next, and the undone one that redo brings back next",
  output: UndoState,
})
const undone = Reversal.extend(UndoState.shape)
export const undo = endpoint({
  method: 'POST',
  path: '/undo',
  summary: "Takes the caller's last act back; 409 with `state` where `id` is no longer the last",
  input: id,
  output: undone,
})
export const redo = endpoint({
  method: 'POST',
  path: '/redo',
  summary: 'Brings the act undone last back; 409 with `state` where `id` is no longer the last',
  input: id,
  output: undone,
})
