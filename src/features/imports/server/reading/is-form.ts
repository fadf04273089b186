import { headerWords } from './header-words.ts'
import { matchHeader } from './match-header.ts'
import type { Row } from './table.ts'

const LOOKED_AT = 80

/**
 * Whether a sheet is one card with labels beside their values («Name: … Fax: …» row after row) and no table: half of the
 * rows begin with a header word, nearly each with another one.
 */
export function isForm(rows: Row[]): boolean {
  const labels = new Set<string>()
  let labelled = 0
  let looked = 0
  for (const row of rows.slice(0, LOOKED_AT)) {
    const filled = row.cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
    if (filled.length === 0) continue
    looked++
    const known = filled.filter(isLabel)
    const vertical = isLabel(filled[0]!) && filled.length <= 4
    // A header row of a real table has many labels at once.
    if (!vertical || known.length > 3) continue
    labelled++
    for (const label of known) labels.add(headerWords(label).text)
  }
  // Cards one below the other repeat their labels, and hold hardly anything else.
  if (labels.size >= 3 && labelled >= looked * 0.8 && labelled >= 6) return true
  return labels.size >= Math.max(4, labelled * 0.7) && labelled >= Math.max(4, looked * 0.2)
}

function isLabel(cell: string): boolean {
  const match = matchHeader(cell)
  return (
    match !== null &&
    match !== 'ignored' &&
    (match.confidence >= 0.9 || cell.endsWith(':') || cell.includes('_'))
  )
}
