import { connect } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { type Listener, listen } from './listener.ts'

const open: Listener[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((listener) => listener.close(0)))
})
const start = async (host = '127.0.0.1', port = 0) => {
  const listener = await listen({ host, port, tls: null })
  open.push(listener)
  return listener
}

test('answers 503 with a problem until somebody serves', async () => {
  const listener = await start()
  const url = `http://127.0.0.1:${listener.port()}/api/health`
  const early = await fetch(url)
  expect(early.status).toBe(503)
  expect(early.headers.get('content-type')).toBe('application/problem+json')
  listener.serve((_request, response) => response.end('here'))
  expect(await (await fetch(url)).text()).toBe('here')
})

test('a taken port and an address of no card of this computer are refused', async () => {
  const listener = await start()
  await expect(start('127.0.0.1', listener.port())).rejects.toMatchObject({ reason: 'port-taken' })
  await expect(start('203.0.113.9')).rejects.toMatchObject({ reason: 'host-unknown' })
})

test('moves to the whole network on the same port, and back where it was if it cannot', async () => {
  const listener = await start()
  listener.serve((_request, response) => response.end('here'))
  const port = listener.port()
  await listener.move('0.0.0.0', port)
  expect(listener.port()).toBe(port)
  expect((await fetch(`http://127.0.0.1:${port}`)).status).toBe(200)
  await expect(listener.move('203.0.113.9', port)).rejects.toMatchObject({ reason: 'host-unknown' })
  expect((await fetch(`http://127.0.0.1:${port}`)).status).toBe(200)
})

test('what is no HTTP is answered with a problem', async () => {
  const listener = await start()
  const answer = await new Promise<string>((resolve) => {
    let said = ''
    const socket = connect(listener.port(), '127.0.0.1', () => socket.write('GET /ромашка HTTP/1.1\r\n\r\n'))
    socket.on('data', (chunk) => (said += chunk))
    socket.on('close', () => resolve(said))
  })
  expect(answer).toMatch(/^HTTP\/1\.1 400 .*application\/problem\+json/s)
})
