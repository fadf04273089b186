/** Wall clock of a moment: the calendar day, and the time or null where the whole day is meant. */
export interface Wall {
  /** `YYYY-MM-DD` */
  day: string
  /** `HH:MM`; null: the whole day. */
  time: string | null
}

const formats = new Map<string, Intl.DateTimeFormat>()

/** Milliseconds by which the clock of a zone is ahead of UTC at a moment. */
function offsetOf(zone: string, moment: number): number {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    })
    formats.set(zone, format)
  }
  const parts = Object.fromEntries(
    format.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
  )
  const wall = Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute, parts.second)
  return wall - Math.floor(moment / 1000) * 1000
}

/** The moment of a wall clock; without a time the day's beginning, which stands for the whole day. */
export function momentOf({ day, time }: Wall, zone: string): string {
  const asUtc = Date.parse(`${day}T${time ?? '00:00'}:00Z`)
  // Twice: the offset at the first guess may be that of the other side of a change of clocks.
  const guess = asUtc - offsetOf(zone, asUtc)
  return new Date(asUtc - offsetOf(zone, guess)).toISOString()
}

/** The wall clock of a moment; midnight is read as the whole day. */
export function wallOf(moment: string, zone: string): Wall {
  const at = Date.parse(moment)
  const text = new Date(at + offsetOf(zone, at)).toISOString()
  const time = text.slice(11, 16)
  return { day: text.slice(0, 10), time: time === '00:00' ? null : time }
}

/** A calendar day some days later. */
export const dayAfter = (day: string, days: number) =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** Today by the clock of a zone. */
export const todayIn = (zone: string, now: Date = new Date()) => wallOf(now.toISOString(), zone).day

/** The Monday after a day. */
export function nextMonday(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return dayAfter(day, (8 - weekday) % 7 || 7)
}

/** An open plan whose time, or whole day, is over. */
export function isOverdue(dueAt: string, zone: string, now: Date = new Date()): boolean {
  const { day, time } = wallOf(dueAt, zone)
  return time === null ? day < todayIn(zone, now) : Date.parse(dueAt) < now.getTime()
}
