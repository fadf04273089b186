import type { Import, ImportColumn } from '#features/imports/contract.ts'
import type { Mapping, MappingChoice } from '#features/imports/mapping.ts'
import type { Sheet } from '#features/imports/server/reading/table.ts'
import type { StageContext } from './stage-context.ts'
import type { StagingTable } from './staging-tables.ts'

/** What the staging worker is made with. */
export interface StageTask {
  path: string
  importId: string
  /** What a person or an earlier reading said; null: propose one. */
  mapping: MappingChoice | null
  context: StageContext
}

/** Which of the batches of rows a worker judges: those whose place leaves `share` when divided by `shares`. */
export interface StageShare extends StageTask {
  share: number
  shares: number
}

/** What is known of a table before its rows are read. */
export interface OpenedTable {
  format: string
  encoding: string | null
  sheets: Sheet[]
  mapping: Mapping
  columns: ImportColumn[]
  top: Import['top']
}

export type FromStager =
  | { kind: 'opened'; table: OpenedTable }
  /** COPY text for each table; `rows` counts lines of the file so far. */
  | { kind: 'batch'; rows: number; parts: Partial<Record<StagingTable, Uint8Array>> }
  | { kind: 'end'; rows: number; drafts: number }

/** The worker waits for `more` after every batch but the first few; at `leave` it closes its file and goes. */
export interface ToStager {
  kind: 'more' | 'leave'
}

/** Batches the worker may be ahead. */
export const AHEAD = 3
/** Letters of COPY text in a batch. */
export const BATCH_LETTERS = 500_000
