import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Listener, listen } from './cli/listener.ts'
import { type Person, testWorld } from './testing.ts'

let listener: Listener
const world = testWorld({
  kernel: async () => {
    listener = await listen({ host: '127.0.0.1', port: 0, tls: null })
    return {
      listen: { host: '127.0.0.1', port: listener.port(), tls: false },
      move: (host) => listener.move(host, listener.port()),
    }
  },
})
let head: Person
beforeAll(async () => {
  head = await world.person('head')
  await world.app.ready()
  listener.serve((request, response) => world.app.routing(request, response))
})
afterAll(() => listener.close(0))

const settings = () => readFile(join(world.app.kernel.dataDir, 'kartoteka.env'), 'utf8')
const reaches = (address: string) =>
  fetch(`${address}/api/health`).then(
    ({ status }) => status === 200,
    () => false,
  )

test('opened to the office the server answers on the network at once and at the next start; closed, on this computer alone', async () => {
  const here = `http://127.0.0.1:${listener.port()}`
  expect(await reaches(here)).toBe(true)
  expect((await head.get('/network')).body).toEqual({ open: false, addresses: [] })

  const opened = (await head.put('/network', { open: true })).body
  expect(opened.open).toBe(true)
  for (const address of opened.addresses) expect(await reaches(address), address).toBe(true)
  expect(await reaches(here)).toBe(true)
  expect(await settings()).toBe('HOST=0.0.0.0\n')
  expect((await head.put('/network', { open: true })).status).toBe(200)

  expect((await head.put('/network', { open: false })).body).toEqual({ open: false, addresses: [] })
  for (const address of opened.addresses) expect(await reaches(address), address).toBe(false)
  expect(await reaches(here)).toBe(true)
  expect(await settings()).toBe('HOST=127.0.0.1\n')
})

test('an invitation made at the server itself is for an address of the network, once that is open', async () => {
  const { addresses } = (await head.put('/network', { open: true })).body
  const { link } = (await head.post('/users', { email: 'x@example.test', name: 'Икс', role: 'manager' })).body
  if (addresses.length > 0) expect(link.startsWith(`${addresses[0]}/invitation/`)).toBe(true)
  await head.put('/network', { open: false })
})

test('only head and admin see and open the network', async () => {
  const manager = await world.person('manager')
  expect((await manager.get('/network')).status).toBe(403)
  expect((await manager.put('/network', { open: true })).status).toBe(403)
  expect((await world.stranger.put('/network', { open: true })).status).toBe(401)
  expect((await (await world.person('admin')).get('/network')).status).toBe(200)
})
