import type { FastifyInstance } from 'fastify'
import { writeAlarmLetters } from '#features/alarms/server/alarm-letter.ts'
import { alarmRoutes } from '#features/alarms/server/routes.ts'
import { activityRoutes } from '#features/activities/server/routes.ts'
import { calendarRoutes } from '#features/calendar/server/routes.ts'
import { dayLetter } from '#features/day-sheets/server/day-letter.ts'
import { morningLetter } from '#features/day-sheets/server/morning-letter.ts'
import { daySheetRoutes } from '#features/day-sheets/server/routes.ts'
import { fileRoutes } from '#features/files/server/routes.ts'
import { changeRoutes } from '#features/changes/server/routes.ts'
import { changeSetReversal } from '#features/changes/server/reverse-change-set.ts'
import { mailRoutes } from '#features/mail/server/routes.ts'
import { myDayRoutes } from '#features/my-day/server/routes.ts'
import { clientBulkEdit } from '#features/clients/server/bulk-edit.ts'
import { clientExport } from '#features/clients/server/export-clients.ts'
import { clientRoutes } from '#features/clients/server/routes.ts'
import { dictionaryFollowing } from '#features/company/server/follow-dictionary.ts'
import { companyRoutes } from '#features/company/server/routes.ts'
import { clientDistribution } from '#features/distribution/server/distribute.ts'
import { distributionRoutes } from '#features/distribution/server/routes.ts'
import { handoverRoutes } from '#features/handovers/server/routes.ts'
import { importApplication } from '#features/imports/server/apply-import.ts'
import { importReading } from '#features/imports/server/read-import.ts'
import { importReversal } from '#features/imports/server/reverse-import.ts'
import { importRoutes } from '#features/imports/server/routes.ts'
import { liveRoutes } from '#features/live/server/routes.ts'
import { canaryRoutes } from '#features/canaries/server/routes.ts'
import { maskingRoutes } from '#features/masking/server/routes.ts'
import { fillRequestRoutes } from '#features/fill-requests/server/routes.ts'
import { indicatorRoutes } from '#features/indicators/server/routes.ts'
import { jobRoutes } from '#features/jobs/server/routes.ts'
import { singleSignOnRoutes } from '#features/single-sign-on/server/routes.ts'
import { peopleRoutes } from '#features/people/server/routes.ts'
import { reportRoutes } from '#features/reports/server/routes.ts'
import { signInDepthRoutes } from '#features/sign-ins/server/routes.ts'
import { snapshotMaking } from '#features/snapshots/server/make-snapshot.ts'
import { snapshotRestoration } from '#features/snapshots/server/restore.ts'
import { snapshotRoutes } from '#features/snapshots/server/routes.ts'
import { substitutionRoutes } from '#features/substitutions/server/routes.ts'
import { writeRequestLetters } from '#features/taking/server/request-letters.ts'
import { takingRoutes } from '#features/taking/server/routes.ts'
import { viewRoutes } from '#features/views/server/routes.ts'
import type { JobKind } from '#server/jobs/queue.ts'
import { standingLetter } from '#features/substitutions/server/standing-letters.ts'
import type { DailyLetter, LetterWriter } from '#server/mail/daily.ts'
import { writeOccasionalLetters } from '#server/mail/occasional.ts'

/** Every feature's routes. */
export function featureRoutes(app: FastifyInstance) {
  peopleRoutes(app)
  singleSignOnRoutes(app)
  signInDepthRoutes(app)
  companyRoutes(app)
  jobRoutes(app)
  viewRoutes(app)
  clientRoutes(app)
  activityRoutes(app)
  fileRoutes(app)
  myDayRoutes(app)
  calendarRoutes(app)
  changeRoutes(app)
  snapshotRoutes(app)
  reportRoutes(app)
  handoverRoutes(app)
  distributionRoutes(app)
  substitutionRoutes(app)
  fillRequestRoutes(app)
  indicatorRoutes(app)
  daySheetRoutes(app)
  mailRoutes(app)
  alarmRoutes(app)
  maskingRoutes(app)
  canaryRoutes(app)
  importRoutes(app)
  takingRoutes(app)
  liveRoutes(app)
}

/** Letters of every working day. */
export const dailyLetters: readonly DailyLetter[] = [morningLetter, dayLetter]

/** Letters that leave as soon as there is something to say. */
export const promptLetters: readonly LetterWriter[] = [
  writeAlarmLetters,
  writeRequestLetters,
  (context) => writeOccasionalLetters(context, standingLetter),
]

/** Every kind of long work. */
export const jobKinds: readonly JobKind[] = [
  dictionaryFollowing,
  clientExport,
  clientBulkEdit,
  clientDistribution,
  importReading,
  importApplication,
  importReversal,
  snapshotMaking,
  snapshotRestoration,
  changeSetReversal,
]
