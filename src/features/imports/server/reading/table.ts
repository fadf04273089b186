export type TableFormat = 'xlsx' | 'xls' | 'ods' | 'dbf' | 'csv' | 'tsv' | 'txt'

/** A row as it stands in the file: `number` counts from 1 as the program that wrote the file shows it. */
export interface Row {
  number: number
  /** Text of every cell from the first column on; gaps and formatted-but-empty cells are ''. */
  cells: string[]
  /** Columns whose cell held an error of a formula (#N/A, #REF!); their text is ''. */
  errors?: number[]
}

export interface Sheet {
  name: string
  hidden: boolean
}

/** An opened table of any format; rows come in batches so that a file of any length needs bounded memory. */
export interface Table {
  format: TableFormat
  /** Of text files only: 'utf-8', 'utf-16le', 'utf-16be', 'windows-1251', 'ibm866', 'koi8-r', 'windows-1252'. */
  encoding?: string
  /** Of text files only. */
  delimiter?: string
  sheets: Sheet[]
  rows(sheet: number): AsyncIterable<Row[]>
  close(): Promise<void>
}

/** Rows in one batch: large enough to hide the price of a message, small enough for a quick cancel. */
export const BATCH_ROWS = 500
/** A batch also ends here, so that very wide rows do not make it heavy. */
export const BATCH_CELLS = 20_000
