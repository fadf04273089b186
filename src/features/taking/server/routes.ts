import type { FastifyInstance } from 'fastify'
import * as contract from '#features/taking/contract.ts'
import { requireRole } from '#server/auth/require-role.ts'
import { rowOf } from '#server/db/tx.ts'
import { xlsxType } from '#server/files/xlsx-parts.ts'
import { languageOf } from '#server/http/problem.ts'
import { Raw, route } from '#server/http/route.ts'
import { originOf, takeNow } from '#server/taking/take.ts'
import { copyRows } from './copies.ts'
import { findTaking, peopleTakings, takingsPage } from './queries.ts'
import { readingsOf } from './readings.ts'
import { addRequest, decideRequest, findRequest, requestsPage } from './requests.ts'
import { findRules, keepRules } from './rules.ts'
import { peopleWorkbook, takingsWorkbook } from './workbook.ts'

export function takingRoutes(app: FastifyInstance) {
  route(app, contract.listTakings, (input, { tx }) => takingsPage(tx, input))
  route(app, contract.getTaking, ({ id }, { tx }) => findTaking(tx, id))
  route(app, contract.summarizeTakings, async (scope, { tx }) => ({ people: await peopleTakings(tx, scope) }))
  route(app, contract.getReadings, (scope, { tx }) => readingsOf(tx, scope))
  route(app, contract.takingsXlsx, async ({ what, language: asked, ...scope }, context) => {
    const { tx, request, reply } = context
    const language = asked ?? languageOf(request)
    const people = await peopleTakings(tx, scope)
    const fileName = `${what}-${scope.from}.xlsx`
    const mark = await takeNow(context, language, {
      road: 'takings',
      fileName,
      selection: { ...scope, what },
      rows: what === 'people' ? people.length : people.reduce((sum, { files }) => sum + files, 0),
      counted: false,
    })
    reply.header('content-disposition', `attachment; filename="${fileName}"`)
    return new Raw(
      what === 'people' ? peopleWorkbook(people, language, mark) : takingsWorkbook(tx, scope, language, mark),
      xlsxType,
    )
  })

  route(app, contract.getQuota, async (_, { tx }) => {
    const row = await rowOf<contract.Quota>(
      tx,
      `select may_export() as "mayExport", q.quota, q.taken, p.remain as "copyLeft"
       from export_quota_of(caller_id()) q, copy_left() p (remain)`,
    )
    return row!
  })
  route(app, contract.addCopy, (copied, { tx, caller, request }) =>
    copyRows(tx, originOf(request, caller), copied),
  )

  route(app, contract.listExportRequests, (input, { tx }) => requestsPage(tx, input))
  route(app, contract.getExportRequest, ({ id }, { tx }) => findRequest(tx, id))
  route(app, contract.addExportRequest, (asked, { tx }) => addRequest(tx, asked))
  route(app, contract.decideExportRequest, (decision, { tx }) => decideRequest(tx, decision))

  route(app, contract.getTakingRules, (_, { tx }) => findRules(tx))
  route(app, contract.patchTakingRules, async (changes, { tx }) => {
    await requireRole(tx, 'head')
    await keepRules(tx, { ...(await findRules(tx)), ...changes })
    return findRules(tx)
  })
}
