import type { FastifyInstance } from 'fastify'
import * as contract from '#features/substitutions/contract.ts'
import { notFound } from '#server/http/problem.ts'
import { route } from '#server/http/route.ts'
import { briefOf, digestOf } from './brief.ts'
import { findSubstitutions, visibilityOf } from './queries.ts'
import { patchSubstitution, setSubstitution } from './set-substitution.ts'

export function substitutionRoutes(app: FastifyInstance) {
  route(app, contract.setSubstitution, (given, { tx }) => setSubstitution(tx, given))
  route(app, contract.listSubstitutions, (input, { tx }) => findSubstitutions(tx, input))
  route(app, contract.patchSubstitution, ({ id, ...changes }, { tx }) => patchSubstitution(tx, id, changes))
  route(app, contract.getBrief, ({ id }, { tx }) => briefOf(tx, id))
  route(app, contract.getDigest, ({ id }, { tx }) => digestOf(tx, id))
  route(app, contract.getVisibility, async ({ id }, { tx }) => {
    const reasons = await visibilityOf(tx, id)
    if (reasons.length === 0) throw notFound()
    return reasons
  })
}
