import { once } from 'node:events'
import { Readable } from 'node:stream'
import { ZipFile } from 'yazl'
import type { FileMark } from '#shared/file-mark.ts'
import {
  columnName,
  contentTypes,
  customProperties,
  packageRelations,
  styles,
  workbook,
  workbookRelations,
  xmlText,
} from './xlsx-parts.ts'

export type Cell = string | number | null

export interface XlsxColumn {
  title: string
  /** In letters, as Excel counts; 20 unless told. */
  width?: number
  /** `date`: text that begins with YYYY-MM-DD; what does not is written as text. */
  type?: 'text' | 'number' | 'date'
}

export interface XlsxTable {
  sheet: string
  columns: readonly XlsxColumn[]
  /** Stands beside the last title, where no program takes it for a row, at the foot of every page, and in the properties. */
  mark: FileMark
}

/** Excel's own limits; what is beyond goes to a further sheet, or is cut. */
const sheetRows = 1_048_576
const cellLetters = 32_767
const chunkLetters = 64 * 1024

/**
 * A workbook as a stream: rows are pulled as fast as the reader takes them, memory does not grow with their number.
 * Every text is a text cell, so that «=cmd()» stays what a person typed and is never a formula.
 */
export function xlsxStream(table: XlsxTable, rows: AsyncIterable<Cell[]>): Readable {
  const zip = new ZipFile()
  const output = zip.outputStream as Readable
  zip.on('error', (error: Error) => output.destroy(error))
  writeParts(zip, output, table, rows).catch((error: Error) => output.destroy(error))
  return output
}

async function writeParts(zip: ZipFile, output: Readable, table: XlsxTable, rows: AsyncIterable<Cell[]>) {
  const source = rows[Symbol.asyncIterator]()
  const rest = { over: false }
  let sheets = 0
  while (!rest.over) {
    const part = sheetXml(table, source, rest)
    const xml = Readable.from(part, { objectMode: false })
    // A download broken off must not leave its rows being read.
    output.once('close', () => xml.destroy())
    zip.addReadStream(xml, `xl/worksheets/sheet${++sheets}.xml`, { compressionLevel: 4 })
    await once(xml, 'close')
    if (output.destroyed) return void (await source.return?.())
  }
  const part = (text: string, path: string) => zip.addBuffer(Buffer.from(text), path)
  part(contentTypes(sheets), '[Content_Types].xml')
  part(packageRelations, '_rels/.rels')
  part(customProperties(table.mark), 'docProps/custom.xml')
  part(workbook(table.sheet, sheets), 'xl/workbook.xml')
  part(workbookRelations(sheets), 'xl/_rels/workbook.xml.rels')
  part(styles, 'xl/styles.xml')
  zip.end()
}

async function* sheetXml(
  { columns, mark }: XlsxTable,
  source: AsyncIterator<Cell[]>,
  rest: { over: boolean },
): AsyncGenerator<Buffer> {
  let text =
    head(columns) +
    rowXml(1, [...columns.map(({ title }) => title), mark.line], (at) =>
      at < columns.length ? headerCell : textCell,
    )
  let number = 1
  let next: IteratorResult<Cell[]> | undefined
  while (number < sheetRows && !(next = await source.next()).done) {
    text += rowXml(++number, next.value, (at) => cells[columns[at]?.type ?? 'text'])
    if (text.length >= chunkLetters) {
      yield Buffer.from(text)
      text = ''
    }
  }
  rest.over = next?.done === true
  yield Buffer.from(
    `${text}</sheetData><autoFilter ref="A1:${columnName(columns.length - 1)}${number}"/>` +
      `<headerFooter><oddFooter>&amp;L${xmlText(mark.line.replaceAll('&', '&&').slice(0, 240))}</oddFooter></headerFooter></worksheet>`,
  )
}

const head = (columns: readonly XlsxColumn[]) =>
  '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' +
  '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">' +
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>' +
  `<cols>${columns
    .map(({ width = 20 }, at) => `<col min="${at + 1}" max="${at + 1}" width="${width}" customWidth="1"/>`)
    .join('')}</cols><sheetData>`

type CellXml = (place: string, value: string | number) => string

function rowXml(number: number, values: readonly Cell[], cellOf: (at: number) => CellXml): string {
  let text = `<row r="${number}">`
  for (const [at, value] of values.entries()) {
    if (value === null || value === '') continue
    text += cellOf(at)(`r="${columnName(at)}${number}"`, value)
  }
  return `${text}</row>`
}

const textCell: CellXml = (place, value) =>
  `<c ${place} t="inlineStr"><is><t xml:space="preserve">${cellText(String(value))}</t></is></c>`
const headerCell: CellXml = (place, value) => textCell(`${place} s="1"`, value)
const numberCell: CellXml = (place, value) =>
  typeof value === 'number' && Number.isFinite(value)
    ? `<c ${place}><v>${value}</v></c>`
    : textCell(place, value)
const dateCell: CellXml = (place, value) => {
  const serial = typeof value === 'string' ? daySerial(value) : null
  return serial === null ? textCell(place, value) : `<c ${place} s="2"><v>${serial}</v></c>`
}
const cells = { text: textCell, number: numberCell, date: dateCell }

/** Days since 1899-12-30, as Excel counts; null for what is no calendar day or lies before its calendar. */
function daySerial(text: string): number | null {
  const [, day] = /^(\d{4}-\d{2}-\d{2})(?:$|T| )/.exec(text) ?? []
  const time = day ? Date.parse(`${day}T00:00:00Z`) : Number.NaN
  const serial = time / 86_400_000 + 25_569
  return serial >= 61 ? serial : null
}

/** Excel reads `_x0041_` in a text as an escaped letter, so a literal one is escaped itself. */
const cellText = (text: string) =>
  xmlText(text.slice(0, cellLetters)).replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
