import { cellString, numberText, type NumberLook, PLAIN } from './cell-text.ts'
import type { StringTable } from './string-table.ts'
import { BATCH_CELLS, BATCH_ROWS, type Row } from './table.ts'
import { decodeEntities, XmlScanner } from './xml-scanner.ts'

export interface SheetContext {
  strings: StringTable
  /** By the `s` attribute of a cell. */
  looks: NumberLook[]
  from1904: boolean
}

/** Excel's own last column, XFD; a cell beyond it is damage. */
const LAST_COLUMN = 16_384

/** Reads the rows of `xl/worksheets/sheetN.xml` batch by batch; rows without any text are left out. */
export async function* readSheetRows(
  chunks: AsyncIterable<Buffer>,
  context: SheetContext,
): AsyncGenerator<Row[]> {
  const reader = new SheetReader(context)
  const scanner = new XmlScanner(reader)
  for await (const chunk of chunks) {
    scanner.push(chunk)
    yield* reader.takeBatches()
    if (reader.finished) break
  }
  yield* reader.takeRest()
}

type CellType = 'number' | 'shared' | 'text' | 'boolean' | 'error' | 'date'

class SheetReader {
  wantsText = false
  finished = false
  private readonly context: SheetContext
  private batches: Row[][] = []
  private batch: Row[] = []
  private batchCells = 0
  private row: Row = { number: 0, cells: [] }
  private filled = false
  private column = -1
  private type: CellType = 'number'
  private style = 0
  private value = ''
  private phonetic = false

  constructor(context: SheetContext) {
    this.context = context
  }

  *takeBatches(): Generator<Row[]> {
    const ready = this.batches
    this.batches = []
    yield* ready
  }

  *takeRest(): Generator<Row[]> {
    yield* this.takeBatches()
    if (this.batch.length > 0) yield this.batch
    this.batch = []
  }

  open(bytes: Buffer, start: number, end: number, tagEnd: number) {
    const first = bytes[start]
    const length = end - start
    if (length === 1) {
      if (first === 0x63) this.openCell(bytes, end, tagEnd)
      else if (first === 0x76) this.wantsText = true
      else if (first === 0x74) this.wantsText = !this.phonetic && this.column >= 0
    } else if (length === 3 && first === 0x72) {
      if (bytes[start + 1] === 0x6f) this.openRow(bytes, end, tagEnd)
      else if (bytes[start + 2] === 0x68) this.phonetic = true
    }
  }

  close(bytes: Buffer, start: number, end: number) {
    const first = bytes[start]
    const length = end - start
    if (length === 1) {
      this.wantsText = false
      if (first === 0x63) this.closeCell()
    } else if (length === 3 && first === 0x72) {
      if (bytes[start + 1] === 0x6f) this.closeRow()
      else if (bytes[start + 2] === 0x68) this.phonetic = false
    } else if (length === 9 && bytes.toString('latin1', start, end) === 'sheetData') this.finished = true
  }

  text(bytes: Buffer, start: number, end: number, literal: boolean) {
    if (this.type === 'shared') {
      this.value = this.context.strings.get(integer(bytes, start, end))
    } else if (this.type === 'number') {
      this.value += bytes.toString('latin1', start, end)
    } else {
      const text = bytes.toString('utf8', start, end)
      this.value += literal ? text : decodeEntities(text)
    }
  }

  private openRow(bytes: Buffer, from: number, to: number) {
    let number = this.row.number + 1
    for (let at = from; at < to; at++) {
      // The bare attribute r="…": preceded by a blank, followed by an equals sign.
      if (bytes[at] === 0x72 && bytes[at + 1] === 0x3d && bytes[at - 1]! <= 0x20) {
        number = integer(bytes, at + 3, to) || number
        break
      }
    }
    this.row = { number, cells: [] }
    this.filled = false
    this.column = -1
  }

  private openCell(bytes: Buffer, from: number, to: number) {
    let column = this.column + 1
    this.type = 'number'
    this.style = 0
    this.value = ''
    for (let at = from; at < to; at++) {
      if (bytes[at] !== 0x3d) continue
      const quote = bytes[at + 1]
      const value = at + 2
      const name = bytes[at - 1]
      const bare = bytes[at - 2]! <= 0x20
      if (bare && name === 0x72) column = columnOf(bytes, value, column)
      else if (bare && name === 0x73) this.style = integer(bytes, value, to)
      else if (bare && name === 0x74) this.type = typeOf(bytes, value)
      at = value
      while (at < to && bytes[at] !== quote) at++
    }
    this.column = column
  }

  private closeCell() {
    const { row, column } = this
    const text = this.finalText()
    if (text === '' || column >= LAST_COLUMN) return
    // A cell out of order (B before A) is put where it belongs.
    while (row.cells.length < column) row.cells.push('')
    row.cells[column] = text
    if (!this.filled && text.trim() !== '') this.filled = true
  }

  private finalText(): string {
    const { value, type } = this
    if (type === 'shared' || value === '') return value
    if (type === 'number')
      return numberText(value, this.context.looks[this.style] ?? PLAIN, this.context.from1904)
    if (type === 'text') return cellString(value)
    if (type === 'boolean') return value.trim() === '0' || value.trim() === 'false' ? 'FALSE' : 'TRUE'
    if (type === 'date') return isoText(value)
    this.row.errors = [...(this.row.errors ?? []), this.column]
    return ''
  }

  private closeRow() {
    if (!this.filled && !this.row.errors) return
    this.batch.push(this.row)
    this.batchCells += this.row.cells.length
    this.filled = false
    if (this.batch.length < BATCH_ROWS && this.batchCells < BATCH_CELLS) return
    this.batches.push(this.batch)
    this.batch = []
    this.batchCells = 0
  }
}

function integer(bytes: Buffer, from: number, to: number): number {
  let value = 0
  for (let at = from; at < to; at++) {
    const digit = bytes[at]! - 0x30
    if (digit < 0 || digit > 9) {
      if (value > 0 || bytes[at]! > 0x20) break
      continue
    }
    value = value * 10 + digit
  }
  return value
}

/** `AB12` → 27; the place after the last cell when there are no letters. */
function columnOf(bytes: Buffer, from: number, otherwise: number): number {
  let column = 0
  for (let at = from; at < from + 4; at++) {
    const letter = (bytes[at]! | 0x20) - 0x60
    if (letter < 1 || letter > 26) break
    column = column * 26 + letter
  }
  return column === 0 ? otherwise : column - 1
}

/** t="s" | "str" | "inlineStr" | "b" | "e" | "d" | "n" */
function typeOf(bytes: Buffer, at: number): CellType {
  const second = bytes[at + 1]
  switch (bytes[at]) {
    case 0x73:
      return second === 0x74 ? 'text' : 'shared'
    case 0x69:
      return 'text'
    case 0x62:
      return 'boolean'
    case 0x65:
      return 'error'
    case 0x64:
      return 'date'
    default:
      return 'number'
  }
}

/** Strict files write dates as 2024-03-01T10:00:00; a midnight is a day. */
function isoText(value: string): string {
  const match = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d)(:\d\d)?)?/.exec(value.trim())
  if (!match) return value
  const clock = match[2] === undefined ? '' : match[2] + (match[3] === ':00' ? '' : (match[3] ?? ''))
  return clock === '' || clock === '00:00' ? match[1]! : `${match[1]} ${clock}`
}
