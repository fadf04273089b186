/** Cells as plain text: tabs between, one line a row; what would not come back whole stands in quotes, as Excel does it. */
export const writeTsv = (rows: readonly (readonly string[])[]): string =>
  rows.map((cells) => cells.map(quoted).join('\t')).join('\n')

const quoted = (text: string) =>
  /[\t\n\r]/.test(text) || text.startsWith('"') ? `"${text.replaceAll('"', '""')}"` : text

/** Cells of plain text from a spreadsheet: quoted ones may hold tabs, line breaks and doubled quotes. The last line break ends the last row. */
export function readTsv(given: string): string[][] {
  const text = given.replace(/\r\n?/g, '\n').replace(/\n$/, '')
  const rows: string[][] = [[]]
  let at = 0
  for (;;) {
    const end = quotedEnd(text, at)
    const stop = end ?? plainEnd(text, at)
    const cell = text.slice(at, stop)
    rows.at(-1)!.push(end === undefined ? cell : cell.slice(1, -1).replaceAll('""', '"'))
    if (stop >= text.length) return rows
    if (text[stop] === '\n') rows.push([])
    at = stop + 1
  }
}

/**
 * Where a quoted cell ends; undefined where the quote does not open one: ООО "Ромашка", a quote that never closes, or quotes that nothing
 * between them asks for, which spreadsheets write only where they stand in the cell.
 */
function quotedEnd(text: string, start: number): number | undefined {
  if (text[start] !== '"') return undefined
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    if (text[at + 1] === '"') at++
    else if (at + 1 < text.length && !/[\t\n]/.test(text[at + 1]!)) return undefined
    else return /[\t\n]|""/.test(text.slice(start + 1, at)) ? at + 1 : undefined
  }
  return undefined
}

function plainEnd(text: string, start: number): number {
  const found = /[\t\n]/g
  found.lastIndex = start
  return found.exec(text)?.index ?? text.length
}
