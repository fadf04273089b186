import { beforeAll, beforeEach, expect, test } from 'vitest'
import { setTimeout as pause } from 'node:timers/promises'
import { listenAs } from '#app/testing-stream.ts'
import { type Person, testWorld } from '#app/testing.ts'

const world = testWorld()
let head: Person, lead: Person, deputy: Person, stranger: Person
let absent: Person

beforeAll(async () => {
  head = await world.person('head')
  lead = await world.person('team-head', { team: 'Север' })
  stranger = await world.person('manager', { team: 'Юг' })
})
beforeEach(async () => {
  absent = await world.person('manager', { team: 'Север' })
  deputy = await world.person('manager', { team: 'Юг' })
})

const hour = 3_600_000
const at = (hours: number) => new Date(Date.now() + hours * hour).toISOString()
const client = async (person: Person, fields: object = {}) =>
  (await person.post('/clients', { name: 'ООО «Луч»', ...fields })).body
const substitute = async (fields: object = {}) => {
  const { status, body } = await head.post('/substitutions', {
    absentId: absent.id,
    deputyIds: [deputy.id],
    from: at(-1),
    to: at(24),
    ...fields,
  })
  expect(status, JSON.stringify(body)).toBe(201)
  return body
}
/** Its days, moved as if the clock had. */
const shift = (id: string, from: string, to: string) =>
  world.sql('update substitutions set starts_at = $2, ends_at = $3 where id = $1', [id, from, to])
const sees = async (person: Person, id: string) => (await person.get(`/clients/${id}`)).status === 200
const listed = async (person: Person) =>
  (await person.get('/clients?limit=500')).body.items.map((one: { id: string }) => one.id) as string[]

test('for its days the deputy sees and finds the absent one’s clients, before and after them nothing', async () => {
  const one = await client(absent, { name: 'ООО Замещаемое' })
  const { id } = await substitute({ from: at(1), to: at(2) })
  expect(await sees(deputy, one.id)).toBe(false)
  await shift(id, at(-1), at(1))
  expect(await sees(deputy, one.id)).toBe(true)
  expect(await listed(deputy)).toContain(one.id)
  expect((await deputy.get('/clients?search=замещаемое')).body.items).toHaveLength(1)
  expect((await deputy.get('/clients/count')).body.count).toBe(1)
  await shift(id, at(-2), at(-1))
  expect(await sees(deputy, one.id)).toBe(false)
  expect(await listed(deputy)).toEqual([])
  expect((await deputy.get('/clients?search=замещаемое')).body.items).toEqual([])
  expect((await deputy.get('/clients/count')).body.count).toBe(0)
})

test('what the deputy does is signed with whom he stands in for; on clients of his own it is not', async () => {
  const one = await client(absent)
  const own = await client(deputy)
  await substitute()
  await deputy.patch(`/clients/${one.id}`, { version: one.version, comment: 'перезвонит' })
  await deputy.post('/activities', { clientId: one.id, kind: 'call', doneAt: at(0) })
  await deputy.patch(`/clients/${own.id}`, { version: own.version, comment: 'своё' })
  const acts = await world.sql<{ act: string; behalf: string | null }>(
    'select act, on_behalf_of as behalf from change_sets where author_id = $1 order by id desc limit 3',
    [deputy.id],
  )
  expect(acts).toEqual([
    { act: 'client.update', behalf: null },
    { act: 'activity.create', behalf: absent.id },
    { act: 'client.update', behalf: absent.id },
  ])
})

test('his entries with the absent one’s clients are signed «Б за А», also those he only ticks off; a mark taken back takes the sign along', async () => {
  const one = await client(absent)
  const own = await client(deputy)
  const plan = (await absent.post('/activities', { clientId: one.id, kind: 'call', dueAt: at(3) })).body
  await substitute()
  const signed = { actedBy: deputy.id, actedFor: absent.id }
  const call = await deputy.post('/activities', { clientId: one.id, kind: 'call', doneAt: at(0) })
  expect(call.body).toMatchObject(signed)
  expect((await deputy.post(`/activities/${plan.id}/completion`)).body).toMatchObject(signed)
  expect((await absent.get(`/activities/${plan.id}`)).body).toMatchObject({ ...signed, userId: absent.id })
  const none = { actedBy: null, actedFor: null }
  expect((await deputy.del(`/activities/${plan.id}/completion`)).body).toMatchObject(none)
  const mine = await deputy.post('/activities', { clientId: own.id, kind: 'call', doneAt: at(0) })
  expect(mine.body).toMatchObject(none)
  expect((await head.post('/activities', { clientId: one.id, kind: 'note', text: 'x' })).body).toMatchObject(
    none,
  )
})

