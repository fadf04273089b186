import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import type { Client } from '#features/clients/contract.ts'
import { asksOf, askAs } from '#app/rights/ask.ts'
import { makeForeign } from '#app/rights/foreign-record.ts'
import { table } from '#app/rights/table.ts'
import { type Person, testWorld } from '#app/testing.ts'
import { judgeInn } from '#shared/tax-numbers.ts'

const world = testWorld()
let head: Person, manager: Person, heir: Person

beforeAll(async () => {
  head = await world.person('head')
})
beforeEach(async () => {
  manager = await world.person('manager')
  heir = await world.person('manager')
  await world.sql('update users set may_export = true where id = $1', [manager.id])
  await world.sql('update alarms set seen_at = now() where seen_at is null')
})

const alarms = async () =>
  (await head.get('/alarms?seen=false')).body.items.map(
    ({ kind, userId, client }: { kind: string; userId: string; client: { id: string } | null }) => [
      kind,
      userId,
      client?.id,
    ],
  )
/** A client of the manager that the head has marked. */
async function canary(): Promise<Client> {
  const { body } = await manager.post('/clients', {
    name: 'ООО «Приманка»',
    contacts: [{ kind: 'email', value: `kontrol${Math.trunc(Math.random() * 1e9)}@yandex.ru` }],
  })
  expect((await head.call('PUT', `/clients/${body.id}/canary`)).status).toBe(204)
  return body
}
async function finished(person: Person, jobId: string) {
  for (let state = ''; state !== 'done'; await pause(20)) {
    state = (await person.get(`/jobs/${jobId}`)).body.status
    expect(state).not.toBe('failed')
  }
}

test('one act makes each manager who has none a client that passes every verdict and is nobody’s', async () => {
  await manager.post('/clients', { name: 'Образец', region: 'Тверь', stage: 'Работаем', inn: '6950000017' })
  const { status, body } = await head.post('/canaries', {
    userIds: [manager.id, heir.id, head.id],
    email: 'kontrol@yandex.ru',
    phone: '+7 495 730-18-24',
  })
  expect(status, JSON.stringify(body)).toBe(201)
  expect(body.map(({ ownerId }: { ownerId: string }) => ownerId).toSorted()).toEqual(
    [manager.id, heir.id].toSorted(),
  )
  const own = body.find(({ ownerId }: { ownerId: string }) => ownerId === manager.id)
  const card = (await manager.get(`/clients/${own.client.id}`)).body as Client
  expect(card).toMatchObject({ ownerId: manager.id, region: 'Тверь', stage: 'Работаем' })
  expect(card.contacts.map(({ kind, verdict }) => [kind, verdict])).toEqual([
    ['phone', 'ok'],
    ['email', 'ok'],
  ])
  expect(card.contacts[1]!.value).toMatch(/^kontrol\+[a-z]+\d+@yandex\.ru$/)
  expect(judgeInn(card.inn!)).toMatchObject({ value: card.inn, verdict: 'ok' })
  expect(card.inn).toMatch(/^\d\d98\d{6}$/)
  expect(card.entered).toEqual({})
  const others = body.map(({ client }: { client: { id: string } }) => client.id)
  const cards: Client[] = (await head.get(`/clients?ids=${others.join(',')}`)).body.items
  expect(new Set(cards.flatMap(({ contacts }) => contacts.map(({ value }) => value))).size).toBe(4)
  // Whoever has one gets no second.
  expect((await head.post('/canaries', { userIds: [manager.id], email: 'kontrol@yandex.ru' })).body).toEqual(
    [],
  )
})

test('an address that colleagues know is refused, and so is none at all', async () => {
  const [known] = await world.sql<{ email: string }>('select email from users where id = $1', [heir.id])
  for (const email of [known!.email, 'other@example.test']) {
    const { status, body } = await head.post('/canaries', { userIds: [manager.id], email })
    expect([status, body.errors[0].path]).toEqual([422, 'email'])
  }
  expect((await head.post('/canaries', { userIds: [manager.id] })).status).toBe(422)
})

