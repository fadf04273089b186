import { setTimeout as pause } from 'node:timers/promises'
import { expect, test, beforeAll } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'

const world = testWorld()
let head: Person
let admin: Person
let manager: Person
beforeAll(async () => {
  head = await world.person('head')
  admin = await world.person('admin')
  manager = await world.person('manager')
})

const add = async (path: string, body: object) => {
  const answer = await head.post(path, body)
  expect(answer.status, JSON.stringify(answer.body)).toBe(201)
  return answer.body
}
const client = async (fields: object) =>
  (await manager.post('/clients', { name: 'ООО Вектор', ...fields })).body
const again = async (id: string) => (await head.get(`/clients/${id}`)).body

test('everybody reads dictionaries, head and admin change them', async () => {
  expect((await manager.get('/dictionaries')).body).toEqual({ labels: [], choices: [], customFields: [] })
  const calls: [string, string, object?][] = [
    ['POST', '/labels', { kind: 'phone', name: 'дача' }],
    ['PATCH', `/labels/${head.id}`, { name: 'дача' }],
    ['DELETE', `/labels/${head.id}`],
    ['POST', '/choices', { field: 'stage', name: 'новый' }],
    ['PATCH', `/choices/${head.id}`, { name: 'новый' }],
    ['DELETE', `/choices/${head.id}`],
    ['POST', '/custom-fields', { key: 'x', title: 'X', type: 'text' }],
    ['PATCH', `/custom-fields/${head.id}`, { title: 'X' }],
    ['DELETE', `/custom-fields/${head.id}`],
  ]
  for (const [method, path, body] of calls) {
    expect((await world.stranger.call(method, path, body)).status, `${method} ${path}`).toBe(401)
    expect((await manager.call(method, path, body)).status, `${method} ${path}`).toBe(403)
    if (method !== 'POST')
      expect((await admin.call(method, path, body)).status, `${method} ${path}`).toBe(404)
  }
})

test('a renamed label is renamed on every contact of its kind, also of managers an admin cannot see, as one change-set', async () => {
  const label = await add('/labels', { kind: 'phone', name: 'раб' })
  const one = await client({
    contacts: [
      { kind: 'phone', label: 'раб', value: '+7 916 123-45-67' },
      { kind: 'email', label: 'раб', value: 'a@example.ru' },
    ],
  })
  const two = await client({ contacts: [{ kind: 'phone', label: 'РАБ', value: '+7 916 123-45-68' }] })
  const renamed = await admin.patch(`/labels/${label.id}`, { name: 'рабочий', synonyms: ['служебный'] })
  expect(renamed.body).toEqual({ ...label, name: 'рабочий', synonyms: ['служебный'] })
  const after = await again(one.id)
  expect(
    after.contacts.map((contact: { kind: string; label: string }) => [contact.kind, contact.label]),
  ).toEqual([
    ['phone', 'рабочий'],
    ['email', 'раб'],
  ])
  expect(after.version).toBeGreaterThan(one.version)
  expect((await again(two.id)).contacts[0].label).toBe('рабочий')
  const sets = await world.sql<{ author_id: string; details: object; rows: number }>(
    `select s.author_id, s.details, (select count(*) from changes c where c.change_set_id = s.id and c.entity = 'contacts')::int as rows
     from change_sets s where act = 'dictionary.update'`,
  )
  expect(sets).toEqual([
    { author_id: admin.id, details: { what: 'label', kind: 'phone', from: ['раб'], to: 'рабочий' }, rows: 2 },
  ])
})

test('what thousands of clients carry follows as a job, in the same change-set', async () => {
  const choice = await add('/choices', { field: 'region', name: 'Тверь' })
  await world.sql(
    `with made as (insert into change_sets (author_id, act) values ($1, 'demo.fill') returning id),
       told as (select set_config('app.change_set', id::text, true) from made)
     insert into clients (name, owner_id, region) select 'Клиент ' || n, $1, 'Тверь' from generate_series(1, 6000) n, told`,
    [manager.id],
  )
  const renamed = await admin.patch(`/choices/${choice.id}`, { name: 'Тверская обл.' })
  expect(renamed.status).toBe(200)
  const left = () => world.sql(`select 1 from clients where region = 'Тверь' limit 1`)
  for (let tries = 0; tries < 400 && (await left()).length > 0; tries++) await pause(100)
  expect(await left()).toEqual([])
  const sets = await world.sql(
    `select count(distinct change_set_id)::int as sets, count(*)::int as rows from changes where after ->> 'region' = 'Тверская обл.'`,
  )
  expect(sets).toEqual([{ sets: 1, rows: 6_000 }])
}, 60_000)

test('a label merged into another gives it its contacts and its names', async () => {
  const gone = await add('/labels', { kind: 'email', name: 'домашний', synonyms: ['дом'] })
  const kept = await add('/labels', { kind: 'email', name: 'личный', synonyms: ['home'] })
  const phone = await add('/labels', { kind: 'phone', name: 'личный' })
  const made = await client({ contacts: [{ kind: 'email', label: 'домашний', value: 'b@example.ru' }] })
  expect((await head.del(`/labels/${gone.id}?mergeInto=${phone.id}`)).status).toBe(422)
  expect((await head.del(`/labels/${gone.id}?mergeInto=${gone.id}`)).status).toBe(422)
  expect((await head.del(`/labels/${gone.id}?mergeInto=${kept.id}`)).status).toBe(204)
  expect((await again(made.id)).contacts[0].label).toBe('личный')
  const { labels } = (await head.get('/dictionaries')).body
  expect(labels.find(({ id }: { id: string }) => id === gone.id)).toBe(undefined)
  expect(labels.find(({ id }: { id: string }) => id === kept.id).synonyms).toEqual([
    'home',
    'домашний',
    'дом',
  ])
})

