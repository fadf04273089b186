import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { Duplex } from 'node:stream'
import type { Config } from '#server/config.ts'
import { endSlowBody } from '#server/http/slow-bodies.ts'
import { Refusal } from '#server/refusal.ts'

/** A filter of the base may name hundreds of people and values, and it lives in the address. */
const maxHeaderSize = 64 * 1024

type Handler = (request: IncomingMessage, response: ServerResponse) => void

export interface Listener {
  /** The port in use, also where any free one was asked for. */
  port(): number
  /** From now on requests are answered by this; before, every one gets 503. */
  serve(handler: Handler): void
  /** Listens on another address; connections that are open stay. */
  move(host: string, port: number): Promise<void>
  /** Takes no more connections and ends the open ones after `grace` milliseconds. */
  close(grace: number): Promise<void>
}

/**
 * Takes the port before anything else is touched, so that a taken one is told at once and `/api/health` says 503
 * until the base is migrated.
 * @throws Refusal
 */
export async function listen({ host, port, tls }: Pick<Config, 'host' | 'port' | 'tls'>): Promise<Listener> {
  let handler: Handler = notYet
  const answer: Handler = (request, response) => {
    endSlowBody(request)
    handler(request, response)
  }
  const server: Server = tls
    ? createSecureServer({ ...tls, maxHeaderSize }, answer)
    : createServer({ maxHeaderSize }, answer)
  // Longer than the minute proxies keep an idle connection: they must never meet one we have just closed.
  server.keepAliveTimeout = 72_000
  // Gigabytes on a slow line take their time: `endSlowBody` tells them from who only holds a connection.
  server.requestTimeout = 0
  server.headersTimeout = 20_000
  server.on('clientError', refuseMalformed)
  await bind(server, host, port)
  const inUse = () => (server.address() as { port: number } | null)?.port ?? port
  return {
    port: inUse,
    serve: (next) => (handler = next),
    move: async (nextHost, nextPort) => {
      const before = { host, port: inUse() }
      // Only the listening ends: "any address" and one of them may not be listened on together.
      server.close()
      try {
        await bind(server, nextHost, nextPort)
        host = nextHost
      } catch (error) {
        await bind(server, before.host, before.port)
        throw error
      }
    },
    close: async (grace) => {
      const timer = setTimeout(() => server.closeAllConnections(), grace)
      await new Promise((resolve) => {
        server.close(resolve)
        server.closeIdleConnections()
      })
      clearTimeout(timer)
    },
  }
}

function bind(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => reject(explain(error, host, port))
    server.once('error', failed)
    server.listen(port, host, () => {
      server.off('error', failed)
      resolve()
    })
  })
}

function explain(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code === 'EADDRINUSE') return new Refusal('port-taken', { host, port, other: port + 1 })
  if (error.code === 'EACCES') return new Refusal('port-forbidden', { host, port })
  if (error.code === 'EADDRNOTAVAIL' || error.code === 'ENOTFOUND')
    return new Refusal('host-unknown', { host })
  return error
}

function notYet(_request: IncomingMessage, response: ServerResponse): void {
  const problem = { type: 'about:blank', title: 'Starting', status: 503 }
  response.writeHead(503, { 'content-type': 'application/problem+json', 'retry-after': '1' })
  response.end(JSON.stringify(problem))
}

/** What is no HTTP never reaches the handlers; letters of an address that are not percent-encoded are the usual case. */
function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return
  const problem =
    error.code === 'HPE_HEADER_OVERFLOW'
      ? { type: 'too-large', title: 'The address or a header is too long', status: 431 }
      : { type: 'bad-request', title: 'Malformed request: addresses must be percent-encoded', status: 400 }
  const body = JSON.stringify(problem)
  const lines = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
    'content-type: application/problem+json',
    `content-length: ${body.length}`,
  ]
  socket.end(`${lines.join('\r\n')}\r\nconnection: close\r\n\r\n${body}`)
}
