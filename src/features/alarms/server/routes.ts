import type { FastifyInstance } from 'fastify'
import * as contract from '#features/alarms/contract.ts'
import { route } from '#server/http/route.ts'
import { alarmsPage, markSeen, unseenAlarms } from './queries.ts'

/** For heads: to every other role the table is closed. */
export function alarmRoutes(app: FastifyInstance) {
  route(app, contract.listAlarms, (input, { tx }) => alarmsPage(tx, input))
  route(app, contract.countAlarms, (_, { tx }) => unseenAlarms(tx))
  route(app, contract.seeAlarms, (input, { tx }) => markSeen(tx, input))
}