test('marked or not, a manager is answered the same to the letter, whatever he asks', async () => {
  const record = await makeForeign(world, manager)
  const reads = Object.entries(table).filter(([name]) => name.startsWith('GET ') && name !== 'GET /stream')
  const answers = async () => {
    const all: [string, number, unknown][] = []
    for (const [name, rule] of reads)
      for (const ask of asksOf(rule, record, 'manager')) {
        const { status, body, raw } = await askAs(world, manager, name, ask)
        const isText = typeof body === 'object' || name.includes('openapi')
        all.push([`${name} ${JSON.stringify(ask)}`, status, isText ? withoutMoment(body) : raw.length])
      }
    return all
  }
  await answers()
  const before = await answers()
  await head.call('PUT', `/clients/${record.clientId}/canary`)
  const after = await answers()
  // Taking files away leaves its own traces in his journal; that is no news of the client.
  for (const [index, [name, ...answer]] of before.entries())
    if (!/change-sets|undo|\.xlsx|quota|takings|readings/.test(name))
      expect(after[index]!.slice(1), name).toEqual(answer)
  const told = after.filter(([, , body]) => /canar/i.test(JSON.stringify(body))).map(([name]) => name)
  expect(told).toEqual([])
  const description = (await manager.get('/openapi.json')).body
  expect(JSON.stringify(description.paths['/api/clients/{id}'].get)).not.toMatch(/canary/i)
  expect((await manager.del(`/clients/${record.clientId}/canary`)).status).toBe(404)
  expect((await manager.call('PUT', `/clients/${record.clientId}/canary`)).status).toBe(404)
})

/** Without the moment of asking. */
const withoutMoment = (body: unknown) => {
  const { since: _, ...rest } = body as { since?: string }
  return Array.isArray(body) ? body : rest
}

test('in a file of the base, of a report or of addresses it raises an alarm, once a canary', async () => {
  const client = await canary()
  const plain = (await manager.post('/clients', { name: 'Обычный' })).body
  const { body } = await manager.post('/clients/exports', {
    format: 'csv',
    columns: ['name'],
    language: 'ru',
    ids: [plain.id],
  })
  await finished(manager, body.jobId)
  expect(await alarms()).toEqual([])
  const whole = await manager.post('/clients/exports', { format: 'csv', columns: ['name'], language: 'ru' })
  await finished(manager, whole.body.jobId)
  const expected = [['canary.exported', manager.id, client.id]]
  expect(await alarms()).toEqual(expected)
  for (const path of [
    '/reports/contact-info/clients.xlsx',
    '/reports/contact-info/values.xlsx',
    '/reports/contact-info/values/distinct?kind=email',
  ]) {
    await world.sql('update alarms set seen_at = now() where seen_at is null')
    expect((await manager.get(path)).status, path).toBe(200)
    expect(await alarms(), path).toEqual(expected)
  }
  const shown = (await head.get('/alarms?limit=1')).body.items[0]
  expect(shown.details).toMatchObject({ way: 'clipboard' })
  for (const way of ['clipboard', 'print']) {
    await world.sql('update alarms set seen_at = now() where seen_at is null')
    const copy = { way, selection: {}, clientIds: [plain.id, client.id] }
    expect((await manager.post('/copies', { ...copy, rows: 1 })).status).toBe(201)
    expect(await alarms()).toEqual([])
    expect((await manager.post('/copies', { ...copy, rows: 2 })).status).toBe(201)
    expect(await alarms()).toEqual(expected)
  }
})

test('written to, it raises an alarm that says how; looked at or given to another it does not', async () => {
  const client = await canary()
  const path = `/clients/${client.id}`
  await manager.get(path)
  await manager.get(`${path}/history`)
  expect(await alarms()).toEqual([])
  const { version } = (await manager.get(path)).body
  await head.patch(path, { version, comment: 'руководитель может' })
  expect(await alarms()).toEqual([])
  const fresh = (await manager.get(path)).body.version
  await manager.patch(path, { version: fresh, comment: 'правлю' })
  expect(await alarms()).toEqual([['canary.changed', manager.id, client.id]])
  await world.sql('update alarms set seen_at = now()')
  await manager.post('/activities', { clientId: client.id, kind: 'call', doneAt: new Date().toISOString() })
  expect(await alarms()).toEqual([['canary.written', manager.id, client.id]])
  await world.sql('update alarms set seen_at = now()')
  const now = (await manager.get(path)).body as Client
  await manager.patch(path, {
    version: now.version,
    contacts: [
      ...now.contacts.map(({ id, kind, value }) => ({ id, kind, value })),
      { kind: 'phone', value: '+7 495 700-00-00' },
    ],
  })
  expect(await alarms()).toEqual([['canary.changed', manager.id, client.id]])
  await world.sql('update alarms set seen_at = now()')
  await head.post('/handovers', { fromId: manager.id, parts: [{ toId: heir.id, filter: {} }] })
  expect(await alarms()).toEqual([])
  expect((await head.get(`/canaries?client=${client.id}`)).body[0]).toMatchObject({
    ownerId: heir.id,
    made: false,
    alarms: 3,
  })
})

test('a client that is none any more raises nothing', async () => {
  const client = await canary()
  expect((await head.del(`/clients/${client.id}/canary`)).status).toBe(204)
  expect((await head.del(`/clients/${client.id}/canary`)).status).toBe(404)
  await manager.patch(`/clients/${client.id}`, { version: client.version, comment: 'правлю' })
  expect(await alarms()).toEqual([])
})
