import type { FastifyInstance } from 'fastify'
import {
  completeActivity,
  createActivity,
  deleteActivity,
  getActivity,
  listActivities,
  reopenActivity,
  restoreActivity,
  updateActivity,
} from '#features/activities/contract.ts'
import { route } from '#server/http/route.ts'
import { changeActivity, completeEntry, reopenEntry } from './change-activity.ts'
import { enterActivity } from './create-activity.ts'
import { deleteEntry, restoreEntry } from './delete-activity.ts'
import { findActivities, findActivity } from './queries.ts'

export function activityRoutes(app: FastifyInstance) {
  route(app, listActivities, (filter, { tx, caller }) => findActivities(tx, caller.id, filter))
  route(app, getActivity, ({ id }, { tx }) => findActivity(tx, id))
  route(app, createActivity, (draft, { tx, caller }) => enterActivity(tx, caller.id, draft))
  route(app, updateActivity, ({ id, version, ...patch }, { tx }) => changeActivity(tx, id, version, patch))
  route(app, deleteActivity, ({ id }, { tx }) => deleteEntry(tx, id))
  route(app, restoreActivity, ({ id, changeSetId }, { tx }) => restoreEntry(tx, id, changeSetId))
  route(app, completeActivity, ({ id, ...done }, { tx }) => completeEntry(tx, id, done))
  route(app, reopenActivity, ({ id }, { tx }) => reopenEntry(tx, id))
}
