import type { FastifyInstance } from 'fastify'
import { getMyDay } from '#features/my-day/contract.ts'
import { route } from '#server/http/route.ts'
import { countMyDay } from './queries.ts'

export function myDayRoutes(app: FastifyInstance) {
  route(app, getMyDay, (_, { tx }) => countMyDay(tx))
}
