import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { type Ear, listenAs } from '#app/testing-stream.ts'
import { type Person, testWorld } from '#app/testing.ts'

const world = testWorld()
let head: Person
let lead: Person
let manager: Person
let mate: Person
let foreign: Person
beforeAll(async () => {
  head = await world.person('head')
  lead = await world.person('team-head', { team: 'Север' })
  manager = await world.person('manager', { team: 'Север' })
  mate = await world.person('manager', { team: 'Север' })
  foreign = await world.person('manager', { team: 'Юг' })
})

const clientOf = async (person: Person, name = 'ООО «Луч»') =>
  (await person.post('/clients', { name })).body as { id: string; version: number }
const listen = (person: Person, lastEventId?: string) =>
  listenAs(world.app, person, lastEventId === undefined ? {} : { lastEventId })
const about = (id: string) => (event: { data: { id?: string } }) => event.data.id === id
const idsOf = (ear: Ear) => ear.events.map(({ data }) => data.id)
/** A mark everybody hears of in its turn: what was to be heard before it has been heard. */
async function settle(...ears: Ear[]) {
  const mark = await clientOf(head, 'Метка')
  const shared = [lead, manager, mate, foreign].map(({ id }) => id)
  await head.patch(`/clients/${mark.id}`, { version: mark.version, managerIds: shared })
  for (const ear of ears) await ear.heard(about(mark.id))
}

test('an edit is heard by who sees the client, its author among them, and by nobody else', async () => {
  const client = await clientOf(manager)
  const ears = await Promise.all([head, lead, manager, mate, foreign].map((person) => listen(person)))
  const { body } = await manager.patch(`/clients/${client.id}`, {
    version: client.version,
    comment: 'Звонил',
  })
  for (const ear of ears.slice(0, 3)) {
    const { data } = await ear.heard(about(client.id))
    expect(data).toEqual({
      changeSetId: expect.any(String),
      entity: 'clients',
      id: client.id,
      version: body.version,
      clientId: client.id,
    })
  }
  await settle(...ears)
  for (const deaf of ears.slice(3)) expect(deaf.text()).not.toContain(client.id)
  for (const ear of ears) ear.close()
})

