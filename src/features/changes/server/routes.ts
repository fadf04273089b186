import type { FastifyInstance } from 'fastify'
import * as contract from '#features/changes/contract.ts'
import { route } from '#server/http/route.ts'
import { findChangedRows, findChangeSet, findChangeSets, findStart } from './queries.ts'

export function changeRoutes(app: FastifyInstance) {
  route(app, contract.listChangeSets, (filter, { tx }) => findChangeSets(tx, filter))
  route(app, contract.journalStart, async (_, { tx }) => ({ from: await findStart(tx) }))
  route(app, contract.getChangeSet, ({ id }, { tx }) => findChangeSet(tx, id))
  route(app, contract.listChangedRows, (input, { tx }) => findChangedRows(tx, input))
}
