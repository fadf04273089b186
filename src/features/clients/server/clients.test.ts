import { describe, expect, test } from 'vitest'
import { testWorld } from '#app/testing.ts'
import { Client } from '#features/clients/contract.ts'

const world = testWorld()

describe('entering a client', () => {
  test('answers with the whole client, verdicts given', async () => {
    const manager = await world.person('manager')
    const { status, body } = await manager.post('/clients', {
      name: 'ООО «Ромашка»',
      inn: '7707083893',
      contacts: [
        { kind: 'phone', value: '8 (495) 000-12-34 доб. 12' },
        { kind: 'email', value: 'info@example,ru' },
      ],
      people: [
        {
          name: 'Петров Пётр Ильич',
          position: 'директор',
          contacts: [{ kind: 'phone', value: '8-916-123-45-67' }],
        },
      ],
      accounts: [{ account: '40702810200000000001', bic: '044525225' }],
    })
    expect(status).toBe(201)
    Client.parse(body)
    expect(body).toMatchObject({ ownerId: manager.id, kind: 'organization', version: 1, duplicates: [] })
    expect(body.contacts).toHaveLength(2)
    expect(body.contacts[0]).toMatchObject({
      normalized: '+74950001234',
      extension: '12',
      checkedBy: manager.id,
    })
    expect(body.contacts[1]).toMatchObject({
      value: 'info@example,ru',
      normalized: 'info@example.ru',
      verdict: 'fixed',
    })
    expect(body.people[0]).toMatchObject({
      lastName: 'Петров',
      firstName: 'Пётр',
      middleName: 'Ильич',
      position: 'директор',
    })
    expect(body.people[0].contacts[0].personId).toBe(body.people[0].id)
    expect(body.accounts[0].account).toBe('40702810200000000001')
    expect((await manager.get(`/clients/${body.id}`)).body.name).toBe('ООО «Ромашка»')
  })

  test('what may be left out may come as null; a client of nobody’s is the manager’s own', async () => {
    const manager = await world.person('manager')
    const none = { kind: null, ownerId: null, inn: null, contacts: null, accounts: null, custom: null }
    const contact = { kind: 'phone', value: '+7 495 700-11-22', primary: null, label: null, personId: null }
    const { status, body } = await manager.post('/clients', {
      name: 'ООО «Пустоты»',
      ...none,
      people: [{ name: 'Петров Пётр', birthday: null, contacts: [contact] }],
    })
    expect(status).toBe(201)
    expect(body).toMatchObject({ ownerId: manager.id, kind: 'organization', contacts: [], accounts: [] })
    expect(body.people[0].contacts).toHaveLength(1)
  })

  test('keeps what was entered where a number was repaired', async () => {
    const manager = await world.person('manager')
    const { body } = await manager.post('/clients', { name: 'Лютик', inn: '7707083893.0' })
    expect(body.inn).toBe('7707083893')
    expect(body.entered).toEqual({ inn: '7707083893.0' })
  })

  test('without a name is told so, in the language asked for', async () => {
    const manager = await world.person('manager')
    const answer = await manager.call('POST', '/clients', {
      name: ' ',
      contacts: [{ kind: 'fax', value: '' }],
    })
    expect(answer.status).toBe(422)
    expect(answer.headers['content-type']).toContain('application/problem+json')
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toEqual(
      expect.arrayContaining(['name', 'contacts.0.kind', 'contacts.0.value']),
    )
  })

  test('tells likely twins and never refuses them; a hidden one by its owner only', async () => {
    const mine = await world.person('manager')
    const other = await world.person('manager', { name: 'Чужая Анна' })
    await other.post('/clients', {
      name: 'Тайная фирма',
      inn: '7728168971',
      contacts: [{ kind: 'phone', value: '+7 916 555-44-33' }],
    })
    await mine.post('/clients', {
      name: 'Своя фирма',
      contacts: [{ kind: 'phone', value: '+7 916 777-44-33' }],
    })
    const { status, body } = await mine.post('/clients', {
      name: 'Новая фирма',
      contacts: [
        { kind: 'phone', value: '8 916 555 44 33' },
        { kind: 'phone', value: '8 916 777 44 33' },
      ],
    })
    expect(status).toBe(201)
    expect(body.duplicates).toHaveLength(2)
    expect(body.duplicates).toContainEqual(expect.objectContaining({ name: 'Своя фирма', score: 'likely' }))
    expect(body.duplicates).toContainEqual(
      expect.objectContaining({ id: null, name: null, ownerName: 'Чужая Анна' }),
    )
    expect(JSON.stringify(body)).not.toContain('Тайная')
  })

  test('by the head may leave nobody responsible; by a manager never belongs to a stranger', async () => {
    const head = await world.person('head')
    const manager = await world.person('manager')
    const other = await world.person('manager')
    const nobodys = await head.post('/clients', { name: 'Ничей' })
    expect(nobodys.body.ownerId).toBeNull()
    expect((await manager.get(`/clients/${nobodys.body.id}`)).status).toBe(404)
    expect((await manager.post('/clients', { name: 'Подкидыш', ownerId: other.id })).status).toBe(403)
  })
})

