import { readTsv } from './clipboard-tsv.ts'

/** A cell from a clipboard. */
export interface PastedCell {
  /** As it was shown there. */
  text: string
  /** What the spreadsheet says of it beside the text: a day as `YYYY-MM-DD`, a number without its looks. For cells of days and numbers. */
  exact?: string
}

/** The cells of a clipboard's two texts. */
export const pastedCells = ({ html, text }: { html: string; text: string }): PastedCell[][] =>
  (html && readHtml(html)) || textCells(text)

const textCells = (text: string) =>
  text === '' ? [] : readTsv(text).map((row) => row.map((cell) => ({ text: cell })))

/**
 * The cells of a clipboard's HTML as Excel, LibreOffice, Google Sheets or we write it; undefined where it is no table, or a text with one in
 * it. Cells covered by a merged one are empty.
 */
export function readHtml(html: string): PastedCell[][] | undefined {
  const body = html.replace(/<!--.*?-->/gs, '').replace(/<(head|style|script|xml|title)\b.*?<\/\1\s*>/gis, '')
  const table = /<table\b[^>]*>(.*)<\/table\s*>/is.exec(body)
  if (!table || /<table\b/i.test(table[1]!)) return undefined
  const around = body.slice(0, table.index) + body.slice(table.index + table[0].length)
  if (textOf(around) !== '') return undefined
  const rows: PastedCell[][] = []
  /** Column → rows that a cell above still covers. */
  const covered: number[] = []
  for (const row of table[1]!.split(/<tr\b[^>]*>/i).slice(1)) {
    const cells: PastedCell[] = []
    const skipCovered = () => {
      for (; (covered[cells.length] ?? 0) > 0; cells.push({ text: '' })) covered[cells.length]!--
    }
    for (const [, attributes = '', content = ''] of row.matchAll(
      /<t[dh]\b((?:"[^"]*"|'[^']*'|[^>"'])*)>(.*?)(?=<\/t[dh]\s*>|<t[dh]\b|<\/tr|$)/gis,
    )) {
      skipCovered()
      const [wide, tall] = [spanOf(attributes, 'colspan'), spanOf(attributes, 'rowspan')]
      const start = cells.length
      cells.push(cellOf(attributes, content))
      while (cells.length < start + wide) cells.push({ text: '' })
      for (let column = start; column < start + wide; column++) covered[column] = tall - 1
    }
    skipCovered()
    rows.push(cells)
  }
  const width = Math.max(0, ...rows.map((cells) => cells.length))
  for (const cells of rows) while (cells.length < width) cells.push({ text: '' })
  return width > 0 ? rows : undefined
}

const attributeOf = (attributes: string, name: string): string | undefined => {
  const found = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, 'i').exec(
    attributes,
  )
  return found ? decoded(found[1] ?? found[2] ?? found[3] ?? '') : undefined
}

const spanOf = (attributes: string, name: string) =>
  Math.min(1000, Math.max(1, Number(attributeOf(attributes, name)) || 1))

function cellOf(attributes: string, content: string): PastedCell {
  const edited = attributeOf(attributes, 'data-edited')
  if (edited !== undefined) return { text: edited }
  const text = textOf(content)
  const number = attributeOf(attributes, 'sdval') ?? attributeOf(attributes, 'x:num')
  if (!number || !/^-?\d+(\.\d+)?(e[-+]?\d+)?$/i.test(number)) return { text }
  // A long number in a narrow cell is shown as 7,92E+10 or ####: what stands behind it is meant.
  if (/^(#+|-?\d([.,]\d+)?e\+\d+)$/i.test(text)) return { text: plainNumber(number) }
  const day = isDay(attributeOf(attributes, 'sdnum')) ? dayOfSerial(Number(number)) : undefined
  return { text, exact: day ?? plainNumber(number) }
}

const plainNumber = (number: string) =>
  /e/i.test(number)
    ? Number(number).toLocaleString('en', { useGrouping: false, maximumFractionDigits: 15 })
    : number

/** `1049;0;DD.MM.YYYY`: a format with a day, a month or a year in it, outside quotes and brackets, and no hours. */
function isDay(format: string | undefined): boolean {
  const pattern =
    format
      ?.split(';')
      .slice(2)
      .join(';')
      .replace(/"[^"]*"|\[[^\]]*\]|\\./g, '') ?? ''
  return /[dmyдмг]/i.test(pattern) && !/[hsчс]/i.test(pattern) && !/general|standard|основной/i.test(pattern)
}

/** Days are counted from 30 December 1899. */
function dayOfSerial(serial: number): string | undefined {
  const date = new Date(Date.UTC(1899, 11, 30) + Math.floor(serial) * 86_400_000)
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().slice(0, 10)
}

/** What a reader sees: line breaks of the source are spaces, `<br>` and paragraphs are line breaks. */
const textOf = (html: string): string =>
  decoded(
    html
      .replace(/[ \t\r\n]+/g, ' ')
      .replace(/ ?<br\b[^>]*> ?/gi, '\n')
      .replace(/ ?<\/(p|div|li)\s*> ?(?=[^<]*\S)/gi, '\n')
      .replace(/<[^>]*>/g, ''),
  )
    .replace(/^\s+|\s+$/g, '')
    .replace(/[ \t]+\n/g, '\n')

const named: Record<string, string> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  shy: '\u00ad',
  laquo: '«',
  raquo: '»',
  mdash: '—',
  ndash: '–',
  hellip: '…',
  bull: '•',
  middot: '·',
  sect: '§',
  copy: '©',
  reg: '®',
  trade: '™',
  deg: '°',
  plusmn: '±',
  times: '×',
  euro: '€',
  pound: '£',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  bdquo: '„',
  sbquo: '‚',
  thinsp: '\u2009',
  ensp: '\u2002',
  emsp: '\u2003',
  frac12: '½',
  frac14: '¼',
  sup2: '²',
  sup3: '³',
  para: '¶',
  micro: 'µ',
  iexcl: '¡',
  iquest: '¿',
  numero: '№',
}

const decoded = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      if (name) return named[name] ?? whole
      const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
