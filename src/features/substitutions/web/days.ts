import { dayAfter, momentOf, wallOf } from '#features/activities/when.ts'

/** First and last day of an absence, as people say it, by the company's clock. */
export interface Days {
  first: string
  last: string
}

/** An absence of whole days lasts until the midnight after the last one. */
export const momentsOf = ({ first, last }: Days, zone: string) => ({
  from: momentOf({ day: first, time: null }, zone),
  to: momentOf({ day: dayAfter(last, 1), time: null }, zone),
})

/** What ends at midnight has the day before as its last. */
export function daysOf({ from, to }: { from: string; to: string }, zone: string): Days {
  const end = wallOf(to, zone)
  return { first: wallOf(from, zone).day, last: end.time === null ? dayAfter(end.day, -1) : end.day }
}

/** Where a bar of these days stands among `count` days from `start`, in shares of the width; null: outside. */
export function barOf({ first, last }: Days, start: string, count: number) {
  const at = (day: string) => Math.round((Date.parse(day) - Date.parse(start)) / 86_400_000)
  const from = Math.max(0, at(first))
  const to = Math.min(count, at(last) + 1)
  return from >= to ? null : { left: from / count, width: (to - from) / count }
}