test('the plan of the absent one stands on the deputy’s day apart, his private entries do not', async () => {
  const one = await client(absent)
  await absent.post('/activities', { clientId: one.id, kind: 'call', dueAt: at(-48) })
  await absent.post('/activities', { clientId: one.id, kind: 'call', dueAt: at(72) })
  await absent.post('/activities', { kind: 'task', text: 'личное', dueAt: at(72) })
  await deputy.post('/activities', { kind: 'task', dueAt: at(-48) })
  const { id } = await substitute()
  const { body: day } = await deputy.get('/my-day')
  expect(day.overdue.count).toBe(1)
  expect(day.standingIn).toMatchObject([
    { userId: absent.id, overdue: { count: 1 }, due: { count: 0 }, coming: { count: 1 } },
  ])
  await shift(id, at(-2), at(-1))
  expect((await deputy.get('/my-day')).body.standingIn).toEqual([])
})

test('who listens is told to load anew when he begins and ceases to stand in, by the clock or by an act', async () => {
  const ear = await listenAs(world.app, deputy)
  const told = async (times: number) => {
    for (let tries = 0; tries < 1_000; tries++) {
      const reloads = ear.events.filter(({ event }) => event === 'reload')
      if (reloads.length >= times) return reloads.length
      await pause(20)
    }
    throw new Error(ear.text())
  }
  const { id } = await substitute({ to: at(1) })
  await told(1)
  await head.patch(`/substitutions/${id}`, { to: at(2 / 3600) })
  expect(await told(2)).toBe(2)
  ear.close()
})

test('who stands in to look only sees everything and writes nothing, by whatever road', async () => {
  const one = await client(absent, { contacts: [{ kind: 'phone', value: '8 495 123-45-67' }] })
  const plan = (await absent.post('/activities', { clientId: one.id, kind: 'call', dueAt: at(3) })).body
  await substitute({ mode: 'read' })
  expect(await sees(deputy, one.id)).toBe(true)
  const tries = [
    await deputy.patch(`/clients/${one.id}`, { version: one.version, comment: 'x' }),
    await deputy.patch(`/clients/${one.id}`, { version: one.version, contacts: [] }),
    await deputy.del(`/clients/${one.id}`),
    await deputy.post('/activities', { clientId: one.id, kind: 'note', text: 'x' }),
    await deputy.post(`/activities/${plan.id}/completion`),
    await deputy.post(`/contacts/${one.contacts[0].id}/checks`),
    await deputy.upload(`/clients/${one.id}/files`, { name: 'x.txt', data: Buffer.from('x') }),
    await deputy.post('/clients', { name: 'За него', ownerId: absent.id }),
  ]
  expect(tries.map(({ status }) => status)).toEqual(tries.map(() => 403))
  const cells = await deputy.post('/clients/cells', {
    edits: [{ id: one.id, version: one.version, field: 'comment', text: 'x' }],
  })
  expect(cells.status).toBe(403)
  const after = (await head.get(`/clients/${one.id}`)).body
  expect([after.version, after.comment, after.contacts.length]).toEqual([one.version, null, 1])
})

test('a deputy gives no client of the absent one away', async () => {
  const one = await client(absent)
  await substitute()
  expect(
    (await deputy.patch(`/clients/${one.id}`, { version: one.version, ownerId: deputy.id })).status,
  ).toBe(403)
  const [row] = await world.sql<{ owner: string }>('select owner_id as owner from clients where id = $1', [
    one.id,
  ])
  expect(row!.owner).toBe(absent.id)
})

test('a deputy keeps no client by sharing it with himself, and goes on sharing his own', async () => {
  const one = await client(absent)
  const own = await client(deputy)
  await substitute()
  const share = (id: string, version: number, managerIds: string[]) =>
    deputy.patch(`/clients/${id}`, { version, managerIds })
  expect((await share(one.id, one.version, [deputy.id])).status).toBe(403)
  expect((await share(one.id, one.version, [stranger.id])).status).toBe(403)
  expect((await share(own.id, own.version, [stranger.id])).status).toBe(200)
  expect(await world.sql('select 1 from seats where client_id = $1', [one.id])).toHaveLength(1)
})

