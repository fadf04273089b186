import { TextDecoder } from 'node:util'
import { readFile } from 'node:fs/promises'
import * as XLSX from '@e965/xlsx'
import * as codePages from '@e965/xlsx/dist/cpexcel.full.mjs'
import { lookOfFormat, numberText, withoutControls } from './cell-text.ts'
import { Refusal } from './refusal.ts'
import { BATCH_ROWS, type Row, type Table, type TableFormat } from './table.ts'
import { detectEncoding } from './text-encoding.ts'

// Without this the ESM build reads windows-1251 and cp866 as Latin letters, in silence.
XLSX.set_cptable(codePages)

/** A sheet beyond this is cut by SheetJS itself: it would not fit into the worker anyway. */
const ROWS_LIMIT = 1_100_000

/** Opens xls, xlsb, ods, dbf and tables saved as HTML or XML 2003 with SheetJS, which holds all of it in memory. */
export async function openWorkbook(path: string, format: TableFormat, markup = false): Promise<Table> {
  const bytes = await readFile(path)
  const workbook = parse(bytes, format, markup)
  const from1904 = workbook.Workbook?.WBProps?.date1904 === true
  const names = workbook.SheetNames.filter((name) => workbook.Sheets[name]?.['!type'] !== 'chart')
  const hidden = new Map(
    workbook.Workbook?.Sheets?.map((sheet) => [sheet.name ?? '', (sheet.Hidden ?? 0) > 0]),
  )
  return {
    format,
    sheets: names.map((name) => ({ name, hidden: hidden.get(name) ?? false })),
    async *rows(sheet) {
      const name = names[sheet]
      if (name !== undefined) yield* rowsOf(workbook.Sheets[name]!, from1904)
    },
    async close() {},
  }
}

function parse(bytes: Buffer, format: TableFormat, markup: boolean): XLSX.WorkBook {
  const options: XLSX.ParsingOptions = {
    dense: true,
    cellNF: true,
    cellHTML: false,
    cellFormula: false,
    cellText: false,
    sheetRows: ROWS_LIMIT,
  }
  try {
    if (format === 'dbf') return XLSX.read(bytes, { ...options, codepage: codePageOfDbf(bytes) })
    if (!markup) return XLSX.read(bytes, options)
    return XLSX.read(withClosedCells(decodeMarkup(bytes)), { ...options, type: 'string', raw: true })
  } catch (error) {
    throw refusalOf(error as Error)
  }
}

/** HTML lets a cell end where the next one begins; SheetJS would join them. */
const withClosedCells = (markup: string) =>
  markup.replace(/<(t[dh])(\s[^<>]*)?>([^<]*)(?=<(?:t[dhr]|\/tr|\/table)[\s>])/gi, '<$1$2>$3</$1>')

function refusalOf(error: Error): Refusal {
  if (/password|encrypt/i.test(error.message)) return new Refusal('file.encrypted')
  if (/invalid array length|allocation failed|out of memory/i.test(error.message))
    return new Refusal('file.too-large-inside')
  return new Refusal('file.damaged', error.message)
}

function decodeMarkup(bytes: Buffer): string {
  const named = /charset=["']?([\w-]+)|encoding=["']([\w-]+)["']/i.exec(bytes.toString('latin1', 0, 2048))
  const encoding = detectEncoding(bytes.subarray(0, 1024 * 1024), bytes.length <= 1024 * 1024)
  const wide = encoding === 'utf-8' || encoding.startsWith('utf-16')
  return decoderOf(wide ? encoding : (named?.[1] ?? named?.[2] ?? encoding)).decode(bytes)
}

function decoderOf(encoding: string): TextDecoder {
  try {
    return new TextDecoder(encoding)
  } catch {
    return new TextDecoder('windows-1251')
  }
}

const CODE_PAGE = {
  'utf-8': 65_001,
  'windows-1251': 1251,
  ibm866: 866,
  'koi8-r': 20_866,
  'windows-1252': 1252,
}

/** Byte 29 names the language; 1C and Clipper leave it zero, so the letters decide. */
function codePageOfDbf(bytes: Buffer): number {
  const encoding = detectEncoding(bytes.subarray(bytes.readUInt16LE(8)), true)
  return encoding in CODE_PAGE ? CODE_PAGE[encoding as keyof typeof CODE_PAGE] : 1251
}

async function* rowsOf(sheet: XLSX.WorkSheet, from1904: boolean): AsyncGenerator<Row[]> {
  const data = (sheet['!data'] ?? []) as (XLSX.CellObject | undefined)[][]
  let batch: Row[] = []
  for (let index = 0; index < data.length; index++) {
    const row = rowOf(data[index] ?? [], index + 1, from1904)
    if (row) batch.push(row)
    if (batch.length < BATCH_ROWS) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

function rowOf(source: (XLSX.CellObject | undefined)[], number: number, from1904: boolean): Row | null {
  const cells: string[] = []
  const errors: number[] = []
  for (let column = 0; column < source.length; column++) {
    const cell = source[column]
    if (cell?.t === 'e') errors.push(column)
    const text = cell ? textOf(cell, from1904) : ''
    if (text === '') continue
    while (cells.length < column) cells.push('')
    cells[column] = text
  }
  if (!cells.some((cell) => cell.trim() !== '')) return null
  return errors.length > 0 ? { number, cells, errors } : { number, cells }
}

const looks = new Map<string, ReturnType<typeof lookOfFormat>>()

function textOf(cell: XLSX.CellObject, from1904: boolean): string {
  if (cell.v === undefined || cell.v === null || cell.t === 'e' || cell.t === 'z') return ''
  if (cell.t === 'b') return cell.v ? 'TRUE' : 'FALSE'
  if (cell.t === 'd' || cell.v instanceof Date) return (cell.v as Date).toISOString().slice(0, 10)
  if (cell.t !== 'n') return plainText(String(cell.v))
  const code = String(cell.z ?? 'General')
  const look = looks.get(code) ?? lookOfFormat(code)
  looks.set(code, look)
  return numberText(String(cell.v), look, from1904)
}

/** The mark SheetJS leaves for a dBase memo, which lies in a file of its own. */
const MEMO = /^##MEMO##\d+$/

function plainText(text: string): string {
  return MEMO.test(text) ? '' : withoutControls(text).replace(/\r\n?/g, '\n')
}
