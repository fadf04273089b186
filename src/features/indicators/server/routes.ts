import type { FastifyInstance } from 'fastify'
import * as contract from '#features/indicators/contract.ts'
import { xlsxType } from '#server/files/xlsx-parts.ts'
import { languageOf } from '#server/http/problem.ts'
import { Raw, route } from '#server/http/route.ts'
import { takeNow } from '#server/taking/take.ts'
import { abcOf, abcPage } from './abc.ts'
import { figuresOf } from './figures.ts'
import { funnelOf, movesPage } from './funnel.ts'
import { recordsPage } from './records.ts'
import { outcomesOf, trendOf } from './trend.ts'
import { indicatorWords } from './words.ts'
import { indicatorsWorkbook } from './workbook.ts'

export function indicatorRoutes(app: FastifyInstance) {
  route(app, contract.getIndicators, (scope, { tx, caller, request }) =>
    figuresOf(tx, caller, scope, indicatorWords[languageOf(request)].none[scope.groupBy]),
  )
  route(
    app,
    contract.indicatorsXlsx,
    async ({ language: asked, ...scope }, { tx, caller, kernel, request, reply }) => {
      const language = asked ?? languageOf(request)
      const found = await figuresOf(tx, caller, scope, indicatorWords[language].none[scope.groupBy])
      const fileName = 'indicators.xlsx'
      const mark = await takeNow({ kernel, caller, request }, language, {
        road: 'indicators',
        fileName,
        selection: scope,
        rows: found.rows.length,
        counted: false,
      })
      reply.header('content-disposition', `attachment; filename="${fileName}"`)
      return new Raw(indicatorsWorkbook(found, scope, language, mark), xlsxType)
    },
  )
  route(app, contract.listIndicatorRecords, (input, { tx, caller }) => recordsPage(tx, caller, input))
  route(app, contract.getOutcomes, (input, { tx, caller }) => outcomesOf(tx, caller, input))
  route(app, contract.getTrend, (input, { tx, caller }) => trendOf(tx, caller, input))
  route(app, contract.getFunnel, (input, { tx, caller }) => funnelOf(tx, caller, input))
  route(app, contract.listMoves, (input, { tx, caller }) => movesPage(tx, caller, input))
  route(app, contract.getAbc, (input, { tx, caller }) => abcOf(tx, caller, input))
  route(app, contract.listAbcClients, (input, { tx, caller }) => abcPage(tx, caller, input))
}