describe('who sees a client', () => {
  test('its owner, his team head, the head and those it is shared with; nobody else', async () => {
    const owner = await world.person('manager', { team: 'Север' })
    const teamHead = await world.person('team-head', { team: 'Север' })
    const otherHead = await world.person('team-head', { team: 'Юг' })
    const helper = await world.person('manager', { team: 'Юг' })
    const head = await world.person('head')
    const admin = await world.person('admin')
    const { body: client } = await owner.post('/clients', {
      name: 'Видимый',
      contacts: [{ kind: 'phone', value: '8 495 123-45-67' }],
    })
    const seen = async (who: typeof owner) => (await who.get(`/clients/${client.id}`)).status
    expect(await seen(teamHead)).toBe(200)
    expect(await seen(head)).toBe(200)
    expect(await seen(helper)).toBe(404)
    expect(await seen(otherHead)).toBe(404)
    expect(await seen(admin)).toBe(404)
    expect((await owner.patch(`/clients/${client.id}`, { version: 1, managerIds: [helper.id] })).status).toBe(
      200,
    )
    expect(await seen(helper)).toBe(200)
    expect(await seen(otherHead)).toBe(200)
    expect(
      (await helper.get(`/clients/${client.id}/seats`)).body.map((seat: { reason: string }) => seat.reason),
    ).toContain('shared')
    expect((await helper.get('/clients')).body.items.map((item: { id: string }) => item.id)).toContain(
      client.id,
    )
    expect((await helper.get('/clients/count')).body).toEqual({ count: 1, exact: true })
    expect((await owner.patch(`/clients/${client.id}`, { version: 2, managerIds: [] })).status).toBe(200)
    expect(await seen(helper)).toBe(404)
  })

  test('a manager cannot hand a client over, change or archive a foreign one', async () => {
    const owner = await world.person('manager')
    const other = await world.person('manager')
    const { body: client } = await owner.post('/clients', { name: 'Чей-то' })
    expect((await owner.patch(`/clients/${client.id}`, { version: 1, ownerId: other.id })).status).toBe(403)
    expect((await other.patch(`/clients/${client.id}`, { version: 1, name: 'Мой' })).status).toBe(404)
    expect((await other.del(`/clients/${client.id}`)).status).toBe(404)
    expect((await owner.get(`/clients/${client.id}`)).body.ownerId).toBe(owner.id)
  })
})

