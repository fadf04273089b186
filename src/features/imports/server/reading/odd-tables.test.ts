import { afterAll, beforeAll, expect, test } from 'vitest'
import { openTable } from './open-table.ts'
import { proposeMapping, sampleSheets } from './propose-mapping.ts'
import { rowToClient } from './rows-to-clients.ts'
import { openWorkshop, rowsOf, type Workshop } from './testing-files.ts'

let workshop: Workshop
beforeAll(async () => {
  workshop = await openWorkshop()
})
afterAll(() => workshop.clear())

const propose = (lines: string[][]) =>
  proposeMapping([{ index: 0, sheet: { name: '', hidden: false }, format: 'xlsx', rows: rowsOf(lines) }])

/** What an office keeps, row by row. */
const clients = (count: number) =>
  Array.from({ length: count }, (_, at) => [
    `ООО "Проба-${at}"`,
    '7707083893',
    `8 (495) 730-42-1${at}`,
    `info@proba-${at}.ru`,
    'Иванов Иван Ильич',
  ])

test('a header of three rows and their numbers is a header; its lowest words are the exact ones', () => {
  const { mapping } = propose([
    ['Сведения о контрагентах'],
    ['Контрагент', '', 'Связь', '', ''],
    ['наименование', 'реквизиты', 'тел.', 'эл.', 'лицо'],
    ['полное', 'ИНН', 'рабочий', 'почта', 'ФИО'],
    ['1', '2', '3', '4', '5'],
    ...clients(4),
  ])
  expect(mapping.headerRow).toBe(5)
  expect(mapping.columns.map(({ target }) => target)).toEqual([
    'fullName',
    'inn',
    'phone',
    'email',
    'person.name',
  ])
})

test('a second table beside the first gives its clients no phones', () => {
  const { mapping } = propose([
    ['Клиент', 'Телефон', '', 'Поставщик', 'Телефон'],
    ...clients(4).map(([name = '', , phone = ''], at) => [
      name,
      phone,
      '',
      `АО "Склад-${at}"`,
      `8 (499) 730-42-1${at}`,
    ]),
  ])
  expect(mapping.columns.map(({ target }) => target)).toEqual(['name', 'phone', null, null, null])
})

test('cards one below the other are no table', () => {
  const cards = clients(3).flatMap(([name = '', inn = '', phone = '', email = '']) => [
    ['Название:', name],
    ['ИНН:', inn],
    ['Телефон:', phone],
    ['E-mail:', email],
    [''],
  ])
  expect(propose(cards).problem).toBe('table.form')
})

test('sums of money are no phones', () => {
  const { mapping } = propose([
    ['Клиент', 'Телефон', 'Оборот'],
    ['ООО "А"', '8 (495) 730-42-10', '1 000,50'],
    ['ООО "Б"', '8 (495) 730-42-11', '12 300 000,00'],
  ])
  expect(mapping.columns[2]!.target).toBeNull()
})

test('lines that hold a name and a phone each are not taken for names', () => {
  const lines = [
    'ООО Ромашка - 8 (495) 730-42-10 - Анна',
    'АО Лютик - 8 (495) 730-42-11',
    'ИП Сидоров 8 916 301-42-18',
  ]
  expect(propose([['Клиенты на осень'], ...lines.map((line) => [line])]).problem).toBe(
    'table.nothing-recognised',
  )
})

async function read(name: string, content: string) {
  const table = await openTable(await workshop.file(name, content))
  const { mapping } = proposeMapping(await sampleSheets(table))
  const drafts: { name: string | null; inn: string | null | undefined }[] = []
  for await (const rows of table.rows(mapping.sheet))
    for (const { number, cells } of rows) {
      const { draft } = rowToClient(mapping, number, cells, { cityCode: '495' })
      if (draft) drafts.push({ name: draft.name, inn: draft.inn })
    }
  await table.close()
  return drafts
}

test('a text that was written as a formula, to keep its zeros, is the text', async () => {
  const text =
    'Клиент;ИНН;Телефон\n="ООО ""А""";="0274062111";="84957304210"\n="ООО Б";="7707083893";="84957304211"\n'
  expect(await read('formulas.csv', text)).toEqual([
    { name: 'ООО "А"', inn: '0274062111' },
    { name: 'ООО Б', inn: '7707083893' },
  ])
})

test('cells of a page that are never closed end where the next one begins', async () => {
  const rows = clients(3).map(([name, , phone]) => `<tr><td>${name}<td>${phone}</tr>`)
  const page = `<html><meta charset="utf-8"><table><tr><th>Клиент<th>Телефон</tr>${rows.join('')}</table></html>`
  expect(await read('page.xls', page)).toEqual(clients(3).map(([name]) => expect.objectContaining({ name })))
})
