import { beforeAll, describe, expect, test } from 'vitest'
import { testWorld, type Person } from '#app/testing.ts'

const world = testWorld()

const found = async (who: Person, text: string) =>
  (await who.get(`/clients?search=${encodeURIComponent(text)}`)).body.items.map(
    (item: { name: string }) => item.name,
  )

let manager: Person

beforeAll(async () => {
  manager = await world.person('manager')
  await manager.post('/clients', {
    name: 'Рекламное агентство «Ёлка»',
    inn: '7707083893',
    comment: 'любит звонки после обеда',
    contacts: [
      { kind: 'phone', value: '8 (495) 236-17-42 доб. 12' },
      { kind: 'email', value: 'Sales.Dept@elka-media.ru' },
    ],
    people: [{ name: 'Салтыков-Щедрин Михаил', contacts: [{ kind: 'phone', value: '+7 916 216-43-58' }] }],
  })
  await manager.post('/clients', { name: 'Полиграфия и реклама' })
  await manager.post('/clients', { name: 'Типография № 5' })
})

describe('the search box', () => {
  test.each([
    ['part of a name', 'рекл'],
    ['the inside of a word', 'гентств'],
    ['words in any order', 'елка агентство'],
    ['е for ё', 'елка'],
    ['ё for е', 'агёнтство'],
    ['another case and marks', '«ЁЛКА»'],
    ['a person', 'салтыков'],
    ['the second half of a double name', 'щедрин'],
    ['a phone in any form', '+7 (495) 236 17 42'],
    ['a phone from 8', '84952361742'],
    ['a phone without its country', '495 236-17'],
    ['the last digits of a phone', '17-42'],
    ['the middle of a mobile', '216-43'],
    ['an e-mail', 'sales.dept@elka-media.ru'],
    ['a domain', 'elka-media'],
    ['an ИНН', '7707083893'],
    ['the start of an ИНН', '77070'],
    ['a comment', 'после обеда'],
    ['a name typed in the other layout', 'futyncndj'],
  ])('finds by %s', async (_, text) => {
    expect(await found(manager, text)).toContain('Рекламное агентство «Ёлка»')
  })

  test('«htrkfvf» finds «реклама», and only what has it', async () => {
    expect(await found(manager, 'htrkfvf')).toEqual(['Полиграфия и реклама'])
  })

  test('words that no client has together find nobody', async () => {
    expect(await found(manager, 'типография реклама')).toEqual([])
  })

  test('word starts come before inner parts', async () => {
    const manager = await world.person('manager')
    await manager.post('/clients', { name: 'Авторемонт' })
    await manager.post('/clients', { name: 'Ремонт квартир' })
    expect(await found(manager, 'ремонт')).toEqual(['Ремонт квартир', 'Авторемонт'])
  })

  test('pages through its results without loss and counts them', async () => {
    const manager = await world.person('manager')
    for (let n = 0; n < 9; n++) await manager.post('/clients', { name: `Склад ${n}` })
    const ids = new Set<string>()
    let cursor = ''
    do {
      const { body } = await manager.get(`/clients?search=склад&limit=2${cursor && `&cursor=${cursor}`}`)
      for (const item of body.items) ids.add(item.id)
      cursor = body.nextCursor ?? ''
    } while (cursor)
    expect(ids.size).toBe(9)
    expect((await manager.get('/clients/count?search=склад')).body).toEqual({ count: 9, exact: true })
  })

  test('follows every change: a new name, a removed contact, the archive, another owner', async () => {
    const head = await world.person('head')
    const manager = await world.person('manager')
    const other = await world.person('manager')
    const { body: client } = await manager.post('/clients', {
      name: 'Вишня',
      contacts: [{ kind: 'email', value: 'abrikos@example.com' }],
    })
    await manager.patch(`/clients/${client.id}`, { version: 1, name: 'Черешня', contacts: [] })
    expect(await found(manager, 'вишня')).toEqual([])
    expect(await found(manager, 'abrikos')).toEqual([])
    expect(await found(manager, 'череш')).toEqual(['Черешня'])
    await head.patch(`/clients/${client.id}`, { version: 3, ownerId: other.id })
    expect(await found(manager, 'черешня')).toEqual([])
    expect(await found(other, 'черешня')).toEqual(['Черешня'])
    await other.patch(`/clients/${client.id}`, { version: 4, managerIds: [manager.id] })
    expect(await found(manager, 'черешня')).toEqual(['Черешня'])
    await other.del(`/clients/${client.id}`)
    expect(await found(other, 'черешня')).toEqual([])
    expect(await found(manager, 'черешня')).toEqual([])
  })

  test.each(['%', '_', "'", '\\', '"', '   ', '()', 'a'.repeat(300), '\u0000', '🙂', '%%%___'])(
    'stands %j',
    async (text) => {
      const manager = await world.person('manager')
      expect((await manager.get(`/clients?search=${encodeURIComponent(text)}`)).status).toBeOneOf([200, 422])
    },
  )
})
