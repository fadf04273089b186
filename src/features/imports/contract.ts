import { z } from 'zod'
import { endpoint, pageOf } from '#shared/endpoint.ts'
import { Verdict, VERDICT_REASONS } from '#shared/verdict.ts'
import { Mapping, MappingChoice, MappingColumn } from './mapping.ts'

export const ImportStatus = z.enum([
  'reading',
  'ready',
  'applying',
  'applied',
  'reversed',
  'refused',
  'failed',
  'cancelled',
])
export type ImportStatus = z.output<typeof ImportStatus>

/** `doubtful`: likely a client that is here already; not written until somebody decides. */
export const RowOutcome = z.enum(['create', 'update', 'skip', 'doubtful', 'error'])
export type RowOutcome = z.output<typeof RowOutcome>

/** What becomes of a doubtful row: entered all the same, added to the client it is like, or left out. */
export const Decision = z.enum(['create', 'update', 'skip'])
export type Decision = z.output<typeof Decision>

/** A column of the chosen sheet: its place in the mapping and what stands in it. */
export const ImportColumn = MappingColumn.extend({
  /** The first different values, at most five. */
  samples: z.array(z.string()),
  /** Rows, of those read for the proposal, in which it is filled. */
  filled: z.number().int(),
})
export type ImportColumn = z.output<typeof ImportColumn>

/** A name in the owner's column and the person it means; `userId` null: nobody known, such rows go to `ownerId`. */
export const ImportOwner = z.object({
  name: z.string(),
  rows: z.number().int(),
  userId: z.uuid().nullable(),
  /** Said by a person, not guessed. */
  chosen: z.boolean(),
})
export type ImportOwner = z.output<typeof ImportOwner>

const rowCount = z.number().int()

export const Import = z.object({
  id: z.uuid(),
  name: z.string(),
  /** Bytes. */
  size: z.number().int(),
  status: ImportStatus,
  format: z.string().nullable(),
  /** Of text files only. */
  encoding: z.string().nullable(),
  sheets: z.array(z.object({ name: z.string(), hidden: z.boolean() })),
  columns: z.array(ImportColumn),
  /** Also of a refused table that could be opened: what little was recognised, to be corrected by hand. */
  mapping: Mapping.nullable(),
  /** The first rows of the chosen sheet as they stand, title and header rows among them; cells are cut. */
  top: z.array(z.object({ number: z.number().int(), cells: z.array(z.string()) })),
  /** Whose the rows are that name no owner themselves; null: nobody's. */
  ownerId: z.uuid().nullable(),
  /** What becomes of doubtful rows nobody has decided one by one; null: they wait. */
  twins: Decision.nullable(),
  /** Rows by outcome. Rows of one file that mean the same client are one `create` and otherwise `skip`. */
  counts: z.object({
    create: rowCount,
    update: rowCount,
    skip: rowCount,
    doubtful: rowCount,
    error: rowCount,
  }),
  /** Rows read, or clients written, of how many; `total` null: not known. */
  progress: z.object({ done: rowCount, total: rowCount.nullable() }),
  owners: z.array(ImportOwner),
  /** Why it was refused or failed: one sentence in the caller's language. */
  problem: z.string().nullable(),
  changeSetId: z.uuid().nullable(),
  /** What a reversal came to, in clients: put back as they were, and kept because somebody has changed them since. */
  reversal: z
    .object({ changeSetId: z.uuid(), restored: z.number().int(), kept: z.number().int() })
    .nullable(),
  userId: z.uuid(),
  createdAt: z.string(),
  appliedAt: z.string().nullable(),
})
export type Import = z.output<typeof Import>

/** What a row would change of a client that is here; `written` false: both have a value, the client's is kept. */
export const RowChange = z.object({
  /** A field of the client, or `contacts`, `people`, `accounts`. */
  field: z.string(),
  before: z.string().nullable(),
  after: z.string(),
  written: z.boolean(),
})
export type RowChange = z.output<typeof RowChange>

