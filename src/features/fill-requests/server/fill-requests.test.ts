import { beforeAll, describe, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'
import { asCaller } from '#server/db/tx.ts'
import { findRequest } from './queries.ts'
import { rowsPage } from './rows.ts'

const world = testWorld()
let head: Person
let lead: Person
let anna: Person
let boris: Person
let vera: Person

const phone = (value: string, more = {}) => ({ kind: 'phone', value, ...more })
const email = (value: string) => ({ kind: 'email', value })

interface Made {
  id: string
  version: number
  contacts: { id: string }[]
}

async function add(who: Person, name: string, contacts: object[] = []): Promise<Made> {
  const { status, body } = await who.post('/clients', { name, contacts })
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}

async function ask(who: Person, selection: object, more: object = {}) {
  const { status, body } = await who.post('/fill-requests', {
    selection: { kinds: ['phone', 'email'], ...selection },
    dueOn: '2099-12-31',
    text: 'К понедельнику, пожалуйста',
    ...more,
  })
  expect(status, JSON.stringify(body)).toBe(201)
  return body as { id: string; changeSetId: string }
}

const fill = async (who: Person, client: Made, contacts: object[]) => {
  const { body: known } = await who.get(`/clients/${client.id}`)
  const answer = await who.patch(`/clients/${client.id}`, {
    version: known.version,
    contacts: [...known.contacts, ...contacts],
  })
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
}

const progress = async (who: Person, id: string) => (await who.get(`/fill-requests/${id}/progress`)).body
const namesOf = (body: { items: { client: { name: string } }[] }) =>
  body.items.map(({ client }) => client.name)

beforeAll(async () => {
  head = await world.person('head', { name: 'Глеб' })
  lead = await world.person('team-head', { team: 'Юг', name: 'Лада' })
  anna = await world.person('manager', { team: 'Юг', name: 'Анна' })
  boris = await world.person('manager', { team: 'Север', name: 'Борис' })
  vera = await world.person('manager', { team: 'Юг', name: 'Вера' })
})

describe('a request made from the report', () => {
  let astra: Made
  let beta: Made
  let gamma: Made
  let id: string

  beforeAll(async () => {
    astra = await add(anna, 'Астра', [email('a@astra.ru')])
    beta = await add(anna, 'Бета', [phone('8 916 204-18-37'), email('криво собака')])
    await add(anna, 'Вега', [phone('8 916 204-18-38'), email('v@vega.ru')])
    gamma = await add(boris, 'Гамма', [phone('нет')])
    await head.post('/clients', { name: 'Дельта', ownerId: null })
  })

  test('the preview tells whom it would reach, and how many clients nobody answers for', async () => {
    const { status, body } = await head.get('/fill-requests/preview?kinds=phone,email')
    expect(status).toBe(200)
    expect(body).toEqual({
      people: [
        { userId: anna.id, name: 'Анна', clients: 2 },
        { userId: boris.id, name: 'Борис', clients: 1 },
      ],
      unasked: 1,
    })
  })

  test('reaches each manager with his own clients and asks each for what it lacks', async () => {
    id = (await ask(head, {})).id
    const mine = (await anna.get('/fill-requests/mine')).body
    expect(mine).toHaveLength(1)
    expect(mine[0]).toMatchObject({ id, authorName: 'Глеб', clients: 2, done: 0, left: 2, mayManage: false })
    expect(mine[0]).toMatchObject({ columns: ['phone', 'email'], text: 'К понедельнику, пожалуйста' })
    const { items } = (await anna.get(`/fill-requests/${id}/clients`)).body
    expect(
      items.map((row: { client: Made & { name: string }; cells: object }) => [row.client.name, row.cells]),
    ).toEqual([
      [
        'Астра',
        {
          phone: { state: 'missing', asked: true, filled: false },
          email: { state: 'valid', asked: false, filled: true },
        },
      ],
      [
        'Бета',
        {
          phone: { state: 'valid', asked: false, filled: true },
          email: { state: 'junk', asked: true, filled: false },
        },
      ],
    ])
  })

  test('moves with every save: done when its asked cells are good, not done again when they are spoilt', async () => {
    await fill(anna, astra, [phone('8 495 207-31-64')])
    expect(await progress(head, id)).toEqual({
      clients: 3,
      done: 1,
      left: 2,
      people: [
        { userId: anna.id, name: 'Анна', clients: 2, done: 1, left: 1 },
        { userId: boris.id, name: 'Борис', clients: 1, done: 0, left: 1 },
      ],
    })
    expect(namesOf((await anna.get(`/fill-requests/${id}/clients?state=left`)).body)).toEqual(['Бета'])
    expect(namesOf((await head.get(`/fill-requests/${id}/clients?state=done`)).body)).toEqual(['Астра'])
    const { body } = await anna.get(`/clients/${astra.id}`)
    await anna.patch(`/clients/${astra.id}`, { version: body.version, contacts: [] })
    expect((await progress(head, id)).done).toBe(0)
    await fill(anna, astra, [phone('8 495 207-31-64'), email('a@astra.ru')])
    await fill(anna, beta, [email('b@beta.ru')])
    expect((await progress(head, id)).people[0]).toMatchObject({ userId: boris.id, left: 1 })
    expect((await anna.get('/fill-requests/mine')).body[0]).toMatchObject({ clients: 2, done: 2, left: 0 })
  })

  test('shows each only the part he may see', async () => {
    expect(await progress(lead, id)).toMatchObject({ clients: 2, done: 2 })
    expect(await progress(boris, id)).toMatchObject({ clients: 1, left: 1 })
    expect(namesOf((await boris.get(`/fill-requests/${id}/clients`)).body)).toEqual(['Гамма'])
    expect((await vera.get(`/fill-requests/${id}`)).status).toBe(404)
    expect((await vera.get('/fill-requests')).body.items).toEqual([])
    expect((await vera.get('/fill-requests/mine')).body).toEqual([])
    expect((await vera.get(`/fill-requests/${id}/progress`)).status).toBe(404)
  })

  test('a client handed over goes to the other manager with his seat', async () => {
    const { body } = await head.get(`/clients/${gamma.id}`)
    await head.patch(`/clients/${gamma.id}`, { version: body.version, ownerId: vera.id })
    expect((await boris.get(`/fill-requests/${id}`)).status).toBe(404)
    expect((await vera.get('/fill-requests/mine')).body).toMatchObject([{ id, clients: 1, left: 1 }])
    expect((await progress(lead, id)).clients).toBe(3)
    expect((await progress(head, id)).people.map(({ name }: { name: string }) => name)).toEqual([
      'Вера',
      'Анна',
    ])
  })

  test('a client shared with a colleague shows him the request too, below his own eyes only', async () => {
    const { body } = await head.get(`/clients/${gamma.id}`)
    await head.patch(`/clients/${gamma.id}`, { version: body.version, managerIds: [boris.id] })
    expect(namesOf((await boris.get(`/fill-requests/${id}/clients`)).body)).toEqual(['Гамма'])
    expect((await boris.get('/fill-requests/mine')).body).toEqual([])
    await head.patch(`/clients/${gamma.id}`, { version: body.version + 1, managerIds: [] })
    expect((await boris.get(`/fill-requests/${id}`)).status).toBe(404)
  })

  test('an archived client is out, and back in the hands of his owner of now', async () => {
    await head.del(`/clients/${gamma.id}`)
    expect((await progress(head, id)).clients).toBe(2)
    const { body } = await head.get(`/clients/${gamma.id}`)
    await head.patch(`/clients/${gamma.id}`, { version: body.version, ownerId: boris.id })
    await head.del(`/clients/${gamma.id}/archival`)
    expect((await boris.get('/fill-requests/mine')).body).toMatchObject([{ id, clients: 1 }])
  })
})

describe('who may ask and manage', () => {
  test('a manager asks nobody; a team head asks his team and no other', async () => {
    expect((await anna.post('/fill-requests', { selection: {}, dueOn: '2099-01-01' })).status).toBe(403)
    expect((await anna.get('/fill-requests/preview')).status).toBe(403)
    const { body } = await lead.get('/fill-requests/preview?kinds=website')
    expect(body.people.map(({ name }: { name: string }) => name)).toEqual(['Анна'])
    const { id } = await ask(lead, { kinds: ['website'] })
    expect((await progress(head, id)).people.map(({ name }: { name: string }) => name)).toEqual(['Анна'])
    expect((await boris.get(`/fill-requests/${id}`)).status).toBe(404)
  })

  test('only the managers chosen are asked', async () => {
    const { id } = await ask(head, { kinds: ['website'] }, { people: [boris.id] })
    expect((await progress(head, id)).people.map(({ name }: { name: string }) => name)).toEqual(['Борис'])
  })

  test('who asked, or the head, extends and closes it; the others are told that they may not', async () => {
    const { id } = await ask(lead, { kinds: ['website'] })
    expect((await anna.patch(`/fill-requests/${id}`, { dueOn: '2099-01-01' })).status).toBe(403)
    expect((await anna.post(`/fill-requests/${id}/closure`)).status).toBe(403)
    expect((await lead.patch(`/fill-requests/${id}`, { dueOn: '2098-01-01' })).body.dueOn).toBe('2098-01-01')
    const closed = await head.post(`/fill-requests/${id}/closure`)
    expect(closed.body.closedAt).toBeTruthy()
    const open = (await anna.get('/fill-requests/mine')).body.map((one: { id: string }) => one.id)
    expect(open).not.toContain(id)
    expect((await anna.get('/fill-requests?closed=true')).body.items).toMatchObject([{ id }])
    expect((await head.del(`/fill-requests/${id}/closure`)).body.closedAt).toBeNull()
    expect((await anna.get('/fill-requests?closed=true')).body.items).toEqual([])
  })

  test('the journal tells who asked whom for what', async () => {
    const { id, changeSetId } = await ask(head, { kinds: ['website'] })
    const { items } = (await head.get('/change-sets?act=request.create')).body
    expect(items[0]).toMatchObject({ id: changeSetId, details: { request: id, columns: ['website'] } })
  })
})

describe('what is asked', () => {
  test('a label, the client’s own contacts, a check that is too old: as the report measures them', async () => {
    const own = await add(vera, 'Эхо', [phone('8 916 204-18-41', { label: 'рабочий' })])
    const selection = {
      kinds: ['phone:мобильный'],
      where: JSON.stringify([{ field: 'name', op: 'is', value: 'Эхо' }]),
    }
    const { id } = await ask(head, selection)
    expect(await progress(vera, id)).toMatchObject({ clients: 1, left: 1 })
    await fill(vera, own, [phone('8 916 204-18-42', { label: 'мобильный' })])
    expect(await progress(vera, id)).toMatchObject({ clients: 1, done: 1 })

    const [act] = await world.sql<{ id: string }>(
      `insert into change_sets (author_id, act) values ($1, 'contact.check') returning id`,
      [vera.id],
    )
    await world.sql(
      `do $$ begin
         perform set_config('app.change_set', '${act!.id}', true);
         update contacts set checked_at = now() - interval '4 months' where client_id = '${own.id}';
       end $$`,
    )
    const checked = await ask(head, { ...selection, kinds: ['phone'], quality: 'checked', checkedMonths: 3 })
    expect(await progress(vera, checked.id)).toMatchObject({ clients: 1, left: 1 })
    const { contacts } = (await vera.get(`/clients/${own.id}`)).body
    await vera.post(`/contacts/${contacts[0].id}/checks`)
    expect(await progress(vera, checked.id)).toMatchObject({ done: 1 })
  })

  test('the group and the states come from the place in the report the head stood at', async () => {
    const { id } = await ask(
      head,
      {
        kinds: ['phone', 'email'],
        kind: 'email',
        state: ['junk', 'valid'],
        groupBy: ['manager'],
        group: [anna.id],
      },
      {},
    ).catch(() => ({ id: '' }))
    expect(id).toBe('')
    await add(anna, 'Ялта', [email('не почта')])
    const made = await ask(head, {
      kind: 'email',
      state: ['junk', 'valid'],
      groupBy: ['manager'],
      group: [anna.id],
    })
    expect(namesOf((await head.get(`/fill-requests/${made.id}/clients`)).body)).toEqual(['Ялта'])
    expect((await head.get(`/fill-requests/${made.id}`)).body.columns).toEqual(['email'])
  })

  test('a day that has passed, persons, good states and nobody to ask are refused in words', async () => {
    const refused = async (selection: object, dueOn = '2099-01-01') => {
      const { status, body } = await head.post('/fill-requests', { selection, dueOn })
      return [status, body.errors?.[0]?.path]
    }
    expect(await refused({}, '2020-01-01')).toEqual([422, 'dueOn'])
    expect(await refused({ object: 'persons' })).toEqual([422, 'selection.object'])
    expect(await refused({ state: ['valid'] })).toEqual([422, 'selection.state'])
    expect(await refused({ search: 'такого нет нигде' })).toEqual([422, 'selection'])
    expect(await refused({ kinds: ['pigeon'] })).toEqual([422, 'selection.kinds.0'])
  })
})

test('pages go by name, by owner, by state, and one client can be asked for', async () => {
  const names = Array.from({ length: 7 }, (_, at) => `Лист ${at}`)
  const made: Made[] = []
  for (const name of names) made.push(await add(boris, name))
  const { id } = await ask(head, { kinds: ['messenger'], owner: [boris.id], search: 'Лист' })
  const seen: string[] = []
  for (let cursor: string | null = ''; cursor !== null;) {
    const { body }: { body: { items: { client: { name: string } }[]; nextCursor: string | null } } =
      await head.get(`/fill-requests/${id}/clients?limit=3&owner=${boris.id}${cursor && `&cursor=${cursor}`}`)
    seen.push(...namesOf(body))
    cursor = body.nextCursor
  }
  expect(seen).toEqual(names)
  expect(namesOf((await head.get(`/fill-requests/${id}/clients?owner=${anna.id}`)).body)).toEqual([])
  expect(namesOf((await boris.get(`/fill-requests/${id}/clients?client=${made[4]!.id}`)).body)).toEqual([
    'Лист 4',
  ])
})

test('a request too long to be sorted is walked along the names and tells the same', async () => {
  const { id } = await ask(head, { kinds: ['messenger', 'phone'] })
  const pages = (few: number, state: 'left' | 'done' | 'all') =>
    asCaller(world.app.kernel.database.app, { userId: head.id }, async (tx) => {
      const request = await findRequest(tx, id, '2026-11-25')
      const rows: unknown[] = []
      for (let cursor: string | undefined | null; cursor !== null;) {
        const input = { id, state, limit: 4, ...(cursor && { cursor }) }
        const page: Awaited<ReturnType<typeof rowsPage>> = await rowsPage(
          tx,
          { role: 'head' },
          request,
          input,
          few,
        )
        rows.push(...page.items.map(({ client, cells, done }) => [client.name, cells, done]))
        cursor = page.nextCursor
      }
      return rows
    })
  expect((await pages(0, 'all')).length).toBeGreaterThan(8)
  for (const state of ['left', 'done', 'all'] as const)
    expect(await pages(0, state)).toEqual(await pages(30_000, state))
})

describe('while somebody is away', () => {
  const day = 86_400_000
  const standIn = async (absent: Person, deputy: Person, mode: 'full' | 'read') => {
    const answer = await head.post('/substitutions', {
      absentId: absent.id,
      deputyIds: [deputy.id],
      from: new Date(Date.now() - day).toISOString(),
      to: new Date(Date.now() + day).toISOString(),
      mode,
    })
    expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  }

  test('his requests stand apart before who stands in for him and may edit, and nobody else', async () => {
    const absent = await world.person('manager', { name: 'Уля' })
    const deputy = await world.person('manager', { name: 'Фома' })
    const reader = await world.person('manager', { name: 'Эля' })
    const theirs = await add(absent, 'Отсутствие', [])
    await add(deputy, 'Своё', [])
    const { id } = await ask(head, { owner: [absent.id, deputy.id] })
    const mineOf = async (who: Person) =>
      (await who.get('/fill-requests/mine')).body.map(
        ({ id: request, ownerName, left }: { id: string; ownerName: string; left: number }) => [
          request,
          ownerName,
          left,
        ],
      )
    expect(await mineOf(deputy)).toEqual([[id, 'Фома', 1]])
    await standIn(absent, deputy, 'full')
    await standIn(absent, reader, 'read')
    expect(await mineOf(deputy)).toEqual([
      [id, 'Фома', 1],
      [id, 'Уля', 1],
    ])
    expect(await mineOf(reader)).toEqual([])
    await fill(deputy, theirs, [phone('8 495 207-31-64'), email('u@ulya.ru')])
    expect(await mineOf(deputy)).toEqual([
      [id, 'Фома', 1],
      [id, 'Уля', 0],
    ])
    expect(namesOf((await deputy.get(`/fill-requests/${id}/clients?owner=${absent.id}`)).body)).toEqual([
      'Отсутствие',
    ])
  })
})
