import { describe, expect, test } from 'vitest'
import { testWorld, type Person } from '#app/testing.ts'

const world = testWorld()

const found = async (person: Person, search: string): Promise<string[]> =>
  (await person.get(`/clients?search=${encodeURIComponent(search)}`)).body.items.map(
    (client: { name: string }) => client.name,
  )
/** Until all is in: the product takes turns with us. */
async function takeIn(): Promise<void> {
  for (let left = 1; left > 0;) {
    await world.sql('select index_search(1000)')
    const [waiting] = await world.sql<{ left: number }>(
      `select ((select count(*) from client_search where not indexed) + (select count(*) from client_words_gone))::int as left`,
    )
    left = waiting!.left
  }
}

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

test('who has a client now finds him at once, who had him no more, handed there and back before and after the index', async () => {
  const head = await world.person('head')
  const [first, second] = [await world.person('manager'), await world.person('manager')]
  const { body: client } = await first.post('/clients', { name: 'ООО «Переходящее знамя»' })
  const given = async (to: Person) => {
    const { version } = (await head.get(`/clients/${client.id}`)).body
    expect((await head.patch(`/clients/${client.id}`, { version, ownerId: to.id })).status).toBe(200)
  }
  const finders = async () => {
    const found = await Promise.all(
      [first, second].flatMap((person) =>
        ['перех', 'ходящ', 'знамя перех'].map((search) => finds(person, search)),
      ),
    )
    return [found.slice(0, 3), found.slice(3)]
  }
  const finds = async (person: Person, search: string) => (await found(person, search)).length === 1
  const [all, none] = [
    [true, true, true],
    [false, false, false],
  ]
  await takeIn()
  for (const round of [1, 2]) {
    await given(second)
    expect(await finders(), `given, ${round}`).toEqual([none, all])
    if (round === 1) await takeIn()
    expect(await finders(), `taken in, ${round}`).toEqual([none, all])
    await given(first)
    expect(await finders(), `back, ${round}`).toEqual([all, none])
  }
  await takeIn()
  expect(await finders()).toEqual([all, none])
  const words = await world.sql<{ owns: boolean }>(
    `select u.id = $2 as owns from client_words w join users u on u.no = w.seer_no
     where w.client_no = (select no from clients where id = $1)`,
    [client.id, first.id],
  )
  expect(words.length).toBeGreaterThan(0)
  expect(words.every(({ owns }) => owns)).toBe(true)
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
