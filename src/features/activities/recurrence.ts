import { z } from 'zod'
import { dayAfter } from './when.ts'

/** How a plan repeats. Days are calendar days of the company; the time of day is that of the plan itself. */
export const Repeat = z.object({
  every: z.enum(['day', 'weekday', 'week', 'month', 'year']),
  /** Of `week`: its days, 1 Monday … 7 Sunday; absent: the weekday it began on. */
  weekdays: z.array(z.number().int().min(1).max(7)).min(1).max(7).optional(),
  /** Every so many of them. */
  interval: z.number().int().min(1).max(60).default(1),
  /** The day of the first occurrence: a plan of the 31st stays one of the last day of shorter months. */
  from: z.iso.date(),
  /** `HH:MM`, or null for a whole day. */
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
    .nullable(),
  /** The last day it may fall on. */
  until: z.iso.date().nullish(),
  /** How many occurrences there are in all. */
  count: z.number().int().min(1).max(1000).nullish(),
  /** Days it leaves out. */
  except: z.array(z.iso.date()).max(500).optional(),
})
export type Repeat = z.output<typeof Repeat>

/** What a person says; where it begins, the plan's own due date tells. */
export const RepeatDraft = Repeat.omit({ from: true, time: true })
export type RepeatDraft = z.output<typeof RepeatDraft>

/** No series is looked through further than this: a rule whose every day is an exception ends. */
const mostSteps = 40_000

/**
 * The first day of a rule after a day.
 * @param occurrence number of the occurrence that was last, counted from 1
 * @returns null where the series ends
 */
export function nextDay(rule: Repeat, after: string, occurrence: number): string | null {
  if (rule.count != null && occurrence >= rule.count) return null
  for (let step = firstStep(rule, after); step < mostSteps; step++) {
    for (const day of daysOf(rule, step)) {
      if (rule.until && day > rule.until) return null
      if (day > after && fits(rule, day)) return day
    }
  }
  return null
}

/** So many of the days after a day, those it leaves out among them: they may be taken back in. */
export function comingDays(rule: Repeat, after: string, occurrence: number, many: number): string[] {
  const whole = { ...rule, except: [], count: null }
  const days: string[] = []
  let left = rule.count == null ? many : rule.count - occurrence
  for (let day = nextDay(whole, after, 0); day !== null && days.length < many;) {
    if (!rule.except?.includes(day) && left-- <= 0) break
    days.push(day)
    day = nextDay(whole, day, 0)
  }
  return days
}

/** The rule of a row whose occurrence of one day is moved to another day and time, and all that follow with it. */
export function movedRule(rule: Repeat, from: string, to: { day: string; time: string | null }): Repeat {
  const moved = { ...rule, from: to.day, time: to.time }
  if (!rule.weekdays) return moved
  const weekdays = [...rule.weekdays.filter((weekday) => weekday !== weekdayOf(from)), weekdayOf(to.day)]
  return { ...moved, weekdays: [...new Set(weekdays)].toSorted() }
}

/** Whether two rules fall on the same days, wherever they begin and end. */
export const sameRhythm = (one: RepeatDraft, other: RepeatDraft) =>
  one.every === other.every &&
  one.interval === other.interval &&
  String(one.weekdays ?? '') === String(other.weekdays ?? '')

const fits = ({ every, from, except }: Repeat, day: string) =>
  day >= from && !except?.includes(day) && !(every === 'weekday' && weekdayOf(day) > 5)

/** Steps that certainly lie before the day asked for are not walked one by one. */
function firstStep({ every, interval, from }: Repeat, after: string): number {
  const days = (Date.parse(after) - Date.parse(from)) / 86_400_000
  const longest = { day: 1, weekday: 1, week: 7, month: 31, year: 366 }[every]
  return Math.max(0, Math.floor(days / (longest * (every === 'weekday' ? 1 : interval))))
}

function daysOf({ every, interval, from, weekdays }: Repeat, step: number): string[] {
  if (every === 'weekday') return [dayAfter(from, step)]
  if (every === 'day') return [dayAfter(from, step * interval)]
  if (every !== 'week') return [monthsAfter(from, step * interval * (every === 'year' ? 12 : 1))]
  const days = weekdays ?? [weekdayOf(from)]
  return days.toSorted().map((day) => dayAfter(from, step * interval * 7 + day - weekdayOf(from)))
}

/** The same day some months later; in a month that is too short its last day. */
function monthsAfter(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, lastOfMonth))).toISOString().slice(0, 10)
}

/** 1 Monday … 7 Sunday. */
export const weekdayOf = (day: string) => new Date(`${day}T00:00:00Z`).getUTCDay() || 7
