import * as XLSX from '@e965/xlsx'
import { beforeAll, describe, expect, test } from 'vitest'
import { testWorld, type Person } from '#app/testing.ts'

const world = testWorld()
const report = '/reports/contact-info'

const phone = (value: string, more = {}) => ({ kind: 'phone', value, ...more })
const email = (value: string, more = {}) => ({ kind: 'email', value, ...more })

async function add(who: Person, client: Record<string, unknown>) {
  const answer = await who.post('/clients', client)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body as { id: string; people: { id: string }[]; contacts: { id: string }[] }
}

const cells = (
  answer: { body: { total: { cells: Record<string, Record<string, number>> } } },
  column: string,
) => answer.body.total.cells[column]

const counted = async (who: Person, filter: string) =>
  (await who.get(`${report}?kinds=phone&${filter}`)).body.total?.clients

describe('the contact-information report', () => {
  let head: Person
  let anna: Person
  let boris: Person

  beforeAll(async () => {
    head = await world.person('head')
    anna = await world.person('manager', { team: 'Юг', name: 'Анна' })
    boris = await world.person('manager', { team: 'Север', name: 'Борис' })
    await add(anna, {
      name: 'Астра',
      region: 'Москва',
      categories: ['Опт', 'VIP'],
      contacts: [phone('8 916 204-18-37', { label: 'мобильный' }), email('a@astra.ru')],
    })
    await add(anna, {
      name: 'Бета',
      region: 'Тула',
      categories: ['Опт'],
      contacts: [phone('нет'), email('криво собака')],
    })
    await add(anna, {
      name: 'Вега',
      region: 'Москва',
      contacts: [],
      people: [{ name: 'Иванов Иван', contacts: [phone('+7 495 207-31-64')] }],
    })
    await add(boris, { name: 'Гамма', contacts: [phone('8 926 318-40-52'), phone('нет')] })
    await add(head, { name: 'Дельта', ownerId: null })
  })

  test('counts every client once a column, whatever he has there', async () => {
    const answer = await head.get(`${report}?kinds=phone,email`)
    expect(answer.status).toBe(200)
    expect(answer.body.total).toEqual({
      clients: 5,
      cells: {
        phone: { valid: 3, stale: 0, doubtful: 0, junk: 0, missing: 2 },
        email: { valid: 1, stale: 0, doubtful: 0, junk: 1, missing: 3 },
      },
    })
  })

  test('puts the worst first and names the clients nobody is responsible for', async () => {
    const { body } = await head.get(`${report}?kinds=phone`)
    expect(
      body.groups.map((group: { key: string; label: string; clients: number }) => [
        group.key,
        group.label,
        group.clients,
      ]),
    ).toEqual([
      ['none', 'без ответственного', 1],
      [anna.id, 'Анна', 3],
      [boris.id, 'Борис', 1],
    ])
    const english = await head.call('GET', `${report}?kinds=phone`, undefined, { 'accept-language': 'en' })
    expect(english.body.groups[0].label).toBe('no owner')
  })

  test('shows a manager his own clients only, in every view and file', async () => {
    await world.sql('update users set may_export = true where id = $1', [boris.id])
    const shares = await boris.get(`${report}?kinds=phone,email&groupBy=manager,region`)
    expect(shares.body.total.clients).toBe(1)
    const roads = [
      '',
      '/clients',
      '/values',
      '.xlsx',
      '/clients.xlsx',
      '/values.xlsx',
      '/values/distinct',
    ].map((road) => `${report}${road}?kinds=phone,email${road.endsWith('distinct') ? '&kind=phone' : ''}`)
    const foreign = [
      'Астра',
      'Бета',
      'Вега',
      'Дельта',
      'Иванов',
      '9162041837',
      '4952073164',
      '204-18-37',
      'astra',
      'Тула',
      anna.id,
    ]
    for (const road of [...roads, ...roads.map((road) => `${road}&owner=${anna.id}`)]) {
      const answer = await boris.get(road)
      expect(answer.status, road).toBe(200)
      const text = road.includes('xlsx')
        ? JSON.stringify(XLSX.read(answer.raw).Sheets)
        : answer.raw.toString()
      for (const word of foreign) expect(text, road).not.toContain(word)
    }
    const byGroup = await boris.get(`${report}/clients?kinds=phone&group=${anna.id}`)
    expect(byGroup.body).toEqual({ items: [], nextCursor: null, count: 0 })
  })

  test('shows a client shared with somebody to him as well, under his owner', async () => {
    const vera = await world.person('manager', { name: 'Вера' })
    const [client] = await world.sql<{ id: string }>(`select id from clients where name = 'Астра'`)
    const shared = await anna.patch(`/clients/${client!.id}`, { version: 1, managerIds: [vera.id] })
    expect(shared.status).toBe(200)
    const { body } = await vera.get(`${report}?kinds=phone`)
    expect(body.groups).toMatchObject([{ key: anna.id, clients: 1 }])
    const list = await vera.get(`${report}/clients?kinds=phone&group=${anna.id}`)
    expect(list.body).toMatchObject({ count: 1, items: [{ name: 'Астра', cells: { phone: 'valid' } }] })
  })

  test('counts a client of two categories in both, and once above them', async () => {
    const { body } = await anna.get(`${report}?kinds=phone&groupBy=manager,category&sort=name`)
    const [own] = body.groups
    expect(own.clients).toBe(3)
    expect(
      own.groups.map((group: { label: string; clients: number }) => [group.label, group.clients]),
    ).toEqual([
      ['Опт', 2],
      ['VIP', 1],
      ['без категории', 1],
    ])
  })

  test('leads from a nested number to its clients', async () => {
    const group = encodeURIComponent(JSON.stringify([anna.id, 'Москва']))
    const list = await head.get(
      `${report}/clients?kinds=phone&groupBy=manager,region&group=${group}&kind=phone&state=valid`,
    )
    expect(list.body.items.map((item: { name: string }) => item.name)).toEqual(['Астра', 'Вега'])
    expect(list.body.count).toBe(2)
    const repeated = await head.get(
      `${report}/clients?kinds=phone&groupBy=manager,region&group=${anna.id}&group=${encodeURIComponent('Москва')}`,
    )
    expect(repeated.body.count).toBe(2)
  })

  test('leaves contacts of people out when asked', async () => {
    expect(cells(await anna.get(`${report}?kinds=phone`), 'phone')).toMatchObject({ valid: 2, missing: 1 })
    expect(cells(await anna.get(`${report}?kinds=phone&persons=false`), 'phone')).toMatchObject({
      valid: 1,
      missing: 2,
    })
  })

  test('looks at one label, or at contacts without any', async () => {
    const { body } = await anna.get(`${report}?kinds=${encodeURIComponent('phone:мобильный')},phone:`)
    expect(body.total.cells).toEqual({
      'phone:мобильный': { valid: 1, stale: 0, doubtful: 0, junk: 0, missing: 2 },
      'phone:': { valid: 1, stale: 0, doubtful: 0, junk: 0, missing: 2 },
    })
  })

  test('calls a valid contact stale when nobody checked it lately', async () => {
    await world.sql(
      `set session_replication_role = replica; update client_states set phone_checked = null; reset session_replication_role`,
    )
    const answer = await anna.get(`${report}?kinds=phone&checkedMonths=6`)
    const [checked] = await world.sql<{ id: string }>(
      `select t.id from contacts t join clients c on c.id = t.client_id where c.name = 'Астра' and t.kind = 'phone'`,
    )
    expect(cells(answer, 'phone')).toMatchObject({ valid: 0, stale: 2 })
    await anna.post(`/contacts/${checked!.id}/checks`)
    for (const column of ['phone', encodeURIComponent('phone:мобильный')]) {
      const fresh = await anna.get(`${report}?kinds=${column}&checkedMonths=6`)
      expect(cells(fresh, decodeURIComponent(column))).toMatchObject({ valid: 1 })
    }
  })

  test('reports on persons', async () => {
    const { body } = await anna.get(`${report}?object=persons&kinds=phone,email`)
    expect(body.total).toMatchObject({ clients: 1, cells: { phone: { valid: 1 }, email: { missing: 1 } } })
    const list = await anna.get(`${report}/clients?object=persons&kinds=phone,email&kind=email&state=missing`)
    expect(list.body).toMatchObject({
      count: 1,
      items: [{ name: 'Вега', personName: 'Иванов Иван', cells: { email: 'missing' } }],
    })
  })

  test('narrows by the filters of the list of clients', async () => {
    expect(await counted(head, `region=${encodeURIComponent('Москва')}`)).toBe(2)
    expect(await counted(head, 'owner=none')).toBe(1)
    expect(await counted(head, `search=${encodeURIComponent('астр')}`)).toBe(1)
    expect(await counted(head, 'missing=phone')).toBe(2)
    expect(await counted(head, `category=VIP`)).toBe(1)
    expect(await counted(head, 'clientKind=person')).toBe(0)
    expect(
      await counted(
        head,
        `where=${encodeURIComponent(JSON.stringify([{ field: 'name', op: 'starts', value: 'в' }]))}`,
      ),
    ).toBe(1)
    expect(
      await counted(
        head,
        `where=${encodeURIComponent(JSON.stringify([{ field: 'email', op: 'state', value: ['junk'] }]))}`,
      ),
    ).toBe(1)
  })

  test('shows the values of clients and of their people in rows of their own', async () => {
    const { body } = await anna.get(`${report}/values?kinds=phone,email`)
    expect(body.count).toBe(3)
    expect(
      body.items.map(
        (item: { name: string; personName: string | null; cells: Record<string, { value: string }[]> }) => [
          item.name,
          item.personName,
          item.cells.phone!.map(({ value }) => value),
        ],
      ),
    ).toEqual([
      ['Астра', null, ['8 916 204-18-37']],
      ['Бета', null, []],
      ['Вега', null, []],
      ['Вега', 'Иванов Иван', ['+7 495 207-31-64']],
    ])
  })

  test('exports only by right, and writes it into the journal', async () => {
    for (const road of [
      '/clients.xlsx?kinds=phone',
      '/values.xlsx?kinds=phone',
      '/values/distinct?kind=phone',
    ]) {
      const refused = await anna.get(report + road)
      expect(refused.status, road).toBe(403)
      expect(refused.raw.toString()).not.toContain('916')
    }
    expect((await anna.get(`${report}.xlsx?kinds=phone`)).status).toBe(200)
    await world.sql('update users set may_export = true where id = $1', [anna.id])
    const before = await world.sql(`select from change_sets where act = 'export' and author_id = $1`, [
      anna.id,
    ])
    const copied = await anna.get(`${report}/values/distinct?kind=phone`)
    expect(copied.body).toEqual({ values: ['+74952073164', '+79162041837'], count: 2 })
    const after = await world.sql(`select from change_sets where act = 'export' and author_id = $1`, [
      anna.id,
    ])
    // The shares are figures and need no right; they too are written down.
    expect([before.length, after.length]).toEqual([1, 2])
  })

  test('writes the same figures into the workbook', async () => {
    const answer = await head.get(`${report}.xlsx?kinds=phone&groupBy=manager&language=ru`)
    expect(answer.headers['content-type']).toContain('spreadsheetml')
    const book = XLSX.read(answer.raw)
    const rows = XLSX.utils.sheet_to_json<unknown[]>(book.Sheets[book.SheetNames[0]!]!, { header: 1 })
    expect(rows[0]).toEqual([
      'Ответственный',
      'Клиентов',
      'Телефон: доля, %',
      'Телефон: верно',
      'Телефон: устарело',
      'Телефон: сомнительно',
      'Телефон: негодно',
      'Телефон: нет',
      expect.stringMatching(/^Выгрузка: /),
    ])
    expect(rows.at(-1)).toEqual(['Итого', 5, 60, 3, 0, 0, 0, 2])
  })

  test('tells the head one figure by the kinds the company requires', async () => {
    const { body } = await head.get(`${report}/headline`)
    expect(body).toEqual({
      clients: 5,
      complete: 1,
      share: 0.2,
      worst: { managerId: boris.id, name: 'Борис', share: 0 },
    })
    const list = await head.get(`${report}/clients?required=incomplete`)
    expect(list.body.count).toBe(4)
    await world.sql(
      `insert into choices (field, name, required_kinds) values ('category', 'VIP', '{website}')`,
    )
    expect((await head.get(`${report}/headline`)).body.complete).toBe(0)
    expect((await head.get(`${report}/clients?required=complete`)).body.count).toBe(0)
  })

  test('refuses what it does not know, field by field', async () => {
    const answer = await head.get(`${report}?kinds=fax&groupBy=weather&checkedMonths=0`)
    expect(answer.status).toBe(422)
    expect(answer.body.errors.map((error: { path: string }) => error.path).toSorted()).toEqual([
      'checkedMonths',
      'groupBy.0',
      'kinds.0',
    ])
    expect((await head.get(`${report}/clients?cursor=x`)).status).toBe(422)
    expect((await world.stranger.get(report)).status).toBe(401)
    expect((await (await world.person('admin')).get(report)).status).toBe(403)
  })
})