describe('changing a client', () => {
  test('different fields of one client both win, the same field asks', async () => {
    const head = await world.person('head')
    const manager = await world.person('manager')
    const { body: client } = await manager.post('/clients', { name: 'Спорный', region: 'Тверь' })
    expect((await head.patch(`/clients/${client.id}`, { version: 1, region: 'Москва' })).body.version).toBe(2)
    const merged = await manager.patch(`/clients/${client.id}`, { version: 1, comment: 'звонить утром' })
    expect(merged.body).toMatchObject({ version: 3, region: 'Москва', comment: 'звонить утром' })
    const clash = await manager.patch(`/clients/${client.id}`, {
      version: 1,
      region: 'Псков',
      stage: 'постоянный',
    })
    expect(clash.status).toBe(409)
    expect(clash.body).toMatchObject({
      current: { region: 'Москва' },
      yours: { region: 'Псков' },
      before: { region: 'Тверь' },
    })
    expect(clash.body.current).not.toHaveProperty('stage')
    expect((await manager.get(`/clients/${client.id}`)).body.stage).toBeNull()
    expect((await manager.patch(`/clients/${client.id}`, { version: 1, region: 'Москва' })).status).toBe(200)
  })

  test('a list of contacts is changed by id: kept, retyped, added, removed', async () => {
    const manager = await world.person('manager')
    const { body: client } = await manager.post('/clients', {
      name: 'С контактами',
      contacts: [
        { kind: 'phone', value: '8 916 123-45-67', label: 'мобильный' },
        { kind: 'email', value: 'a@example.com' },
      ],
    })
    const [phone, email] = client.contacts
    const { body } = await manager.patch(`/clients/${client.id}`, {
      version: 1,
      contacts: [
        { id: phone.id, kind: 'phone', value: '8 916 765-43-21' },
        { kind: 'website', value: 'example.com' },
      ],
    })
    expect(body.contacts.map((contact: { kind: string }) => contact.kind)).toEqual(['phone', 'website'])
    expect(body.contacts[0]).toMatchObject({ id: phone.id, label: 'мобильный', normalized: '+79167654321' })
    expect(body.contacts.map((contact: { id: string }) => contact.id)).not.toContain(email.id)
    const clash = await manager.patch(`/clients/${client.id}`, { version: 1, contacts: [] })
    expect(clash.status).toBe(409)
  })

  test('a list changed since is told as the person saw it, whatever came after', async () => {
    const head = await world.person('head')
    const other = await world.person('manager')
    const manager = await world.person('manager')
    const made = await manager.post('/clients', {
      name: 'Списки',
      contacts: [{ kind: 'phone', value: '8 916 123-45-67' }],
      people: [{ name: 'Петров Иван', contacts: [{ kind: 'email', value: 'i@example.com' }] }],
      accounts: [{ account: '40702810900000000001' }],
    })
    const path = `/clients/${made.body.id}`
    const change = async (fields: object) => {
      const { version } = (await head.get(path)).body
      expect((await head.patch(path, { version, ...fields })).status).toBe(200)
    }
    await change({ contacts: [{ kind: 'website', value: 'a.ru' }] })
    const seen = (await manager.get(path)).body
    await change({ contacts: [...seen.contacts, { kind: 'website', value: 'b.ru' }] })
    await change({ people: [], managerIds: [other.id] })
    await change({ accounts: [], contacts: [] })
    const clash = await manager.patch(path, {
      version: seen.version,
      contacts: [{ kind: 'website', value: 'c.ru' }],
      people: [{ name: 'Сидоров' }],
      accounts: [{ account: '40702810900000000002' }],
      managerIds: [],
    })
    expect(clash.status).toBe(409)
    const { contacts, people, accounts, managerIds } = seen
    expect(clash.body.before).toEqual({ contacts, people, accounts, managerIds })
    expect(clash.body.current).toMatchObject({ contacts: [], people: [], managerIds: [other.id] })
  })

  test('a contact of another client cannot be taken by its id', async () => {
    const manager = await world.person('manager')
    const other = await world.person('manager')
    const foreign = (
      await other.post('/clients', { name: 'А', contacts: [{ kind: 'email', value: 'x@example.com' }] })
    ).body
    const own = (await manager.post('/clients', { name: 'Б' })).body
    const answer = await manager.patch(`/clients/${own.id}`, {
      version: 1,
      contacts: [{ id: foreign.contacts[0].id, kind: 'email', value: 'y@example.com' }],
    })
    expect(answer.status).toBe(422)
  })

  test('archives and restores; history tells who did what', async () => {
    const manager = await world.person('manager')
    const { body: client } = await manager.post('/clients', { name: 'В корзину' })
    expect((await manager.del(`/clients/${client.id}`)).status).toBe(200)
    expect((await manager.get('/clients')).body.items).toEqual([])
    expect((await manager.get('/clients?archived=true')).body.items).toHaveLength(1)
    expect((await manager.del(`/clients/${client.id}`)).status).toBe(404)
    expect((await manager.del(`/clients/${client.id}/archival`)).body.archivedAt).toBeNull()
    const acts = (await manager.get(`/clients/${client.id}/history`)).body.items.map(
      (item: { act: string }) => item.act,
    )
    expect(acts).toEqual(expect.arrayContaining(['client.create', 'client.archive', 'client.restore']))
  })

  test('a write without a change-set is an error of the trigger', async () => {
    await expect(world.sql(`insert into clients (name) values ('мимо журнала')`)).rejects.toThrow(
      /change-set/,
    )
  })
})

