import { en as activities } from '#features/activities/web/words.en.ts'
import { en as alarms } from '#features/alarms/web/words.en.ts'
import { en as calendar } from '#features/calendar/web/words.en.ts'
import { en as canaries } from '#features/canaries/web/words.en.ts'
import { en as changes } from '#features/changes/web/words.en.ts'
import { en as clients } from '#features/clients/web/words.en.ts'
import { en as company } from '#features/company/web/words.en.ts'
import { en as daySheets } from '#features/day-sheets/web/words.en.ts'
import { en as distribution } from '#features/distribution/web/words.en.ts'
import { en as fillRequests } from '#features/fill-requests/web/words.en.ts'
import { en as files } from '#features/files/web/words.en.ts'
import { en as mail } from '#features/mail/web/words.en.ts'
import { en as masking } from '#features/masking/web/words.en.ts'
import { en as myDay } from '#features/my-day/web/words.en.ts'
import { en as imports } from '#features/imports/web/words.en.ts'
import { en as indicators } from '#features/indicators/web/words.en.ts'
import { en as handovers } from '#features/handovers/web/words.en.ts'
import { en as people } from '#features/people/web/words.en.ts'
import { en as reports } from '#features/reports/web/words.en.ts'
import { en as singleSignOn } from '#features/single-sign-on/web/words.en.ts'
import { en as signIns } from '#features/sign-ins/web/words.en.ts'
import { en as snapshots } from '#features/snapshots/web/words.en.ts'
import { en as substitutions } from '#features/substitutions/web/words.en.ts'
import { en as taking } from '#features/taking/web/words.en.ts'
import { en as views } from '#features/views/web/words.en.ts'
import type { English } from '#web/i18n/english.ts'
import { en as web } from '#web/i18n/words.en.ts'
import { en as app } from './frame/words.en.ts'
import type { ru } from './words.ru.ts'

/** Every English word on the screen. */
export const en: English<typeof ru> = {
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
