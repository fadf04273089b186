import { readFile } from 'node:fs/promises'
import { detectFormat } from './detect-format.ts'
import { openText } from './read-text.ts'
import { openXlsx } from './read-xlsx.ts'
import { Refusal } from './refusal.ts'
import type { Table, TableFormat } from './table.ts'
import { openZip, type Zip } from './zip.ts'

/** Only a workbook whose parts are below this is given to SheetJS, which keeps everything in memory. */
const WORKBOOK_LIMIT = 300 * 1024 * 1024

/**
 * Opens the file at `path` as a table whatever its name says, or throws a Refusal.
 * Runs in the reading worker: SheetJS may take all the memory it is given.
 */
export async function openTable(path: string): Promise<Table> {
  switch (await detectFormat(path)) {
    case 'zip':
      return openZipped(path)
    case 'ole':
      return openOle(path)
    case 'biff':
      return openWorkbook(path, 'xls')
    case 'html':
    case 'spreadsheet-xml':
      return openWorkbook(path, 'xls', true)
    case 'dbf':
      return openWorkbook(path, 'dbf')
    case 'text':
      return openText(path)
  }
}

/** SheetJS and its code pages take 40 MB: only the files that need it load it. */
async function openWorkbook(path: string, format: TableFormat, markup = false): Promise<Table> {
  const reader = await import('./read-workbook.ts')
  return reader.openWorkbook(path, format, markup)
}

async function openZipped(path: string): Promise<Table> {
  const zip = await openZip(path)
  try {
    const kind = await kindOfZip(zip)
    if (kind === 'xlsx') return await openXlsxOrRetry(path, zip)
    refuseLargeParts(zip)
    return await openWorkbook(path, kind)
  } finally {
    zip.close()
  }
}

async function openXlsxOrRetry(path: string, zip: Zip): Promise<Table> {
  try {
    const table = await openXlsx(path)
    if (table.sheets.length > 0) return table
    await table.close()
  } catch (error) {
    if (!(error instanceof Refusal) || error.code !== 'file.damaged') throw error
  }
  refuseLargeParts(zip)
  return openWorkbook(path, 'xls')
}

async function kindOfZip(zip: Zip): Promise<'xlsx' | 'xls' | 'ods'> {
  const encrypted = [...zip.entries.values()].some((entry) => entry.generalPurposeBitFlag & 1)
  const manifest = await zip.text('META-INF/manifest.xml')
  if (encrypted || /encryption-data/.test(manifest)) throw new Refusal('file.encrypted')
  if (zip.has('xl/workbook.bin')) return 'xls'
  const types = await zip.text('[Content_Types].xml')
  if (/spreadsheetml\.|ms-excel\.sheet/.test(types) || zip.has('xl/workbook.xml')) return 'xlsx'
  const mimetype = await zip.text('mimetype')
  if (/opendocument\.spreadsheet/.test(mimetype + manifest)) return 'ods'
  if (/opendocument|wordprocessingml|presentationml/.test(mimetype + types))
    throw new Refusal('file.document')
  if (zip.has('index/document.iwa') || zip.has('index/tables/datalist.iwa'))
    throw new Refusal('file.document')
  throw new Refusal('file.archive')
}

function refuseLargeParts(zip: Zip) {
  let size = 0
  for (const entry of zip.entries.values()) size += entry.uncompressedSize
  if (size > WORKBOOK_LIMIT) throw new Refusal('file.too-large-inside')
}

/** The old compound container: a workbook, an encrypted new one, or a document of another program. */
async function openOle(path: string): Promise<Table> {
  const bytes = await readFile(path)
  const holds = (name: string) => holdsStream(bytes, name)
  if (holds('EncryptedPackage') || holds('EncryptionInfo')) throw new Refusal('file.encrypted')
  if (holds('Workbook') || holds('Book')) return openWorkbook(path, 'xls')
  if (holds('WordDocument') || holds('PowerPoint Document')) throw new Refusal('file.document')
  throw new Refusal('file.not-a-table')
}

/** Directory entries are 128 bytes, begin with a UTF-16 name and carry its length (with the final zero) at byte 64. */
function holdsStream(bytes: Buffer, name: string): boolean {
  const mark = Buffer.from(`${name}\0`, 'utf16le')
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 2)) {
    if (at % 128 === 0 && at + 66 <= bytes.length && bytes.readUInt16LE(at + 64) === mark.length) return true
  }
  return false
}
