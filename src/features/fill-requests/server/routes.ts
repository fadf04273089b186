import type { FastifyInstance } from 'fastify'
import * as contract from '#features/fill-requests/contract.ts'
import { type Act, inChangeSet } from '#server/db/change-set.ts'
import { companyDay } from '#server/db/company-day.ts'
import type { Tx } from '#server/db/tx.ts'
import { decodeCursor, encodeCursor, isKeyAndId } from '#server/http/cursor.ts'
import { Problem } from '#server/http/problem.ts'
import { route } from '#server/http/route.ts'
import { makeRequest, previewRequest } from './make-request.ts'
import {
  changeRequest,
  findRequest,
  partOf,
  progressOf,
  requestsOfMine,
  requestsPage,
  setClosed,
} from './queries.ts'
import { rowsPage } from './rows.ts'

export function fillRequestRoutes(app: FastifyInstance) {
  const { now } = app.kernel
  const find = async (tx: Tx, id: string) => findRequest(tx, id, await companyDay(tx, now()))

  route(app, contract.previewFillRequest, (selection, { tx, caller }) =>
    previewRequest(tx, caller, selection),
  )
  route(app, contract.addFillRequest, async (draft, { tx, caller }) => {
    const today = await companyDay(tx, now())
    const { id, changeSetId } = await makeRequest(tx, caller, draft, today)
    return { ...(await findRequest(tx, id, today)), changeSetId }
  })
  route(app, contract.listFillRequests, async ({ closed, cursor, limit }, { tx }) => {
    const after = decodeCursor(cursor, isKeyAndId)
    const rows = await requestsPage(tx, await companyDay(tx, now()), closed, after, limit + 1)
    const items = rows.slice(0, limit)
    const last = items.at(-1)
    return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.key, last.id]) : null }
  })
  route(app, contract.myFillRequests, async (_, { tx }) => {
    const requests = await requestsOfMine(tx, await companyDay(tx, now()))
    const parts = []
    for (const request of requests)
      parts.push({ ...request, ...(await partOf(tx, request, request.ownerId)) })
    return parts
  })
  route(app, contract.getFillRequest, ({ id }, { tx }) => find(tx, id))
  route(app, contract.getFillProgress, async ({ id }, { tx, caller }) =>
    progressOf(tx, caller, await find(tx, id)),
  )
  route(app, contract.listFillClients, async (input, { tx, caller }) =>
    rowsPage(tx, caller, await find(tx, input.id), input),
  )

  const change = async (tx: Tx, id: string, act: Act, work: () => Promise<boolean>) => {
    const { dueOn, columns } = await find(tx, id)
    await inChangeSet(tx, act, { request: id, dueOn, columns })
    if (!(await work())) throw notYours()
    return find(tx, id)
  }
  route(app, contract.patchFillRequest, ({ id, ...changes }, { tx }) =>
    change(tx, id, 'request.update', () => changeRequest(tx, id, changes)),
  )
  route(app, contract.closeFillRequest, ({ id }, { tx }) =>
    change(tx, id, 'request.close', () => setClosed(tx, id, now())),
  )
  route(app, contract.reopenFillRequest, ({ id }, { tx }) =>
    change(tx, id, 'request.reopen', () => setClosed(tx, id, null)),
  )
}

const notYours = () =>
  new Problem(403, 'not-your-request', {
    ru: 'Срок меняет и просьбу закрывает тот, кто просил, или руководитель.',
    en: 'The day is changed and the request closed by who asked, or by the head.',
  })