test('a stream is not cached, not kept back by a proxy and not for strangers or administrators', async () => {
  const ear = await listen(manager)
  expect(ear.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(ear.headers.get('cache-control')).toContain('no-store')
  expect(ear.headers.get('x-accel-buffering')).toBe('no')
  ear.close()
  expect((await world.stranger.get('/stream')).status).toBe(401)
  expect((await (await world.person('admin')).get('/stream')).status).toBe(403)
})

test('who lost his line goes on from the last event he got, by header or by address', async () => {
  const client = await clientOf(manager)
  const first = await listen(manager)
  const change = (comment: string) => manager.patch(`/clients/${client.id}`, { version: 1000, comment })
  const { body: one } = await change('1')
  const { id } = await first.heard(({ data }) => data.version === one.version)
  first.close()
  await first.ended
  const { body: two } = await change('2')
  const { body: three } = await change('3')
  for (const again of [
    await listen(manager, id),
    await listenAs(world.app, manager, { query: `?lastEventId=${id}` }),
  ]) {
    await again.heard(({ data }) => data.version === three.version)
    // The version told is that of now; what counts is that each act is told once, in order.
    expect(again.events.map(({ data }) => data.id)).toEqual([client.id, client.id])
    expect(new Set(again.events.map(({ data }) => data.changeSetId)).size).toBe(2)
    again.close()
  }
  expect(two.version).toBeLessThan(three.version)
})

test('an act that began early and commits late is heard after one that was quicker, and is not lost to who resumes between', async () => {
  const slow = await clientOf(manager, 'Долгий')
  const quick = await clientOf(manager, 'Скорый')
  const ear = await listen(manager)
  const writer = new pg.Client(world.configs.owner)
  await writer.connect()
  await writer.query('begin')
  await writer.query(
    `with made as (insert into change_sets (author_id, act) values ($1, 'import.apply') returning id)
     select set_config('app.change_set', id::text, true) from made`,
    [manager.id],
  )
  await writer.query(`update clients set comment = 'из файла' where id = $1`, [slow.id])
  await manager.patch(`/clients/${quick.id}`, { version: quick.version, comment: 'пока идёт загрузка' })
  // At once, though a transaction with a lower number is still under way.
  const { id } = await ear.heard(about(quick.id))
  expect(idsOf(ear)).not.toContain(slow.id)
  // Committed by no process of ours: nobody knocks, and it is heard all the same.
  await writer.query('commit')
  await writer.end()
  await ear.heard(about(slow.id))
  const resumed = await listen(manager, id)
  await resumed.heard(about(slow.id))
  expect(idsOf(resumed)).toEqual([slow.id])
  ear.close()
  resumed.close()
})

test('of a client handed over its old people hear that it is gone, with nothing but the id they knew; the new ones that it came', async () => {
  const client = await clientOf(manager)
  const ears = await Promise.all([manager, lead, foreign, head].map((person) => listen(person)))
  const [was, wasHead, becomes, all] = ears as [Ear, Ear, Ear, Ear]
  await head.patch(`/clients/${client.id}`, {
    version: client.version,
    ownerId: foreign.id,
    comment: 'тайна',
  })
  for (const ear of [was, wasHead]) {
    expect((await ear.heard(about(client.id))).data).toEqual({
      changeSetId: expect.any(String),
      entity: 'clients',
      id: client.id,
      version: null,
      clientId: client.id,
      gone: true,
    })
  }
  for (const ear of [becomes, all]) expect((await ear.heard(about(client.id))).data.gone).toBeUndefined()
  await settle(...ears)
  const later = (await head.get(`/clients/${client.id}`)).body
  await foreign.patch(`/clients/${client.id}`, { version: later.version, comment: 'ещё' })
  await settle(...ears)
  expect(idsOf(was).filter((id) => id === client.id)).toHaveLength(1)
  for (const ear of ears) ear.close()
})

test('who no longer works with a client hears that it is gone; who begins to hears that it came', async () => {
  const client = await clientOf(manager)
  const ear = await listen(foreign)
  const share = async (managerIds: string[]) => {
    const { version } = (await manager.get(`/clients/${client.id}`)).body
    await manager.patch(`/clients/${client.id}`, { version, managerIds })
  }
  await share([foreign.id])
  expect((await ear.heard(about(client.id))).data.gone).toBeUndefined()
  await share([])
  expect((await ear.heard(({ data }) => data.gone)).data.id).toBe(client.id)
  ear.close()
})

test('a seat outside its dates shows nothing', async () => {
  const client = await clientOf(manager)
  await world.sql(`select set_config('app.change_set', (select id::text from change_sets limit 1), false)`)
  await seat(client.id, 'substitution', `now() + interval '1 day'`)
  const ear = await listen(foreign)
  await manager.patch(`/clients/${client.id}`, { version: client.version, comment: 'рано' })
  await settle(ear)
  expect(ear.text()).not.toContain(client.id)
  ear.close()
})

async function seat(clientId: string, reason: string, from: string) {
  await world.sql(
    `do $do$ declare made uuid; begin
       insert into change_sets (author_id, act) values ('${head.id}', 'client.share') returning id into made;
       perform set_config('app.change_set', made::text, true);
       insert into seats (client_id, user_id, reason, valid_from) values ('${clientId}', '${foreign.id}', '${reason}', ${from});
     end $do$`,
  )
}

test('an entry without a client is heard by its people alone, the head not among them', async () => {
  const ears = await Promise.all([manager, lead, head].map((person) => listen(person)))
  const { body } = await manager.post('/activities', { kind: 'task', text: 'личное' })
  expect((await ears[0]!.heard(about(body.id))).data).toMatchObject({ entity: 'activities', clientId: null })
  await settle(...ears)
  for (const deaf of ears.slice(1)) expect(deaf.text()).not.toContain(body.id)
  await manager.del(`/activities/${body.id}`)
  await ears[0]!.heard(({ data }) => data.id === body.id && data.version === null)
  for (const ear of ears) ear.close()
})

test('an act of many rows is one event, to whoever sees one of them', async () => {
  const ears = await Promise.all([manager, mate, foreign].map((person) => listen(person)))
  await world.sql(
    `do $do$ declare made uuid; begin
       insert into change_sets (author_id, act) values ('${manager.id}', 'import.apply') returning id into made;
       perform set_config('app.change_set', made::text, true);
       insert into clients (name, owner_id) select 'Строка ' || n, '${manager.id}' from generate_series(1, 300) n;
     end $do$`,
  )
  const { data } = await ears[0]!.heard(({ data }) => data.id === null)
  expect(data).toEqual({
    changeSetId: expect.any(String),
    entity: 'clients',
    id: null,
    version: null,
    clientId: null,
  })
  await settle(...ears)
  expect(
    ears[0]!.events.filter(({ data: { changeSetId } }) => changeSetId === data.changeSetId),
  ).toHaveLength(1)
  for (const deaf of ears.slice(1)) expect(deaf.text()).not.toContain(data.changeSetId)
  for (const ear of ears) ear.close()
})

test('who is too far behind, or comes with an id of another base, is told to load all anew', async () => {
  const ear = await listen(manager)
  const client = await clientOf(manager)
  const { id } = await ear.heard(about(client.id))
  ear.close()
  for (const strange of ['nonsense', id.replace(/^\w{8}/, '00000000'), id.replace(/-\d+/, '-99999999999')]) {
    const lost = await listen(manager, strange)
    const { id: now } = await lost.heard(({ event }) => event === 'reload')
    expect(now).toMatch(/^[0-9a-f]{8}-\d+/)
    lost.close()
  }
  for (let n = 0; n < 11; n++) {
    await world.sql(
      `insert into change_sets (author_id, act) select '${head.id}', 'export' from generate_series(1, 100)`,
    )
  }
  const late = await listen(manager, id)
  await late.heard(({ event }) => event === 'reload')
  expect(idsOf(late)).not.toContain(client.id)
  late.close()
})

test('who just loaded his screen may ask for the last moments too', async () => {
  const client = await clientOf(manager)
  const ear = await listenAs(world.app, manager, { query: '?lookback=20' })
  await ear.heard(about(client.id))
  ear.close()
})

test('a stream ends at once with its session: signed out, revoked, dismissed, made an administrator', async () => {
  const ends: [string, (person: Person) => Promise<unknown>][] = [
    ['signed out', (person) => world.sql('delete from auth.sessions where user_id = $1', [person.id])],
    ['dismissed', (person) => head.patch(`/users/${person.id}`, { active: false })],
    [
      'expired',
      (person) => world.sql(`update auth.sessions set expires_at = now() where user_id = $1`, [person.id]),
    ],
    ['administrator', (person) => world.sql(`update users set role = 'admin' where id = $1`, [person.id])],
  ]
  for (const [why, end] of ends) {
    const person = await world.person('manager', { team: 'Юг' })
    const ear = await listen(person)
    await end(person)
    const began = Date.now()
    await ear.ended
    // Expiry is noticed by looking, the rest is told.
    expect(Date.now() - began, why).toBeLessThan(why === 'expired' ? 7_000 : 1_000)
  }
})

test('who changes his team is told to load all anew, and so are the heads of both teams', async () => {
  const person = await world.person('manager', { team: 'Юг' })
  const ears = await Promise.all([person, lead, mate].map((listener) => listen(listener)))
  const [team] = await world.sql<{ id: string }>(`select id from teams where name = 'Север'`)
  await head.patch(`/users/${person.id}`, { teamId: team!.id })
  for (const ear of ears.slice(0, 2)) await ear.heard(({ event }) => event === 'reload')
  await settle(...ears.slice(1))
  expect(ears[2]!.events.some(({ event }) => event === 'reload')).toBe(false)
  const client = await clientOf(person)
  await ears[1]!.heard(about(client.id))
  for (const ear of ears) ear.close()
})

test('the rights of the stream are those of the base: seers_of turns seen_by round', async () => {
  const differences = await world.sql(
    `(select u.id, s.p from users u cross join lateral unnest(seen_by(u.id)) s (p)
      except select seer_id, person_id from seers_of(array(select id from users)))
     union all
     (select seer_id, person_id from seers_of(array(select id from users))
      except select u.id, s.p from users u cross join lateral unnest(seen_by(u.id)) s (p))`,
  )
  expect(differences).toEqual([])
})

test('presence is seen by who sees the client, changes with the field, and ends when he leaves', async () => {
  const client = await clientOf(manager)
  const hidden = await clientOf(foreign)
  const ears = await Promise.all([lead, mate, foreign].map((person) => listen(person)))
  expect((await manager.put('/presence', { clientId: client.id, field: 'comment' })).status).toBe(204)
  expect((await manager.put('/presence', { clientId: hidden.id })).status).toBe(404)
  const there = await ears[0]!.heard(({ event }) => event === 'presence')
  expect(there.data).toEqual({ clientId: client.id, people: [{ userId: manager.id, field: 'comment' }] })
  expect(there.id).toBe('')
  const later = await listen(lead)
  expect((await later.heard(({ event }) => event === 'presence')).data).toEqual(there.data)
  await manager.put('/presence', { clientId: client.id, left: true })
  await ears[0]!.heard(({ event, data }) => event === 'presence' && data.people.length === 0)
  await settle(...ears)
  for (const deaf of ears.slice(1)) expect(deaf.text()).not.toContain(client.id)
  for (const ear of [...ears, later]) ear.close()
})

test('presence ends some seconds after the last stream of its session', async () => {
  const client = await clientOf(manager)
  const ear = await listen(lead)
  const own = await listen(manager)
  await manager.put('/presence', { clientId: client.id })
  await ear.heard(({ data }) => data.clientId === client.id && data.people?.length === 1)
  own.close()
  await ear.heard(({ data }) => data.clientId === client.id && data.people?.length === 0)
  ear.close()
})

test('one person has no more streams than a load test needs', async () => {
  const person = await world.person('manager')
  const ears: Ear[] = []
  for (let n = 0; n < 300; n += 50) {
    ears.push(...(await Promise.all(Array.from({ length: 50 }, () => listen(person)))))
  }
  expect((await listen(person)).status).toBe(429)
  for (const ear of ears) ear.close()
  await pause(50)
})
