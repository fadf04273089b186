import { looksLikeValue } from './cell-looks.ts'
import { headerWords } from './header-words.ts'
import { matchHeader } from './match-header.ts'
import type { Row } from './table.ts'

export interface Header {
  /** Number of the last header row in the table; null when the data begin at once. */
  row: number | null
  /** Header text by column; two-row headers are joined. */
  titles: string[]
}

/** Titles, filters and dates of a report stand above its header; seen: up to 25 rows. */
const SEARCHED = 40

/**
 * Finds the header among the first rows: the row most of whose cells are known headers; else a row of words above
 * columns of values; else none.
 */
export function findHeader(rows: Row[]): Header {
  const candidates = rows.slice(0, SEARCHED)
  const scores = candidates.map((row, index) => scoreRow(row, rows, index))
  let best = -1
  for (let index = 0; index < candidates.length; index++) {
    // A later row must be clearly better: cells of data may be header words too («Менеджер», «Офис»).
    if (scores[index]! > 0 && (best < 0 || scores[index]! > scores[best]! * 1.4)) best = index
  }
  if (best < 0) return headerByContrast(rows)
  return joinRows(rows, best)
}

function scoreRow(row: Row, rows: Row[], index: number): number {
  const targets = new Set<string>()
  let score = 0
  let filled = 0
  for (let column = 0; column < row.cells.length; column++) {
    const cell = row.cells[column]!.trim()
    if (cell === '') continue
    filled++
    if (looksLikeValue(cell)) score -= 1
    const match = matchHeader(cell)
    if (match === null) continue
    if (occursBelow(rows, index, column, cell)) {
      score -= 1
      continue
    }
    if (match === 'ignored') score += 0.3
    else {
      score += targets.has(match.target) ? match.confidence / 2 : match.confidence
      targets.add(match.target)
    }
  }
  if (targets.size >= 2) return score
  // One known word may be chance: only a row as wide as the table, or a list of one or two columns, is a header by it.
  const width = widthBelow(rows, index)
  return targets.size === 1 && width > 0 && filled >= Math.min(width, 2) && filled >= width * 0.7
    ? score / 2
    : 0
}

/** A repeated header row repeats whole; a single repeated cell is data. */
function occursBelow(rows: Row[], index: number, column: number, cell: string): boolean {
  const own = rows[index]!
  for (let at = index + 1; at < Math.min(rows.length, index + 100); at++) {
    const row = rows[at]!
    if (row.cells[column]?.trim() === cell && !repeats(row, own.cells)) return true
  }
  return false
}

/** Whether a row is the header once more, as printed reports repeat it on every page. */
export function repeats(row: Row, titles: string[]): boolean {
  let same = 0
  let filled = 0
  for (let column = 0; column < row.cells.length; column++) {
    const cell = row.cells[column]!.trim()
    if (cell === '') continue
    filled++
    if (headerWords(cell).text === headerWords(titles[column] ?? '').text) same++
  }
  return filled >= 2 && same >= filled * 0.7
}

function widthBelow(rows: Row[], index: number): number {
  const widths = rows
    .slice(index + 1, index + 100)
    .map((row) => row.cells.filter((cell) => cell.trim() !== '').length)
  return widths.length === 0 ? 0 : Math.max(...widths)
}

/** Headers nobody knows («*****», N_________): words without values, above columns that do hold values. */
function headerByContrast(rows: Row[]): Header {
  const first = rows.findIndex((row) => row.cells.filter((cell) => cell.trim() !== '').length >= 2)
  const row = rows[first]
  if (!row || rows.length < first + 3) return { row: null, titles: [] }
  const below = rows.slice(first + 1, first + 60)
  const filled = row.cells.filter((cell) => cell.trim() !== '')
  const width = Math.max(...below.map(({ cells }) => cells.length))
  const plain = filled.length >= width * 0.6 && filled.every((cell) => !looksLikeValue(cell))
  const contrast = row.cells.some((cell, column) => {
    const values = below.filter(({ cells }) => looksLikeValue(cells[column] ?? ''))
    return cell.trim() !== '' && values.length > below.length / 2
  })
  return plain && contrast
    ? { row: row.number, titles: row.cells.map((cell) => cell.trim()) }
    : { row: null, titles: [] }
}

