import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startKernel } from '#app/kernel.ts'
import { buildServer } from '#app/server.ts'
import { listenAs } from '#app/testing-stream.ts'
import { type Person, testWorld } from '#app/testing.ts'

/** Two processes of the product on one base: the world's, and this one beside it. */
const world = testWorld()
let beside: FastifyInstance
let manager: Person
let lead: Person
let close = async () => {}

beforeAll(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'kartoteka-beside-'))
  const { configs } = world
  const kernel = await startKernel({
    ...configs,
    embedded: false,
    secret: Buffer.alloc(32, 7),
    dataDir,
    poolSizes: { app: 4, owner: 3 },
  })
  beside = await buildServer(kernel)
  close = async () => {
    await beside.close()
    await kernel.close()
    await rm(dataDir, { recursive: true, force: true })
  }
  manager = await world.person('manager', { team: 'Север' })
  lead = await world.person('team-head', { team: 'Север' })
})
afterAll(() => close())

test('an edit through one process is heard through the other, well before it would look by itself', async () => {
  const { body: client } = await manager.post('/clients', { name: 'ООО «Мост»' })
  const ear = await listenAs(beside, lead)
  const times: number[] = []
  for (let n = 0; n < 10; n++) {
    const began = performance.now()
    const { body } = await manager.patch(`/clients/${client.id}`, { version: 1_000, comment: String(n) })
    await ear.heard(({ data }) => data.version === body.version)
    times.push(performance.now() - began)
  }
  // Looking by itself comes every second and a half.
  expect(times.toSorted((a, b) => a - b)[5]).toBeLessThan(500)
  ear.close()
})

test('what a process heard before it died is gone on with at the other', async () => {
  const { body: client } = await manager.post('/clients', { name: 'ООО «Смена»' })
  const here = await listenAs(world.app, lead)
  await manager.patch(`/clients/${client.id}`, { version: 1_000, comment: 'раз' })
  const { id } = await here.heard(({ data }) => data.id === client.id)
  here.close()
  await manager.patch(`/clients/${client.id}`, { version: 1_000, comment: 'два' })
  const there = await listenAs(beside, lead, { lastEventId: id })
  await there.heard(({ data }) => data.id === client.id)
  expect(there.events.filter(({ data }) => data.id === client.id)).toHaveLength(1)
  there.close()
})

test('who signs out at one process hears no more at the other', async () => {
  const person = await world.person('manager')
  const ear = await listenAs(beside, person)
  const [session] = (await person.get('/sessions')).body
  expect((await person.del(`/sessions/${session.id}`)).status).toBe(204)
  const began = Date.now()
  await ear.ended
  expect(Date.now() - began).toBeLessThan(1_000)
})

test('who is in a card is known at every process', async () => {
  const { body: client } = await manager.post('/clients', { name: 'ООО «Здесь»' })
  const ear = await listenAs(beside, lead)
  await manager.put('/presence', { clientId: client.id, field: 'name' })
  const { data } = await ear.heard(({ event }) => event === 'presence')
  expect(data).toEqual({ clientId: client.id, people: [{ userId: manager.id, field: 'name' }] })
  const late = await listenAs(beside, lead)
  await late.heard(({ event }) => event === 'presence')
  ear.close()
  late.close()
})

test('a connection the database drops comes back by itself, and nothing of the meantime is lost', async () => {
  const { body: client } = await manager.post('/clients', { name: 'ООО «Обрыв»' })
  const ear = await listenAs(beside, lead)
  await world.sql(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'kartoteka live' and datname = current_database()`,
  )
  await manager.patch(`/clients/${client.id}`, { version: 1_000, comment: 'без связи' })
  // Either the act itself or, since notices may have been lost too, the word to load all anew.
  await ear.heard(({ data, event }) => data.id === client.id || event === 'reload')
  await manager.patch(`/clients/${client.id}`, { version: 1_000, comment: 'снова на связи' })
  await ear.heard(({ data }) => data.id === client.id)
  ear.close()
})

test('a process that is told to end ends its streams', async () => {
  const ear = await listenAs(beside, lead)
  beside.kernel.live.endStreams()
  await ear.ended
})
