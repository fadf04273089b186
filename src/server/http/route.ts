import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { z } from 'zod'
import type { Endpoint, Reads } from '#shared/endpoint.ts'
import { callerOf, checkOrigin, type Caller } from '#server/auth/caller.ts'
import { asCaller, type Tx } from '#server/db/tx.ts'
import { languageOf, notFound, onlyLooking, parseInput, type Problem } from './problem.ts'
import type { Kernel } from '#server/kernel.ts'

export interface Context {
  tx: Tx
  caller: Caller
  kernel: Kernel
  request: FastifyRequest
  reply: FastifyReply
}

/** A body that is sent as it is: JSON the database wrote under the names of the contract, or a stream. */
export class Raw {
  readonly body: string | Buffer | NodeJS.ReadableStream
  readonly type: string
  /** How many rows of clients' data it holds. */
  readonly rows: number
  constructor(
    body: string | Buffer | NodeJS.ReadableStream,
    type = 'application/json; charset=utf-8',
    rows = 1,
  ) {
    this.body = body
    this.type = type
    this.rows = rows
  }
}

declare module 'fastify' {
  interface FastifyInstance {
    kernel: Kernel
    /** Every endpoint routed so far: OpenAPI and the rights matrix are made from it. */
    endpoints: Endpoint[]
  }
  interface FastifyContextConfig {
    endpoint?: Endpoint
  }
}

type Handler<E extends Endpoint, C> = (
  input: z.output<E['input']>,
  context: C,
) => Promise<z.input<E['output']> | Raw> | z.input<E['output']> | Raw

/**
 * Serves an endpoint as the caller: one transaction, read-only round trips for GET. Input and output are parsed by the contract,
 * so that a column it does not name cannot leave.
 */
export function route<E extends Endpoint>(app: FastifyInstance, endpoint: E, handler: Handler<E, Context>) {
  serve(app, endpoint, async (request, reply) => {
    checkOrigin(request, app.kernel.publicUrl)
    const caller = await callerOf(app.kernel, request)
    if (caller.look) refuseToLooker(endpoint)
    const input = parseRequest(endpoint, request)
    const { reading } = app.kernel
    // Through another's eyes it is still the head who reads.
    const reader = caller.look?.headId ?? caller.id
    // Of a write too: what it answers with is read all the same.
    if (endpoint.reads && reading.mayBeHeld(reader)) await reading.admit(reader)
    const note = (rows: number) => {
      if (endpoint.reads) reading.note(reader, readingKindOf(endpoint.reads, request), rows, request.url)
    }
    const answer = () =>
      asCaller(
        app.kernel.database.app,
        caller.identity,
        async (tx) => handler(input, { tx, caller, kernel: app.kernel, request, reply }),
        {
          mode: endpoint.method === 'GET' ? 'read' : 'write',
          roleHint: caller.role,
          ...(app.kernel.ownClock && { now: app.kernel.now() }),
        },
      )
    // A file that was being received is gone with the first try.
    const value = await (request.isMultipart() ? answer() : persistently(answer)).catch((error: unknown) => {
      // What others changed meanwhile is told with its present values.
      if ((error as Partial<Problem>).type === 'conflict') note(1)
      // A table that is closed to a role holds no records for it.
      throw endpoint.path.includes(':') && isClosedTable(error) ? notFound() : error
    })
    note(rowsIn(value))
    return value
  })
}

const mostTries = 3

/** Of two writes that wait for each other the database gives one up; nothing of it is there then, and it is done again. */
async function persistently<Answer>(act: () => Promise<Answer>, tries = mostTries): Promise<Answer> {
  try {
    return await act()
  } catch (error) {
    if (tries === 1 || !['40P01', '40001'].includes((error as { code?: string }).code ?? '')) throw error
    return persistently(act, tries - 1)
  }
}

/** A program reads lists by a token: counted apart. */
export const readingKindOf = (reads: Reads, request: FastifyRequest) =>
  request.headers.authorization && (reads === 'list' || reads === 'report') ? 'api' : reads

