import type { FastifyInstance } from 'fastify'
import {
  applyImport,
  cancelImport,
  createImport,
  decideImportRow,
  getFailedRows,
  getImport,
  listImportRows,
  listImports,
  reverseImport,
  updateImport,
} from '#features/imports/contract.ts'
import { languageOf } from '#server/http/problem.ts'
import { route } from '#server/http/route.ts'
import { createImports } from './create-import.ts'
import { decideRow } from './decide-row.ts'
import { sendFailedRows } from './failed-rows.ts'
import { listRows } from './list-rows.ts'
import { findImport, findImports } from './queries.ts'
import { cancelWork, changeImport, startApplication, startReversal } from './steer-import.ts'

export function importRoutes(app: FastifyInstance) {
  route(app, createImport, (_, { tx, caller, request }) => createImports(tx, caller, request))
  route(app, listImports, (page, { tx, request }) => findImports(tx, page, languageOf(request)))
  route(app, getImport, ({ id }, { tx, request }) => findImport(tx, id, languageOf(request)))
  route(app, updateImport, (patch, { tx, request }) => changeImport(tx, patch, languageOf(request)))
  route(app, listImportRows, (query, { tx, request }) => listRows(tx, query, languageOf(request)))
  route(app, decideImportRow, (input, { tx, request }) => decideRow(tx, input, languageOf(request)))
  route(app, applyImport, ({ id }, { tx, request }) => startApplication(tx, id, languageOf(request)))
  route(app, reverseImport, ({ id }, { tx, request }) => startReversal(tx, id, languageOf(request)))
  route(app, cancelImport, ({ id }, { tx, request }) => cancelWork(tx, id, languageOf(request)))
  route(app, getFailedRows, ({ id }, context) => sendFailedRows(id, context))
}
