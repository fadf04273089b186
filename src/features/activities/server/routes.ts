import type { FastifyInstance } from 'fastify'
import * as contract from '#features/activities/contract.ts'
import { route } from '#server/http/route.ts'
import { changeActivity } from './change-activity.ts'
import { enterActivity } from './create-activity.ts'
import { deleteEntry, restoreEntry } from './delete-activity.ts'
import { cancelEntry, completeEntry, moveEntry, reopenEntry, uncancelEntry } from './end-activity.ts'
import { findActivities, findActivity } from './queries.ts'
import { dismiss, dueReminders, snooze } from './reminders.ts'

export function activityRoutes(app: FastifyInstance) {
  route(app, contract.listActivities, (filter, { tx, caller }) => findActivities(tx, caller.id, filter))
  route(app, contract.getActivity, ({ id }, { tx }) => findActivity(tx, id))
  route(app, contract.createActivity, (draft, { tx, caller }) => enterActivity(tx, caller.id, draft))
  route(app, contract.updateActivity, ({ id, version, ...patch }, { tx }) =>
    changeActivity(tx, id, version, patch),
  )
  route(app, contract.deleteActivity, ({ id }, { tx }) => deleteEntry(tx, id))
  route(app, contract.restoreActivity, ({ id, changeSetId }, { tx }) => restoreEntry(tx, id, changeSetId))
  route(app, contract.completeActivity, ({ id, ...done }, { tx, kernel }) =>
    completeEntry(tx, id, done, kernel.now()),
  )
  route(app, contract.reopenActivity, ({ id }, { tx }) => reopenEntry(tx, id))
  route(app, contract.cancelActivity, ({ id, ...why }, { tx, kernel }) =>
    cancelEntry(tx, id, why, kernel.now()),
  )
  route(app, contract.uncancelActivity, ({ id }, { tx }) => uncancelEntry(tx, id))
  route(app, contract.moveActivity, ({ id, dueAt, series }, { tx }) => moveEntry(tx, id, dueAt, series))
  route(app, contract.listReminders, ({ limit }, { tx }) => dueReminders(tx, limit))
  route(app, contract.snoozeReminder, ({ id, minutes }, { tx }) => snooze(tx, id, minutes))
  route(app, contract.dismissReminder, ({ id }, { tx }) => dismiss(tx, id))
}
