import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTable } from './open-table.ts'
import { allRows, openWorkshop, type Workshop } from './testing-files.ts'

let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(() => workshop.clear())

let files = 0

async function read(content: string | Uint8Array) {
  const table = await openTable(await workshop.file(`${++files}.csv`, content))
  const rows = await allRows(table)
  return { ...table, lines: rows.map(({ cells }) => cells), rows }
}

/** Russian letters in the code pages of the trade; everything else must be ASCII. */
function encode(text: string, page: 'windows-1251' | 'ibm866' | 'koi8-r'): Uint8Array {
  const decoder = new TextDecoder(page)
  const byteOf = new Map(
    Array.from({ length: 256 }, (_, byte) => [decoder.decode(Uint8Array.of(byte)), byte]),
  )
  return Uint8Array.from(Array.from(text, (letter) => byteOf.get(letter) ?? 63))
}

const TABLE =
  'Наименование;Телефон;Адрес\r\nООО "Ромашка";8 (495) 000-00-01;г. Москва, ул. Полевая, 1\r\nПётр Ильич;8 916 000-00-02;г. Тверь\r\n'
const LINES = [
  ['Наименование', 'Телефон', 'Адрес'],
  ['ООО "Ромашка"', '8 (495) 000-00-01', 'г. Москва, ул. Полевая, 1'],
  ['Пётр Ильич', '8 916 000-00-02', 'г. Тверь'],
]

test.each(['windows-1251', 'ibm866', 'koi8-r'] as const)('%s is told by its letters', async (page) => {
  const { encoding, lines } = await read(encode(TABLE, page))
  expect(encoding).toBe(page)
  expect(lines).toEqual(LINES)
})

test('UTF-8 with and without a mark, UTF-16 with and without one', async () => {
  const little = Buffer.from(TABLE, 'utf16le')
  const big = Buffer.from(little).swap16()
  for (const content of [TABLE, `\uFEFF${TABLE}`, little, Buffer.from(`\uFEFF${TABLE}`, 'utf16le'), big]) {
    expect((await read(content)).lines).toEqual(LINES)
  }
})

test('names all in capitals and a lone Russian word do not lead astray', async () => {
  expect((await read(encode('ФИО;ТЕЛ\nИВАНОВ ИВАН;1\nПЕТРОВА ОЛЬГА;2\n', 'windows-1251'))).lines[1]).toEqual([
    'ИВАНОВ ИВАН',
    '1',
  ])
  expect((await read(encode('name;city\nSmith;Москва\nBrown;Тверь\n', 'ibm866'))).lines[1]).toEqual([
    'Smith',
    'Москва',
  ])
  expect((await read(encode('name;city\nSmith;Москва\nBrown;Тула\n', 'windows-1251'))).lines[2]).toEqual([
    'Brown',
    'Тула',
  ])
})

test('western letters among Latin ones are windows-1252', async () => {
  const { encoding, lines } = await read(
    Buffer.from('Firma;Stadt\nMüller & Söhne;Köln\nBäckerei Weiß;Düsseldorf\n', 'latin1'),
  )
  expect(encoding).toBe('windows-1252')
  expect(lines[1]).toEqual(['Müller & Söhne', 'Köln'])
})

test('letters that first appear far from the head still tell the encoding', async () => {
  const head = `name;phone\n${'Smith;84950000001\n'.repeat(80_000)}`
  const { lines } = await read(Buffer.concat([Buffer.from(head), encode('Иванов;1\n', 'windows-1251')]))
  expect(lines.at(-1)).toEqual(['Иванов', '1'])
})

test.each([
  [';', 'a;b;c\n1,5;2,5;3\n4,5;5;6\n'],
  [',', 'a,b,c\n"1;5",2,3\n4,5,6\n'],
  ['\t', 'a\tb\tc\nМосква, ул. 1; 2\tx\ty\n1\t2\t3\n'],
  ['|', 'a|b|c\n1|2|3\n4|5,6|7\n'],
  ['', 'Ромашка\nЛютик, ООО\nВасилёк\n'],
])('the delimiter %j is found', async (delimiter, content) => {
  expect((await read(content)).delimiter).toBe(delimiter)
})

test('sep= in the first line names the delimiter and is no row', async () => {
  expect((await read('sep=,\r\na;b,c\r\n1;2,3\r\n')).lines).toEqual([
    ['a;b', 'c'],
    ['1;2', '3'],
  ])
})

test('quoted cells hold delimiters, doubled quotes and line ends', async () => {
  expect((await read('a;b\n"ООО ""Ёлка""; филиал";"одна\r\nдве"\n"x" ;2\n')).lines).toEqual([
    ['a', 'b'],
    ['ООО "Ёлка"; филиал', 'одна\nдве'],
    ['x', '2'],
  ])
})

test('a stray quote does not swallow the file', async () => {
  const rows = Array.from({ length: 300 }, (_, index) => `Клиент ${index};${index}`)
  rows[1] = '"Ромашка" ООО;1'
  rows[2] = '"Лютик;2'
  rows[3] = 'ООО "Пион;3'
  const { lines } = await read(`Название;Номер\n${rows.join('\n')}\n`)
  expect(lines).toHaveLength(301)
  expect(lines.slice(2, 5)).toEqual([
    ['"Ромашка" ООО', '1'],
    ['"Лютик', '2'],
    ['ООО "Пион', '3'],
  ])
})

test('the last line needs no line end; blank lines count as rows and are left out', async () => {
  const { rows } = await read('a;b\n\n;;\n1;2')
  expect(rows).toEqual([
    { number: 1, cells: ['a', 'b'] },
    { number: 4, cells: ['1', '2'] },
  ])
})

test('rows cut by the chunks of the reader stay whole', async () => {
  const lines = Array.from({ length: 40_000 }, (_, index) => `Ёлка ${index};"стр ${index}\nещё"`)
  const read40 = await read(`a;b\n${lines.join('\r\n')}`)
  expect(read40.lines).toHaveLength(40_001)
  expect(read40.lines.at(-1)).toEqual(['Ёлка 39999', 'стр 39999\nещё'])
})
