export interface SplitOptions {
  /** One character, or '' for a single column. */
  delimiter: string
  /** The piece is the end of the text: a record without a line end is whole. */
  last: boolean
  /** Stop after so many records. */
  limit?: number
}

export interface SplitResult {
  records: string[][]
  /** Characters of the piece that became records; the rest belongs before the next piece. */
  used: number
}

/** A quoted cell may span this much; a longer one is a stray quote and is read as plain text. */
const QUOTED_CHARACTERS = 32_768
const QUOTED_LINES = 100

/**
 * Cuts text into records of cells as spreadsheets write them: quotes double inside quotes, quoted cells may hold line
 * ends. Tolerant of people: quotes inside plain cells are letters; a cell that begins with a quote but does not end
 * with one before its line does (`"Ромашка" ООО;`) is taken as it stands, so a stray quote never swallows the file.
 */
export function splitRecords(text: string, { delimiter, last, limit = Infinity }: SplitOptions): SplitResult {
  const records: string[][] = []
  let at = 0
  while (at < text.length && records.length < limit) {
    const record = takeRecord(text, at, delimiter, last)
    if (record === null) break
    records.push(record.cells)
    at = record.end
  }
  return { records, used: at }
}

interface Taken {
  cells: string[]
  end: number
}

function takeRecord(text: string, start: number, delimiter: string, last: boolean): Taken | null {
  const cells: string[] = []
  let at = start
  for (;;) {
    const quoted = text[at] === '"' ? takeQuoted(text, at, delimiter, last) : undefined
    if (quoted === null) return null
    const cell = quoted ?? takePlain(text, at, delimiter, last)
    if (cell === null) return null
    cells.push(cell.value)
    at = cell.end
    const next = text[at]
    if (next === delimiter && delimiter !== '') {
      at++
      continue
    }
    if (next === '\r' && text[at + 1] === undefined && !last) return null
    return { cells, end: next === undefined ? at : next === '\r' && text[at + 1] === '\n' ? at + 2 : at + 1 }
  }
}

interface Cell {
  value: string
  /** The position of the delimiter, the line end or the end of the text. */
  end: number
}

function takePlain(text: string, start: number, delimiter: string, last: boolean): Cell | null {
  const mark = delimiter === '' ? -1 : delimiter.charCodeAt(0)
  for (let at = start; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code === mark || code === 10 || code === 13) return { value: text.slice(start, at), end: at }
  }
  return last ? { value: text.slice(start), end: text.length } : null
}

/** null: not complete yet; undefined: not a quoted cell after all. */
function takeQuoted(text: string, start: number, delimiter: string, last: boolean): Cell | null | undefined {
  let at = start + 1
  let value = ''
  let from = at
  let odd = false
  for (;;) {
    const quote = text.indexOf('"', at)
    if (quote < 0 || quote - start > QUOTED_CHARACTERS) return tooLong(text, start, last)
    const next = text[quote + 1]
    if (next === undefined && !last) return null
    if (next === '"') {
      value += text.slice(from, quote + 1)
      at = from = quote + 2
      continue
    }
    const end = quote + 1 + blanksAfter(text, quote + 1, delimiter)
    const stop = text[end]
    if (stop === undefined && !last) return tooLong(text, start, last)
    if (stop === undefined || stop === delimiter || stop === '\n' || stop === '\r') {
      value += text.slice(from, quote)
      const lines = lineEnds(text, start, quote)
      if (lines > QUOTED_LINES || (odd && lines > 0)) return undefined
      return { value: value.replace(/\r\n?/g, '\n'), end }
    }
    odd = true
    at = quote + 1
  }
}

function tooLong(text: string, start: number, last: boolean): null | undefined {
  return last || text.length - start > QUOTED_CHARACTERS ? undefined : null
}

/** Blanks between a closing quote and the delimiter are noise. */
function blanksAfter(text: string, from: number, delimiter: string): number {
  let at = from
  while (text[at] === ' ' && delimiter !== ' ') at++
  return at - from
}

function lineEnds(text: string, from: number, to: number): number {
  let count = 0
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++
  return count
}
