import type { FastifyInstance } from 'fastify'
import * as cells from '#features/clients/cells-contract.ts'
import * as contract from '#features/clients/contract.ts'
import { inChangeSet } from '#server/db/change-set.ts'
import { rowsOf, send } from '#server/db/tx.ts'
import { languageOf, notFound } from '#server/http/problem.ts'
import { Raw, readingKindOf, route } from '#server/http/route.ts'
import { enqueue } from '#server/jobs/queue.ts'
import { originOf } from '#server/taking/take.ts'
import { bulkEdit } from './bulk-edit.ts'
import { cityCodeOf } from './company-settings.ts'
import { createClient } from './create-client.ts'
import { editCells } from './edit-cells.ts'
import { foreseeExport } from './export-clients.ts'
import { gapsOf } from './gaps.ts'
import { historyPage, restoreLine } from './history.ts'
import { clientsPage, countPage } from './list.ts'
import { clientText, markChecked, seatsOf, setArchived } from './queries.ts'
import { coreOf, keysOf, twinsStatement, type Twin } from './twins.ts'
import { updateClient } from './update-client.ts'

export function clientRoutes(app: FastifyInstance) {
  // Whole clients leave as the database wrote them, under the contract's names: parsing 50 of them again would cost more than the query.
  route(app, contract.listClients, async (input, { tx, caller }) => {
    const { text, rows } = await clientsPage(tx, caller, input)
    return new Raw(text, undefined, rows)
  })
  route(app, contract.countClients, ({ all, ...filter }, { tx, caller }) =>
    countPage(tx, caller, filter, { exact: all }),
  )
  route(app, contract.myGaps, ({ owner }, { tx }) => gapsOf(tx, owner))
  route(app, contract.findTwins, async (input, { tx }) => {
    const cityCode = await cityCodeOf(tx)
    const keys = keysOf(
      [
        ...(input.phones ?? []).map((value) => ({ kind: 'phone' as const, value })),
        ...(input.emails ?? []).map((value) => ({ kind: 'email' as const, value })),
      ],
      cityCode,
    )
    const [result] = await send(
      tx,
      twinsStatement({
        inn: input.inn || null,
        kpp: input.kpp || null,
        keys,
        core: coreOf(input.name),
        except: input.except ?? null,
      }),
    )
    return result!.rows as Twin[]
  })
  route(
    app,
    contract.getClient,
    async ({ id }, { tx, caller }) => new Raw(await clientText(tx, id, caller.masked)),
  )
  route(
    app,
    contract.createClient,
    async (draft, { tx, caller }) => new Raw(await createClient(tx, caller, draft, await cityCodeOf(tx))),
  )
  route(
    app,
    contract.updateClient,
    async ({ id, version, ...patch }, { tx, caller }) =>
      new Raw(await updateClient(tx, caller, id, version, patch)),
  )
  route(app, contract.archiveClient, async ({ id }, { tx }) => {
    const changeSetId = await inChangeSet(tx, 'client.archive')
    if (!(await setArchived(tx, id, true))) throw notFound()
    return { changeSetId }
  })
  route(app, contract.restoreClient, async ({ id }, { tx, caller }) => {
    await inChangeSet(tx, 'client.restore')
    if (!(await setArchived(tx, id, false))) throw notFound()
    return new Raw(await clientText(tx, id, caller.masked))
  })
  route(app, contract.checkContact, async ({ id }, { tx }) => {
    await inChangeSet(tx, 'contact.check')
    const json = await markChecked(tx, id)
    if (!json) throw notFound()
    return new Raw(json)
  })
  route(app, contract.listSeats, async ({ id }, { tx }) => {
    const seats = await seatsOf(tx, id)
    if (seats.length === 0 && (await rowsOf(tx, 'select 1 from clients where id = $1', [id])).length === 0)
      throw notFound()
    return seats
  })
  route(app, contract.exportClients, async (asked, { tx, caller, request }) => {
    await foreseeExport(tx, caller, asked)
    return { jobId: await enqueue(tx, 'clients.export', { ...asked, origin: originOf(request, caller) }) }
  })
  route(app, cells.editCells, async (input, { tx, caller, kernel, request }) => {
    const { clients, told, ...answer } = await editCells(tx, caller, languageOf(request), input)
    // Each client once a day, in whatever call he comes: all calls have the same address.
    for (const id of told) kernel.reading.note(caller.id, readingKindOf('list', request), 1, `cells ${id}`)
    return new Raw(`${JSON.stringify(answer).slice(0, -1)},"clients":${clients}}`, undefined, 0)
  })
  route(app, cells.bulkEdit, (input, { tx, caller, request }) =>
    bulkEdit(tx, caller, { ...input, language: languageOf(request) }),
  )
  route(app, contract.clientHistory, (input, { tx }) => historyPage(tx, input))
  route(app, contract.restoreFromHistory, (line, { tx }) => restoreLine(tx, line))
}
