import type { FastifyInstance } from 'fastify'
import * as contract from '#features/day-sheets/contract.ts'
import { requireExportRight } from '#server/auth/export-right.ts'
import { xlsxType } from '#server/files/xlsx-parts.ts'
import { languageOf } from '#server/http/problem.ts'
import { Raw, route } from '#server/http/route.ts'
import { takeNow } from '#server/taking/take.ts'
import { closeDay, keepComment, reopenDay } from './close-day.ts'
import { recordsPage } from './records.ts'
import { sheetsOf } from './sheets.ts'
import { countEntries, entriesWorkbook, sheetsWorkbook } from './workbook.ts'

/** A quarter at most in one file. */
const mostDaysInFile = 92

export function daySheetRoutes(app: FastifyInstance) {
  route(app, contract.listDaySheets, (scope, { tx, caller, kernel }) =>
    sheetsOf(tx, caller, scope, kernel.now()),
  )
  route(app, contract.listDayRecords, (input, { tx, caller }) => recordsPage(tx, caller, input))
  route(app, contract.putDaySheet, ({ day, comment }, { tx, caller }) =>
    keepComment(tx, caller, day, comment),
  )
  route(app, contract.closeDaySheet, ({ day, comment }, { tx, caller, kernel }) =>
    closeDay(tx, caller, day, comment, kernel.now()),
  )
  route(app, contract.reopenDaySheet, ({ day, user }, { tx, caller }) => reopenDay(tx, caller, day, user))
  route(
    app,
    contract.daySheetsXlsx,
    async ({ entries, language, ...scope }, { tx, caller, kernel, request, reply }) => {
      const sheets = await sheetsOf(tx, caller, scope, kernel.now(), mostDaysInFile)
      const others = sheets.people.some(({ userId }) => userId !== caller.id)
      const words = language ?? languageOf(request)
      const fileName = `day-sheets-${scope.from}.xlsx`
      // Figures of others need the right; entries name clients: they are taken like any list of them.
      if (others && !entries) await requireExportRight(tx)
      const mark = await takeNow({ kernel, caller, request }, words, {
        road: entries ? 'day-entries' : 'day-sheets',
        fileName,
        selection: scope,
        rows: entries ? await countEntries(tx, caller, scope) : sheets.sheets.length,
        counted: entries === true,
      })
      reply.header('content-disposition', `attachment; filename="${fileName}"`)
      return new Raw(
        entries ? await entriesWorkbook(tx, caller, scope, words, mark) : sheetsWorkbook(sheets, words, mark),
        xlsxType,
      )
    },
  )
}