function rowsIn(value: unknown): number {
  if (value instanceof Raw) return value.rows
  const items = Array.isArray(value) ? value : (value as { items?: unknown } | undefined)?.items
  if (Array.isArray(items)) return items.length
  const lists = Object.values(value ?? {}).filter((list) => Array.isArray(list))
  return Math.max(
    1,
    lists.flat().reduce((sum: number, one) => sum + entriesIn(one), 0),
  )
}

/** A day of a calendar holds many rows. */
const entriesIn = (one: { entries?: unknown } | null) =>
  Array.isArray(one?.entries) ? one.entries.length : 1

/** Serves an endpoint to strangers (`open: true`): no transaction, only what the kernel's own functions do. */
export function openRoute<E extends Endpoint>(
  app: FastifyInstance,
  endpoint: E,
  handler: Handler<E, Omit<Context, 'tx' | 'caller'>>,
) {
  serve(app, endpoint, async (request, reply) => {
    checkOrigin(request, app.kernel.publicUrl)
    const input = parseRequest(endpoint, request)
    return handler(input, { kernel: app.kernel, request, reply })
  })
}

function serve(
  app: FastifyInstance,
  endpoint: Endpoint,
  answer: (request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
) {
  app.endpoints.push(endpoint)
  app.route({
    method: endpoint.method,
    url: `/api${endpoint.path}`,
    config: { endpoint },
    bodyLimit: endpoint.open ? strangersBody : endpoint.largeBody ? largeBody : usualBody,
    // Whoever may not write is told before his body is read.
    ...(!endpoint.open &&
      endpoint.method !== 'GET' && { onRequest: (request) => admit(app.kernel, request) }),
    handler: async (request, reply) => {
      const value = await answer(request, reply)
      if (reply.sent) return reply
      // Unless the handler has said 202: long work has only been begun.
      if (reply.statusCode === 200) reply.status(endpoint.status)
      if (value instanceof Raw) return reply.type(value.type).send(value.body)
      const output = endpoint.output.parse(value)
      if (output === undefined) return reply.status(endpoint.status === 200 ? 204 : endpoint.status).send()
      return reply.type('application/json; charset=utf-8').send(JSON.stringify(output))
    },
  })
}

/** @throws Problem 403 for whatever is no reading of clients' data, and for files, to a head who looks through this person's eyes */
function refuseToLooker({ method, path, personal, endsLook }: Endpoint) {
  // A file is for whom it was made, and stands in his journal.
  if (endsLook || (method === 'GET' && !personal && !path.endsWith('.xlsx'))) return
  throw onlyLooking()
}

async function admit(kernel: Kernel, request: FastifyRequest) {
  checkOrigin(request, kernel.publicUrl)
  await callerOf(kernel, request)
}

/** Bytes of JSON. A form of one screen is a hundred times smaller; rows in the thousands are `largeBody`. */
const usualBody = 1024 ** 2
const largeBody = 20 * 1024 ** 2
const strangersBody = 64 * 1024

const isClosedTable = (error: unknown) => (error as { routine?: string }).routine === 'aclcheck_error'

/** @throws Problem 404 where a path names a record by what cannot be an id; 422 with every other field that does not fit */
function parseRequest<E extends Endpoint>(endpoint: E, request: FastifyRequest): z.output<E['input']> {
  try {
    return parseInput(endpoint.input, inputOf(request), languageOf(request)) as z.output<E['input']>
  } catch (error) {
    const { errors } = (error as Problem).extra as { errors: { path: string }[] }
    const inPath = new Set(Object.keys(request.params as object))
    throw errors.some(({ path }) => inPath.has(path)) ? notFound() : error
  }
}

function inputOf(request: FastifyRequest): unknown {
  const body = request.body
  if (Array.isArray(body) || (body !== undefined && body !== null && typeof body !== 'object')) return body
  return { ...(request.query as object), ...(body as object | undefined), ...(request.params as object) }
}
