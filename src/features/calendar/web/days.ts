import { dayAfter } from '#features/activities/when.ts'

export const spans = ['day', 'week', 'month'] as const
export type Span = (typeof spans)[number]

/** Monday of the week of a day. */
export const mondayOf = (day: string) => dayAfter(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7))

/** The days a span shows around a day: of a month, whole weeks. */
export function daysOf(span: Span, day: string): string[] {
  if (span === 'day') return [day]
  if (span === 'week') return run(mondayOf(day), 7)
  const first = mondayOf(`${day.slice(0, 7)}-01`)
  const last = dayAfter(monthsOn(`${day.slice(0, 7)}-01`, 1), -1)
  const weeks = Math.ceil(((Date.parse(last) - Date.parse(first)) / 86_400_000 + 1) / 7)
  return run(first, weeks * 7)
}

/** The day a step forth or back leads to. */
export function stepFrom(span: Span, day: string, by: 1 | -1): string {
  if (span === 'month') return monthsOn(`${day.slice(0, 7)}-01`, by)
  return dayAfter(day, span === 'week' ? 7 * by : by)
}

const run = (first: string, count: number) => Array.from({ length: count }, (_, at) => dayAfter(first, at))

const monthsOn = (firstOfMonth: string, months: number) => {
  const [year, month] = firstOfMonth.split('-').map(Number) as [number, number]
  return new Date(Date.UTC(year, month - 1 + months, 1)).toISOString().slice(0, 10)
}

export const minutesOf = (time: string) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
export const timeOf = (minutes: number) =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`

/** Moved by so many minutes, but not over the ends of its day; midnight itself would be the whole day. */
export const shiftTime = (time: string, by: number) =>
  timeOf(Math.min(23 * 60 + 45, Math.max(15, minutesOf(time) + by)))

/** Minutes an entry takes on the screen: plans have a beginning only. */
export const shownLength = 30

export interface Placed<T> {
  item: T
  /** Minutes of the day. */
  start: number
  /** Which of so many columns side by side. */
  lane: number
  lanes: number
}

/** Entries of one day side by side where they would cover each other; each takes `length` minutes on the screen. */
export function placed<T>(items: readonly T[], startOf: (item: T) => number, length: number): Placed<T>[] {
  const sorted = items.map((item) => ({ item, start: startOf(item) })).toSorted((a, b) => a.start - b.start)
  const result: Placed<T>[] = []
  let group: Placed<T>[] = []
  let groupEnd = -1
  const close = () => {
    const lanes = Math.max(0, ...group.map(({ lane }) => lane + 1))
    for (const one of group) one.lanes = lanes
    group = []
  }
  for (const { item, start } of sorted) {
    if (start >= groupEnd) close()
    const busy = new Set(group.filter((one) => one.start + length > start).map(({ lane }) => lane))
    let lane = 0
    while (busy.has(lane)) lane++
    const one = { item, start, lane, lanes: 1 }
    group.push(one)
    result.push(one)
    groupEnd = Math.max(groupEnd, start + length)
  }
  close()
  return result
}