describe('the list', () => {
  test('pages by key through every order without loss or repetition, for every role', async () => {
    const owner = await world.person('manager', { team: 'Запад' })
    const mate = await world.person('manager', { team: 'Запад' })
    const teamHead = await world.person('team-head', { team: 'Запад' })
    const head = await world.person('head')
    for (let n = 0; n < 23; n++) {
      const who = n % 3 === 0 ? mate : owner
      const { body } = await who.post('/clients', {
        name: `Клиент ${n % 7}`,
        region: n % 4 ? `Регион ${n % 3}` : null,
        stage: n % 2 ? 'разовый' : null,
      })
      if (n % 6 === 0) await mate.patch(`/clients/${body.id}`, { version: 1, managerIds: [owner.id] })
    }
    for (const who of [owner, mate, teamHead, head]) {
      const total = (await who.get('/clients/count')).body.count
      for (const sort of [
        'name',
        'owner',
        'region',
        'stage',
        'created',
        'changed',
        'nextPlan',
        'inn',
        'no',
      ].flatMap((name) => [name, `-${name}`])) {
        const ids: string[] = []
        let cursor: string | null = null
        do {
          const page: { items: { id: string }[]; nextCursor: string | null } = (
            await who.get(`/clients?sort=${sort}&limit=4${cursor ? `&cursor=${cursor}` : ''}`)
          ).body
          ids.push(...page.items.map((item) => item.id))
          cursor = page.nextCursor
        } while (cursor)
        expect(new Set(ids).size, sort).toBe(ids.length)
        expect(ids.length, sort).toBe(total)
      }
    }
    const names = (await head.get('/clients?sort=name&limit=500')).body.items.map((item: { name: string }) =>
      item.name.toLowerCase(),
    )
    expect(names).toEqual([...names].sort())
  })

  test('every condition of a filter is understood and narrows as it says', async () => {
    const manager = await world.person('manager')
    await manager.post('/clients', {
      name: 'Альфа',
      region: 'Тверь',
      categories: ['A'],
      contacts: [{ kind: 'phone', value: '8 916 111-22-33' }],
    })
    await manager.post('/clients', {
      name: 'Бета',
      stage: 'разовый',
      people: [{ name: 'Иванова Мария', position: 'бухгалтер', birthday: '1980-05-01' }],
    })
    const found = async (conditions: unknown[]) =>
      (await manager.get(`/clients?where=${encodeURIComponent(JSON.stringify(conditions))}`)).body.items.map(
        (item: { name: string }) => item.name,
      )
    expect(await found([{ field: 'name', op: 'contains', value: 'льф' }])).toEqual(['Альфа'])
    expect(await found([{ field: 'region', op: 'empty' }])).toEqual(['Бета'])
    expect(await found([{ field: 'categories', op: 'is', value: ['A'] }])).toEqual(['Альфа'])
    expect(await found([{ field: 'categories', op: 'not', value: ['A'] }])).toEqual(['Бета'])
    expect(await found([{ field: 'phone', op: 'state', value: ['valid'] }])).toEqual(['Альфа'])
    expect(await found([{ field: 'phone', op: 'contains', value: '(916) 111' }])).toEqual(['Альфа'])
    expect(await found([{ field: 'phone', op: 'empty' }])).toEqual(['Бета'])
    expect(await found([{ field: 'person', op: 'contains', value: 'мария' }])).toEqual(['Бета'])
    expect(await found([{ field: 'position', op: 'contains', value: 'бух' }])).toEqual(['Бета'])
    expect(await found([{ field: 'birthday', op: 'is', value: '1980-05-01' }])).toEqual(['Бета'])
    expect(await found([{ field: 'owner', op: 'is', value: 'me' }])).toHaveLength(2)
    expect(await found([{ field: 'created', op: 'from', value: '2100-01-01T00:00:00Z' }])).toEqual([])
    expect(await found([{ field: 'nextPlan', op: 'empty' }])).toHaveLength(2)
    expect(await found([{ field: 'isBuyer', op: 'is', value: true }])).toHaveLength(2)
    expect(await found([{ field: 'stage', op: 'not', value: ['разовый'] }])).toEqual(['Альфа'])
    expect((await manager.get('/clients?missing=phone')).body.items).toHaveLength(1)
    expect((await manager.get('/clients?owner=me&region=Тверь,Псков')).body.items).toHaveLength(1)
    expect((await manager.get('/clients?where=[')).status).toBe(422)
    expect((await manager.get('/clients?cursor=zzz')).status).toBe(422)
  })

  test('gaps of the first screen are the lengths of the lists behind them', async () => {
    const manager = await world.person('manager')
    await manager.post('/clients', {
      name: 'Полный',
      contacts: [
        { kind: 'phone', value: '8 916 111-22-33' },
        { kind: 'email', value: 'a@example.com' },
      ],
    })
    await manager.post('/clients', {
      name: 'Без почты',
      contacts: [{ kind: 'phone', value: '8 916 111-22-34' }],
    })
    await manager.post('/clients', { name: 'Пустой', contacts: [{ kind: 'phone', value: 'уточнить' }] })
    const gaps = (await manager.get('/clients/gaps')).body
    expect(gaps).toEqual({ clients: 3, complete: 1, missing: { phone: 1, email: 2 } })
    expect((await manager.get('/clients?owner=me&missing=email')).body.items).toHaveLength(2)
    expect((await manager.get('/clients?owner=me&missing=phone')).body.items).toHaveLength(1)
  })
})

