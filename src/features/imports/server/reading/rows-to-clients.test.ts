import { expect, test } from 'vitest'
import { proposeMapping } from './propose-mapping.ts'
import { rowToClient } from './rows-to-clients.ts'
import { rowsOf } from './testing-files.ts'

/** The results of all rows below the header, by the mapping proposed for them. */
function convert(lines: string[][]) {
  const rows = rowsOf(lines)
  const { mapping } = proposeMapping([{ index: 0, sheet: { name: '', hidden: false }, format: 'xlsx', rows }])
  return rows.slice(1).map(({ number, cells }) => rowToClient(mapping, number, cells, { cityCode: '495' }))
}

const only = (lines: string[][]) => convert(lines)[0]!

test('several phones and e-mails of a cell become contacts, each with its verdict', () => {
  const { draft, cells } = only([
    ['Клиент', 'Телефон', 'E-mail'],
    ['ООО "Ромашка"', '8 (495) 730-42-61, 8 916 301-42-18', 'info@example@@'],
  ])
  expect(draft!.contacts.map(({ kind, normalized }) => [kind, normalized])).toEqual([
    ['phone', '+74957304261'],
    ['phone', '+79163014218'],
    ['email', null],
  ])
  expect(cells.map(({ index, verdict }) => [index, verdict])).toEqual([
    [0, 'ok'],
    [1, 'ok'],
    [2, 'junk'],
  ])
})

test('a bad value is kept as entered', () => {
  const { draft } = only([
    ['Клиент', 'ИНН', 'Телефон'],
    ['Ромашка', '7700000017', '12'],
  ])
  expect(draft).toMatchObject({ inn: '7700000017', innHolds: false })
  expect(draft!.contacts).toMatchObject([{ kind: 'phone', value: '12', verdict: 'junk' }])
})

test('an ИНН that Excel spoiled is repaired, and ИНН/КПП in one cell parted', () => {
  const [first, second] = convert([
    ['Клиент', 'ИНН'],
    ['Ромашка', '7700000016.0'],
    ['Лютик', '7700000016/770001001'],
  ])
  expect(first!.draft).toMatchObject({ inn: '7700000016', innHolds: true, entered: { inn: '7700000016.0' } })
  expect(second!.draft).toMatchObject({ inn: '7700000016', kpp: '770001001' })
})

test('a person without a company is the client himself, with his birthday kept', () => {
  const { draft } = only([
    ['Фамилия', 'Имя', 'Отчество', 'Дата рождения', 'Телефон'],
    ['Петров', 'Пётр', 'Ильич', '05.03.1980', '8 916 234-56-78'],
  ])
  expect(draft).toMatchObject({ kind: 'person', name: 'Петров Пётр Ильич' })
  expect(draft!.contacts).toHaveLength(1)
  expect(draft!.people).toMatchObject([{ name: 'Петров Пётр Ильич', birthday: '1980-03-05', contacts: [] }])
})

test('several people in one cell are several people', () => {
  const { draft } = only([
    ['Клиент', 'Контактное лицо', 'Телефон'],
    ['Ромашка', 'Петров Пётр Ильич; Иванова Анна Ильинична', '84951234567'],
  ])
  expect(draft!.people.map(({ name }) => name)).toEqual(['Петров Пётр Ильич', 'Иванова Анна Ильинична'])
})

test('a phone beside a name is that person’s', () => {
  const { draft } = only([
    ['Клиент', 'Контактное лицо', 'E-mail'],
    ['Ромашка', 'Анна 8-916-234-56-78', 'a@example.ru'],
  ])
  expect(draft!.people).toMatchObject([{ name: 'Анна', contacts: [{ normalized: '+79162345678' }] }])
})

test('a whole name squeezed into the column of surnames is read as such', () => {
  const [first, second] = convert([
    ['lastname', 'firstname', 'surname', 'organization', 'phone'],
    ['Усов Олег Ильич', '', '', 'Ромашка', '84951234567'],
    ['Наркаев', 'Вячеслав Рифович', '', 'Лютик', '84951234568'],
  ])
  expect(first!.draft!.people).toMatchObject([{ lastName: 'Усов', firstName: 'Олег', middleName: 'Ильич' }])
  expect(second!.draft!.people).toMatchObject([
    { lastName: 'Наркаев', firstName: 'Вячеслав', middleName: 'Рифович' },
  ])
})

test('parts of an address are joined once, labels keep addresses apart', () => {
  const { draft } = only([
    ['Клиент', 'Индекс', 'Город', 'Адрес', 'Юр. адрес'],
    ['Ромашка', '170000', 'Тверь', 'г. Тверь, ул. Полевая, д. 1', 'г. Тула, ул. Речная, д. 2'],
  ])
  expect(draft!.contacts.map(({ label, value }) => [label, value])).toEqual([
    [null, '170000, г. Тверь, ул. Полевая, д. 1'],
    ['юридический', 'г. Тула, ул. Речная, д. 2'],
  ])
})

test('a cell of mixed contacts is taken apart', () => {
  const { draft } = only([
    ['Клиент', 'Контакты'],
    ['Ромашка', 'тел. 8 (495) 123-45-67, info@example.ru, www.example.ru'],
  ])
  expect(draft!.contacts.map(({ kind }) => kind).toSorted()).toEqual(['email', 'phone', 'website'])
})

test('what has no field goes into the comment', () => {
  const { draft } = only([
    ['Клиент', 'Отрасль', 'Должность', 'Телефон', 'Дата создания'],
    ['Ромашка', 'Цветы', 'бухгалтер', '84951234567', '2024-05-06'],
  ])
  expect(draft).toMatchObject({ comment: 'Отрасль: Цветы\nбухгалтер', createdAt: '2024-05-06', people: [] })
})

test('totals, groups, repeated headers and nameless rows are no clients', () => {
  const header = ['Наименование', 'ИНН', 'Телефон']
  const results = convert([
    header,
    ['Розница', '', ''],
    ...Array.from({ length: 6 }, (_, at) => [`Клиент ${at}`, '7700000016', '84951234567']),
    header,
    ['', '7700000016', '84951234567'],
    ['Итого: 6', '', ''],
  ])
  expect(results.map(({ skip, problem }) => skip ?? problem)).toEqual([
    'group',
    ...Array.from({ length: 6 }, () => null),
    'header',
    'row.nobody-named',
    'total',
  ])
})

test('accounts stand with their bank', () => {
  const { draft } = only([
    ['Клиент', 'Р/с', 'БИК', 'Банк', 'К/с'],
    ['Ромашка', '40702810200000000001', '044525225', 'Сбербанк', '30101810400000000225'],
  ])
  expect(draft!.accounts).toEqual([
    {
      account: '40702810200000000001',
      bic: '044525225',
      bank: 'Сбербанк',
      corrAccount: '30101810400000000225',
    },
  ])
})

test('text read in a wrong code page is read again', () => {
  const { draft } = only([
    ['Клиент', 'Телефон'],
    [Buffer.from('Ромашка').toString('latin1'), '84951234567'],
  ])
  expect(draft!.name).toBe('Ромашка')
})
