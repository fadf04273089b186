import type { FastifyInstance } from 'fastify'
import { activityRoutes } from '#features/activities/server/routes.ts'
import { fileRoutes } from '#features/files/server/routes.ts'
import { myDayRoutes } from '#features/my-day/server/routes.ts'
import { clientExport } from '#features/clients/server/export-clients.ts'
import { clientRoutes } from '#features/clients/server/routes.ts'
import type { JobKind } from '#server/jobs/queue.ts'

/** Every feature's routes. */
export function featureRoutes(app: FastifyInstance) {
  clientRoutes(app)
  activityRoutes(app)
  fileRoutes(app)
  myDayRoutes(app)
}

/** Every kind of long work. */
export const jobKinds: readonly JobKind[] = [clientExport]
