import { expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'
import { innHolds } from '#shared/check-digits.ts'
import { applied, imported, settled, uploaded } from './testing-import.ts'

const world = testWorld()

/** Every test has companies of its own: in one base they would be each other's twins. */
const inn = (n: number) =>
  Array.from({ length: 10 }, (_, digit) => `77360${5000 + n}${digit}`).find(innHolds)!

const rowsOf = async (person: Person, id: string) => (await person.get(`/imports/${id}/rows`)).body.items

async function client(person: Person, draft: object) {
  const { status, body } = await person.post('/clients', draft)
  expect(status).toBe(201)
  return body
}

test('a known client gets what it lacks; what it has is kept and told', async () => {
  const manager = await world.person('manager')
  const known = await client(manager, {
    name: 'ООО "Полнота"',
    inn: inn(0),
    region: 'Москва',
    contacts: [{ kind: 'phone', value: '8 495 730-50-01' }],
  })
  const text = `Клиент;ИНН;Регион;КПП;Телефон;Контактное лицо\nПолнота ООО;${inn(0)};Тверь;773601001;84957305001, 8 916 301-50-02;Зуев Олег\n`
  const ready = await uploaded(manager, text)
  expect(ready.counts).toMatchObject({ update: 1, create: 0 })
  const [row] = await rowsOf(manager, ready.id)
  expect(row).toMatchObject({ outcome: 'update', clientId: known.id })
  expect(row.changes).toEqual(
    expect.arrayContaining([
      { field: 'region', before: 'Москва', after: 'Тверь', written: false },
      { field: 'kpp', before: null, after: '773601001', written: true },
      { field: 'contacts', before: null, after: '8 916 301-50-02', written: true },
    ]),
  )
  await applied(manager, ready)
  const { body } = await manager.get(`/clients/${known.id}`)
  expect(body).toMatchObject({ region: 'Москва', kpp: '773601001', name: 'ООО "Полнота"' })
  expect(body.contacts.map(({ normalized }: { normalized: string }) => normalized)).toEqual([
    '+74957305001',
    '+79163015002',
  ])
  expect(body.people).toMatchObject([{ lastName: 'Зуев' }])
  expect(body.version).toBeGreaterThan(known.version)
  expect(await imported(manager, `${text}\n`)).toMatchObject({ counts: { create: 0, update: 0, skip: 1 } })
})

test('one ИНН with another КПП is a branch, and ИНН that differ are never one client', async () => {
  const manager = await world.person('manager')
  await client(manager, {
    name: 'ООО "Ветвь"',
    inn: inn(3),
    kpp: '770701001',
    contacts: [{ kind: 'phone', value: '84957306001' }],
  })
  const { counts } = await uploaded(
    manager,
    `Клиент;ИНН;КПП;Телефон\nООО "Ветвь";${inn(3)};780201001;84957306001\nООО "Ветвь";${inn(2)};;84957306001\n`,
  )
  expect(counts).toMatchObject({ create: 2, update: 0, doubtful: 0 })
})

test('the phone of a client of another name makes a row doubtful till somebody decides; a line of many does not', async () => {
  const manager = await world.person('manager')
  const known = await client(manager, {
    name: 'ООО "Кедр"',
    contacts: [
      { kind: 'phone', value: '8 916 301-60-01' },
      { kind: 'phone', value: '8 800 555-35-35' },
    ],
  })
  const ready = await uploaded(
    manager,
    'Клиент;Телефон\nООО "Лиственница";89163016001\nООО "Сосна";88005553535\nООО "Ель";89163016001\n',
  )
  expect(ready.counts).toMatchObject({ create: 1, doubtful: 2 })
  const [row] = await rowsOf(manager, ready.id)
  expect(row).toMatchObject({
    outcome: 'doubtful',
    twins: [{ id: known.id, name: 'ООО "Кедр"', archived: false }],
  })
  const decided = await manager.patch(`/imports/${ready.id}/rows/2`, { decision: 'create' })
  expect(decided.body).toMatchObject({ outcome: 'create', decision: 'create' })
  expect((await manager.patch(`/imports/${ready.id}/rows/3`, { decision: 'skip' })).status).toBe(422)
  await manager.patch(`/imports/${ready.id}/rows/4`, { decision: 'update' })
  await applied(manager, ready)
  const found = await manager.get('/clients?search=Лиственница')
  expect(found.body.items).toHaveLength(1)
  expect((await manager.get('/clients?search=Ель')).body.items).toEqual([])
})

test('undecided doubtful rows are not written; a way with all of them may be set at once', async () => {
  const manager = await world.person('manager')
  await client(manager, { name: 'ООО "Дуб"', contacts: [{ kind: 'email', value: 'dub@dub-i-lipa.ru' }] })
  const text = 'Клиент;E-mail\nООО "Липа";dub@dub-i-lipa.ru\n'
  expect(await imported(manager, text)).toMatchObject({
    status: 'applied',
    counts: { doubtful: 1, create: 0 },
  })
  const ready = await uploaded(manager, text)
  await manager.patch(`/imports/${ready.id}`, { twins: 'create' })
  expect(await settled(manager, ready.id)).toMatchObject({
    twins: 'create',
    counts: { doubtful: 0, create: 1 },
  })
})

test('a colleague’s client the caller may not see is named by its owner only, and cannot be added to', async () => {
  const other = await world.person('manager', { name: 'Хозяйкина Вера' })
  const manager = await world.person('manager')
  const hidden = await client(other, {
    name: 'ООО "Тайнознание"',
    inn: inn(8),
    contacts: [{ kind: 'phone', value: '89163017001' }],
  })
  const ready = await uploaded(
    manager,
    `Клиент;ИНН;Телефон\nТайнознание;${inn(8)};89163017009\nООО "Иное";;89163017001\n`,
  )
  expect(ready.counts).toMatchObject({ doubtful: 2, create: 0 })
  const answer = await manager.get(`/imports/${ready.id}/rows`)
  expect(answer.body.items[0]).toMatchObject({
    outcome: 'doubtful',
    clientId: null,
    twins: [{ id: null, name: null, ownerName: 'Хозяйкина Вера', archived: false }],
    changes: [],
  })
  expect(answer.raw.toString()).not.toContain(hidden.id)
  expect((await manager.patch(`/imports/${ready.id}/rows/2`, { decision: 'update' })).status).toBe(422)
  expect(
    (await manager.patch(`/imports/${ready.id}/rows/2`, { decision: 'update', clientId: hidden.id })).status,
  ).toBe(422)
  const decided = await manager.patch(`/imports/${ready.id}/rows/2`, { decision: 'create' })
  expect(decided.body.outcome).toBe('create')
  await applied(manager, ready)
  expect((await other.get(`/clients/${hidden.id}`)).body.version).toBe(hidden.version)
})

test('owners’ names of a column mean people; who is unknown is told and may be said', async () => {
  const head = await world.person('head')
  const anna = await world.person('manager', { name: 'Анна Петровна Загрузкина' })
  const boris = await world.person('manager', { name: 'Борис Выгрузкин' })
  const ready = await uploaded(
    head,
    'Клиент;Телефон;Менеджер\nООО "Раз";89163018001;Загрузкина А.П.\nООО "Два";89163018002;Неведомов\nООО "Три";89163018003;Выгрузкин Борис\n',
  )
  expect(ready.ownerId).toBeNull()
  expect(ready.owners).toEqual(
    expect.arrayContaining([
      { name: 'Загрузкина А.П.', rows: 1, userId: anna.id, chosen: false },
      { name: 'Неведомов', rows: 1, userId: null, chosen: false },
      { name: 'Выгрузкин Борис', rows: 1, userId: boris.id, chosen: false },
    ]),
  )
  await head.patch(`/imports/${ready.id}`, { owners: { Неведомов: anna.id } })
  await applied(head, await settled(head, ready.id))
  const names = async (person: Person) =>
    (await person.get('/clients?sort=name')).body.items.map(({ name }: { name: string }) => name)
  expect(await names(anna)).toEqual(['ООО "Два"', 'ООО "Раз"'])
  expect(await names(boris)).toEqual(['ООО "Три"'])
})

test('a manager imports only for himself, a team head for his team', async () => {
  const boss = await world.person('team-head', { team: 'Запад' })
  const member = await world.person('manager', { team: 'Запад', name: 'Членова Нина' })
  const stranger = await world.person('manager', { team: 'Восток', name: 'Чужакова Инна' })
  const text =
    'Клиент;Телефон;Менеджер\nООО "Ноль";89163019001;Чужакова Инна\nООО "Один";89163019002;Членова Нина\n'
  const refused = await member.upload(
    '/imports',
    { name: 'x.csv', data: Buffer.from(text) },
    { ownerId: stranger.id },
  )
  expect(refused.status).toBe(422)
  const own = await uploaded(member, text)
  expect(own.counts).toMatchObject({ create: 1, error: 1 })
  expect((await rowsOf(member, own.id))[0].reason).toMatch(/Ответственный — другой сотрудник/)
  expect(
    (await member.patch(`/imports/${own.id}`, { owners: { 'Чужакова Инна': stranger.id } })).status,
  ).toBe(422)
  const team = await uploaded(boss, text, { ownerId: member.id })
  expect(team.counts).toMatchObject({ create: 1, error: 1 })
  await applied(boss, team)
  expect((await member.get('/clients')).body.items).toMatchObject([
    { name: 'ООО "Один"', ownerId: member.id },
  ])
})

test('a reversal archives what was entered, takes back what was added and keeps what somebody has changed since', async () => {
  const manager = await world.person('manager')
  const known = await client(manager, { name: 'ООО "Старожил"', inn: inn(14) })
  const text = `Клиент;ИНН;Телефон;Регион\nООО "Старожил";${inn(14)};89163021001;Тула\nООО "Новичок";;89163021002;Тула\nООО "Любимец";;89163021003;Тула\n`
  const done = await imported(manager, text)
  const [pet] = (await manager.get('/clients?search=Любимец')).body.items
  await manager.patch(`/clients/${pet.id}`, { version: pet.version, comment: 'наш' })
  expect((await manager.post(`/imports/${done.id}/reversal`)).status).toBe(202)
  const reversed = await settled(manager, done.id, ({ status }) => status === 'reversed')
  expect(reversed.reversal).toMatchObject({ restored: 2, kept: 1 })
  const names = (await manager.get('/clients?sort=name')).body.items.map(({ name }: { name: string }) => name)
  expect(names).toEqual(['ООО "Любимец"', 'ООО "Старожил"'])
  expect((await manager.get(`/clients/${known.id}`)).body).toMatchObject({ region: null, contacts: [] })
  expect((await manager.get('/clients?search=Новичок')).body.items).toEqual([])
  expect((await uploaded(manager, text)).counts).toMatchObject({ create: 1, update: 1, skip: 1, doubtful: 0 })
})

test('a client of the archive makes a row doubtful, never silently another one', async () => {
  const manager = await world.person('manager')
  const known = await client(manager, { name: 'ООО "Архив"', inn: inn(16) })
  await manager.del(`/clients/${known.id}`)
  const ready = await uploaded(manager, `Клиент;ИНН\nООО "Архив";${inn(16)}\n`)
  expect(ready.counts).toMatchObject({ doubtful: 1 })
  expect((await rowsOf(manager, ready.id))[0].twins).toMatchObject([{ id: known.id, archived: true }])
})

test('two imports of the same clients written at once make each client once', async () => {
  const manager = await world.person('manager')
  const text = 'Клиент;Телефон\nООО "Близнец-1";89163027001\nООО "Близнец-2";89163027002\n'
  const both = [await uploaded(manager, text), await uploaded(manager, text)]
  expect(both.map(({ counts }) => counts.create)).toEqual([2, 2])
  await Promise.all(both.map(({ id }) => manager.post(`/imports/${id}/application`)))
  const ended = await Promise.all(both.map(({ id }) => settled(manager, id)))
  expect(ended.map(({ status }) => status)).toEqual(['applied', 'applied'])
  expect(ended.map(({ counts }) => counts.create).toSorted()).toEqual([0, 2])
  expect((await manager.get('/clients?search=Близнец')).body.items).toHaveLength(2)
})
