import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'
import { Client } from '#features/clients/contract.ts'
import { SnapshotClient } from '#features/snapshots/contract.ts'

const world = testWorld()
let manager: Person
let mate: Person
let lead: Person
let stranger: Person
let head: Person

beforeAll(async () => {
  manager = await world.person('manager', { team: 'Север' })
  mate = await world.person('manager', { team: 'Север' })
  lead = await world.person('team-head', { team: 'Север' })
  stranger = await world.person('manager', { team: 'Юг' })
  head = await world.person('head')
})

/** A moment between what came before and what comes after, by the clock of the base. */
async function moment(): Promise<string> {
  await pause(3)
  const [row] = await world.sql<{ at: string }>('select clock_timestamp() as at')
  await pause(3)
  return row!.at
}

const draft = {
  kind: 'organization',
  name: 'ООО «Ветер»',
  region: 'Тверь',
  categories: ['оптовик', 'старый'],
  contacts: [
    { kind: 'phone', value: '+7 495 123-45-67' },
    { kind: 'email', value: 'info@veter.ru' },
  ],
  people: [{ name: 'Вера Сидорова', contacts: [{ kind: 'phone', value: '+7 916 555-10-01' }] }],
  accounts: [{ account: '40702810900000000001', bank: 'Банк' }],
  timeZone: 'Asia/Omsk',
}

const created = async (person: Person, fields: object = {}) => {
  const { body, status } = await person.post('/clients', { ...draft, ...fields })
  expect(status).toBe(201)
  const { duplicates: _, ...client } = body
  return (await person.get(`/clients/${client.id}`)).body as Client
}
const asOf = (person: Person, id: string, at: string) =>
  person.get(`/clients/${id}/as-of?at=${encodeURIComponent(at)}`)
const patch = async (person: Person, id: string, fields: object) => {
  const { version } = (await person.get(`/clients/${id}`)).body
  const { status, body } = await person.patch(`/clients/${id}`, { version, ...fields })
  expect(status, JSON.stringify(body)).toBe(200)
}
/** What a person wrote; versions and days of change go on. */
const written = ({ version: _v, updatedAt: _a, updatedBy: _b, ...client }: Client) => client

/** Every sort of change there is on a card. */
async function changeAll(person: Person, client: Client) {
  await patch(person, client.id, {
    name: 'ООО «Буря»',
    region: 'Москва',
    categories: ['оптовик'],
    timeZone: null,
  })
  await patch(person, client.id, { comment: 'новое' })
  await patch(person, client.id, { region: 'Псков' })
  await patch(person, client.id, {
    contacts: [{ id: client.contacts[0]!.id, kind: 'phone', value: '+7 495 765-43-21' }],
    people: [{ name: 'Новый Человек', contacts: [{ kind: 'email', value: 'new@veter.ru' }] }],
    accounts: [],
    managerIds: [mate.id],
  })
}

test('a card as of a moment is the card that was seen then, with its people, contacts, accounts and colleagues', async () => {
  const client = await created(manager, { managerIds: [mate.id] })
  const at = await moment()
  await patch(manager, client.id, { managerIds: [] })
  await changeAll(manager, client)
  await manager.post('/activities', {
    clientId: client.id,
    kind: 'call',
    text: 'x',
    dueAt: '2030-01-01T00:00:00Z',
  })
  await manager.post('/activities', { clientId: client.id, kind: 'call', text: 'x', doneAt: at })
  await manager.del(`/clients/${client.id}`)
  const { status, body } = await asOf(manager, client.id, at)
  expect(status).toBe(200)
  Client.parse(body)
  expect({ ...body, version: 0 }).toEqual({ ...client, version: 0 })
  expect((await manager.get(`/clients/${client.id}`)).body.name).toBe('ООО «Буря»')
})

