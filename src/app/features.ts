import type { FastifyInstance } from 'fastify'
import type { JobKind } from '#server/jobs/queue.ts'

/** Every feature's routes. */
export function featureRoutes(_app: FastifyInstance) {}

/** Every kind of long work. */
export const jobKinds: readonly JobKind[] = []
