import type { FastifyInstance } from 'fastify'
import {
  addFile,
  deleteFile,
  getFile,
  getFileContent,
  listFiles,
  restoreFile,
} from '#features/files/contract.ts'
import { route } from '#server/http/route.ts'
import { keepFile } from './add-file.ts'
import { hideFile, unhideFile } from './delete-file.ts'
import { findFile, findFiles } from './queries.ts'
import { receiveUpload } from './receive-upload.ts'
import { sendFile } from './send-file.ts'

export function fileRoutes(app: FastifyInstance) {
  route(app, addFile, async ({ id }, { tx, request }) => keepFile(tx, id, await receiveUpload(request)))
  route(app, listFiles, ({ id }, { tx }) => findFiles(tx, id))
  route(app, getFile, ({ id }, { tx }) => findFile(tx, id))
  route(app, getFileContent, ({ id, inline }, { tx, reply }) => sendFile(tx, id, inline ?? false, reply))
  route(app, deleteFile, ({ id }, { tx }) => hideFile(tx, id))
  route(app, restoreFile, ({ id }, { tx }) => unhideFile(tx, id))
}
