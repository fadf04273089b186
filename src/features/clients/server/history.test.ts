import { beforeAll, describe, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'

const world = testWorld()
let manager: Person
let stranger: Person
let head: Person

beforeAll(async () => {
  manager = await world.person('manager', { team: 'Север' })
  stranger = await world.person('manager', { team: 'Юг' })
  head = await world.person('head')
})

interface Line {
  changeSetId: string
  entity: string
  rowId: string
  op: string
  label: string | null
  before: Record<string, unknown> | null
  authorId: string
}

const linesOf = async (id: string, person = manager) =>
  (await person.get(`/clients/${id}/history?limit=200`)).body.items as Line[]
const read = async (id: string) => (await head.get(`/clients/${id}`)).body
const patch = async (id: string, fields: object, person = manager) =>
  (await person.patch(`/clients/${id}`, { version: (await read(id)).version, ...fields })).body
const restore = (id: string, { changeSetId, entity, rowId }: Line, fields?: string[], person = manager) =>
  person.post(`/clients/${id}/restorations`, { changeSetId, entity, rowId, fields })
const enter = async (name: string) =>
  (
    await manager.post('/clients', {
      name,
      region: 'Тверь',
      contacts: [{ kind: 'email', value: 'a@luch.ru' }],
      people: [{ name: 'Петров Иван', contacts: [{ kind: 'email', value: 'i@luch.ru' }] }],
    })
  ).body

describe('history', () => {
  test('its pages meet without a gap or a line twice, and rows are named though they are gone', async () => {
    const { id, people } = await enter('Страницы')
    for (const region of ['Москва', 'Псков', 'Тула']) await patch(id, { region })
    await patch(id, { people: [] })
    const all = await linesOf(id)
    const seen: Line[] = []
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body } = await manager.get(`/clients/${id}/history?limit=2${cursor && `&cursor=${cursor}`}`)
      seen.push(...body.items)
      cursor = body.nextCursor
    }
    expect(seen).toEqual(all)
    expect(all).toHaveLength(9)
    const ofPerson = all.filter(({ rowId }) => rowId === people[0].id)
    expect(ofPerson.map(({ op, label }) => `${op} ${label}`)).toEqual(['d Петров Иван', 'i Петров Иван'])
    expect((await manager.get(`/clients/${id}/history?cursor=made-up`)).status).toBe(422)
  })
})

describe('a line set back', () => {
  test('a field takes its value of then, whoever has changed it since', async () => {
    const { id } = await enter('Поле')
    await patch(id, { region: 'Москва', comment: 'первый' })
    const line = (await linesOf(id))[0]!
    await patch(id, { region: 'Псков', comment: 'второй' }, head)
    const { status, body } = await restore(id, line, ['region'])
    expect(status).toBe(200)
    expect(await read(id)).toMatchObject({ region: 'Тверь', comment: 'второй' })
    expect((await manager.get(`/change-sets/${body.changeSetId}`)).body).toMatchObject({
      act: 'client.restore-field',
      counts: { clients: { u: 1 } },
    })
    expect((await restore(id, line, ['region'])).body).toEqual({ changeSetId: null })
    await restore(id, line)
    expect((await read(id)).comment).toBeNull()
  })

  test('a removed person comes back, then each of his contacts; a client out of the archive', async () => {
    const { id, people } = await enter('Человек')
    await patch(id, { people: [] })
    const gone = (await linesOf(id)).filter(({ op }) => op === 'd')
    const person = gone.find(({ entity }) => entity === 'people')!
    const contact = gone.find(({ entity }) => entity === 'contacts')!
    expect((await restore(id, contact)).status).toBe(409)
    expect((await restore(id, person)).status).toBe(200)
    expect((await restore(id, contact)).status).toBe(200)
    expect((await read(id)).people).toEqual(people)
    await manager.del(`/clients/${id}`)
    expect((await restore(id, (await linesOf(id))[0]!)).status).toBe(200)
    expect((await read(id)).archivedAt).toBeNull()
  })

  test('a contact changed and then removed comes back with the value before the change', async () => {
    const { id, contacts } = await enter('Адрес')
    await patch(id, { contacts: [{ id: contacts[0].id, kind: 'email', value: 'b@luch.ru' }] })
    const line = (await linesOf(id))[0]!
    await patch(id, { contacts: [] })
    expect((await restore(id, line)).status).toBe(200)
    expect((await read(id)).contacts).toMatchObject([{ id: contacts[0].id, value: 'a@luch.ru' }])
    const found = await manager.get(`/clients?search=a@luch.ru`)
    expect(found.body.items.map((item: { id: string }) => item.id)).toContain(id)
  })

  test('an entry, a file and a colleague come back; what was not of this client does not', async () => {
    const { id } = await enter('Разное')
    const entry = (await manager.post('/activities', { clientId: id, kind: 'note', text: 'заметка' })).body
    await manager.del(`/activities/${entry.id}`)
    await restore(id, (await linesOf(id))[0]!)
    expect((await manager.get(`/activities/${entry.id}`)).body.text).toBe('заметка')
    const file = (await manager.upload(`/clients/${id}/files`, { name: 'а.txt', data: Buffer.from('а') }))
      .body
    await manager.del(`/files/${file.id}`)
    await restore(id, (await linesOf(id))[0]!)
    expect((await manager.get(`/files/${file.id}`)).status).toBe(200)
    await patch(id, { managerIds: [stranger.id] })
    await patch(id, { managerIds: [] })
    await restore(id, (await linesOf(id))[0]!)
    expect((await read(id)).managerIds).toEqual([stranger.id])
    const other = await enter('Другой')
    expect((await restore(id, (await linesOf(other.id))[0]!)).status).toBe(404)
  })

  test('only by who sees the client, and an owner only as far as he may give clients', async () => {
    const { id } = await enter('Права')
    await patch(id, { region: 'Москва' })
    const line = (await linesOf(id))[0]!
    expect((await restore(id, line, undefined, stranger)).status).toBe(404)
    await patch(id, { ownerId: stranger.id }, head)
    const given = (await linesOf(id, head))[0]!
    expect((await restore(id, given)).status).toBe(404)
    expect((await restore(id, given, undefined, stranger)).status).toBe(409)
    expect((await read(id)).ownerId).toBe(stranger.id)
    expect((await restore(id, given, undefined, head)).status).toBe(200)
    expect((await read(id)).ownerId).toBe(manager.id)
  })
})
