import { expect, test } from 'vitest'
import { parseDay, parseMoment } from './days.ts'

test.each([
  ['2024-03-01', '2024-03-01'],
  ['2024-03-01T10:00:00', '2024-03-01'],
  ['01.11.1961', '1961-11-01'],
  ['1.2.80', '1980-02-01'],
  ['01/02/2024', '2024-02-01'],
  ['12/31/2024', '2024-12-31'],
  ['5 марта 1980 г.', '1980-03-05'],
  ['5 May 1980', '1980-05-05'],
  ['29.02.2024 12:00:00', '2024-02-29'],
  ['30.02.2024', null],
  ['31.13.2024', null],
  ['весной', null],
  ['12.5', null],
])('%s is the day %s', (text, day) => {
  expect(parseDay(text)).toBe(day)
})

test('an instant keeps its clock', () => {
  expect(parseMoment('01.03.2024 9:05')).toBe('2024-03-01T09:05:00')
  expect(parseMoment('2024-03-01T10:00:04+03:00')).toBe('2024-03-01T10:00:04')
  expect(parseMoment('01.03.2024')).toBe('2024-03-01')
})