test('between two changes of one field the value between them is told, and who had changed the card last', async () => {
  const client = await created(manager, { comment: null })
  await patch(manager, client.id, { comment: 'первое' })
  await patch(head, client.id, { region: 'Псков' })
  const at = await moment()
  await patch(manager, client.id, { comment: 'второе' })
  await patch(manager, client.id, { comment: 'третье' })
  expect((await asOf(manager, client.id, at)).body).toMatchObject({
    comment: 'первое',
    region: 'Псков',
    updatedBy: head.id,
  })
})

test('a row taken away, brought back and taken away again is there or not as it was', async () => {
  const client = await created(manager, { people: [], accounts: [] })
  const [phone, mail] = client.contacts
  const with1 = await moment()
  await patch(manager, client.id, { contacts: [{ ...phone }] })
  const without = await moment()
  await patch(manager, client.id, {
    contacts: [{ ...phone }, { kind: 'email', value: 'again@veter.ru' }],
  })
  expect((await asOf(manager, client.id, with1)).body.contacts).toEqual([phone, mail])
  expect((await asOf(manager, client.id, without)).body.contacts).toEqual([phone])
  expect((await manager.get(`/clients/${client.id}`)).body.contacts).toHaveLength(2)
})

test('what was not there yet is told so; what one may not see now is not found, whatever one saw then', async () => {
  const before = await moment()
  const client = await created(manager)
  const at = await moment()
  const early = await asOf(manager, client.id, before)
  expect([early.status, early.body.title]).toEqual([404, 'В этот момент клиента в базе ещё не было.'])
  expect((await asOf(stranger, client.id, at)).status).toBe(404)
  await head.patch(`/clients/${client.id}`, { version: client.version, ownerId: stranger.id })
  expect((await asOf(manager, client.id, at)).status).toBe(404)
  expect((await asOf(stranger, client.id, at)).body.ownerId).toBe(manager.id)
  const future = new Date(Date.now() + 60_000).toISOString()
  expect((await asOf(stranger, client.id, future)).status).toBe(422)
  expect((await stranger.post('/snapshots', { at: future })).status).toBe(422)
})

test('before the journal begins nothing is known, and that is said', async () => {
  const client = await created(manager)
  const at = await moment()
  await world.sql('update company set journal_from = $1', [await moment()])
  const answer = await asOf(manager, client.id, at)
  expect([answer.status, answer.body.errors[0].path]).toEqual([422, 'at'])
  expect((await manager.post('/snapshots', { at })).status).toBe(422)
  await world.sql('update company set journal_from = null')
  expect((await asOf(manager, client.id, at)).status).toBe(200)
})

async function ready(person: Person, at: string, filter: object = {}) {
  const { status, body } = await person.post('/snapshots', { at, filter })
  expect(status, JSON.stringify(body)).toBe(202)
  await jobOf(person, body.jobId)
  return (await person.get(`/snapshots/${body.id}`)).body
}
async function jobOf(person: Person, id: string) {
  for (let tries = 0; tries < 400; tries++) {
    const { body } = await person.get(`/jobs/${id}`)
    if (body.status === 'failed') throw new Error(body.problem)
    if (body.status === 'done') return body.result
    await pause(25)
  }
  throw new Error('the job did not end in ten seconds')
}
const clientsOf = async (person: Person, id: string, query = '') => {
  const { status, body } = await person.get(`/snapshots/${id}/clients?${query}`)
  expect(status).toBe(200)
  return body.items.map((item: unknown) => SnapshotClient.parse(item)) as SnapshotClient[]
}

