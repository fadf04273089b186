import { describe, expect, test } from 'vitest'
import { daysOf, placed, shiftTime, stepFrom } from './days.ts'

describe('the days a calendar shows', () => {
  test('a month is its whole weeks, Monday first', () => {
    const november = daysOf('month', '2026-11-25')
    expect([november[0], november.at(-1), november.length]).toEqual(['2026-10-26', '2026-12-06', 42])
    const february = daysOf('month', '2027-02-10')
    expect([february[0], february.at(-1), february.length]).toEqual(['2027-02-01', '2027-02-28', 28])
  })

  test('a week begins on Monday, also from a Sunday', () => {
    expect(daysOf('week', '2026-11-29')[0]).toBe('2026-11-23')
    expect(daysOf('week', '2026-11-23')[0]).toBe('2026-11-23')
  })

  test('steps go by the span, over the end of the year', () => {
    expect(stepFrom('month', '2026-12-31', 1)).toBe('2027-01-01')
    expect(stepFrom('month', '2026-03-31', -1)).toBe('2026-02-01')
    expect(stepFrom('week', '2026-12-28', 1)).toBe('2027-01-04')
    expect(stepFrom('day', '2026-03-01', -1)).toBe('2026-02-28')
  })
})

test('a time moves within its day and never becomes the whole day', () => {
  expect(shiftTime('10:00', 30)).toBe('10:30')
  expect(shiftTime('00:30', -30)).toBe('00:15')
  expect(shiftTime('23:40', 30)).toBe('23:45')
})

test('entries that would cover each other stand side by side, the others take the whole width', () => {
  const found = placed([600, 615, 630, 700], (start) => start, 30)
  expect(found.map(({ start, lane, lanes }) => [start, lane, lanes])).toEqual([
    [600, 0, 2],
    [615, 1, 2],
    [630, 0, 2],
    [700, 0, 1],
  ])
})
