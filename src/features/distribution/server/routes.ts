import type { FastifyInstance } from 'fastify'
import * as contract from '#features/distribution/contract.ts'
import { requireRole } from '#server/auth/require-role.ts'
import { route } from '#server/http/route.ts'
import { enqueue } from '#server/jobs/queue.ts'
import { findDistribution, previewOf, saveDistribution } from './queries.ts'

export function distributionRoutes(app: FastifyInstance) {
  route(app, contract.getDistribution, async (_, { tx }) => {
    await requireRole(tx, 'head')
    return findDistribution(tx)
  })
  route(app, contract.putDistribution, async (rule, { tx }) => {
    await requireRole(tx, 'head')
    return saveDistribution(tx, rule)
  })
  route(app, contract.previewDistribution, async (_, { tx }) => {
    await requireRole(tx, 'head')
    return previewOf(tx)
  })
  route(app, contract.distributeClients, async (_, { tx }) => {
    await requireRole(tx, 'head')
    return { jobId: await enqueue(tx, 'clients.distribute', {}) }
  })
}
