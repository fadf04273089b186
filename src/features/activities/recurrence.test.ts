import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { comingDays, movedRule, nextDay, type Repeat } from './recurrence.ts'
import { dayAfter } from './when.ts'

const rule = (more: Partial<Repeat>): Repeat => ({
  every: 'day',
  interval: 1,
  from: '2026-01-31',
  time: null,
  ...more,
})

/** The days of a rule, one after the other. */
function series(given: Partial<Repeat>, many = 6): string[] {
  const days = [rule(given).from]
  while (days.length < many) {
    const next = nextDay(rule(given), days.at(-1)!, days.length)
    if (next === null) break
    days.push(next)
  }
  return days
}

describe('days of a series', () => {
  test('the 31st falls on the last day of a shorter month and comes back to the 31st', () => {
    expect(series({ every: 'month' })).toEqual([
      '2026-01-31',
      '2026-02-28',
      '2026-03-31',
      '2026-04-30',
      '2026-05-31',
      '2026-06-30',
    ])
  })

  test('29 February of a leap year is 28 February of the others', () => {
    expect(series({ every: 'year', from: '2028-02-29' }, 5)).toEqual([
      '2028-02-29',
      '2029-02-28',
      '2030-02-28',
      '2031-02-28',
      '2032-02-29',
    ])
  })

  test('weekdays leave out Saturday and Sunday', () => {
    expect(series({ every: 'weekday', from: '2026-11-26' })).toEqual([
      '2026-11-26',
      '2026-11-27',
      '2026-11-30',
      '2026-12-01',
      '2026-12-02',
      '2026-12-03',
    ])
  })

  test('every second week stays on its weeks, also after a gap', () => {
    const given = rule({ every: 'week', interval: 2, from: '2026-11-02' })
    expect(nextDay(given, '2026-11-02', 1)).toBe('2026-11-16')
    expect(nextDay(given, '2026-12-20', 2)).toBe('2026-12-28')
  })

  test('several days of a week, of every second week too, from the day it began on', () => {
    expect(series({ every: 'week', weekdays: [1, 3, 5], from: '2026-11-25' })).toEqual([
      '2026-11-25',
      '2026-11-27',
      '2026-11-30',
      '2026-12-02',
      '2026-12-04',
      '2026-12-07',
    ])
    expect(series({ every: 'week', interval: 2, weekdays: [5, 1], from: '2026-11-27' }, 4)).toEqual([
      '2026-11-27',
      '2026-12-07',
      '2026-12-11',
      '2026-12-21',
    ])
  })

  test('a series ends by its day or by its number', () => {
    expect(series({ until: '2026-02-02' })).toEqual(['2026-01-31', '2026-02-01', '2026-02-02'])
    expect(series({ count: 2 })).toEqual(['2026-01-31', '2026-02-01'])
  })

  test('an exception is left out; a rule of nothing but exceptions ends', () => {
    expect(series({ except: ['2026-02-01'] }, 3)).toEqual(['2026-01-31', '2026-02-02', '2026-02-03'])
    const days = Array.from({ length: 3 }, (_, day) => dayAfter('2026-01-31', day + 1))
    expect(nextDay(rule({ except: days, until: '2026-02-03' }), '2026-01-31', 1)).toBeNull()
  })

  test('the coming days show what is left out too, and no more than there are', () => {
    const given = rule({ every: 'day', count: 4, except: ['2026-02-02'] })
    expect(comingDays(given, '2026-01-31', 1, 10)).toEqual([
      '2026-02-01',
      '2026-02-02',
      '2026-02-03',
      '2026-02-04',
    ])
    expect(comingDays(rule({ until: '2026-02-02' }), '2026-01-31', 1, 10)).toEqual([
      '2026-02-01',
      '2026-02-02',
    ])
    expect(comingDays(rule({}), '2026-01-31', 1, 2)).toEqual(['2026-02-01', '2026-02-02'])
  })

  test('a whole row moves: to another hour, another date, another of its weekdays', () => {
    const days = rule({ every: 'week', weekdays: [1, 3], from: '2026-11-23' })
    expect(movedRule(days, '2026-11-25', { day: '2026-11-26', time: '15:00' })).toMatchObject({
      from: '2026-11-26',
      time: '15:00',
      weekdays: [1, 4],
    })
    expect(movedRule(days, '2026-11-25', { day: '2026-11-30', time: null }).weekdays).toEqual([1])
    const month = movedRule(rule({ every: 'month' }), '2026-02-28', { day: '2026-03-15', time: null })
    expect(nextDay(month, '2026-03-15', 3)).toBe('2026-04-15')
  })

  test('what was late by years is found at once, and always lies after', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('day', 'weekday', 'week', 'month', 'year' as const),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 0, max: 4000 }),
        fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), { nil: undefined }),
        (every, interval, late, weekdays) => {
          const given = rule({ every, interval, weekdays })
          const after = dayAfter(given.from, late)
          const next = nextDay(given, after, 1)!
          expect(next > after).toBe(true)
          // Nothing of the rule lies between.
          const found: string[] = []
          for (let day = given.from, n = 0; day <= next && n < 5000; n++) {
            found.push(day)
            const following = nextDay(given, day, 1)!
            day = following
          }
          expect(found).toContain(next)
          expect(found.filter((day) => day > after)).toEqual([next])
        },
      ),
      { numRuns: 60 },
    )
  })
})