test('of a part the deputy sees that part only, for its days', async () => {
  const moscow = await client(absent, { region: 'Москва' })
  const tver = await client(absent, { region: 'Тверь' })
  const { id } = await substitute({ filter: { region: ['Москва'] } })
  expect([await sees(deputy, moscow.id), await sees(deputy, tver.id)]).toEqual([true, false])
  expect(await listed(deputy)).toEqual([moscow.id])
  const { body } = await deputy.patch(`/clients/${moscow.id}`, {
    version: moscow.version,
    comment: 'за него',
  })
  expect(body.comment).toBe('за него')
  await head.patch(`/substitutions/${id}`, { to: at(-0.01) })
  expect(await sees(deputy, moscow.id)).toBe(false)
})

test('a part is alive: who comes to fit is in it, new ones too; who ceases to fit or changes hands leaves', async () => {
  const tver = await client(absent, { region: 'Тверь' })
  const phones = { where: [{ field: 'phone', op: 'contains', value: '777-66-55' }] }
  await substitute({ filter: { region: ['Москва'] } })
  await substitute({ filter: phones })
  const newcomer = await client(absent, { region: 'Москва' })
  const called = await client(absent, { contacts: [{ kind: 'phone', value: '8 495 777-66-55' }] })
  expect((await listed(deputy)).toSorted()).toEqual([newcomer.id, called.id].toSorted())
  const { body: moved } = await absent.patch(`/clients/${tver.id}`, {
    version: tver.version,
    region: 'Москва',
  })
  expect(await sees(deputy, tver.id)).toBe(true)
  expect((await deputy.get('/clients/count')).body.count).toBe(3)
  const edit = { version: moved.version, comment: 'за него' }
  const { body: edited } = await deputy.patch(`/clients/${tver.id}`, edit)
  expect(edited.comment).toBe('за него')
  // The deputy's own edit may take the client out of his reach.
  await absent.patch(`/clients/${tver.id}`, { version: edited.version, region: 'Псков' })
  expect(await sees(deputy, tver.id)).toBe(false)
  await absent.patch(`/clients/${called.id}`, { version: called.version, contacts: [] })
  expect(await sees(deputy, called.id)).toBe(false)
  const { version } = (await head.get(`/clients/${newcomer.id}`)).body
  await head.patch(`/clients/${newcomer.id}`, { version, ownerId: stranger.id })
  expect(await listed(deputy)).toEqual([])
  // None of it is an act of who changed the client.
  const seats = await world.sql(`select 1 from changes where entity = 'seats' and client_id = any ($1)`, [
    [tver.id, newcomer.id, called.id],
  ])
  expect(seats).toEqual([])
})

test('a condition on days comes true by the clock, and one the base no longer understands stops no write', async () => {
  await world.sql('update company set rhythm_days = 30')
  const one = await client(absent)
  const { id } = await substitute({ filter: { forgotten: true } })
  expect(await listed(deputy)).toEqual([])
  await world.sql(
    `with set as (select set_config('app.change_set', (select id::text from change_sets order by id desc limit 1), true))
     update clients set created_at = now() - interval '40 days' from set where id = $1`,
    [one.id],
  )
  await world.sql('select follow_parts(null)')
  expect(await listed(deputy)).toEqual([one.id])
  await world.sql(`update substitutions set predicate = 'c.no_such_column' where id = $1`, [id])
  const { status } = await absent.patch(`/clients/${one.id}`, { version: one.version, comment: 'x' })
  expect(status).toBe(200)
  expect(await listed(deputy)).toEqual([one.id])
  await head.patch(`/substitutions/${id}`, { to: at(-0.01) })
  expect(await listed(deputy)).toEqual([])
  await world.sql('update company set rhythm_days = null')
})

test('of a part to look at only nothing is written', async () => {
  const moscow = await client(absent, { region: 'Москва' })
  await substitute({ filter: { region: ['Москва'] }, mode: 'read' })
  expect(await sees(deputy, moscow.id)).toBe(true)
  expect(
    (await deputy.patch(`/clients/${moscow.id}`, { version: moscow.version, comment: 'x' })).status,
  ).toBe(403)
})

test('a stream of the deputy tells of the absent one’s clients, as the base does', async () => {
  await client(absent)
  await substitute()
  const differing = await world.sql(
    `(select u.id, s.p from users u cross join lateral unnest(seen_by(u.id)) s (p)
      except select seer_id, person_id from seers_of(array(select id from users)))
     union all
     (select seer_id, person_id from seers_of(array(select id from users))
      except select u.id, s.p from users u cross join lateral unnest(seen_by(u.id)) s (p))`,
  )
  expect(differing).toEqual([])
})

