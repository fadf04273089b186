import { describe, expect, test } from 'vitest'
import { parsePersonName } from './person-names.ts'

type Row = [
  raw: string,
  last: string | null,
  first: string | null,
  middle: string | null,
  gender: 'male' | 'female' | null,
  note?: string,
]

describe('order, case and notes', () => {
  test.each<Row>([
    ['Иванова Мария Ильинична (бух.)', 'Иванова', 'Мария', 'Ильинична', 'female', 'бух.'],
    ['Иван Иванович Рабинович', 'Рабинович', 'Иван', 'Иванович', 'male'],
    ['Рабинович Абрам Маркович', 'Рабинович', 'Абрам', 'Маркович', 'male'],
    ['Иванов, Иван Ильич', 'Иванов', 'Иван', 'Ильич', 'male'],
    ['ИВАНОВ ИВАН ИЛЬИЧ', 'Иванов', 'Иван', 'Ильич', 'male'],
    ['салтыков-щедрин михаил евграфович', 'Салтыков-Щедрин', 'Михаил', 'Евграфович', 'male'],
    ['Алиев Вагиф Гасан оглы', 'Алиев', 'Вагиф', 'Гасан оглы', 'male'],
    ['Мария Ильинична', null, 'Мария', 'Ильинична', 'female'],
    ['Никита Белов', 'Белов', 'Никита', null, 'male'],
    ['петров пётр', 'Петров', 'Пётр', null, 'male'],
    ['Абрамович Роман', 'Абрамович', 'Роман', null, 'male'],
    ['Иванов И.И.', 'Иванов', 'И.', 'И.', 'male'],
    ['И.И.Иванов', 'Иванов', 'И.', 'И.', 'male'],
    ['гл. бухгалтер Иванова М.И.', 'Иванова', 'М.', 'И.', 'female', 'гл. бухгалтер'],
    ['Иванова Мария - менеджер', 'Иванова', 'Мария', null, 'female', 'менеджер'],
    ['Иванов Иван Ильич 8-916-000-00-01', 'Иванов', 'Иван', 'Ильич', 'male', '8-916-000-00-01'],
    ['Алекcандр', null, 'Александр', null, 'male'],
    ['отдел продаж', null, null, null, null, 'отдел продаж'],
    ['', null, null, null, null],
  ])('%j', (raw, lastName, firstName, middleName, gender, note = null as never) => {
    expect(parsePersonName(raw)).toMatchObject({ lastName, firstName, middleName, gender, note })
  })
})

test('where evidence of the gender disagrees nobody is guessed', () => {
  expect(parsePersonName('Иванов Мария').gender).toBeNull()
  expect(parsePersonName('Иванова Иван Ильинична').gender).toBeNull()
  expect(parsePersonName('Саша').gender).toBeNull()
})

test('an order that nothing confirms is of low confidence', () => {
  expect(parsePersonName('Ким Чен Ын').confidence).toBe('low')
  expect(parsePersonName('Иванов Иван Ильич').confidence).toBe('high')
})

test('mixed case is left as the person wrote it', () => {
  expect(parsePersonName('фон Дервиз Карл Иванович').display).toContain('Дервиз')
  expect(parsePersonName('МакДональд Рональд').lastName).toBe('МакДональд')
})
