import { connect, type Socket } from 'node:net'
import { percentile } from './percentile.ts'

/** Requests a second, the 95th percentile of the times in milliseconds, answers that were not 2xx. */
export interface Load {
  rate: number
  p95: number
  failures: number
}

export interface Shot {
  method?: 'GET' | 'POST' | 'PATCH'
  path: string
  body?: unknown
}

export interface Target {
  host: string
  port: number
  token: string
}

const connections = 16

/**
 * Sends shots over 16 kept-alive connections, each the next as soon as the answer is whole, for so many seconds.
 * A client of its own, since the load shares the cores with the product: it reads no more than the length of an answer.
 */
export async function httpLoad(target: Target, next: () => Shot, seconds: number): Promise<Load> {
  const times: number[] = []
  let failures = 0
  const end = performance.now() + seconds * 1000
  const began = performance.now()
  await Promise.all(
    Array.from({ length: connections }, async () => {
      const connection = await open(target)
      while (performance.now() < end) {
        const sent = performance.now()
        const status = await connection.send(requestOf(target, next()))
        times.push(performance.now() - sent)
        if (status < 200 || status > 299) failures += 1
      }
      connection.close()
    }),
  )
  return { rate: times.length / ((performance.now() - began) / 1000), p95: percentile(times, 0.95), failures }
}

function requestOf({ host, port, token }: Target, { method = 'GET', path, body }: Shot): string {
  const text = body === undefined ? '' : JSON.stringify(body)
  const length =
    text === '' ? '' : `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n`
  return `${method} /api${path} HTTP/1.1\r\nhost: ${host}:${port}\r\nauthorization: Bearer ${token}\r\n${length}\r\n${text}`
}

interface Connection {
  /** @returns the status once the whole answer has come */
  send(request: string): Promise<number>
  close(): void
}

async function open({ host, port }: Target): Promise<Connection> {
  const socket: Socket = connect({ host, port, noDelay: true })
  await new Promise((resolve, reject) => socket.once('connect', resolve).once('error', reject))
  let answered: { resolve: (status: number) => void; reject: (error: Error) => void } | undefined
  let head: Buffer = Buffer.alloc(0)
  let status = 0
  let missing = -1
  socket.on('data', (chunk: Buffer) => {
    if (missing < 0) {
      head = head.length === 0 ? chunk : Buffer.concat([head, chunk])
      const body = head.indexOf('\r\n\r\n')
      if (body < 0) return
      const text = head.toString('latin1', 0, body)
      status = Number(text.slice(9, 12))
      missing = Number(/content-length: (\d+)/i.exec(text)?.[1] ?? 0) - (head.length - body - 4)
      head = Buffer.alloc(0)
    } else missing -= chunk.length
    if (missing > 0) return
    missing = -1
    answered?.resolve(status)
  })
  socket.on('error', (error) => answered?.reject(error))
  socket.on('close', () => answered?.reject(new Error('the product closed the connection')))
  return {
    send: (request) =>
      new Promise((resolve, reject) => {
        answered = { resolve, reject }
        socket.write(request)
      }),
    close: () => {
      answered = undefined
      socket.destroy()
    },
  }
}
