import type { FastifyInstance } from 'fastify'
import * as contract from '#features/changes/contract.ts'
import { route } from '#server/http/route.ts'
import { reverseChangeSet } from './reverse-change-set.ts'
import { findUndo, step } from './undo.ts'
import { findChangedRows, findChangeSet, findChangeSets, findStart } from './queries.ts'

export function changeRoutes(app: FastifyInstance) {
  route(app, contract.listChangeSets, (filter, { tx }) => findChangeSets(tx, filter))
  route(app, contract.journalStart, async (_, { tx }) => ({ from: await findStart(tx) }))
  route(app, contract.getChangeSet, ({ id }, { tx }) => findChangeSet(tx, id))
  route(app, contract.listChangedRows, (input, { tx }) => findChangedRows(tx, input))
  route(app, contract.reverseChangeSet, async ({ id }, { tx, reply }) => {
    const reversal = await reverseChangeSet(tx, id)
    if (reversal.jobId !== null) reply.status(202)
    return reversal
  })
  route(app, contract.getUndo, (_, { tx }) => findUndo(tx))
  route(app, contract.undo, ({ id }, { tx }) => step(tx, 'undo', id))
  route(app, contract.redo, ({ id }, { tx }) => step(tx, 'redo', id))
}
