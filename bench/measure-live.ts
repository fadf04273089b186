import { get, type IncomingMessage } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import type { Target } from './http-load.ts'
import { percentile } from './percentile.ts'
import type { Role } from './roles.ts'
import type { Line } from './table.ts'

const listeners = 200
const editsASecond = 20

/**
 * From sending an edit to its event in the hands of everybody who sees the client: `listeners` streams shared among the roles, so that
 * every edit of the manager is for all of them.
 */
export async function measureLive(
  roles: Role[],
  target: (role: Role) => Target,
  seconds: number,
): Promise<Line> {
  const manager = roles.find(({ name }) => name === 'manager')!
  const sent = new Map<string, number>()
  const times: number[] = []
  const streams = await Promise.all(
    Array.from({ length: listeners }, (_, n) =>
      listen(target(roles[n % roles.length]!), (clientId) => {
        const at = sent.get(clientId)
        if (at !== undefined) times.push(performance.now() - at)
      }),
    ),
  )
  const edits = Math.round(Math.max(3, seconds) * editsASecond)
  const clients = manager.ids.slice(0, edits)
  const began = performance.now()
  const answers: Promise<boolean>[] = []
  for (const [n, id] of clients.entries()) {
    await pause(Math.max(0, began + (n * 1000) / editsASecond - performance.now()))
    sent.set(id, performance.now())
    answers.push(edit(target(manager), id, `замечено ${n} ${began}`))
  }
  const failed = (await Promise.all(answers)).filter((done) => !done).length
  await pause(1_000)
  for (const stream of streams) stream.destroy()
  const expected = (clients.length - failed) * listeners
  const p95 = percentile(times, 0.95)
  const missed = expected - times.length
  return {
    what: `edit seen, ${listeners} listeners, ${editsASecond}/s`,
    who: 'all roles',
    figure: `p50 ${percentile(times, 0.5).toFixed(0)}, p95 ${p95.toFixed(0)} ms${missed === 0 ? '' : `, ${missed} not heard`}${failed === 0 ? '' : `, ${failed} failed`}`,
    budget: 'p95 ≤ 150 ms',
    holds: p95 <= 150 && missed === 0 && failed === 0,
  }
}

async function edit({ host, port, token }: Target, id: string, comment: string): Promise<boolean> {
  const answer = await fetch(`http://${host}:${port}/api/clients/${id}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ version: 1_000_000, comment }),
  })
  await answer.arrayBuffer()
  return answer.ok
}

/** Reads no more of an event than the id of its client: the listeners share the cores with the product. */
function listen({ host, port, token }: Target, heard: (clientId: string) => void): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const headers = { authorization: `Bearer ${token}` }
    get({ host, port, path: '/api/stream', headers, agent: false }, (stream) => {
      let rest = ''
      stream.setEncoding('utf8')
      stream.on('error', () => {})
      stream.on('data', (part: string) => {
        const frames = (rest + part).split('\n\n')
        rest = frames.pop()!
        for (const frame of frames) {
          if (frame.includes('event: ready')) resolve(stream)
          const id = /"id":"([^"]+)"/.exec(frame)?.[1]
          if (id) heard(id)
        }
      })
    }).on('error', reject)
  })
}
