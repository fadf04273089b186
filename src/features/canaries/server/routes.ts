import type { FastifyInstance } from 'fastify'
import * as contract from '#features/canaries/contract.ts'
import { requireRole } from '#server/auth/require-role.ts'
import { route } from '#server/http/route.ts'
import { makeCanaries } from './make-canaries.ts'
import { findCanaries, mark, unmark } from './queries.ts'

/** For heads: to every other role the table is closed, so that to him a client has no such thing. */
export function canaryRoutes(app: FastifyInstance) {
  route(app, contract.listCanaries, ({ client }, { tx }) => findCanaries(tx, client ? [client] : undefined))
  route(app, contract.makeCanaries, async (input, { tx, caller }) => {
    await requireRole(tx, 'head')
    return makeCanaries(tx, caller, input)
  })
  route(app, contract.markCanary, ({ id }, { tx }) => mark(tx, id))
  route(app, contract.unmarkCanary, ({ id }, { tx }) => unmark(tx, id))
}
