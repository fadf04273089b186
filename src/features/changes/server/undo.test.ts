import { beforeAll, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'

const world = testWorld()
let head: Person

beforeAll(async () => {
  head = await world.person('head')
})

const state = async (person: Person) => (await person.get('/undo')).body
const undo = async (person: Person) => person.post('/undo', { id: (await state(person)).undo.id })
const redo = async (person: Person) => person.post('/redo', { id: (await state(person)).redo.id })
const read = async (person: Person, id: string) => (await person.get(`/clients/${id}`)).body
const region = async (person: Person, id: string) => (await read(person, id)).region
const set = async (person: Person, id: string, value: string) =>
  person.patch(`/clients/${id}`, { version: (await read(person, id)).version, region: value })

test('own acts go back one by one and come back one by one; a new act ends what could come back', async () => {
  const manager = await world.person('manager')
  expect(await state(manager)).toEqual({ undo: null, redo: null })
  const { id } = (await manager.post('/clients', { name: 'Туда-сюда', region: 'А' })).body
  await set(manager, id, 'Б')
  await set(manager, id, 'В')
  const { status, body } = await undo(manager)
  expect(status).toBe(200)
  expect(body).toMatchObject({
    jobId: null,
    counts: { restored: 1, kept: 0, hidden: 0 },
    undo: { act: 'client.update', client: { id, name: 'Туда-сюда' } },
    redo: { id: body.changeSetId, act: 'change-set.reverse', reversedAct: 'client.update' },
  })
  expect(await region(manager, id)).toBe('Б')
  await undo(manager)
  expect(await region(manager, id)).toBe('А')
  await undo(manager)
  expect((await read(manager, id)).archivedAt).not.toBeNull()
  expect((await state(manager)).undo).toBeNull()
  await redo(manager)
  await redo(manager)
  expect(await region(manager, id)).toBe('Б')
  await undo(manager)
  expect(await region(manager, id)).toBe('А')
  await redo(manager)
  await redo(manager)
  expect(await region(manager, id)).toBe('В')
  expect((await state(manager)).redo).toBeNull()
  await undo(manager)
  await set(manager, id, 'Г')
  expect((await state(manager)).redo).toBeNull()
  await undo(manager)
  expect(await region(manager, id)).toBe('Б')
})

test('only own acts, only exactly the one that was shown, and not what was done by a file or a list of values', async () => {
  const manager = await world.person('manager')
  const { id } = (await manager.post('/clients', { name: 'Свой', region: 'А' })).body
  await set(head, id, 'Б')
  expect((await state(manager)).undo.act).toBe('client.create')
  const shown = (await state(head)).undo
  expect((await manager.post('/undo', { id: shown.id })).status).toBe(409)
  await set(head, id, 'В')
  const late = await head.post('/undo', { id: shown.id })
  expect(late.status).toBe(409)
  expect(late.body.state.undo).toMatchObject({ act: 'client.update', client: { id } })
  expect(late.body.state.undo.id).not.toBe(shown.id)
  expect(await region(head, id)).toBe('В')

  await world.sql(
    `insert into change_sets (author_id, act, counts) select $1, a, '{"clients": {"u": 1}}'
    from unnest(array['import.apply', 'dictionary.update', 'export']) a`,
    [head.id],
  )
  expect((await state(head)).undo.id).toBe(late.body.state.undo.id)
})

test('an act that changed nothing is passed over', async () => {
  const manager = await world.person('manager')
  const { id } = (await manager.post('/clients', { name: 'Ничего', region: 'А' })).body
  await set(manager, id, 'А')
  expect((await state(manager)).undo.act).toBe('client.create')
})

test('an act of many rows is taken back by a job, and told when it is done', async () => {
  const manager = await world.person('manager')
  const ids = await world.sql<{ id: string }>(
    `with m as (insert into change_sets (author_id, act) values ($1, 'client.bulk-edit') returning id),
       s as (select set_config('app.change_set', id::text, true) as id from m)
     insert into clients (name, owner_id, region) select 'Оптом ' || n, $1, 'А' from s, generate_series(1, 3100) n returning id`,
    [manager.id],
  )
  const shown = (await state(manager)).undo
  expect(shown).toMatchObject({ act: 'client.bulk-edit', counts: { clients: { i: 3100 } } })
  const begun = await manager.post(`/change-sets/${shown.id}/reversal`)
  expect(begun.status).toBe(202)
  expect(begun.body).toMatchObject({ changeSetId: null, counts: null })
  await expect
    .poll(async () => (await manager.get(`/jobs/${begun.body.jobId}`)).body, {
      timeout: 60_000,
      interval: 200,
    })
    .toMatchObject({ status: 'done', result: { counts: { restored: 3100, kept: 0, hidden: 0 }, kept: [] } })
  expect((await read(manager, ids[0]!.id)).archivedAt).not.toBeNull()
  expect(await state(manager)).toMatchObject({ undo: null, redo: { reversedAct: 'client.bulk-edit' } })
})
