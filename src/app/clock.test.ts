import { expect, test } from 'vitest'
import { testWorld } from './testing.ts'

// A process by a clock of its own: three weeks ahead, so that nothing written by the database's own is taken for it.
let clock = new Date(Date.now() + 21 * 86_400_000)
const world = testWorld({ kernel: async () => ({ now: () => clock }) })
const later = (minutes: number) => (clock = new Date(clock.getTime() + minutes * 60_000))

test('a client, his contacts and his archiving stand at the moment of the clock, and a later contact is a new version of him', async () => {
  const anna = await world.person('manager')
  const phone = { kind: 'phone', value: '+7 495 207-31-64' }
  const made = (await anna.post('/clients', { name: 'ООО «Полдень»', contacts: [phone] })).body
  expect([made.version, new Date(made.createdAt)]).toEqual([1, clock])

  later(5)
  const email = { kind: 'email', value: 'info@polden-les.ru' }
  const edited = await anna.patch(`/clients/${made.id}`, {
    version: made.version,
    contacts: [...made.contacts, email],
  })
  expect([edited.body.version, new Date(edited.body.updatedAt)]).toEqual([2, clock])
  const [, written] = await world.sql<{ at: Date; checked: Date }>(
    'select created_at as at, checked_at as checked from contacts where client_id = $1 order by created_at, id',
    [made.id],
  )
  expect(new Date(written!.at)).toEqual(clock)
  expect(new Date(written!.checked)).toEqual(clock)

  later(5)
  await anna.del(`/clients/${made.id}`)
  const [gone] = await world.sql<{ at: Date }>('select archived_at as at from clients where id = $1', [
    made.id,
  ])
  expect(new Date(gone!.at)).toEqual(clock)
})

test('what a colleague entered is news of its moment', async () => {
  const anna = await world.person('manager')
  const head = await world.person('head')
  const { id } = (await anna.post('/clients', { name: 'ООО «Заря»' })).body
  later(1)
  const entered = clock.toISOString()
  await head.post('/activities', { clientId: id, kind: 'note', text: 'Был на выставке' })
  const [news] = (await anna.get('/my-day/news')).body.items
  expect(news).toMatchObject({ clientId: id, at: entered })
})

test('a request to fill in is dated by the clock', async () => {
  const head = await world.person('head')
  const anna = await world.person('manager')
  await anna.post('/clients', { name: 'ООО «Тишина»' })
  later(1)
  const { body } = await head.post('/fill-requests', {
    selection: { kinds: ['phone'], owner: [anna.id] },
    dueOn: new Date(clock.getTime() + 86_400_000).toISOString().slice(0, 10),
  })
  expect(body.createdAt).toBe(clock.toISOString())
})