/** A header of two rows: groups above («Контактное лицо»), columns below («ФИО», «Телефон»). */
function joinRows(rows: Row[], index: number): Header {
  const own = rows[index]!
  const above = rows[index - 1]
  const below = rows[index + 1]
  const titles = own.cells.map((cell) => cell.trim())
  if (below && isSubHeader(own, below)) {
    return continued(rows, index + 1, joined(spread(own.cells, below.cells), below.cells))
  }
  if (above && above.number === own.number - 1 && isGroupRow(above, own)) {
    return continued(rows, index, joined(spread(above.cells, own.cells), own.cells))
  }
  return { row: skipNumbering(rows, index), titles }
}

/** One more row of headers below two joined ones («полное», «ИНН», «рабочий», «ФИО»): its words are more exact. */
function continued(rows: Row[], index: number, titles: string[]): Header {
  const own = rows[index]!
  const below = rows[index + 1]
  const filled = below?.cells.filter((cell) => cell.trim() !== '') ?? []
  const known = filled.filter(isHeaderWord).length
  const isHeader =
    below?.number === own.number + 1 &&
    filled.length >= 3 &&
    known >= filled.length * 0.5 &&
    filled.every((cell) => !looksLikeValue(cell))
  if (!isHeader) return { row: skipNumbering(rows, index), titles }
  const exact = titles.map((title, column) => {
    const cell = below.cells[column]?.trim() ?? ''
    return isHeaderWord(cell) || title === '' ? cell : cell === '' ? title : `${title} ${cell}`
  })
  return { row: skipNumbering(rows, index + 1), titles: exact }
}

/** Printed forms number their columns below the header: 1 2 3 4 5. */
function skipNumbering(rows: Row[], index: number): number {
  const next = rows[index + 1]
  const numbers = next?.cells.filter((cell) => cell.trim() !== '').map(Number) ?? []
  const counted =
    numbers.length >= 3 && numbers.every((number, at) => at === 0 || number === numbers[at - 1]! + 1)
  return (counted && numbers[0] === 1 ? next! : rows[index]!).number
}

/** Words only below cells that are the last of their group or stand under a gap. */
function isSubHeader(own: Row, below: Row): boolean {
  const filled = below.cells.flatMap((cell, column) => (cell.trim() === '' ? [] : [{ cell, column }]))
  if (filled.length < 2 || below.number !== own.number + 1) return false
  const gaps = filled.filter(({ column }) => (own.cells[column] ?? '').trim() === '').length
  const known = filled.filter(({ cell }) => isHeaderWord(cell)).length
  return gaps >= 1 && known >= filled.length * 0.6 && filled.every(({ cell }) => !looksLikeValue(cell))
}

function isGroupRow(above: Row, own: Row): boolean {
  const filled = above.cells.filter((cell) => cell.trim() !== '')
  return (
    filled.length >= 2 && filled.length < own.cells.length && filled.every((cell) => !looksLikeValue(cell))
  )
}

function isHeaderWord(cell: string): boolean {
  const match = matchHeader(cell)
  return match !== null && match !== 'ignored'
}

/** A merged cell holds its text in the first column only: it counts for the gaps to its right where there is a cell below. */
function spread(upper: string[], lower: string[]): string[] {
  const result: string[] = []
  let last = ''
  for (let column = 0; column < Math.max(upper.length, lower.length); column++) {
    const own = (upper[column] ?? '').trim()
    if (own !== '') last = own
    result.push(own !== '' ? own : (lower[column] ?? '').trim() !== '' ? last : '')
  }
  return result
}

function joined(upper: string[], lower: string[]): string[] {
  return upper.map((group, column) => {
    const own = (lower[column] ?? '').trim()
    return own === '' ? group : group === '' || group === own ? own : `${group} ${own}`
  })
}
