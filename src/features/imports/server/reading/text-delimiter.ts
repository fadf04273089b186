import { splitRecords } from './split-records.ts'

const CANDIDATES = [';', '\t', ',', '|'] as const

export interface Delimiter {
  delimiter: string
  /** Characters of the first line to step over: Excel's `sep=;` names the delimiter. */
  skip: number
}

/**
 * The delimiter of a text by its head: the one that cuts the most rows into the same number (over one) of cells.
 * `whole` says that nothing follows the head. '' means that there is a single column.
 */
export function detectDelimiter(head: string, whole: boolean): Delimiter {
  const named = /^\uFEFF?sep=(.)\r?\n/i.exec(head)
  if (named) return { delimiter: named[1]!, skip: named[0].length }
  let best = { delimiter: '', score: 0 }
  for (const delimiter of CANDIDATES) {
    const score = scoreDelimiter(head, delimiter, whole)
    if (score > best.score) best = { delimiter, score }
  }
  return { delimiter: best.delimiter, skip: 0 }
}

const ROWS = 200

/** Share of rows with the most frequent width, weighted by that width: commas inside addresses vary, delimiters do not. */
function scoreDelimiter(head: string, delimiter: string, whole: boolean): number {
  const { records } = splitRecords(head, { delimiter, last: whole, limit: ROWS })
  const widths = new Map<number, number>()
  let rows = 0
  for (const cells of records) {
    if (cells.length === 1 && cells[0]!.trim() === '') continue
    rows++
    widths.set(cells.length, (widths.get(cells.length) ?? 0) + 1)
  }
  if (rows === 0) return 0
  let best = 0
  for (const [width, count] of widths) {
    if (width < 2) continue
    best = Math.max(best, (count / rows) * (count / rows) * (1 + Math.log2(width) / 4))
  }
  return best < 0.15 ? 0 : best
}
