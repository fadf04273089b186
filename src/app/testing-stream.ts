import { setTimeout as pause } from 'node:timers/promises'
import type { FastifyInstance } from 'fastify'
import type { Person } from './testing.ts'

// oxlint-disable-next-line typescript/no-explicit-any -- tests look into events freely
export type LiveEvent = { id: string; event: string; data: any }

/** A program that listens to the stream of events over a real socket. */
export interface Ear {
  status: number
  headers: Headers
  /** What has arrived so far, in order, without `ready`. */
  events: LiveEvent[]
  /** Every byte so far. */
  text(): string
  /** The first event, heard already or within ten seconds, that fits. */
  heard(fits: (event: LiveEvent) => boolean): Promise<LiveEvent>
  /** Done when the server has ended the stream. */
  ended: Promise<void>
  close(): void
}

/** Listens as this person; the world's server gets a port of its own the first time. */
export async function listenAs(
  app: FastifyInstance,
  person: Pick<Person, 'token'>,
  { lastEventId, query = '' }: { lastEventId?: string; query?: string } = {},
): Promise<Ear> {
  const address = app.server.address()
  const url =
    typeof address === 'object' && address
      ? `http://127.0.0.1:${address.port}`
      : await app.listen({ host: '127.0.0.1', port: 0 })
  return listenAt(url, person.token, { query, ...(lastEventId !== undefined && { lastEventId }) })
}

export async function listenAt(
  url: string,
  token: string,
  { lastEventId, query = '' }: { lastEventId?: string; query?: string } = {},
): Promise<Ear> {
  const closing = new AbortController()
  const response = await fetch(`${url}/api/stream${query}`, {
    headers: {
      authorization: `Bearer ${token}`,
      ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
    },
    signal: closing.signal,
  })
  let text = ''
  let isReady = false
  const events: LiveEvent[] = []
  const take = (part: string) => {
    text += part
    const frames = text
      .split('\n\n')
      .slice(0, -1)
      .map(eventOf)
      .filter((event) => event.event !== '')
    isReady ||= frames.some(({ event }) => event === 'ready')
    events.splice(0, Infinity, ...frames.filter(({ event }) => event !== 'ready'))
  }
  const ended = read(response, take)
  if (response.status === 200) while (!isReady) await pause(5)
  return {
    status: response.status,
    headers: response.headers,
    events,
    text: () => text,
    heard: async (fits) => {
      for (let tries = 0; tries < 1_000; tries++) {
        const found = events.find(fits)
        if (found) return found
        await pause(10)
      }
      throw new Error(`not heard in ten seconds; what was:\n${text}`)
    },
    ended,
    close: () => closing.abort(),
  }
}

async function read(response: Response, take: (part: string) => void) {
  const decoder = new TextDecoder()
  try {
    for await (const part of response.body ?? []) take(decoder.decode(part, { stream: true }))
  } catch {
    // Broken off: as good as ended.
  }
}

function eventOf(frame: string): LiveEvent {
  const fields = new Map(
    frame
      .split('\n')
      .filter((line) => !line.startsWith(':'))
      .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const),
  )
  const data = fields.get('data')
  return {
    id: fields.get('id') ?? '',
    event: data === undefined ? '' : (fields.get('event') ?? 'message'),
    data: data === undefined ? undefined : JSON.parse(data),
  }
}