test('a contact of a person is changed under its person; at the top it is refused, not orphaned', async () => {
  const manager = await world.person('manager')
  const people = [{ name: 'Анна Ветрова', contacts: [{ kind: 'email', value: 'anna@example.com' }] }]
  const { body: client } = await manager.post('/clients', { name: 'С человеком', people })
  const [contact] = client.people[0].contacts
  const orphaned = await manager.patch(`/clients/${client.id}`, { version: 1, contacts: [contact] })
  expect(orphaned.status).toBe(422)
  expect(orphaned.body.errors[0].path).toBe('contacts.0.personId')
  const kept = await manager.patch(`/clients/${client.id}`, { version: 1, people: client.people })
  expect(kept.body.people[0].contacts[0]).toMatchObject({ id: contact.id, personId: client.people[0].id })
})

test('what a category asks on top counts as a gap of its clients only, and the list behind the figure is as long', async () => {
  const manager = await world.person('manager')
  await world.sql(
    `insert into choices (field, name, required_kinds) values ('category', 'Сайтовые', '{website}')`,
  )
  const contacts = [
    { kind: 'phone', value: '8 916 216-43-58' },
    { kind: 'email', value: 'a@example.com' },
  ]
  await manager.post('/clients', { name: 'С сайтом', categories: ['Сайтовые'], contacts })
  await manager.post('/clients', { name: 'Обычный', contacts })
  expect((await manager.get('/clients/gaps')).body).toEqual({
    clients: 2,
    complete: 1,
    missing: { website: 1 },
  })
  const listed = (await manager.get('/clients?owner=me&lacking=website')).body.items
  expect(listed.map((item: { name: string }) => item.name)).toEqual(['С сайтом'])
  const asCondition = encodeURIComponent(JSON.stringify([{ field: 'website', op: 'lacking' }]))
  expect((await manager.get(`/clients?where=${asCondition}`)).body.items).toHaveLength(1)
})

test('a contact is marked checked by one click', async () => {
  const manager = await world.person('manager')
  const { body: client } = await manager.post('/clients', {
    name: 'Проверяемый',
    contacts: [{ kind: 'phone', value: '8 916 123-45-67' }],
  })
  const { status, body } = await manager.post(`/contacts/${client.contacts[0].id}/checks`)
  expect(status).toBe(200)
  expect(body.checkedBy).toBe(manager.id)
})

test('a person may call an entrepreneur an organization; a new name alone does not', async () => {
  const manager = await world.person('manager')
  const { body } = await manager.post('/clients', { name: 'ИП Орлов Пётр Ильич' })
  expect(body.kind).toBe('entrepreneur')
  const renamed = await manager.patch(`/clients/${body.id}`, { version: 1, name: 'Орлов и сыновья' })
  expect(renamed.body.kind).toBe('entrepreneur')
  const changed = await manager.patch(`/clients/${body.id}`, { version: 2, kind: 'organization' })
  expect(changed.body.kind).toBe('organization')
})

