import { beforeAll, describe, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'

const world = testWorld()
let manager: Person
let stranger: Person
let lead: Person
let head: Person
let admin: Person

beforeAll(async () => {
  manager = await world.person('manager', { team: 'Север' })
  lead = await world.person('team-head', { team: 'Север' })
  stranger = await world.person('manager', { team: 'Юг' })
  head = await world.person('head')
  admin = await world.person('admin')
})

const clientOf = async (person: Person, name = 'Проба') =>
  (await person.post('/clients', { name })).body.id as string

describe('entering', () => {
  test('a note stands in the timeline of its client under the name of its author', async () => {
    const client = await clientOf(manager, 'ООО «Луч»')
    const made = await manager.post('/activities', { clientId: client, kind: 'note', text: 'Просил прайс' })
    expect(made.status).toBe(201)
    expect(made.body).toMatchObject({
      clientId: client,
      clientName: 'ООО «Луч»',
      userId: manager.id,
      createdBy: manager.id,
      kind: 'note',
      text: 'Просил прайс',
      dueAt: null,
      doneAt: null,
      version: 1,
    })
    const list = await manager.get(`/activities?client=${client}`)
    expect(list.body.items).toEqual([made.body])
  })

  test('a plan moves the next plan of its client, doing it takes it away', async () => {
    const client = await clientOf(manager)
    const later = await plan(manager, client, '2030-02-01T09:00:00Z')
    await plan(manager, client, '2030-01-15T12:00:00+03:00')
    expect((await manager.get(`/clients/${client}`)).body.nextPlanAt).toMatch(/^2030-01-15T09:00:00/)
    const first = (await manager.get(`/activities?client=${client}&open=true`)).body.items[0]
    await manager.post(`/activities/${first.id}/completion`, { result: 'Договорились' })
    expect((await manager.get(`/clients/${client}`)).body.nextPlanAt).toMatch(/^2030-02-01T09:00:00/)
    await manager.del(`/activities/${later}`)
    expect((await manager.get(`/clients/${client}`)).body.nextPlanAt).toBeNull()
  })

  test('the person must be of the client', async () => {
    const client = await clientOf(manager)
    const other = (await manager.post('/clients', { name: 'Другой', people: [{ name: 'Пётр' }] })).body
    const answer = await manager.post('/activities', {
      clientId: client,
      personId: other.people[0].id,
      kind: 'call',
    })
    expect(answer.status).toBe(422)
    expect(answer.body.errors[0].path).toBe('personId')
    const alone = await manager.post('/activities', { personId: other.people[0].id, kind: 'call' })
    expect(alone.status).toBe(422)
    const right = await manager.post('/activities', {
      clientId: other.id,
      personId: other.people[0].id,
      kind: 'call',
    })
    expect(right.body.personName).toBe('Пётр')
  })

  test('a moment without a zone is refused: nobody would know whose noon it is', async () => {
    const answer = await manager.post('/activities', { kind: 'task', dueAt: '2030-01-01T12:00:00' })
    expect(answer.status).toBe(422)
    expect(answer.body.errors[0].path).toBe('dueAt')
  })
})

describe('whose plan', () => {
  test('a manager plans for himself only', async () => {
    const answer = await manager.post('/activities', { kind: 'task', userId: stranger.id })
    expect(answer.status).toBe(422)
    expect(answer.body.errors[0].path).toBe('userId')
  })

  test('a team head plans for his team, not for another', async () => {
    const client = await clientOf(manager)
    const own = await lead.post('/activities', {
      clientId: client,
      kind: 'task',
      text: 'Позвонить',
      userId: manager.id,
    })
    expect(own.status).toBe(201)
    expect((await manager.get(`/activities?user=me&client=${client}`)).body.items).toHaveLength(1)
    expect((await lead.post('/activities', { kind: 'task', userId: stranger.id })).status).toBe(422)
  })

  test('the head plans for anybody who sees the client', async () => {
    const client = await clientOf(manager)
    expect(
      (await head.post('/activities', { clientId: client, kind: 'task', userId: manager.id })).status,
    ).toBe(201)
    const blind = await head.post('/activities', { clientId: client, kind: 'task', userId: stranger.id })
    expect(blind.status).toBe(422)
    expect(blind.body.errors[0].message).toContain('не видит клиента')
    expect((await head.post('/activities', { kind: 'task', userId: stranger.id })).status).toBe(201)
    expect((await head.post('/activities', { kind: 'task', userId: admin.id })).status).toBe(422)
  })

  test('even a statement past the routes cannot give an entry to a stranger', async () => {
    const made = (await manager.post('/activities', { kind: 'task' })).body
    const { asCaller, rowsOf } = await import('#server/db/tx.ts')
    const steal = asCaller(world.app.kernel.database.app, { userId: manager.id }, async (tx) => {
      await rowsOf(tx, `select set_config('app.change_set', new_id()::text, true)`)
      await rowsOf(tx, 'update activities set user_id = $1 where id = $2', [stranger.id, made.id])
    })
    await expect(steal).rejects.toMatchObject({ code: '42501' })
  })
})

describe('an entry without a client', () => {
  test("is its person's alone: neither team head nor head sees it", async () => {
    const made = (await manager.post('/activities', { kind: 'note', text: 'личное' })).body
    for (const other of [lead, head, stranger]) {
      expect((await other.get(`/activities/${made.id}`)).status).toBe(404)
      expect((await other.patch(`/activities/${made.id}`, { version: 1, text: 'чужое' })).status).toBe(404)
      expect((await other.del(`/activities/${made.id}`)).status).toBe(404)
      expect((await other.get(`/activities?user=${manager.id}`)).raw.includes('личное')).toBe(false)
    }
    const done = await manager.patch(`/activities/${made.id}`, { version: 1, text: 'личное дело' })
    expect(done.body.text).toBe('личное дело')
  })

  test('may be tied to a client later, and then stays with him', async () => {
    const made = (await manager.post('/activities', { kind: 'note', text: 'с улицы' })).body
    const client = await clientOf(manager)
    const tied = await manager.patch(`/activities/${made.id}`, { version: 1, clientId: client })
    expect(tied.body).toMatchObject({ clientId: client, clientName: 'Проба', version: 2 })
    const other = await clientOf(manager)
    expect((await manager.patch(`/activities/${made.id}`, { version: 2, clientId: other })).status).toBe(422)
    expect((await manager.patch(`/activities/${made.id}`, { version: 2, clientId: null })).status).toBe(422)
    expect((await head.get(`/activities/${made.id}`)).status).toBe(200)
  })
})

describe('rights', () => {
  test("what stands on another's client is not found, by any road", async () => {
    const client = await clientOf(manager)
    const id = await plan(manager, client, '2030-01-01T09:00:00Z', 'секрет')
    const roads = [
      await stranger.get(`/activities/${id}`),
      await stranger.patch(`/activities/${id}`, { version: 1, text: 'х' }),
      await stranger.del(`/activities/${id}`),
      await stranger.post(`/activities/${id}/completion`, {}),
      await stranger.del(`/activities/${id}/completion`),
      await stranger.post('/activities', { clientId: client, kind: 'note', text: 'х' }),
    ]
    for (const answer of roads) expect(answer.status).toBe(404)
    for (const query of [`client=${client}`, `user=${manager.id}`, '', 'open=true']) {
      const list = await stranger.get(`/activities?${query}`)
      expect(list.status).toBe(200)
      expect(list.raw.includes(client)).toBe(false)
      expect(list.raw.includes('секрет')).toBe(false)
    }
    expect((await lead.get(`/activities/${id}`)).status).toBe(200)
    expect((await admin.get('/activities')).status).toBe(403)
    expect((await world.stranger.get('/activities')).status).toBe(401)
  })

  test("who shares a client may do a colleague's plan but not delete it", async () => {
    const client = await clientOf(manager)
    await manager.patch(`/clients/${client}`, { version: 1, managerIds: [stranger.id] })
    const id = await plan(manager, client, '2030-01-01T09:00:00Z')
    const refused = await stranger.del(`/activities/${id}`)
    expect(refused.status).toBe(403)
    expect(refused.body.title).toContain('автор')
    expect((await stranger.post(`/activities/${id}/completion`, { result: 'Сделал за него' })).status).toBe(
      200,
    )
    expect((await head.del(`/activities/${id}`)).status).toBe(200)
  })
})

describe('changing', () => {
  test('two people who change different fields both win', async () => {
    const client = await clientOf(manager)
    const id = await plan(manager, client, '2030-01-01T09:00:00Z', 'текст')
    const first = await manager.patch(`/activities/${id}`, { version: 1, text: 'новый текст' })
    const second = await lead.patch(`/activities/${id}`, { version: 1, dueAt: '2030-01-02T09:00:00Z' })
    expect([first.status, second.status]).toEqual([200, 200])
    expect(second.body).toMatchObject({ text: 'новый текст', version: 3 })
    expect(second.body.dueAt).toMatch(/^2030-01-02/)
  })

  test('a field changed meanwhile is a conflict that shows all three values', async () => {
    const client = await clientOf(manager)
    const id = await plan(manager, client, '2030-01-01T09:00:00Z', 'было')
    await manager.patch(`/activities/${id}`, { version: 1, text: 'промежуточное' })
    await manager.patch(`/activities/${id}`, { version: 2, text: 'стало' })
    const answer = await lead.patch(`/activities/${id}`, { version: 1, text: 'моё', kind: 'call' })
    expect(answer.status).toBe(409)
    expect(answer.body).toMatchObject({
      current: { text: 'стало' },
      yours: { text: 'моё' },
      before: { text: 'было' },
      version: 3,
    })
    expect((await manager.get(`/activities/${id}`)).body).toMatchObject({ text: 'стало', kind: 'task' })
  })

  test('a conflict is told on an entry without a client too', async () => {
    const id = (await manager.post('/activities', { kind: 'task', text: 'было' })).body.id
    await manager.patch(`/activities/${id}`, { version: 1, text: 'в одном окне' })
    const answer = await manager.patch(`/activities/${id}`, { version: 1, text: 'в другом окне' })
    expect(answer.status).toBe(409)
    expect(answer.body.before).toEqual({ text: 'было' })
  })

  test('what changes nothing leaves the version and the journal alone', async () => {
    const client = await clientOf(manager)
    const id = await plan(manager, client, '2030-01-01T09:00:00Z', 'текст')
    const same = await manager.patch(`/activities/${id}`, {
      version: 1,
      text: 'текст',
      dueAt: '2030-01-01T12:00:00+03:00',
    })
    expect(same.body.version).toBe(1)
    expect(await world.sql(`select 1 from changes where row_id = $1 and op = 'u'`, [id])).toHaveLength(0)
  })
})

describe('done and back', () => {
  test('done keeps the result, a second «done» is told, back again is possible', async () => {
    const client = await clientOf(manager)
    const id = await plan(manager, client, '2030-01-01T09:00:00Z')
    const done = await manager.post(`/activities/${id}/completion`, { result: 'Заказал 10 шт.' })
    expect(done.body).toMatchObject({ result: 'Заказал 10 шт.', version: 2 })
    expect(Date.now() - Date.parse(done.body.doneAt)).toBeLessThan(60_000)
    const twice = await lead.post(`/activities/${id}/completion`, { result: 'Другое' })
    expect(twice.status).toBe(409)
    expect(twice.body.current.result).toBe('Заказал 10 шт.')
    const back = await manager.del(`/activities/${id}/completion`)
    expect(back.body).toMatchObject({ doneAt: null, result: null })
  })

  test('a deleted entry comes back as it was, with its file', async () => {
    const client = await clientOf(manager)
    const made = (
      await manager.post('/activities', {
        clientId: client,
        kind: 'meeting',
        text: 'Встреча',
        dueAt: '2030-01-01T09:00:00Z',
      })
    ).body
    const file = await manager.upload(
      `/clients/${client}/files`,
      { name: 'a.txt', data: Buffer.from('а') },
      { activityId: made.id },
    )
    const { changeSetId } = (await manager.del(`/activities/${made.id}`)).body
    expect((await manager.get(`/activities/${made.id}`)).status).toBe(404)
    expect((await manager.get(`/files/${file.body.id}`)).body.activityId).toBeNull()
    expect((await stranger.post(`/activities/${made.id}/restoration`, { changeSetId })).status).toBe(404)
    const back = await manager.post(`/activities/${made.id}/restoration`, { changeSetId })
    expect(back.status).toBe(200)
    expect(back.body).toEqual({ ...made, version: 2 })
    expect((await manager.get(`/files/${file.body.id}`)).body.activityId).toBe(made.id)
    expect((await manager.post(`/activities/${made.id}/restoration`, { changeSetId })).status).toBe(404)
  })

  test('every write is in the journal under its act', async () => {
    const client = await clientOf(manager)
    const id = await plan(manager, client, '2030-01-01T09:00:00Z')
    await manager.patch(`/activities/${id}`, { version: 1, text: 'иначе' })
    await manager.post(`/activities/${id}/completion`, {})
    await manager.del(`/activities/${id}`)
    const acts = await world.sql<{ act: string; op: string }>(
      'select s.act, c.op from changes c join change_sets s on s.id = c.change_set_id where c.row_id = $1 order by s.id',
      [id],
    )
    expect(acts).toEqual([
      { act: 'activity.create', op: 'i' },
      { act: 'activity.update', op: 'u' },
      { act: 'activity.complete', op: 'u' },
      { act: 'activity.delete', op: 'd' },
    ])
  })
})

describe('reading page by page', () => {
  test('pages together are the whole list, each entry once, the latest moment first', async () => {
    const client = await clientOf(manager)
    for (let day = 10; day < 30; day++) await plan(manager, client, `2030-01-${day}T09:00:00Z`, `${day}`)
    await manager.post('/activities', { clientId: client, kind: 'note', text: 'сейчас' })
    const seen = await allPages(manager, `client=${client}&limit=6`)
    expect(seen).toHaveLength(21)
    expect(seen[0]).toBe('29')
    expect(seen.at(-1)).toBe('сейчас')
    expect(new Set(seen).size).toBe(21)
    const open = await allPages(
      manager,
      `client=${client}&limit=6&open=true&from=2030-01-12T00:00:00Z&to=2030-01-20T00:00:00Z`,
    )
    expect(open).toEqual(['12', '13', '14', '15', '16', '17', '18', '19'])
    expect(await allPages(manager, `client=${client}&open=false`)).toEqual(['сейчас'])
    expect(await allPages(manager, `client=${client}&kind=note,call`)).toEqual(['сейчас'])
  })

  test('days of the company’s zone may bound a list, the last one included', async () => {
    const client = await clientOf(manager)
    // Moscow is three hours ahead: late in the evening of the 11th in UTC is the 12th there.
    for (const at of ['11T20:30', '11T21:30', '13T20:30', '13T21:30'])
      await plan(manager, client, `2031-01-${at}:00Z`, at)
    const seen = await allPages(manager, `client=${client}&from=2031-01-12&to=2031-01-13`)
    expect(seen).toEqual(['13T20:30', '11T21:30'])
  })

  test('a damaged cursor is told as such', async () => {
    expect((await manager.get('/activities?cursor=zzz')).status).toBe(422)
  })
})

async function plan(person: Person, clientId: string, dueAt: string, text = 'План') {
  const made = await person.post('/activities', { clientId, kind: 'task', text, dueAt })
  expect(made.status).toBe(201)
  return made.body.id as string
}

async function allPages(person: Person, query: string) {
  const texts: string[] = []
  let cursor = ''
  for (let page = 0; page < 20; page++) {
    const { body } = await person.get(
      `/activities?${query}${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    texts.push(...body.items.map((item: { text: string }) => item.text))
    if (body.nextCursor === null) return texts
    cursor = body.nextCursor
  }
  throw new Error('pages do not end')
}