test('a snapshot tells what changed, went and appeared since; what came back to itself has not changed', async () => {
  const owner = await world.person('manager')
  const [same, changed, gone, child, mended] = [
    await created(owner, { name: 'А Тот же' }),
    await created(owner, { name: 'Б Иной' }),
    await created(owner, { name: 'В Ушёл' }),
    await created(owner, { name: 'Г Телефон' }),
    await created(owner, { name: 'Д Туда и обратно' }),
  ]
  const buried = await created(owner, { name: 'Е Был в корзине' })
  await owner.del(`/clients/${buried.id}`)
  const at = await moment()
  await patch(owner, changed.id, { region: 'Псков' })
  await patch(owner, child.id, { contacts: [] })
  await patch(owner, mended.id, { region: 'Псков' })
  await patch(owner, mended.id, { region: 'Тверь' })
  await owner.del(`/clients/${gone.id}`)
  await owner.del(`/clients/${buried.id}/archival`)
  const fresh = await created(owner, { name: 'Ж Новый' })
  const snapshot = await ready(owner, at)
  expect(snapshot).toMatchObject({
    status: 'ready',
    at,
    counts: { clients: 5, changed: 2, gone: 1, appeared: 2 },
  })
  const all = await clientsOf(owner, snapshot.id)
  expect(all.map(({ id, change }) => [id, change])).toEqual([
    [same.id, 'same'],
    [changed.id, 'changed'],
    [gone.id, 'gone'],
    [child.id, 'changed'],
    [mended.id, 'same'],
  ])
  expect(all[0]).toMatchObject({ was: { name: 'А Тот же' }, now: null })
  expect(all[1]).toMatchObject({ was: { region: 'Тверь' }, now: { region: 'Псков' } })
  expect(all[2]!.was!.archivedAt).toBeNull()
  expect(all[2]!.now!.archivedAt).not.toBeNull()
  expect(all[3]!.was!.contacts).toEqual(child.contacts)
  const appeared = await clientsOf(owner, snapshot.id, 'change=appeared')
  expect(appeared.map(({ id }) => id)).toEqual([buried.id, fresh.id])
  expect(appeared.map(({ was }) => was === null)).toEqual([false, true])
  const first = await owner.get(`/snapshots/${snapshot.id}/clients?limit=2`)
  const second = await owner.get(`/snapshots/${snapshot.id}/clients?limit=50&cursor=${first.body.nextCursor}`)
  expect([...first.body.items, ...second.body.items].map(({ id }) => id)).toEqual(all.map(({ id }) => id))
})

test('a filter finds those it finds now and those it found then', async () => {
  const owner = await world.person('manager')
  const was = await created(owner, { name: 'Был из Твери' })
  const came = await created(owner, { name: 'Стал из Твери', region: 'Псков' })
  await created(owner, { name: 'Никогда', region: 'Псков' })
  const at = await moment()
  await patch(owner, was.id, { region: 'Псков' })
  await patch(owner, came.id, { region: 'Тверь' })
  const snapshot = await ready(owner, at, {
    region: ['Тверь'],
    where: [{ field: 'name', op: 'contains', value: 'твери' }],
  })
  const found = await clientsOf(owner, snapshot.id)
  expect(found.map(({ id }) => id).toSorted()).toEqual([was.id, came.id].toSorted())
})

test('a snapshot holds what the caller may see now, and its pages lose what he may no longer', async () => {
  const mine = await created(manager, { name: 'Снимок мой' })
  const lost = await created(manager, { name: 'Снимок уйдёт' })
  const at = await moment()
  await patch(manager, mine.id, { region: 'Псков' })
  await patch(manager, lost.id, { region: 'Псков' })
  const filter = { where: [{ field: 'name', op: 'starts', value: 'снимок' }] }
  const [own, team] = [await ready(manager, at, filter), await ready(lead, at, filter)]
  expect((await clientsOf(lead, team.id)).map(({ id }) => id)).toEqual([mine.id, lost.id])
  expect((await ready(stranger, at, filter)).counts).toEqual({ clients: 0, changed: 0, gone: 0, appeared: 0 })
  expect((await lead.get(`/snapshots/${own.id}`)).status).toBe(404)
  await patch(head, lost.id, { ownerId: stranger.id })
  const { raw } = await manager.get(`/snapshots/${own.id}/clients`)
  expect(raw.includes(mine.id)).toBe(true)
  expect(raw.includes(lost.id)).toBe(false)
  const { jobId } = (await manager.post(`/snapshots/${own.id}/restorations`)).body
  expect((await jobOf(manager, jobId)).counts).toEqual({ restored: 1, hidden: 1, ownersKept: 0 })
  expect((await stranger.get(`/clients/${lost.id}`)).body.region).toBe('Псков')
})

