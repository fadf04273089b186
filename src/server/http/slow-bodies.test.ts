import { once } from 'node:events'
import { createServer, request as send } from 'node:http'
import { expect, test } from 'vitest'
import { endSlowBody } from './slow-bodies.ts'

async function serverThat(patience: Parameters<typeof endSlowBody>[1]) {
  const server = createServer((request, response) => {
    endSlowBody(request, patience)
    request.resume()
    request.once('end', () => response.end('read'))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return { port, stop: () => new Promise<void>((resolve) => server.close(() => resolve())) }
}

test('a body that trickles is ended, and nothing waits for it any more', async () => {
  const { port, stop } = await serverThat({ everyMs: 50, bytesPerSecond: 100_000 })
  const slow = send({ port, method: 'POST', headers: { 'content-length': 1_000_000 } })
  slow.on('error', () => {})
  const closed = new Promise((resolve) => void slow.once('close', resolve))
  slow.write('{')
  const trickle = setInterval(() => slow.write(' '), 20)
  await closed
  clearInterval(trickle)
  await stop()
})

test('a body that comes whole is answered, however long the answer takes', async () => {
  const { port, stop } = await serverThat({ everyMs: 10, bytesPerSecond: 1e12 })
  const quick = send({ port, method: 'GET' })
  quick.end()
  const [response] = await once(quick, 'response')
  expect(response.statusCode).toBe(200)
  response.resume()
  await once(response, 'end')
  await stop()
})
