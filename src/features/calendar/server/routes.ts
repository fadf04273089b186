import type { FastifyInstance } from 'fastify'
import { getCalendar } from '#features/calendar/contract.ts'
import { route } from '#server/http/route.ts'
import { calendarOf } from './queries.ts'

export function calendarRoutes(app: FastifyInstance) {
  route(app, getCalendar, (input, { tx, caller, kernel }) => calendarOf(tx, caller.id, input, kernel.now()))
}
