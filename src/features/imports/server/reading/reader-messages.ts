import type { RefusalCode } from './refusal.ts'
import type { Row, Table } from './table.ts'

/** What the reading worker is told. `run` tells one pass over the rows from the next. */
export type ToReader =
  | { kind: 'rows'; run: number; sheet: number }
  | { kind: 'more'; run: number }
  | { kind: 'stop'; run: number }
  | { kind: 'leave' }

/** What it answers. */
export type FromReader =
  | { kind: 'opened'; table: Omit<Table, 'rows' | 'close'> }
  | { kind: 'batch'; run: number; rows: Row[] }
  | { kind: 'end'; run: number }
  | { kind: 'refused'; code: RefusalCode; detail: string }
  | { kind: 'failed'; message: string }

/** Batches the worker may be ahead of the reader: enough to keep both busy, too few to fill the memory. */
export const AHEAD = 4
