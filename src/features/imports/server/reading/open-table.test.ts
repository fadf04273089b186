import * as XLSX from '@e965/xlsx'
import { mkdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTable } from './open-table.ts'
import { problemWordsEn } from './problem-words.en.ts'
import { problemWordsRu } from './problem-words.ru.ts'
import { readTable } from './read-table.ts'
import { allRows, openWorkshop, type Workshop, xlsxParts } from './testing-files.ts'

let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(() => workshop.clear())

const sheet = {
  Лист1: [
    ['Клиент', 'Дата'],
    ['Ромашка', 45_352],
  ],
}

function workbookBytes(bookType: XLSX.BookType): Uint8Array {
  const book = XLSX.utils.book_new()
  for (const [name, rows] of Object.entries(sheet)) {
    const page = XLSX.utils.aoa_to_sheet(rows)
    page['B2'].z = 'dd.mm.yyyy'
    XLSX.utils.book_append_sheet(book, page, name)
  }
  return XLSX.write(book, { bookType, type: 'buffer' }) as Uint8Array
}

test.each([
  ['biff8', 'xls'],
  ['xlsb', 'xls'],
  ['ods', 'ods'],
  ['xlml', 'xls'],
  ['xlsx', 'xlsx'],
] as const)('%s is read whatever its name says', async (bookType, format) => {
  const table = await openTable(await workshop.file(`${bookType}.txt`, workbookBytes(bookType)))
  expect(table.format).toBe(format)
  expect((await allRows(table)).map(({ cells }) => cells)).toEqual([
    ['Клиент', 'Дата'],
    ['Ромашка', '2024-03-01'],
  ])
  await table.close()
})

test('a table saved as HTML under .xls is read in its own code page', async () => {
  const decoder = new TextDecoder('windows-1251')
  const byteOf = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]),
  )
  const html =
    '<html><head><meta charset="windows-1251"></head><table><tr><td>Клиент</td><td>ИНН</td></tr><tr><td>Ромашка</td><td>0700000016</td></tr></table></html>'
  const path = await workshop.file(
    'report.xls',
    Uint8Array.from(Array.from(html, (letter) => byteOf.get(letter)!)),
  )
  const table = await openTable(path)
  expect((await allRows(table)).map(({ cells }) => cells)).toEqual([
    ['Клиент', 'ИНН'],
    ['Ромашка', '0700000016'],
  ])
})

const encryptedOle = () => {
  const bytes = Buffer.alloc(2048)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes)
  Buffer.from('EncryptedPackage\0', 'utf16le').copy(bytes, 1024)
  bytes.writeUInt16LE(34, 1024 + 64)
  return bytes
}

test.each([
  ['file.empty', ''],
  ['file.empty', '  \r\n '],
  ['file.pdf', '%PDF-1.7\n…'],
  ['file.picture', Buffer.from('89504e470d0a1a0a0000', 'hex')],
  ['file.archive', Buffer.from('377abcaf271c0004', 'hex')],
  ['file.mxl', 'MOXCEL\0\x08'],
  ['file.document', '{\\rtf1 text}'],
  ['file.database', 'SQLite format 3\0'],
  ['file.other-contacts', 'BEGIN:VCARD\nEND:VCARD'],
  ['file.other-contacts', '[{"name": "Ромашка"}]'],
  ['file.other-contacts', '<?xml version="1.0"?><КоммерческаяИнформация/>'],
  ['file.encrypted', encryptedOle()],
  ['file.damaged', 'PK\x03\x04 cut off'],
  ['file.not-a-table', Buffer.from(Array.from({ length: 5000 }, (_, at) => (at * 7919) % 251))],
])('%s', async (code, content) => {
  await expect(openTable(await workshop.file('x.xlsx', content))).rejects.toMatchObject({ code })
})

test('folders and missing files are refused', async () => {
  const folder = join(dirname(await workshop.file('a', 'a')), 'folder.xlsx')
  await mkdir(folder)
  await expect(openTable(folder)).rejects.toMatchObject({ code: 'file.not-a-file' })
  await expect(openTable(`${folder}/none`)).rejects.toMatchObject({ code: 'file.not-a-file' })
})

test('zips that are no workbook are told apart', async () => {
  const word = await workshop.zip('a.xlsx', {
    '[Content_Types].xml': '<Types ContentType="wordprocessingml.document"/>',
  })
  await expect(openTable(word)).rejects.toMatchObject({ code: 'file.document' })
  await expect(openTable(await workshop.zip('b.xlsx', { 'table.csv': 'a;b' }))).rejects.toMatchObject({
    code: 'file.archive',
  })
  const secret = await workshop.zip('c.ods', {
    mimetype: 'application/vnd.oasis.opendocument.spreadsheet',
    'META-INF/manifest.xml': '<manifest:encryption-data/>',
  })
  await expect(openTable(secret)).rejects.toMatchObject({ code: 'file.encrypted' })
})

test('the worker reads, hands back refusals and ends at an abort', async () => {
  const rows = Array.from({ length: 5000 }, (_, index) => `<row><c><v>${index}</v></c></row>`).join('')
  const path = await workshop.zip('long.xlsx', xlsxParts(rows))
  const table = await readTable(path)
  expect(await allRows(table)).toHaveLength(5000)
  // A pass broken off does not disturb the next one.
  for await (const batch of table.rows(0)) {
    expect(batch[0]!.cells).toEqual(['0'])
    break
  }
  expect(await allRows(table)).toHaveLength(5000)
  await table.close()
  await expect(readTable(await workshop.file('no.xlsx', 'PK\x03\x04'))).rejects.toMatchObject({
    code: 'file.damaged',
  })
  const stop = new AbortController()
  const stopped = await readTable(path, { signal: stop.signal })
  const reading = (async () => {
    for await (const _ of stopped.rows(0)) stop.abort(new Error('enough'))
  })()
  await expect(reading).rejects.toThrow('enough')
})

test('a worker out of memory is a refusal, and the process lives', async () => {
  const rows = Array.from({ length: 12_000 }, (_, at) => [
    `Клиент номер ${at}`,
    `улица ${at}`,
    at,
    `x${at}@example.test`,
  ])
  const book = XLSX.utils.book_new()
  XLSX.utils.book_append_sheet(book, XLSX.utils.aoa_to_sheet(rows), 'a')
  const path = await workshop.file(
    'big.xls',
    XLSX.write(book, { bookType: 'biff8', type: 'buffer' }) as Uint8Array,
  )
  await expect(readTable(path, { heapMb: 16 })).rejects.toMatchObject({ code: 'file.too-large-inside' })
})

test('every refusal has its sentence in both languages', () => {
  expect(Object.keys(problemWordsEn)).toEqual(Object.keys(problemWordsRu))
  for (const sentence of [...Object.values(problemWordsEn), ...Object.values(problemWordsRu)])
    expect(sentence).toMatch(/\.$/)
})