test('a label deleted without a heir stays on its contacts', async () => {
  const label = await add('/labels', { kind: 'website', name: 'лендинг' })
  const made = await client({ contacts: [{ kind: 'website', label: 'лендинг', value: 'example.ru' }] })
  expect((await head.del(`/labels/${label.id}`)).status).toBe(204)
  expect((await again(made.id)).contacts[0].label).toBe('лендинг')
})

test('two labels of one kind do not share a name, in whatever case or spelling', async () => {
  await add('/labels', { kind: 'address', name: 'Почтовый ящик' })
  expect((await head.post('/labels', { kind: 'address', name: 'почтовый  ЯЩИК' })).status).toBe(409)
  expect((await head.post('/labels', { kind: 'pager', name: ' ' })).body.errors).toHaveLength(2)
})

test('moved to a place, a label has it and the others step aside', async () => {
  const names = ['a', 'b', 'c']
  const made = []
  for (const name of names) made.push(await add('/labels', { kind: 'other', name }))
  expect(made.map(({ position }) => position)).toEqual([0, 1, 2])
  await head.patch(`/labels/${made[2].id}`, { position: 0 })
  const { labels } = (await head.get('/dictionaries')).body
  expect(
    labels.filter(({ kind }: { kind: string }) => kind === 'other').map(({ name }: { name: string }) => name),
  ).toEqual(['c', 'a', 'b'])
})

test.each([
  ['source', { source: 'выставка' }, 'source', 'Выставка 2026'],
  ['stage', { stage: 'выставка' }, 'stage', 'Выставка 2026'],
  ['region', { region: 'выставка' }, 'region', 'Выставка 2026'],
] as const)('a renamed %s is renamed on clients', async (field, fields, column, name) => {
  const choice = await add('/choices', { field, name: 'выставка' })
  const made = await client(fields)
  expect((await admin.patch(`/choices/${choice.id}`, { name })).body.name).toBe(name)
  expect((await again(made.id))[column]).toBe(name)
  const history = (await head.get(`/clients/${made.id}/history`)).body.items
  expect(history[0]).toMatchObject({
    act: 'dictionary.update',
    before: { [column]: 'выставка' },
    after: { [column]: name },
  })
})

test('a renamed category is renamed in its place among others, a role on persons', async () => {
  const category = await add('/choices', { field: 'category', name: 'VIP' })
  const role = await add('/choices', { field: 'person-role', name: 'шеф' })
  const made = await client({
    categories: ['A', 'VIP', 'опт'],
    people: [{ name: 'Иван Петров', role: 'шеф' }],
  })
  await head.patch(`/choices/${category.id}`, { name: 'ВИП' })
  await head.patch(`/choices/${role.id}`, { name: 'директор' })
  const after = await again(made.id)
  expect(after.categories).toEqual(['A', 'ВИП', 'опт'])
  expect(after.people[0].role).toBe('директор')
  expect(await world.sql('select categories from client_states where client_id = $1', [made.id])).toEqual([
    { categories: ['A', 'ВИП', 'опт'] },
  ])
})

test('required contacts are set for a category or a stage only; a deleted choice stays on clients', async () => {
  const stage = await add('/choices', {
    field: 'stage',
    name: 'золотой',
    requiredKinds: ['phone', 'address'],
  })
  expect(stage.requiredKinds).toEqual(['phone', 'address'])
  expect((await head.patch(`/choices/${stage.id}`, { requiredKinds: [] })).body.requiredKinds).toEqual([])
  expect(
    (await head.post('/choices', { field: 'source', name: 'сайт', requiredKinds: ['phone'] })).status,
  ).toBe(422)
  expect((await head.patch(`/choices/${stage.id}`, { field: 'source' })).status).toBe(422)
  const made = await client({ stage: 'золотой' })
  expect((await head.del(`/choices/${stage.id}`)).status).toBe(204)
  expect((await again(made.id)).stage).toBe('золотой')
})

test('a field of the head is filled, found once it is searchable, and gone with its values in the journal', async () => {
  const field = await add('/custom-fields', { key: 'contract_no', title: 'Номер договора', type: 'text' })
  const made = await client({ custom: { contract_no: 'ДГ77412' } })
  const found = async () =>
    (await manager.get(`/clients?search=${encodeURIComponent('дг77412')}`)).body.items.length
  expect(await found()).toBe(0)
  await head.patch(`/custom-fields/${field.id}`, { searchable: true, title: 'Договор' })
  expect(await found()).toBe(1)
  expect((await head.patch(`/custom-fields/${field.id}`, { type: 'number' })).body.type).toBe('field-in-use')
  expect((await admin.del(`/custom-fields/${field.id}`)).status).toBe(204)
  expect((await again(made.id)).custom).toEqual({})
  const [entry] = (await head.get(`/clients/${made.id}/history`)).body.items
  expect(entry).toMatchObject({ act: 'dictionary.update', before: { custom: { contract_no: 'ДГ77412' } } })
})

test('a field of choices has choices; a key is taken once', async () => {
  expect(
    (await head.post('/custom-fields', { key: 'size', title: 'Размер', type: 'choice' })).body.errors[0].path,
  ).toBe('options')
  await add('/custom-fields', { key: 'size', title: 'Размер', type: 'choice', options: ['малый', 'большой'] })
  expect((await head.post('/custom-fields', { key: 'size', title: 'Ещё', type: 'text' })).status).toBe(409)
  expect(
    (await head.post('/custom-fields', { key: 'Bad Key', title: '', type: 'blob' })).body.errors,
  ).toHaveLength(3)
})
