import { z } from 'zod'
import { endpoint } from '#shared/endpoint.ts'
import { Client, Twin } from './contract.ts'
import { ClientFilter } from './filter.ts'

const field = z.string().min(1).max(60)
const text = z.string().max(25_000)

/** A cell as somebody typed or pasted it. */
export const CellEdit = z.object({
  id: z.uuid(),
  /** The version of the client the person saw. */
  version: z.number().int(),
  field,
  text,
  /** What stood in the cell before his eyes: parts one e-mail typed here from a telephone typed there, which are one field by version. */
  seen: text.optional(),
})
export type CellEdit = z.output<typeof CellEdit>

export const CellsAct = z.enum(['cells.edit', 'cells.paste', 'cells.fill', 'cells.clear'])
export type CellsAct = z.output<typeof CellsAct>

export const CellResult = z.object({
  /** Place in `edits`. */
  index: z.number().int(),
  /** `conflict`: somebody changed this cell after the version; nothing of it is written until the person chooses. */
  outcome: z.enum(['written', 'unchanged', 'refused', 'conflict']),
  /** Why not, in the caller's language. */
  message: z.string().optional(),
  /** Of a conflict: the texts of the cell now and before the other's change, where the journal knows it. */
  current: z.string().optional(),
  before: z.string().nullable().optional(),
})
export type CellResult = z.output<typeof CellResult>

export const CreatedRow = z.object({
  /** Place in `creates`. */
  index: z.number().int(),
  /** null: the row was refused and `message` says why. */
  id: z.uuid().nullable(),
  message: z.string().optional(),
  /** Cells of the row that were left out. */
  refused: z.array(z.object({ field: z.string(), message: z.string() })),
  duplicates: z.array(Twin),
})
export type CreatedRow = z.output<typeof CreatedRow>

/** Whole clients come back up to so many; a larger paste reads its list again. */
export const mostReturned = 1_000

export const editCells = endpoint({
  method: 'POST',
  reads: 'list',
  largeBody: true,
  path: '/clients/cells',
  summary:
    'Writes cells as typed or pasted, one change-set: the good ones are written, each other one says why not',
  input: z.object({
    act: CellsAct.default('cells.edit'),
    edits: z.array(CellEdit).max(100_000).default([]),
    /** Rows below the last one: new clients. With an id of the sender's, a row that is sent a second time is made once. */
    creates: z
      .array(z.object({ id: z.uuid().optional(), cells: z.record(field, text) }))
      .max(5_000)
      .default([]),
  }),
  output: z.object({
    changeSetId: z.uuid().nullable(),
    cells: z.array(CellResult),
    created: z.array(CreatedRow),
    clients: z.array(Client),
  }),
})

export const BulkChange = z.object({
  field,
  text,
  /** `add` and `remove` are for lists of words (`categories`): the other words stay. */
  mode: z.enum(['set', 'add', 'remove']).default('set'),
})
export type BulkChange = z.output<typeof BulkChange>

export const BulkCounts = z.object({
  written: z.number().int(),
  unchanged: z.number().int(),
  refused: z.number().int(),
})

/** What a bulk edit came to; the same as the result of its job. */
export const BulkResult = z.object({
  changeSetId: z.uuid().nullable(),
  counts: BulkCounts,
  /** The first of those that were refused. */
  refused: z.array(
    z.object({ id: z.uuid(), name: z.string().nullable(), field: z.string(), message: z.string() }),
  ),
})
export type BulkResult = z.output<typeof BulkResult>

/** Up to so many clients are changed at once, more by a job. */
export const mostAtOnce = 2_000

export const bulkEdit = endpoint({
  method: 'POST',
  path: '/clients/bulk-edits',
  largeBody: true,
  summary: `Sets fields of chosen clients or of a whole filter, one change-set; beyond ${mostAtOnce} clients as a job whose result is of the same shape`,
  input: z
    .object({
      ids: z.array(z.uuid()).min(1).max(100_000).optional(),
      filter: ClientFilter.optional(),
      changes: z.array(BulkChange).min(1).max(20),
      /** How many the person was told; 409 with `count` where the filter finds materially more or fewer. */
      expected: z.number().int().min(0),
    })
    .refine((input) => (input.ids === undefined) !== (input.filter === undefined), { path: ['ids'] }),
  output: BulkResult.partial().extend({ jobId: z.uuid().nullable() }),
})
