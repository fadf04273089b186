import { beforeAll, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'

const world = testWorld()
let manager: Person
let lead: Person
let stranger: Person
let head: Person

beforeAll(async () => {
  manager = await world.person('manager', { team: 'Север' })
  lead = await world.person('team-head', { team: 'Север' })
  stranger = await world.person('manager', { team: 'Юг' })
  head = await world.person('head')
})

const actsOf = async (person: Person, query = '') => {
  const { body } = await person.get(`/change-sets?${query}`)
  return body.items.map((item: { act: string }) => item.act) as string[]
}

test('an act tells who, what and about which client, the latest first', async () => {
  const client = (await manager.post('/clients', { name: 'ООО «Луч»' })).body
  await manager.post('/activities', { clientId: client.id, kind: 'note', text: 'тайное' })
  const { body } = await manager.get('/change-sets?limit=2')
  expect(body.items).toMatchObject([
    { act: 'activity.create', authorId: manager.id, rows: 1, client: { id: client.id, name: 'ООО «Луч»' } },
    { act: 'client.create', authorId: manager.id, client: { id: client.id } },
  ])
  const seen = body.items.map((item: { id: string }) => item.id)
  const rest = await manager.get(`/change-sets?cursor=${seen[1]}`)
  expect(rest.body.items.filter((item: { id: string }) => seen.includes(item.id))).toEqual([])
})

test("a manager reads his own acts, a team head the team's, the head everybody's", async () => {
  const client = (await stranger.post('/clients', { name: 'Чужой' })).body
  for (const blind of [manager, lead]) {
    const { raw } = await blind.get('/change-sets')
    expect(raw.includes(client.id)).toBe(false)
    expect(raw.includes(stranger.id)).toBe(false)
  }
  await manager.post('/clients', { name: 'Свой' })
  expect(await actsOf(lead, `author=${manager.id}`)).toContain('client.create')
  expect((await head.get('/change-sets')).raw.includes(client.id)).toBe(true)
  expect((await (await world.person('admin')).get('/change-sets')).status).toBe(403)
})

test('a client handed over is no longer named in the acts of who lost it', async () => {
  const client = (await manager.post('/clients', { name: 'Был и уйдёт' })).body
  await head.patch(`/clients/${client.id}`, { version: client.version, ownerId: stranger.id })
  const { raw, body } = await manager.get('/change-sets?limit=1')
  expect(raw.includes('Был и уйдёт')).toBe(false)
  expect(body.items[0]).toMatchObject({ act: 'client.create', rows: 0, client: null })
})

test('the journal is narrowed by author, act and time', async () => {
  await head.post('/activities', { kind: 'note', text: 'своё' })
  expect(await actsOf(head, `author=${head.id}&act=activity.create`)).toEqual(['activity.create'])
  const soon = encodeURIComponent(new Date(Date.now() + 60_000).toISOString())
  expect(await actsOf(head, `from=${soon}`)).toEqual([])
})

test('that somebody wrote something down for himself alone, the head does not learn', async () => {
  await manager.post('/activities', { kind: 'note', text: 'личное' })
  expect(await actsOf(manager, 'limit=1')).toEqual(['activity.create'])
  const last = (await manager.get('/change-sets?limit=1')).body.items[0].id
  expect((await head.get('/change-sets')).raw.includes(last)).toBe(false)
})
