import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { isUtf8 } from 'node:buffer'
import { join } from 'node:path'
import cookie from '@fastify/cookie'
import multipart from '@fastify/multipart'
import serveStatic from '@fastify/static'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { replyWithProblem, notFound } from '#server/http/problem.ts'
import { isTooDeep } from '#server/http/json-depth.ts'
import { securityHeaders, sendPage } from '#server/http/security-headers.ts'
import type { Kernel } from '#server/kernel.ts'
import { openApiOf } from '#server/http/openapi.ts'
import { featureRoutes } from './features.ts'

const webFolder = join(import.meta.dirname, '../../dist/web')
const largestUpload = 2 * 1024 ** 3

/** The HTTP side of the product on a kernel that is up; not listening yet, so that tests may inject. */
export async function buildServer(
  kernel: Kernel,
  options: {
    log?: boolean
    trustProxy?: boolean | string | ((address: string, hop: number) => boolean)
    tls?: { cert: Buffer; key: Buffer }
  } = {},
): Promise<FastifyInstance> {
  const app = fastify({
    logger: options.log ? { level: 'warn' } : false,
    trustProxy: options.trustProxy ?? false,
    bodyLimit: 20 * 1024 ** 2,
    forceCloseConnections: true,
    frameworkErrors: (error, request, reply) =>
      replyWithProblem(error, request as FastifyRequest, reply as FastifyReply),
    ...(options.tls && { https: options.tls }),
  }) as unknown as FastifyInstance
  app.decorate('kernel', kernel)
  app.decorate('endpoints', [])
  app.setErrorHandler(replyWithProblem)
  readJson(app)
  await app.register(cookie)
  await app.register(multipart, {
    limits: { fileSize: largestUpload, files: 20, fields: 10, fieldSize: 1000, parts: 30, headerPairs: 50 },
  })
  securityHeaders(app)

  app.get('/api/health', async (_request, reply) => {
    const up = await kernel.database.app.query('select 1').then(
      () => true,
      () => false,
    )
    return reply.status(up ? 200 : 503).send({ status: up ? 'ok' : 'database-away', version: kernel.version })
  })
  app.get('/api/openapi.json', async () => openApiOf(app.endpoints, kernel.version))
  featureRoutes(app)
  app.addHook('preClose', async () => kernel.live.endStreams())
  await serveWeb(app)
  return app
}

/** JSON in UTF-8 and nothing else. Many programs name the type of a body they do not send: an empty one is none. */
function readJson(app: FastifyInstance) {
  const parse = app.getDefaultJsonParser('error', 'error')
  app.removeContentTypeParser(['text/plain', 'application/json'])
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    if (body.length === 0) return done(null)
    if (isTooDeep(body as Buffer))
      return done(Object.assign(new Error('nested too deep'), { statusCode: 400 }))
    if (!isUtf8(body as Buffer)) return done(Object.assign(new Error('not UTF-8'), { statusCode: 400 }))
    void parse(request, String(body), done)
  })
}

/** The built pages; every path that is not a file or the API is the page itself, whose router knows it. */
async function serveWeb(app: FastifyInstance) {
  // Read with every start: the screens may be built anew between two.
  const file = join(webFolder, 'index.html')
  const page = existsSync(file) ? await readFile(file, 'utf8') : undefined
  app.setNotFoundHandler((request, reply) => {
    if (request.method !== 'GET' || /^\/(api|assets)([/?]|$)/.test(request.url) || !page)
      return replyWithProblem(notFound(), request, reply)
    return sendPage(page, request, reply)
  })
  await app.register(serveStatic, {
    root: webFolder,
    wildcard: true,
    // The page itself is sent by `sendPage`.
    index: false,
    allowedPath: (path) => !/^\/index\.html(\.|$)/.test(path),
    preCompressed: true,
    setHeaders: (response, path) => {
      const cache = path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache'
      response.header('cache-control', cache)
    },
  })
}