test('restored clients are what they were; it is one change-set, and none of theirs is written without a need', async () => {
  const owner = await world.person('manager')
  const clients = [
    await created(owner, { name: 'К1', managerIds: [mate.id] }),
    await created(owner, { name: 'К2' }),
    await created(owner, { name: 'К3' }),
  ]
  const at = await moment()
  await patch(owner, clients[0]!.id, { managerIds: [] })
  await changeAll(owner, clients[0]!)
  await patch(owner, clients[1]!.id, { people: [] })
  await owner.del(`/clients/${clients[1]!.id}`)
  const fresh = await created(owner, { name: 'К4' })
  const snapshot = await ready(owner, at)
  const { status, body } = await owner.post(`/snapshots/${snapshot.id}/restorations`)
  expect(status).toBe(202)
  const result = await jobOf(owner, body.jobId)
  expect(result.counts).toEqual({ restored: 2, hidden: 0, ownersKept: 0 })
  for (const client of clients) {
    const now = (await owner.get(`/clients/${client.id}`)).body
    expect(written(now)).toEqual(written(client))
  }
  expect((await owner.get(`/clients/${fresh.id}`)).body.archivedAt).toBeNull()
  const search = await owner.get(`/clients?search=${encodeURIComponent('9165551001')}`)
  expect(search.body.items.map(({ id }: Client) => id)).toContain(clients[1]!.id)
  const acts = await owner.get('/change-sets?limit=1')
  expect(acts.body.items[0]).toMatchObject({ act: 'snapshot.restore', id: result.changeSetId })
  const again = await ready(owner, at)
  expect(again.counts).toMatchObject({ changed: 0, gone: 0, appeared: 1 })
  const chosen = await owner.post(`/snapshots/${again.id}/restorations`, { clientIds: [fresh.id] })
  await jobOf(owner, chosen.body.jobId)
  expect((await owner.get(`/clients/${fresh.id}`)).body.archivedAt).not.toBeNull()
})

test('one card is restored at once, and its owner of that time only by who may hand it over', async () => {
  const client = await created(mate)
  const at = await moment()
  await head.patch(`/clients/${client.id}`, { version: client.version, ownerId: manager.id, region: 'Псков' })
  const mine = await manager.post(`/clients/${client.id}/as-of/restorations`, { at })
  expect(mine.body.ownerKept).toBe(true)
  expect((await manager.get(`/clients/${client.id}`)).body).toMatchObject({
    ownerId: manager.id,
    region: 'Тверь',
  })
  const theirs = await lead.post(`/clients/${client.id}/as-of/restorations`, { at })
  expect(theirs.body.ownerKept).toBe(false)
  expect(written((await mate.get(`/clients/${client.id}`)).body)).toEqual(written(client))
  expect((await stranger.post(`/clients/${client.id}/as-of/restorations`, { at })).status).toBe(404)
})

test('a snapshot is gone after its hour, and only the latest three of a person are kept', async () => {
  const owner = await world.person('manager')
  const at = await moment()
  const made = []
  for (let one = 0; one < 4; one++) made.push(await ready(owner, at))
  expect((await owner.get('/snapshots')).body.map(({ id }: { id: string }) => id)).toEqual(
    made
      .slice(1)
      .toReversed()
      .map(({ id }) => id),
  )
  await world.sql('update snapshots set expires_at = now() where id = $1', [made[3].id])
  expect((await owner.get(`/snapshots/${made[3].id}`)).status).toBe(404)
  expect((await owner.get(`/snapshots/${made[3].id}/clients`)).status).toBe(404)
  const [{ dropped }] = (await world.sql('select drop_expired_snapshots() as dropped')) as [
    { dropped: number },
  ]
  expect(dropped).toBe(1)
  const left = await world.sql(
    'select 1 from snapshot_clients c left join snapshots s on s.no = c.snapshot_no where s.no is null',
  )
  expect(left).toEqual([])
})