test('what a request is told of its caller is what the functions of rights say', async () => {
  await substitute()
  await substitute({ filter: { region: ['Москва'] } })
  const differing = await world.sql(
    `select l.user_id from auth.live l
     where (select array_agg(p order by p) from unnest(l.visible) p) <> (select array_agg(p order by p) from unnest(seen_by(l.user_id)) p)
       or l.standing_in is distinct from stood_in_for(l.user_id)`,
  )
  expect(differing).toEqual([])
  const mine = await world.sql('select standing_in from auth.live where user_id = $1', [deputy.id])
  expect(mine).toEqual([{ standing_in: [absent.id] }])
})

test('the brief names the open plan, and the digest what was done meanwhile', async () => {
  const one = await client(absent, { name: 'ООО Дело' })
  await absent.post('/activities', {
    clientId: one.id,
    kind: 'meeting',
    text: 'показать образцы',
    dueAt: at(5),
  })
  await absent.post('/activities', { kind: 'task', text: 'личное', dueAt: at(5) })
  const { id } = await substitute()
  const brief = (await deputy.get(`/substitutions/${id}/brief`)).body
  expect(brief).toMatchObject({ clients: 1, planCount: 1, plan: [{ text: 'показать образцы' }] })
  expect(JSON.stringify(brief)).not.toContain('личное')
  await deputy.post('/activities', { clientId: one.id, kind: 'call', text: 'договорились', doneAt: at(0) })
  const digest = (await absent.get(`/substitutions/${id}/digest`)).body
  expect(digest.acts).toMatchObject([{ authorId: deputy.id, act: 'activity.create', clientName: 'ООО Дело' }])
  expect(digest.done).toMatchObject([{ text: 'договорились' }])
  for (const path of ['brief', 'digest']) {
    expect((await stranger.get(`/substitutions/${id}/${path}`)).status).toBe(404)
  }
})

test('why one sees a client: as owner, shared with, by the team, standing in, as head', async () => {
  const one = await client(absent, { managerIds: [stranger.id] })
  await substitute()
  const why = async (person: Person) =>
    (await person.get(`/clients/${one.id}/visibility`)).body.map(
      ({ reason, userId }: { reason: string; userId: string }) => `${reason} ${userId ?? ''}`.trim(),
    )
  expect(await why(absent)).toEqual([`owner ${absent.id}`])
  expect(await why(lead)).toEqual([`team ${absent.id}`])
  expect(await why(stranger)).toEqual([`shared ${stranger.id}`])
  expect(await why(deputy)).toEqual([`substitution ${absent.id}`])
  expect(await why(head)).toEqual(['all'])
  const blind = await world.person('manager')
  expect((await blind.get(`/clients/${one.id}/visibility`)).status).toBe(404)
})

test('only a head sets substitutions, in a team its head where that is allowed; those concerned see them', async () => {
  const ask = { absentId: absent.id, deputyIds: [deputy.id], from: at(-1), to: at(1) }
  for (const person of [deputy, absent, lead, stranger])
    expect((await person.post('/substitutions', ask)).status).toBe(403)
  const { id } = await substitute()
  const seen = async (person: Person) =>
    (await person.get('/substitutions')).body.some((one: { id: string }) => one.id === id)
  expect([await seen(absent), await seen(deputy), await seen(lead), await seen(stranger)]).toEqual([
    true,
    true,
    true,
    false,
  ])
  expect((await deputy.patch(`/substitutions/${id}`, { to: at(100) })).status).toBe(403)
  expect((await stranger.patch(`/substitutions/${id}`, { to: at(100) })).status).toBe(404)
  await world.sql('update company set team_heads_hand_over = true')
  expect((await lead.post('/substitutions', ask)).status).toBe(201)
  expect((await lead.post('/substitutions', { ...ask, absentId: stranger.id })).status).toBe(403)
  // Standing in for somebody of another team makes nobody his head.
  const standing = await head.post('/substitutions', { ...ask, absentId: stranger.id, deputyIds: [lead.id] })
  expect((await lead.patch(`/substitutions/${standing.body.id}`, { to: at(100) })).status).toBe(403)
  await head.patch(`/substitutions/${standing.body.id}`, { to: at(-0.01) })
  await world.sql('update company set team_heads_hand_over = false')
})

test('an absence nobody stands in for may be noted, a wrong one is refused', async () => {
  expect((await substitute({ deputyIds: [] })).deputyIds).toEqual([])
  const wrong = await head.post('/substitutions', {
    absentId: absent.id,
    deputyIds: [absent.id],
    from: at(0),
    to: at(1),
  })
  expect(wrong.status).toBe(422)
  expect(
    (await head.post('/substitutions', { absentId: absent.id, deputyIds: [], from: at(1), to: at(0) }))
      .status,
  ).toBe(422)
})
