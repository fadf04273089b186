import { t } from '#web/i18n/translation.ts'
import type { Activity } from '#features/activities/contract.ts'
import { dayAfter, todayIn, wallOf } from '#features/activities/when.ts'
import { formatDayInWords } from '#web/format.ts'
import type { Me } from '#web/session.ts'

/** `сегодня, 14:00`, `завтра`, `9 марта, 14:00` by the clock of a zone; midnight is a whole day. */
export function formatWhen(moment: string, zone: string): string {
  const { day, time } = wallOf(moment, zone)
  return time === null ? dayInWords(day, zone) : `${dayInWords(day, zone)}, ${time}`
}

function dayInWords(day: string, zone: string): string {
  const today = todayIn(zone)
  if (day === today) return t('activities.today').toLocaleLowerCase()
  if (day === dayAfter(today, 1)) return t('activities.tomorrow').toLocaleLowerCase()
  return formatDayInWords(day)
}

/** The clock an entry is told by: a call of a certain hour by the person's own, anything else by the company's. */
export function zoneOf({ at, kind }: Pick<Activity, 'at' | 'kind'>, me: Me): string {
  const isTimed = wallOf(at, me.company.timeZone).time !== null
  return kind === 'call' && isTimed ? (me.timeZone ?? me.company.timeZone) : me.company.timeZone
}

/**
 * The hour of a call where the client is, `18:00` or `завтра, 02:00`; null for a whole day of the company and where his clock shows the same.
 */
export function clientClock(
  { at, kind, clientTimeZone }: Pick<Activity, 'at' | 'kind' | 'clientTimeZone'>,
  shownIn: string,
  companyZone: string,
): string | null {
  if (kind !== 'call' || !clientTimeZone || wallOf(at, companyZone).time === null) return null
  const here = wallOf(at, shownIn)
  const there = wallOf(at, clientTimeZone)
  if (here.day === there.day && here.time === there.time) return null
  const time = there.time ?? '00:00'
  return here.day === there.day ? time : `${formatDayInWords(there.day)}, ${time}`
}
