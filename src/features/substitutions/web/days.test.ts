import { expect, test } from 'vitest'
import { barOf, daysOf, momentsOf } from './days.ts'

test('whole days last until the midnight after the last one, by the company’s clock', () => {
  const moments = momentsOf({ first: '2026-03-09', last: '2026-03-10' }, 'Europe/Moscow')
  expect(moments).toEqual({ from: '2026-03-08T21:00:00.000Z', to: '2026-03-10T21:00:00.000Z' })
  expect(daysOf(moments, 'Europe/Moscow')).toEqual({ first: '2026-03-09', last: '2026-03-10' })
  expect(daysOf({ from: moments.from, to: '2026-03-10T09:00:00Z' }, 'Europe/Moscow').last).toBe('2026-03-10')
})

test('a bar is cut to the days shown', () => {
  expect(barOf({ first: '2026-03-08', last: '2026-03-10' }, '2026-03-09', 10)).toEqual({
    left: 0,
    width: 0.2,
  })
  expect(barOf({ first: '2026-03-30', last: '2026-03-31' }, '2026-03-09', 10)).toBe(null)
})
