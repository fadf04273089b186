import type { FastifyInstance } from 'fastify'
import { listChangeSets } from '#features/changes/contract.ts'
import { route } from '#server/http/route.ts'
import { findChangeSets } from './queries.ts'

export function changeRoutes(app: FastifyInstance) {
  route(app, listChangeSets, (filter, { tx }) => findChangeSets(tx, filter))
}
