import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { finished } from 'node:stream/promises'
import { ZipFile } from 'yazl'

export const TABLE_HEADER = [
  'Наименование',
  'ИНН',
  'КПП',
  'Контактное лицо',
  'Телефон',
  'E-mail',
  'Адрес',
  'Менеджер',
  'Дата создания',
  'Комментарий',
]

/** The row of a made-up client, the same for the same number; the ИНН has a right check digit. */
export function tableRow(number: number): string[] {
  const pick = (list: string[], step: number) => list[Math.floor(number / step) % list.length]!
  const digits = String(number).padStart(7, '0')
  return [
    `ООО "${pick(FIRST, 1)} ${pick(SECOND, FIRST.length)} ${number}"`,
    innOf(770_000_000 + number),
    '770001001',
    `${pick(SURNAMES, 3)} ${pick(NAMES, 7)} ${pick(PATRONYMICS, 5)}`,
    `8 (9${digits.slice(0, 2)}) ${digits.slice(1, 4)}-${digits.slice(3, 5)}-${digits.slice(5)}`,
    `client${number}@example.test`,
    `10${digits.slice(-4)}, г. ${pick(CITIES, 2)}, ул. Полевая, д. ${(number % 190) + 1}`,
    pick(MANAGERS, 11),
    `${String((number % 28) + 1).padStart(2, '0')}.0${(number % 9) + 1}.2025`,
    number % 4 === 0 ? 'Звонить после обеда' : '',
  ]
}

/**
 * Writes an xlsx of `rows` made-up clients × 10 columns as Excel would, with shared strings and ИНН as numbers.
 * @returns the size of the file in bytes
 */
export async function writeXlsx(path: string, rows: number): Promise<number> {
  const zip = new ZipFile()
  const add = (name: string, text: Iterable<string>) => zip.addReadStream(Readable.from(bytes(text)), name)
  add('[Content_Types].xml', [CONTENT_TYPES])
  add('_rels/.rels', [relations([['officeDocument', 'xl/workbook.xml']])])
  add('xl/workbook.xml', [WORKBOOK])
  add('xl/_rels/workbook.xml.rels', [
    relations([
      ['worksheet', 'worksheets/sheet1.xml'],
      ['sharedStrings', 'sharedStrings.xml'],
    ]),
  ])
  const indexOf = new Map<string, number>()
  add('xl/worksheets/sheet1.xml', sheetXml(rows, indexOf))
  add('xl/sharedStrings.xml', stringsXml(indexOf))
  zip.end()
  const file = zip.outputStream.pipe(createWriteStream(path))
  await finished(file)
  return file.bytesWritten
}

function* bytes(parts: Iterable<string>): Generator<Buffer> {
  for (const part of parts) yield Buffer.from(part)
}

function* sheetXml(rows: number, indexOf: Map<string, number>): Generator<string> {
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetData>`
  for (let from = 0; from <= rows; from += 1000) {
    let text = ''
    for (let row = from; row < from + 1000 && row <= rows; row++) {
      text += rowXml(row + 1, row === 0 ? TABLE_HEADER : tableRow(row), indexOf)
    }
    yield text
  }
  yield '</sheetData></worksheet>'
}

function rowXml(number: number, cells: string[], indexOf: Map<string, number>): string {
  const parts = cells.map((cell, column) => {
    const place = `${String.fromCharCode(65 + column)}${number}`
    if (cell === '') return ''
    if (/^\d{9,10}$/.test(cell)) return `<c r="${place}"><v>${cell}</v></c>`
    let index = indexOf.get(cell)
    if (index === undefined) indexOf.set(cell, (index = indexOf.size))
    return `<c r="${place}" t="s"><v>${index}</v></c>`
  })
  return `<row r="${number}" spans="1:10">${parts.join('')}</row>`
}

function* stringsXml(indexOf: Map<string, number>): Generator<string> {
  yield `${XML}<sst xmlns="${MAIN}" uniqueCount="${indexOf.size}">`
  let text = ''
  for (const value of indexOf.keys()) {
    text += `<si><t>${value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</t></si>`
    if (text.length < 65_536) continue
    yield text
    text = ''
  }
  yield `${text}</sst>`
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const WORKBOOK = `${XML}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets><sheet name="Клиенты" sheetId="1" r:id="rId1"/></sheets></workbook>`
const SHEET_ML = 'application/vnd.openxmlformats-officedocument.spreadsheetml'
const CONTENT_TYPES =
  `${XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
  '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
  `<Override PartName="/xl/workbook.xml" ContentType="${SHEET_ML}.sheet.main+xml"/>` +
  `<Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_ML}.worksheet+xml"/>` +
  `<Override PartName="/xl/sharedStrings.xml" ContentType="${SHEET_ML}.sharedStrings+xml"/></Types>`

function relations(list: [kind: string, target: string][]): string {
  const items = list.map(
    ([kind, target], index) =>
      `<Relationship Id="rId${index + 1}" Type="${OFFICE}/${kind}" Target="${target}"/>`,
  )
  return `${XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${items.join('')}</Relationships>`
}

function innOf(base: number): string {
  const digits = String(base).padStart(9, '0').slice(-9)
  const weights = [2, 4, 10, 3, 5, 9, 4, 6, 8]
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0)
  return digits + ((sum % 11) % 10)
}

const FIRST = ['Северный', 'Южный', 'Речной', 'Полевой', 'Горный', 'Лесной', 'Новый']
const SECOND = [
  'берег',
  'склад',
  'завод',
  'торговый дом',
  'свет',
  'путь',
  'мастер',
  'сад',
  'камень',
  'мост',
  'двор',
]
const SURNAMES = ['Петров', 'Иванов', 'Сидоров', 'Кузнецов', 'Смирнов', 'Попов', 'Волков']
const NAMES = ['Пётр', 'Илья', 'Сергей', 'Антон', 'Олег']
const PATRONYMICS = ['Ильич', 'Сергеевич', 'Петрович', 'Олегович']
const CITIES = ['Москва', 'Тверь', 'Тула', 'Казань', 'Пермь']
const MANAGERS = ['Анна Белова', 'Мария Чернова', 'Ольга Серова', 'Юлия Рыжова']
