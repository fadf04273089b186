/** A cell for a clipboard. */
export interface CopiedCell {
  /** As it is shown. */
  text: string
  /** What stands in its editor, where that is another text: for a paste back into a table of ours. */
  edited?: string
}

/** Cells as the table of a web page, which is what spreadsheets take first. Text is marked as text: leading zeros and long numbers stay. */
export function writeHtml(rows: readonly (readonly CopiedCell[])[], mark = ''): string {
  const cell = ({ text, edited = text }: CopiedCell) => {
    // A page shows a run of spaces as one.
    const own =
      edited !== text || /[^\S\n]{2}|^\s|\s$|\t/.test(text) ? ` data-edited="${escaped(edited)}"` : ''
    return `<td sdnum="0;0;@" style="mso-number-format:'\\@'"${own}>${escaped(text).replace(/\r\n?|\n/g, lineBreak)}</td>`
  }
  return `<meta charset="utf-8"><table data-kartoteka="${escaped(mark)}">${rows
    .map((cells) => `<tr>${cells.map(cell).join('')}</tr>`)
    .join('')}</table>`
}

const lineBreak = '<br style="mso-data-placement:same-cell">'
const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')

/** The mark `writeHtml` put on a table of ours; undefined on anybody else's. */
export const markOf = (html: string): string | undefined =>
  /<table[^>]* data-kartoteka="([^"]*)"/.exec(html)?.[1]
