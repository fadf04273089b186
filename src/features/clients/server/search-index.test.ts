import { describe, expect, test } from 'vitest'
import { testWorld, type Person } from '#app/testing.ts'

const world = testWorld()

const found = async (person: Person, search: string): Promise<string[]> =>
  (await person.get(`/clients?search=${encodeURIComponent(search)}`)).body.items.map(
    (client: { name: string }) => client.name,
  )
const takeIn = () => world.sql('select index_search(1000)')

describe('a client is found', () => {
  test('the same before and after it is taken into the index: by starts, inner parts, several words', async () => {
    const manager = await world.person('manager')
    await manager.post('/clients', {
      name: 'ООО «Серебряный якорь»',
      comment: 'Позвонить насчёт канатов',
      contacts: [{ kind: 'phone', value: '8 (495) 000-71-34' }],
      people: [{ name: 'Самарина Вера Львовна' }],
    })
    await manager.post('/clients', { name: 'ООО «Якорный двор»' })
    const searches = [
      'якор',
      'еребр',
      'канатов сереб',
      'самарина якорь',
      '0007134',
      '71-34',
      'вера двор',
      'кор',
    ]
    const fresh = await Promise.all(searches.map((search) => found(manager, search)))
    await takeIn()
    expect(await world.sql('select 1 from client_search where not indexed')).toEqual([])
    expect(await Promise.all(searches.map((search) => found(manager, search)))).toEqual(fresh)
    expect(fresh[0]!.toSorted()).toEqual(['ООО «Серебряный якорь»', 'ООО «Якорный двор»'])
    expect(fresh[6]).toEqual([])
  })

  test('by what it is now, never by what it was, however often it is taken in', async () => {
    const manager = await world.person('manager')
    const { body: client } = await manager.post('/clients', { name: 'Прежнее имя' })
    await takeIn()
    await manager.patch(`/clients/${client.id}`, { version: client.version, name: 'Новое имя' })
    expect(await found(manager, 'прежнее')).toEqual([])
    expect(await found(manager, 'новое')).toEqual(['Новое имя'])
    await takeIn()
    expect(await found(manager, 'прежнее')).toEqual([])
    expect(await found(manager, 'новое')).toEqual(['Новое имя'])
    expect(
      await world.sql(
        `select w.word from client_words w join client_search s using (client_no) where s.client_id = $1 and w.word = 'прежнее'`,
        [client.id],
      ),
    ).toEqual([])
  })

  test('by whom it is shared with, while it is shared', async () => {
    const [owner, other] = [await world.person('manager'), await world.person('manager')]
    const { body: client } = await owner.post('/clients', { name: 'Общая мельница', managerIds: [other.id] })
    await takeIn()
    expect(await found(other, 'мельн')).toEqual(['Общая мельница'])
    expect(await found(other, 'льниц')).toEqual(['Общая мельница'])
    await owner.patch(`/clients/${client.id}`, { version: client.version, managerIds: [] })
    expect(await found(other, 'мельн')).toEqual([])
    await takeIn()
    expect(await found(other, 'мельн')).toEqual([])
    expect(await found(owner, 'мельн')).toEqual(['Общая мельница'])
  })
})

test('keys of the named orders in given seats follow the client', async () => {
  const [owner, other] = [await world.person('manager'), await world.person('manager')]
  const { body: client } = await owner.post('/clients', {
    name: 'Ясень',
    region: 'Тула',
    managerIds: [other.id],
  })
  await owner.post('/clients', { name: 'Бук', region: 'Омск', managerIds: [other.id] })
  const names = async (sort: string) =>
    (await other.get(`/clients?sort=${sort}`)).body.items.map((item: { name: string }) => item.name)
  expect(await names('name')).toEqual(['Бук', 'Ясень'])
  await owner.patch(`/clients/${client.id}`, { version: client.version, name: 'Акация', region: 'Абакан' })
  expect(await names('name')).toEqual(['Акация', 'Бук'])
  expect(await names('region')).toEqual(['Акация', 'Бук'])
  expect(await names('-changed')).toEqual(['Акация', 'Бук'])
  await owner.del(`/clients/${client.id}`)
  expect(await names('name')).toEqual(['Бук'])
})
