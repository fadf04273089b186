import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Readable } from 'node:stream'
import type { Caller } from '#server/auth/caller.ts'
import { requireExportRight } from '#server/auth/export-right.ts'
import { inChangeSet } from '#server/db/change-set.ts'
import { asCaller } from '#server/db/tx.ts'
import { xlsxType } from '#server/files/xlsx-parts.ts'
import { languageOf } from '#server/http/problem.ts'
import { Raw, route } from '#server/http/route.ts'
import type { Kernel } from '#server/kernel.ts'
import * as contract from '#features/reports/contract.ts'
import { headlineOf } from './headline.ts'
import { gapBatches, gapsPage } from './list.ts'
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

  route(app, contract.contactInfoXlsx, async (input, { tx, caller, request, reply }) => {
    const language = input.language ?? languageOf(request)
    return workbook(
      reply,
      'contact-info',
      sharesWorkbook(await contactInfo(tx, caller, input, language), input, language),
    )
  })
  route(
    app,
    contract.contactInfoClientsXlsx,
    async ({ language, ...input }, { tx, caller, kernel, request, reply }) => {
      await allowExport(kernel, caller, 'clients', input)
      return workbook(
        reply,
        'contact-info-clients',
        clientsWorkbook(gapBatches(tx, caller, input), input, language ?? languageOf(request)),
      )
    },
  )
  route(
    app,
    contract.contactInfoValuesXlsx,
    async ({ language, ...input }, { tx, caller, kernel, request, reply }) => {
      await allowExport(kernel, caller, 'values', input)
      return workbook(
        reply,
        'contact-info-values',
        valuesWorkbook(valueBatches(tx, caller, input), input, language ?? languageOf(request)),
      )
    },
  )
  route(app, contract.copyContactInfoValues, async (input, { tx, caller, kernel }) => {
    await allowExport(kernel, caller, 'copy', input)
    const values = await distinctValues(tx, caller, input)
    return { values, count: values.length }
  })
}

function workbook(reply: FastifyReply, name: string, stream: Readable): Raw {
  reply.header('content-disposition', `attachment; filename="${name}.xlsx"`)
  return new Raw(stream, xlsxType)
}

/**
 * Contacts leave the base only by those who may export, and the journal says so before the first byte.
 * A transaction of its own: the handler of a GET only reads.
 */
const allowExport = (kernel: Kernel, caller: Caller, what: string, selection: object) =>
  asCaller(
    kernel.database.app,
    caller.identity,
    async (tx) => {
      await requireExportRight(tx)
      await inChangeSet(tx, 'export', { report: 'contact-info', what, selection })
    },
    { mode: 'write', roleHint: caller.role },
  )