test('pages by number hold every client of a team once, also where the numbers grow by a digit', async () => {
  const team = 'Нумерация'
  const people = [await world.person('manager', { team }), await world.person('manager', { team })]
  const teamHead = await world.person('team-head', { team })
  await world.sql('alter table clients alter column no restart with 9987')
  for (let i = 0; i < 24; i++) await people[i % 2]!.post('/clients', { name: `Номер ${i}` })
  for (const sort of ['no', '-no']) {
    const numbers: number[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const { body } = await teamHead.get(`/clients?sort=${sort}&limit=5${cursor && `&cursor=${cursor}`}`)
      numbers.push(...body.items.map(({ no }: { no: number }) => no))
      cursor = body.nextCursor
    }
    expect(numbers).toHaveLength(24)
    expect(numbers).toEqual(numbers.toSorted((a, b) => (sort === 'no' ? a - b : b - a)))
  }
})

test('an owner reads whom his client is shared with, also colleagues of other teams, and so does each of them', async () => {
  const owner = await world.person('manager')
  const mates = [await world.person('manager', { team: 'Дальняя' }), await world.person('manager')]
  const ids = mates.map(({ id }) => id).toSorted()
  const { body } = await owner.post('/clients', { name: 'ООО «Общее дело»', managerIds: ids })
  expect(body.managerIds.toSorted()).toEqual(ids)
  for (const person of [owner, ...mates]) {
    expect((await person.get(`/clients/${body.id}`)).body.managerIds).toEqual(ids)
    const { items } = (await person.get('/clients?limit=200')).body
    expect(items.find(({ id }: { id: string }) => id === body.id).managerIds).toEqual(ids)
  }
})

test('neither an admin, nor who has left, nor nobody becomes an owner; whose it is stays so', async () => {
  const head = await world.person('head')
  const admin = await world.person('admin')
  const gone = await world.person('manager')
  const { body } = await gone.post('/clients', { name: 'ООО «Наследство»' })
  await head.patch(`/users/${gone.id}`, { active: false })
  for (const ownerId of [admin.id, gone.id, '01900000-0000-7000-8000-000000000000']) {
    const answer = await head.post('/clients', { name: 'ООО «Ничьё»', ownerId })
    expect(answer.status).toBe(422)
    expect(answer.body.errors[0].path).toBe('ownerId')
  }
  const same = await head.patch(`/clients/${body.id}`, { version: 1, ownerId: gone.id, region: 'Омск' })
  expect(same.status).toBe(200)
})

test('of clients asked for by their ids those come that the caller sees and the filter shows', async () => {
  const manager = await world.person('manager')
  const other = await world.person('manager')
  const teamHead = await world.person('team-head', { team: 'Отдел ids' })
  const mate = await world.person('manager', { team: 'Отдел ids' })
  const make = async (who: typeof manager, name: string, more = {}) =>
    (await who.post('/clients', { name, ...more })).body.id as string
  const mine = await make(manager, 'Свой')
  const winter = await make(manager, 'Зимний', { stage: 'Договор' })
  const foreign = await make(other, 'Чужой')
  const archived = await make(manager, 'Убранный')
  await manager.del(`/clients/${archived}`)
  const ids = [winter, foreign, mine, archived].join(',')
  const namesOf = async (who: typeof manager, query: string) =>
    (await who.get(`/clients?${query}`)).body.items.map(({ name }: { name: string }) => name)
  for (const sort of ['name', 'created', 'owner', '-changed', 'comment']) {
    expect((await namesOf(manager, `ids=${ids}&sort=${sort}`)).toSorted(), sort).toEqual(['Зимний', 'Свой'])
  }
  expect(await namesOf(manager, `ids=${ids}&stage=${encodeURIComponent('Договор')}`)).toEqual(['Зимний'])
  expect(await namesOf(manager, `ids=${ids}&search=${encodeURIComponent('свой')}`)).toEqual(['Свой'])
  const ofMate = await make(mate, 'Отдела')
  expect(await namesOf(teamHead, `ids=${ids},${ofMate}`)).toEqual(['Отдела'])
  expect(await namesOf(manager, 'ids=')).toEqual([])
})
