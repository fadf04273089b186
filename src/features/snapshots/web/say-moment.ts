import { t } from '#web/i18n/translation.ts'
import { formatDayInWords, formatTime } from '#web/format.ts'

/** «25 ноября в 13:05». */
export const sayMoment = (iso: string) =>
  t('snapshots.moment', { day: formatDayInWords(iso), time: formatTime(iso) })
