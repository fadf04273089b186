import { ru as activities } from '#features/activities/web/words.ru.ts'
import { ru as alarms } from '#features/alarms/web/words.ru.ts'
import { ru as calendar } from '#features/calendar/web/words.ru.ts'
import { ru as canaries } from '#features/canaries/web/words.ru.ts'
import { ru as changes } from '#features/changes/web/words.ru.ts'
import { ru as clients } from '#features/clients/web/words.ru.ts'
import { ru as company } from '#features/company/web/words.ru.ts'
import { ru as daySheets } from '#features/day-sheets/web/words.ru.ts'
import { ru as distribution } from '#features/distribution/web/words.ru.ts'
import { ru as fillRequests } from '#features/fill-requests/web/words.ru.ts'
import { ru as files } from '#features/files/web/words.ru.ts'
import { ru as mail } from '#features/mail/web/words.ru.ts'
import { ru as masking } from '#features/masking/web/words.ru.ts'
import { ru as myDay } from '#features/my-day/web/words.ru.ts'
import { ru as imports } from '#features/imports/web/words.ru.ts'
import { ru as indicators } from '#features/indicators/web/words.ru.ts'
import { ru as handovers } from '#features/handovers/web/words.ru.ts'
import { ru as people } from '#features/people/web/words.ru.ts'
import { ru as reports } from '#features/reports/web/words.ru.ts'
import { ru as singleSignOn } from '#features/single-sign-on/web/words.ru.ts'
import { ru as signIns } from '#features/sign-ins/web/words.ru.ts'
import { ru as snapshots } from '#features/snapshots/web/words.ru.ts'
import { ru as substitutions } from '#features/substitutions/web/words.ru.ts'
import { ru as taking } from '#features/taking/web/words.ru.ts'
import { ru as views } from '#features/views/web/words.ru.ts'
import { ru as web } from '#web/i18n/words.ru.ts'
import { ru as app } from './frame/words.ru.ts'

/** Every Russian word on the screen; the words of a feature stand under its name. */
export const ru = {
  ...web,
  app,
  activities,
  alarms,
  calendar,
  canaries,
  changes,
  clients,
  company,
  files,
  'day-sheets': daySheets,
  distribution,
  'fill-requests': fillRequests,
  mail,
  masking,
  'my-day': myDay,
  imports,
  indicators,
  handovers,
  people,
  reports,
  'single-sign-on': singleSignOn,
  'sign-ins': signIns,
  snapshots,
  substitutions,
  taking,
  views,
}
