import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayAfter, isOverdue, momentOf, nextMonday, todayIn, wallOf } from './when.ts'

const zones = ['Europe/Moscow', 'Asia/Vladivostok', 'Europe/Kaliningrad', 'America/New_York', 'Asia/Kolkata']

describe('a wall clock and its moment', () => {
  test.each([
    ['2026-03-09', '14:05', 'Europe/Moscow', '2026-03-09T11:05:00.000Z'],
    ['2026-03-09', null, 'Europe/Moscow', '2026-03-08T21:00:00.000Z'],
    ['2026-01-01', '09:00', 'Asia/Vladivostok', '2025-12-31T23:00:00.000Z'],
    ['2026-07-01', '09:00', 'America/New_York', '2026-07-01T13:00:00.000Z'],
    ['2026-12-01', '09:00', 'America/New_York', '2026-12-01T14:00:00.000Z'],
  ])('%s %s in %s', (day, time, zone, moment) => {
    expect(momentOf({ day, time }, zone)).toBe(moment)
    expect(wallOf(moment, zone)).toEqual({ day, time })
  })

  test('every office hour survives the way there and back', () => {
    const minutes = fc.integer({ min: 6 * 60, max: 23 * 60 + 59 })
    const days = fc.integer({ min: 0, max: 4000 }).map((n) => dayAfter('2024-01-01', n))
    fc.assert(
      fc.property(days, minutes, fc.constantFrom(...zones), (day, minute, zone) => {
        const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`
        expect(wallOf(momentOf({ day, time }, zone), zone)).toEqual({ day, time })
      }),
    )
  })
})

test('a plan for a day is overdue when the day is over, a plan for an hour when the hour is', () => {
  const at = (text: string) => new Date(text)
  const day = momentOf({ day: '2026-03-09', time: null }, 'Europe/Moscow')
  expect(isOverdue(day, 'Europe/Moscow', at('2026-03-09T20:59:00Z'))).toBe(false)
  expect(isOverdue(day, 'Europe/Moscow', at('2026-03-09T21:00:00Z'))).toBe(true)
  const hour = momentOf({ day: '2026-03-09', time: '14:00' }, 'Europe/Moscow')
  expect(isOverdue(hour, 'Europe/Moscow', at('2026-03-09T10:59:00Z'))).toBe(false)
  expect(isOverdue(hour, 'Europe/Moscow', at('2026-03-09T11:01:00Z'))).toBe(true)
})

test('today is another day in another zone', () => {
  const now = new Date('2026-03-09T22:30:00Z')
  expect(todayIn('Europe/Moscow', now)).toBe('2026-03-10')
  expect(todayIn('Europe/London', now)).toBe('2026-03-09')
})

test.each([
  ['2026-11-23', '2026-11-30'],
  ['2026-11-27', '2026-11-30'],
  ['2026-11-29', '2026-11-30'],
])('the Monday after %s is %s', (day, monday) => {
  expect(nextMonday(day)).toBe(monday)
})
