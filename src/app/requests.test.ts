import { beforeAll, describe, expect, test } from 'vitest'
import { type Person, testWorld } from './testing.ts'

const world = testWorld()
const json = { 'content-type': 'application/json' }
let manager: Person
beforeAll(async () => {
  manager = await world.person('manager')
})

test('a body that is named JSON and empty is no body', async () => {
  const { body } = await manager.post('/clients', { name: 'ООО «Тишина»' })
  expect((await manager.call('DELETE', `/clients/${body.id}`, '', json)).status).toBe(200)
  expect((await manager.call('POST', '/clients', '', json)).body.errors[0].path).toBe('name')
})

test('JSON in another encoding is refused, not read with holes', async () => {
  const latin = Buffer.from([...Buffer.from('{"name":"'), 0xcf, 0xf0, ...Buffer.from('"}')])
  expect((await manager.call('POST', '/clients', latin, json)).status).toBe(400)
})

test('what is no JSON is refused by its type', async () => {
  for (const type of ['text/plain', 'application/xml', 'application/x-www-form-urlencoded']) {
    const { status } = await manager.call('POST', '/clients', '{"name":"x"}', { 'content-type': type })
    expect(status, type).toBe(415)
  }
})

test('a JSON text or list where an object belongs is 422', async () => {
  for (const body of ['"x"', '[]', '5', 'true']) {
    expect((await manager.call('POST', '/clients', body, json)).status, body).toBe(422)
  }
})

test('every field with a character no text may hold is named', async () => {
  const { status, body } = await manager.post('/clients', {
    name: 'a\0',
    contacts: [{ kind: 'other', value: 'b\0c' }],
  })
  expect(status).toBe(422)
  expect(body.errors.map(({ path }: { path: string }) => path)).toEqual(['name', 'contacts.0.value'])
})

test('a reference to nothing is told by its field', async () => {
  const head = await world.person('head')
  const teamId = '01900000-0000-7000-8000-000000000000'
  const { status, body } = await head.post('/users', {
    email: 'x@example.test',
    name: 'x',
    role: 'manager',
    teamId,
  })
  expect(status).toBe(422)
  expect(body.errors).toEqual([{ path: 'teamId', message: 'Такой записи нет.' }])
})

test('what cannot be an id names no record', async () => {
  for (const path of [
    '/clients/1',
    '/clients/abc/history',
    '/imports/x',
    '/activities/%00',
    '/files/-/content',
  ]) {
    expect((await manager.get(path)).status, path).toBe(404)
  }
})

test('a record of clients’ data is not there for an admin, a list of them is closed to him', async () => {
  const admin = await world.person('admin')
  const { body } = await manager.post('/clients', { name: 'ООО «Невидимка»' })
  expect((await admin.get(`/clients/${body.id}`)).status).toBe(404)
  expect((await admin.patch(`/clients/${body.id}`, { version: 1, name: 'x' })).status).toBe(404)
  expect((await admin.get('/clients')).status).toBe(403)
})

test('an address that cannot be read is told as a problem', async () => {
  const { statusCode, headers } = await world.app.inject({ method: 'GET', url: '/api/clients/%E0%A4%A' })
  expect(statusCode).toBe(400)
  expect(headers['content-type']).toContain('application/problem+json')
})

test('a missing script is not answered with a page', async () => {
  const { statusCode } = await world.app.inject({ method: 'GET', url: '/assets/gone.js' })
  expect(statusCode).toBe(404)
})

describe('a write the database gives up for another one', () => {
  /** The first `times` writes of clients end as in a deadlock; the count outlives them. */
  const givenUp = (times: number) =>
    world.sql(`drop sequence if exists tried cascade;
      create sequence tried;
      create or replace function give_up() returns trigger language plpgsql security definer as $$
      begin
        if nextval('tried') <= ${times} then raise exception 'deadlock detected' using errcode = '40P01'; end if;
        return null;
      end $$;
      create or replace trigger z_give_up after insert on clients execute function give_up()`)
  const rested = () => world.sql('drop trigger z_give_up on clients')

  test('is done again, once and whole', async () => {
    const manager = await world.person('manager')
    await givenUp(2)
    const made = await manager.post('/clients', { name: 'ООО «Упорная»' })
    await rested()
    expect(made.status).toBe(201)
    expect((await manager.get('/clients')).body.items).toHaveLength(1)
    expect((await manager.get(`/clients/${made.body.id}/history`)).body.items).toHaveLength(1)
  })

  test('again and again is told, and nothing is there', async () => {
    const manager = await world.person('manager')
    await givenUp(100)
    const made = await manager.post('/clients', { name: 'ООО «Безнадёжная»' })
    await rested()
    expect(made).toMatchObject({ status: 503, body: { title: expect.stringContaining('ещё раз') } })
    expect((await manager.get('/clients')).body.items).toHaveLength(0)
  })
})
