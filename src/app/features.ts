import type { FastifyInstance } from 'fastify'
import { clientRoutes } from '#features/clients/server/routes.ts'
import type { JobKind } from '#server/jobs/queue.ts'

/** Every feature's routes. */
export function featureRoutes(app: FastifyInstance) {
  clientRoutes(app)
}

/** Every kind of long work. */
export const jobKinds: readonly JobKind[] = []