export const ImportRow = z.object({
  /** As the program that wrote the file counts. */
  number: z.number().int(),
  outcome: RowOutcome,
  /** One sentence in the caller's language. */
  reason: z.string().nullable(),
  cells: z.array(z.string()),
  /** Of the mapped cells that are not empty. */
  verdicts: z.array(
    z.object({ index: z.number().int(), verdict: Verdict, reason: z.enum(VERDICT_REASONS).nullable() }),
  ),
  /** The client's, as it would be written. */
  name: z.string().nullable(),
  ownerId: z.uuid().nullable(),
  /** The client the row became or is like; null where the caller may not see it. */
  clientId: z.uuid().nullable(),
  /** The row's client is that of this earlier row of the file. */
  sameAs: z.number().int().nullable(),
  decision: Decision.nullable(),
  changes: z.array(RowChange),
  /** Why it is doubtful. A client the caller may not see is named by its owner only. */
  twins: z.array(
    z.object({
      id: z.uuid().nullable(),
      name: z.string().nullable(),
      ownerName: z.string().nullable(),
      archived: z.boolean(),
    }),
  ),
})
export type ImportRow = z.output<typeof ImportRow>

const id = z.object({ id: z.uuid() })
const limit = z.coerce.number().int().min(1).max(500).default(50)

export const uploadFields = z.object({ ownerId: z.uuid().optional() })
/** multipart/form-data: one or several parts `file`, each an import of its own, and `ownerId`, in any order. */
export const createImport = endpoint({
  method: 'POST',
  path: '/imports',
  summary: 'Takes table files and reads them (multipart/form-data: file …, ownerId?)',
  status: 201,
  upload: uploadFields,
  output: z.object({ id: z.uuid(), ids: z.array(z.uuid()) }),
})

export const listImports = endpoint({
  method: 'GET',
  path: '/imports',
  summary: 'Imports, the newest first: own ones, for a head everybody’s',
  input: z.object({ cursor: z.uuid().optional(), limit }),
  output: pageOf(Import),
})
export const getImport = endpoint({
  method: 'GET',
  path: '/imports/:id',
  summary: 'How far an import is, its mapping and what it comes to',
  input: id,
  output: Import,
})
export const updateImport = endpoint({
  method: 'PATCH',
  path: '/imports/:id',
  summary: 'Another mapping, owner, meaning of owners’ names or way with doubtful rows; read anew',
  input: id.extend({
    mapping: MappingChoice.optional(),
    ownerId: z.uuid().nullable().optional(),
    /** Name as it stands in the owner's column → person; null: back to `ownerId`. */
    owners: z.record(z.string().max(1000), z.uuid().nullable()).optional(),
    twins: Decision.nullable().optional(),
  }),
  output: Import,
})
export const listImportRows = endpoint({
  method: 'GET',
  reads: 'list',
  path: '/imports/:id/rows',
  summary: 'Rows of the file with the verdict of every cell and what becomes of them',
  input: id.extend({ outcome: RowOutcome.optional(), cursor: z.string().max(20).optional(), limit }),
  output: pageOf(ImportRow),
})
export const decideImportRow = endpoint({
  method: 'PATCH',
  path: '/imports/:id/rows/:number',
  summary: 'Decides a doubtful row; null: undecided again',
  input: id.extend({
    number: z.coerce.number().int().min(1),
    decision: Decision.nullable(),
    /** Of `update`: which client, where several are like the row. */
    clientId: z.uuid().optional(),
  }),
  output: ImportRow,
})
export const applyImport = endpoint({
  method: 'POST',
  path: '/imports/:id/application',
  summary: 'Writes the rows: all in one change-set, or nothing',
  status: 202,
  input: id,
  output: Import,
})
export const reverseImport = endpoint({
  method: 'POST',
  path: '/imports/:id/reversal',
  summary: 'Takes an applied import back, except what somebody has changed since',
  status: 202,
  input: id,
  output: Import,
})
export const cancelImport = endpoint({
  method: 'POST',
  path: '/imports/:id/cancellation',
  summary: 'Stops reading or writing; nothing of it stays in the base',
  input: id,
  output: Import,
})
export const getFailedRows = endpoint({
  method: 'GET',
  path: '/imports/:id/failed.xlsx',
  summary: 'The rows that could not be taken, as they stood, with the reason in a last column',
  input: id,
  output: z.any(),
})
