import { expect, test } from 'vitest'
import { findHeader } from './find-header.ts'
import { rowsOf } from './testing-files.ts'

test('the header is found below titles, filters and dates of a report', () => {
  const header = findHeader(
    rowsOf([
      ['Список контрагентов'],
      ['Отбор: Менеджер Равно "Белова"', '', '01.02.2025'],
      ['', ''],
      ['Наименование', 'ИНН', 'Телефон', 'E-mail'],
      ['Ромашка', '7700000016', '84950000001', ''],
    ]),
  )
  expect(header).toEqual({ row: 4, titles: ['Наименование', 'ИНН', 'Телефон', 'E-mail'] })
})

test('a table that begins with data has no header', () => {
  const rows = rowsOf([
    ['ООО "Ромашка"', '8 495 000-00-01', 'a@example.test'],
    ['ООО "Лютик"', '8 495 000-00-02', 'b@example.test'],
    ['ИП Петров', '8 495 000-00-03', 'c@example.test'],
  ])
  expect(findHeader(rows).row).toBeNull()
})

test('groups above columns join their titles', () => {
  const header = findHeader(
    rowsOf([
      ['Организация', '', 'Контактное лицо', ''],
      ['Наименование', 'ИНН', 'ФИО', 'Телефон'],
      ['Ромашка', '7700000016', 'Пётр Ильич', '84950000001'],
    ]),
  )
  expect(header.row).toBe(2)
  expect(header.titles[3]).toBe('Контактное лицо Телефон')
})

test('columns below a merged title join it', () => {
  const header = findHeader(
    rowsOf([
      ['Наименование', 'ИНН', 'Телефоны', '', 'Адрес'],
      ['', '', 'рабочий', 'мобильный', ''],
      ['Ромашка', '7700000016', '84950000001', '89160000001', 'г. Тверь, ул. Полевая, 1'],
    ]),
  )
  expect(header).toEqual({
    row: 2,
    titles: ['Наименование', 'ИНН', 'Телефоны рабочий', 'Телефоны мобильный', 'Адрес'],
  })
})

test('numbers of columns below the header belong to it', () => {
  const header = findHeader(
    rowsOf([
      ['Контрагент', 'Телефон', 'Адрес'],
      ['1', '2', '3'],
      ['Ромашка', '84950000001', 'г. Тверь, ул. Полевая, 1'],
    ]),
  )
  expect(header.row).toBe(2)
})

test('cells of data that are header words do not make a header', () => {
  const rows = [['Организация', 'Должность', 'ФИО']]
  for (let at = 0; at < 5; at++) rows.push(['Офис', 'Менеджер', `Иванов Иван ${at}`])
  expect(findHeader(rowsOf(rows)).row).toBe(1)
})

test('headers nobody knows are words above values', () => {
  const header = findHeader(
    rowsOf([
      ['N_________', '*****', 'N_____2'],
      ['Ромашка', '5', '84950000001'],
      ['Лютик', '4', '84950000002'],
      ['Пион', '3', '84950000003'],
    ]),
  )
  expect(header.row).toBe(1)
})
