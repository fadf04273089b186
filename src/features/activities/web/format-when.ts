import { dayAfter, todayIn, wallOf } from '#features/activities/when.ts'
import { formatDayInWords } from '#web/format.ts'
import { t } from '#web/i18n/translation.ts'

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
