import { type RepeatDraft, weekdayOf } from '#features/activities/recurrence.ts'
import { formatDayInWords } from '#web/format.ts'
import { shownLanguage, t, type WordKey } from '#web/i18n/translation.ts'

/** More exceptions than this are counted. */
const mostNamed = 3

/**
 * «каждые 2 недели по понедельникам и средам, до 31 декабря, кроме 7 декабря».
 * @param from the day it began on, which says the weekday or the date where the rule does not
 */
export function repeatInWords(rule: RepeatDraft, from: string): string {
  return [rhythm(rule, from), ...bounds(rule)].join(', ')
}

function rhythm({ every, interval, weekdays }: RepeatDraft, from: string): string {
  const count = interval
  if (every === 'weekday') return t('activities.said-weekdays')
  if (every === 'day') return counted('activities.said-days', count)
  if (every === 'week') {
    const days = listed(
      (weekdays ?? [weekdayOf(from)]).toSorted().map((day) => t(`activities.said-on-${day}` as WordKey)),
    )
    return count === 1
      ? t('activities.said-on', { days })
      : `${counted('activities.said-weeks', count)} ${t('activities.said-on', { days })}`
  }
  if (every === 'year') return `${counted('activities.said-years', count)}, ${dayOfYear(from)}`
  const day = Number(from.slice(8))
  return [
    `${counted('activities.said-months', count)} ${t('activities.said-date', { day })}`,
    ...(day > 28 ? [t('activities.said-short-months')] : []),
  ].join(', ')
}

const bounds = ({ until, count, except = [] }: RepeatDraft): string[] => [
  ...(until == null ? [] : [t('activities.said-until', { day: formatDayInWords(until) })]),
  ...(count == null ? [] : [t('activities.said-times', { count })]),
  ...(except.length === 0
    ? []
    : [
        t('activities.said-except', {
          days:
            except.length > mostNamed
              ? t('activities.said-except-days', { count: except.length })
              : listed(except.toSorted().map(formatDayInWords)),
        }),
      ]),
]

/** Of one, the number is not said: «каждый день». */
const counted = (key: `activities.said-${'days' | 'weeks' | 'months' | 'years'}`, count: number) =>
  count === 1 ? t(`${key}-each`) : t(key, { count })

const listed = (names: string[]) => new Intl.ListFormat(locale(), { type: 'conjunction' }).format(names)

const dayOfYear = (day: string) =>
  new Intl.DateTimeFormat(locale(), {
    day: 'numeric',
    month: 'long',
    timeZone: 'UTC',
  }).format(new Date(day))

const locale = () => (shownLanguage() === 'ru' ? 'ru-RU' : 'en-GB')
