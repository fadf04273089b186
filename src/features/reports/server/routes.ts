import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Readable } from 'node:stream'
import { alarmTakenValues, watched } from '#server/alarm-taken.ts'
import type { Caller } from '#server/auth/caller.ts'
import type { Tx } from '#server/db/tx.ts'
import { xlsxType } from '#server/files/xlsx-parts.ts'
import { languageOf } from '#server/http/problem.ts'
import { Raw, route } from '#server/http/route.ts'
import { takeNow, type Taking } from '#server/taking/take.ts'
import type { Road } from '#shared/roads.ts'
import * as contract from '#features/reports/contract.ts'
import { partsOf } from './columns.ts'
import { headlineOf } from './headline.ts'
import { countGaps, gapBatches, gapsPage } from './list.ts'
import { contactInfo } from './shares.ts'
import { distinctValues, valueBatches, valuesPage } from './values.ts'
import { clientsWorkbook, sharesWorkbook, valuesWorkbook } from './workbooks.ts'

export function reportRoutes(app: FastifyInstance) {
  route(app, contract.getContactInfo, (input, { tx, caller, request }) =>
    contactInfo(tx, caller, input, languageOf(request)),
  )
  route(app, contract.getContactInfoHeadline, (_, { tx, caller }) => headlineOf(tx, caller))
  route(app, contract.listContactInfoClients, (input, { tx, caller }) => gapsPage(tx, caller, input))
  route(app, contract.listContactInfoValues, (input, { tx, caller }) => valuesPage(tx, caller, input))

  route(app, contract.contactInfoXlsx, async ({ language: asked, ...input }, context) => {
    const { tx, caller, request, reply } = context
    const language = asked ?? languageOf(request)
    const report = await contactInfo(tx, caller, input, language)
    const rows = report.groups.length
    const taking = { road: 'report', selection: input, columns: input.kinds, rows, counted: false } as const
    const mark = await takeNow(context, language, { ...taking, fileName: 'contact-info.xlsx' })
    return workbook(reply, 'contact-info.xlsx', sharesWorkbook(report, input, language, mark))
  })
  route(app, contract.contactInfoClientsXlsx, async ({ language: asked, ...input }, context) => {
    const { tx, caller, request, reply } = context
    const language = asked ?? languageOf(request)
    const fileName = 'contact-info-clients.xlsx'
    const taking = await listTaking(tx, caller, 'report-clients', fileName, input)
    const mark = await takeNow(context, language, taking)
    const batches = watched(tx, gapBatches(tx, caller, input, taking.rows), wayOf(taking))
    return workbook(reply, fileName, clientsWorkbook(batches, input, language, mark))
  })
  route(app, contract.contactInfoValuesXlsx, async ({ language: asked, ...input }, context) => {
    const { tx, caller, request, reply } = context
    const language = asked ?? languageOf(request)
    const fileName = 'contact-info-values.xlsx'
    const taking = await listTaking(tx, caller, 'report-values', fileName, input)
    const mark = await takeNow(context, language, taking)
    const batches = watched(tx, valueBatches(tx, caller, input, taking.rows), wayOf(taking))
    return workbook(reply, fileName, valuesWorkbook(batches, input, language, mark))
  })
  route(app, contract.copyContactInfoValues, async (input, context) => {
    const values = await distinctValues(context.tx, context.caller, input)
    await takeNow(context, languageOf(context.request), {
      road: 'report-copy',
      fileName: null,
      selection: input,
      columns: [input.kind],
      rows: values.length,
      counted: true,
    })
    const [kind] = partsOf(input.kind)
    await alarmTakenValues(context.tx, kind, values, { way: 'clipboard', rows: values.length })
    return { values, count: values.length }
  })
}

function workbook(reply: FastifyReply, fileName: string, stream: Readable): Raw {
  reply.header('content-disposition', `attachment; filename="${fileName}"`)
  return new Raw(stream, xlsxType)
}

const wayOf = ({ rows }: Taking) => ({ way: 'report', rows }) as const

const listTaking = async (
  tx: Tx,
  caller: Caller,
  road: Road,
  fileName: string,
  selection: contract.ReportSelection,
): Promise<Taking> => ({
  road,
  fileName,
  selection,
  columns: selection.kinds,
  rows: await countGaps(tx, caller, selection),
  counted: true,
})
