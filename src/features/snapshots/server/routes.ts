import type { FastifyInstance } from 'fastify'
import * as contract from '#features/snapshots/contract.ts'
import { inChangeSet } from '#server/db/change-set.ts'
import { rowOf, rowsOf } from '#server/db/tx.ts'
import { languageOf, notFound, Problem } from '#server/http/problem.ts'
import { Raw, route } from '#server/http/route.ts'
import { enqueue } from '#server/jobs/queue.ts'
import { clientsAsOf } from './as-of.ts'
import { findSnapshot, findSnapshots, snapshotPage } from './queries.ts'
import { requireKeptMoment } from './require-kept-moment.ts'
import { restoreClients } from './restore.ts'

export function snapshotRoutes(app: FastifyInstance) {
  route(app, contract.clientAsOf, async ({ id, at }, { tx }) => {
    if (!(await rowOf(tx, 'select 1 from clients where id = $1', [id]))) throw notFound()
    await requireKeptMoment(tx, at)
    const client = (await clientsAsOf(tx, [id], at)).get(id)
    if (!client) throw notThereYet()
    return new Raw(JSON.stringify(client))
  })
  route(app, contract.restoreClientAsOf, async ({ id, at }, { tx }) => {
    if (!(await rowOf(tx, 'select 1 from clients where id = $1', [id]))) throw notFound()
    await requireKeptMoment(tx, at)
    if (!(await clientsAsOf(tx, [id], at)).has(id)) throw notThereYet()
    const changeSetId = await inChangeSet(tx, 'snapshot.restore', { at })
    return { changeSetId, ownerKept: (await restoreClients(tx, [id], at)) > 0 }
  })
  route(app, contract.createSnapshot, async ({ at, filter }, { tx }) => {
    const made = await rowOf<{ id: string }>(
      tx,
      'insert into snapshots (at, filter) values ($1, $2) returning id',
      [at, JSON.stringify(filter)],
    )
    await requireKeptMoment(tx, at)
    const { id } = made!
    const jobId = await enqueue(tx, 'snapshots.make', { id })
    await rowsOf(tx, 'update snapshots set job_id = $2 where id = $1', [id, jobId])
    return { id, jobId }
  })
  route(app, contract.listSnapshots, (_, { tx, request }) => findSnapshots(tx, languageOf(request)))
  route(app, contract.getSnapshot, ({ id }, { tx, request }) => findSnapshot(tx, id, languageOf(request)))
  route(app, contract.listSnapshotClients, async (input, { tx }) => {
    const page = await snapshotPage(tx, input)
    return new Raw(JSON.stringify(page), undefined, page.items.length)
  })
  route(app, contract.restoreSnapshot, async ({ id, clientIds }, { tx, request }) => {
    const { status } = await findSnapshot(tx, id, languageOf(request))
    if (status !== 'ready') throw notFound()
    return { jobId: await enqueue(tx, 'snapshots.restore', { id, ...(clientIds && { clientIds }) }) }
  })
}

const notThereYet = () =>
  new Problem(404, 'not-there-yet', {
    ru: 'В этот момент клиента в базе ещё не было.',
    en: 'The client was not in the base yet at that moment.',
  })
