import { expect, test } from 'vitest'
import { byName, parseFlag, parseNumber } from './typed-values.ts'

test.each([
  ['1234', 1234],
  ['1 234,50', 1234.5],
  ['1\u00a0234\u202f567', 1_234_567],
  ['1,234.50', 1234.5],
  ['1.234,50', 1234.5],
  ['0,5', 0.5],
  ['0.5', 0.5],
  ['−7', -7],
  ['12 шт', null],
  ['', null],
  ['1e5', null],
])('the number in %j is %s', (text, number) => {
  expect(parseNumber(text)).toBe(number)
})

test.each([
  ['Да', true],
  ['нет', false],
  ['TRUE', true],
  ['ЛОЖЬ', false],
  ['1', true],
  ['—', false],
  ['может быть', null],
])('%j says %s', (text, said) => {
  expect(parseFlag(text)).toBe(said)
})

test('a name is found in any case; one that two bear is nobody’s', () => {
  const people = [{ name: 'Пётр Иванов' }, { name: 'пётр иванов' }, { name: 'Анна' }]
  expect(byName(people, 'АННА', ({ name }) => name)).toEqual({ name: 'Анна' })
  expect(byName(people, 'Пётр Иванов', ({ name }) => name)).toEqual({ name: 'Пётр Иванов' })
  expect(byName(people, 'ПЁТР ИВАНОВ', ({ name }) => name)).toBeNull()
})
