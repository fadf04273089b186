import type { FileMark } from '#shared/file-mark.ts'

/**
 * Rows as CSV for Excel of this language's custom: UTF-8 with its mark, `;`, CRLF. A text a spreadsheet would take
 * for a formula gets an apostrophe before it; numbers and phones (+7 …) do not begin formulas and stay. Who took the file out is the
 * title of a last, empty column: a line of its own would be a client to other programs.
 */
export async function* csvRows(
  header: readonly string[],
  rows: AsyncIterable<(string | number | null)[]>,
  mark: FileMark,
): AsyncGenerator<string> {
  yield `\uFEFF${lineOf([...header, mark.line])}`
  for await (const row of rows) yield lineOf([...row, null])
}

const lineOf = (row: readonly (string | number | null)[]) => `${row.map(cellOf).join(';')}\r\n`

function cellOf(value: string | number | null): string {
  if (value === null) return ''
  const text = typeof value === 'number' ? String(value) : harmless(value)
  return /[";\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

const harmless = (text: string) =>
  /^[=@\t\r]/.test(text) || (/^[+-]/.test(text) && text !== '-' && !numbers.test(text)) ? `'${text}` : text

/** A number, or phones one after another, each with its extension. */
const numbers = /^(?:[+-]?[\d\s().-]+(?:(?:доб|вн|ext)\.?\s*\d+)?(?:[,;\n]\s*|$))+$/
