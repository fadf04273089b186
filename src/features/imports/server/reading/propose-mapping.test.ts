import { expect, test } from 'vitest'
import { completeMapping, proposeMapping } from './propose-mapping.ts'
import { rowsOf } from './testing-files.ts'

const sample = (lines: string[][], index = 0, hidden = false) => ({
  index,
  sheet: { name: `Лист${index + 1}`, hidden },
  format: 'xlsx' as const,
  rows: rowsOf(lines),
})

const targets = (lines: string[][]) => {
  const { columns } = proposeMapping([sample(lines)]).mapping
  return columns.map(({ target, of, person }) => (of === 'person' ? `${target} of ${person}` : target))
}

test('contacts beside a company and its contact person are the company’s, a mobile is the person’s', () => {
  expect(
    targets([
      ['Наименование', 'ИНН', 'Контактное лицо', 'Телефон', 'Моб. тел.', 'E-mail'],
      ['Ромашка', '7700000016', 'Пётр Ильич', '84950000001', '89160000001', 'a@example.test'],
    ]),
  ).toEqual(['name', 'inn', 'person.name of 0', 'phone', 'phone of 0', 'email'])
})

test('a list of people with their companies gives the contacts to the people', () => {
  expect(
    targets([
      ['first_name', 'last_name', 'company', 'phone_work', 'email_work'],
      ['Jane', 'Doe', 'Acme', '+1 415 000 0001', 'jane@example.test'],
    ]),
  ).toEqual(['person.firstName of 0', 'person.lastName of 0', 'name', 'phone of 0', 'email of 0'])
})

test('a list of people without companies is a list of clients', () => {
  expect(
    targets([
      ['Имя', 'Телефон'],
      ['Анна', '89160000001'],
      ['Пётр', '89160000002'],
    ]),
  ).toEqual(['person.name of 0', 'phone'])
})

test('numbered and prefixed columns are several people', () => {
  expect(
    targets([
      ['Клиент', 'Контакт 1', 'Телефон 1', 'Контакт 2', 'Телефон 2'],
      ['Ромашка', 'Пётр Ильич', '89160000001', 'Анна Ильинична', '89160000002'],
    ]),
  ).toEqual(['name', 'person.name of 0', 'phone of 0', 'person.name of 1', 'phone of 1'])
})

test('without a header columns are what their cells look like', () => {
  const lines = Array.from({ length: 5 }, (_, at) => [
    `ООО "Ромашка ${at}"`,
    '7700000016',
    `8 (495) 000-00-0${at}`,
    `a${at}@example.test`,
    `Петров Пётр Ильич`,
    `г. Тверь, ул. Полевая, д. ${at}`,
  ])
  expect(targets(lines)).toEqual(['name', 'inn', 'phone', 'email', 'person.name of 0', 'address'])
})

test('a header that lies about contacts is corrected by the content', () => {
  expect(
    targets([
      ['Клиент', 'Почта', 'Контакт'],
      ['Ромашка', 'г. Тверь, ул. Полевая, д. 1', '8 916 000-00-01'],
      ['Лютик', 'г. Тула, ул. Полевая, д. 2', '8 916 000-00-02'],
      ['Пион', 'г. Тула, ул. Полевая, д. 3', '8 916 000-00-03'],
    ]),
  ).toEqual(['name', 'address', 'phone'])
})

test('a town without an address is the region', () => {
  expect(
    targets([
      ['Клиент', 'Город', 'Телефон'],
      ['Ромашка', 'Тверь', '84950000001'],
    ]),
  ).toEqual(['name', 'region', 'phone'])
})

test('the sheet with clients is chosen, a hidden one only when there is no other', () => {
  const clients = [
    ['Клиент', 'Телефон'],
    ['Ромашка', '84950000001'],
  ]
  const notes = [['Прочти меня'], ['это справка']]
  expect(proposeMapping([sample(notes, 0), sample(clients, 1), sample(clients, 2, true)]).mapping.sheet).toBe(
    1,
  )
  expect(proposeMapping([sample(notes, 0), sample(clients, 1, true)]).mapping.sheet).toBe(1)
})

test('titles of groups between rows are noticed', () => {
  const lines = [['Наименование', 'ИНН', 'Телефон']]
  for (let at = 0; at < 8; at++) lines.push([`Клиент ${at}`, '7700000016', '84950000001'])
  expect(proposeMapping([sample(lines)]).mapping.groupRows).toBe(false)
  expect(
    proposeMapping([sample([lines[0]!, ['Розница', '', ''], ...lines.slice(1)])]).mapping.groupRows,
  ).toBe(true)
})

const goods = [
  ['Наименование', 'Артикул', 'Цена', 'Остаток'],
  ['Часы наручные', 'A-1', '1200', '4'],
]
const numbers = [
  ['Number', 'Square'],
  ['1', '1'],
  ['2', '4'],
]
const budget = [
  ['Наименование показателя', 'Код', 'Сумма'],
  ['Доходы бюджета всего', '010', '57020'],
]
const form = [
  ['Name:', '', 'Date of birth:'],
  ['Business telephone:', '', 'Fax:'],
  ['Mobile phone:', '', 'E-mail:'],
  ['Job title:', 'manager'],
  ['Company:', 'Acme'],
]
const slots = [
  ['№', 'Дата', 'Статус', 'ФИО', 'Телефон'],
  ['1', '2024-03-01', 'Свободно', '', ''],
  ['2', '2024-03-02', 'Свободно', '', ''],
]
test.each([
  ['table.nothing-recognised', goods],
  ['table.nothing-recognised', numbers],
  ['table.nothing-recognised', budget],
  ['table.nothing-recognised', [['Петров Пётр 9160000001'], ['Кострома'], ['и ещё слова']]],
  ['table.form', form],
  ['table.nobody-named', slots],
  ['table.no-rows', [['Клиент', 'Телефон']]],
])('%s, and the table is shown as far as it was understood', (code, lines) => {
  const { mapping, problem } = proposeMapping([sample(lines)])
  expect(problem).toBe(code)
  expect(mapping.columns.length).toBe(lines[0]!.length)
})

test('a file without any row is refused', () => {
  expect(() => proposeMapping([sample([])])).toThrow(expect.objectContaining({ code: 'table.no-rows' }))
})

test('a chosen sheet and header get their columns proposed, and what a person says of columns stands', () => {
  const lines = [
    ['Список', ''],
    ['x', 'y'],
    ['Клиент', 'Телефон'],
    ['ООО "Ромашка"', '8 916 301-42-18'],
  ]
  const samples = [sample(goods, 0), sample(lines, 1)]
  const proposed = completeMapping({ sheet: 1 }, samples)
  expect(proposed).toMatchObject({ problem: null, mapping: { sheet: 1, headerRow: 3 } })
  expect(proposed.mapping.columns.map(({ target }) => target)).toEqual(['name', 'phone'])
  expect(
    completeMapping({ sheet: 1, headerRow: 2 }, samples).mapping.columns.map(({ header }) => header),
  ).toEqual(['x', 'y'])
  expect(completeMapping({ sheet: 0 }, samples).problem).toBe('table.nothing-recognised')
  const { columns } = completeMapping({ sheet: 0, headerRow: null }, samples).mapping
  expect(completeMapping({ sheet: 0, headerRow: null, columns }, samples)).toMatchObject({
    problem: null,
    mapping: { headerRow: null, columns },
  })
})
