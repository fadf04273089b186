import { beforeAll, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'

const world = testWorld()
let manager: Person
let colleague: Person
let head: Person

beforeAll(async () => {
  manager = await world.person('manager')
  colleague = await world.person('manager')
  head = await world.person('head')
})

const news = async (person: Person) => (await person.get('/my-day/news')).body

test('what others change on my clients is news until I have looked, what I change is none', async () => {
  const mine = (await manager.post('/clients', { name: 'ООО «Луч»', managerIds: [colleague.id] })).body
  await manager.post('/activities', { clientId: mine.id, kind: 'note', text: 'моё' })
  expect((await news(manager)).items).toEqual([])

  await colleague.post('/activities', { clientId: mine.id, kind: 'call', text: 'Звонил за тебя' })
  await head.patch(`/clients/${mine.id}`, { version: mine.version, comment: 'важный' })
  const given = (await head.post('/clients', { name: 'ООО «Новый»', ownerId: manager.id })).body
  const { items, exact, since } = await news(manager)
  expect(exact).toBe(true)
  expect(
    items.map(({ clientId, by, isNew, activity }: never) => ({ clientId, by, isNew, activity })),
  ).toEqual([
    { clientId: given.id, by: head.id, isNew: true, activity: null },
    { clientId: mine.id, by: head.id, isNew: true, activity: null },
    {
      clientId: mine.id,
      by: colleague.id,
      isNew: false,
      activity: expect.objectContaining({ text: 'Звонил за тебя' }),
    },
  ])
  expect((await news(colleague)).items).toEqual([])

  await manager.put('/my-day/news/seen', { until: items[1].at })
  expect((await news(manager)).items.map(({ clientId }: { clientId: string }) => clientId)).toEqual([
    given.id,
  ])
  await manager.put('/my-day/news/seen', { until: since })
  expect((await news(manager)).items).toHaveLength(1)
})
