import { beforeEach, describe, expect, test } from 'vitest'
import type { RepeatDraft } from '#features/activities/recurrence.ts'
import { setFormatLanguage } from '#web/format.ts'
import type { Language } from '#web/i18n/language.ts'
import { showWords } from '#web/i18n/translation.ts'
import { repeatInWords } from './repeat-words.ts'
import { en } from './words.en.ts'
import { ru } from './words.ru.ts'

const rule = (more: Partial<RepeatDraft>): RepeatDraft => ({ every: 'week', interval: 1, ...more })
// A Monday of another year than any this test may run in, so that the year is said.
const monday = '2040-01-09'

const cases: [Partial<RepeatDraft>, string, string][] = [
  [{ every: 'day' }, 'каждый день', 'every day'],
  [{ every: 'day', interval: 3 }, 'каждые 3 дня', 'every 3 days'],
  [{ every: 'day', interval: 21 }, 'каждый 21 день', 'every 21 days'],
  [{ every: 'weekday' }, 'по будням', 'on weekdays'],
  [{}, 'по понедельникам', 'on Mondays'],
  [{ weekdays: [5, 1, 3] }, 'по понедельникам, средам и пятницам', 'on Mondays, Wednesdays and Fridays'],
  [
    { interval: 2, weekdays: [2, 4] },
    'каждые 2 недели по вторникам и четвергам',
    'every 2 weeks on Tuesdays and Thursdays',
  ],
  [{ every: 'month' }, 'каждый месяц 9-го числа', 'every month on day 9'],
  [{ every: 'month', interval: 3 }, 'каждые 3 месяца 9-го числа', 'every 3 months on day 9'],
  [{ every: 'year' }, 'каждый год, 9 января', 'every year, 9 January'],
  [{ count: 2 }, 'по понедельникам, всего 2 раза', 'on Mondays, 2 times in all'],
  [
    { until: '2040-03-01', except: ['2040-01-23'] },
    'по понедельникам, до 1 марта 2040 г., кроме 23 января 2040 г.',
    'on Mondays, until 1 March 2040, except 23 January 2040',
  ],
  [
    { except: ['2040-01-16', '2040-01-23', '2040-01-30', '2040-02-06'] },
    'по понедельникам, кроме 4 дней',
    'on Mondays, except 4 days',
  ],
]

describe.each(['ru', 'en'] as const)('a rule in words, %s', (language: Language) => {
  beforeEach(() => {
    setFormatLanguage(language)
    showWords(language, { activities: language === 'ru' ? ru : en })
  })
  test.each(cases)('%j', (more, russian, english) => {
    expect(repeatInWords(rule(more), monday)).toBe(language === 'ru' ? russian : english)
  })
  test('the 31st tells what becomes of shorter months', () => {
    expect(repeatInWords(rule({ every: 'month' }), '2040-01-31')).toBe(
      language === 'ru'
        ? 'каждый месяц 31-го числа, в коротких месяцах в последний день'
        : 'every month on day 31, on the last day of shorter months',
    )
  })
})
