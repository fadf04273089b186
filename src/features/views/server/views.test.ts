import { expect, test, beforeAll } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'

const world = testWorld()
let head: Person
let manager: Person
let other: Person
beforeAll(async () => {
  head = await world.person('head')
  manager = await world.person('manager')
  other = await world.person('manager')
})

const draft = {
  screen: 'clients',
  name: 'Без телефона',
  definition: { missing: ['phone'], columns: ['name'] },
}
const namesOf = async (person: Person, screen = 'clients') =>
  (await person.get(`/views?screen=${screen}`)).body.map(({ name }: { name: string }) => name)

test('a view is saved, changed and deleted by its owner and seen by nobody else', async () => {
  const made = await manager.post('/views', draft)
  expect(made.status).toBe(201)
  expect(made.body).toMatchObject({ ...draft, shared: false, mine: true })
  expect(await namesOf(other)).toEqual([])
  expect(await namesOf(head)).toEqual([])
  for (const person of [other, head]) {
    expect((await person.patch(`/views/${made.body.id}`, { name: 'x' })).status).toBe(404)
    expect((await person.del(`/views/${made.body.id}`)).status).toBe(404)
  }
  const changed = await manager.patch(`/views/${made.body.id}`, {
    name: 'Без почты',
    definition: { missing: ['email'] },
  })
  expect(changed.body).toMatchObject({ name: 'Без почты', definition: { missing: ['email'] } })
  expect((await manager.del(`/views/${made.body.id}`)).status).toBe(204)
  expect(await namesOf(manager)).toEqual([])
})

test('a view the head shares is seen by everybody and changed by heads alone', async () => {
  const shared = (await head.post('/views', { ...draft, name: 'Общий', shared: true })).body
  expect((await manager.get('/views?screen=clients')).body).toMatchObject([
    { name: 'Общий', shared: true, mine: false },
  ])
  expect(await namesOf(manager, 'contact-info')).toEqual([])
  expect((await manager.patch(`/views/${shared.id}`, { name: 'x' })).status).toBe(403)
  expect((await manager.del(`/views/${shared.id}`)).status).toBe(403)
  const second = await world.person('head')
  expect((await second.patch(`/views/${shared.id}`, { name: 'Новый' })).body).toMatchObject({
    name: 'Новый',
    mine: true,
  })
  expect((await head.patch(`/views/${shared.id}`, { shared: false })).status).toBe(200)
  expect(await namesOf(manager)).toEqual([])
})

test('only the head shares', async () => {
  const teamHead = await world.person('team-head', { team: 'Север' })
  for (const person of [manager, teamHead]) {
    expect((await person.post('/views', { ...draft, shared: true })).status).toBe(403)
    const own = (await person.post('/views', draft)).body
    expect((await person.patch(`/views/${own.id}`, { shared: true })).status).toBe(403)
  }
})

test('an admin has no clients and so no views; a stranger none at all', async () => {
  const admin = await world.person('admin')
  expect((await admin.get('/views?screen=clients')).status).toBe(403)
  expect((await world.stranger.get('/views?screen=clients')).status).toBe(401)
  expect((await world.stranger.post('/views', draft)).status).toBe(401)
})

test('what does not fit is told: an unknown screen, no name, a definition past all measure', async () => {
  expect((await manager.get('/views?screen=nowhere')).status).toBe(422)
  const bad = await manager.post('/views', {
    screen: 'clients',
    name: '',
    definition: { a: 'x'.repeat(60_000) },
  })
  expect(bad.body.errors.map(({ path }: { path: string }) => path).toSorted()).toEqual(['definition', 'name'])
})
