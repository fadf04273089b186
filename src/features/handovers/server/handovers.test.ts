import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'

const world = testWorld()
let head: Person, lead: Person, stays: Person, other: Person
let leaving: Person

beforeAll(async () => {
  head = await world.person('head')
  lead = await world.person('team-head', { team: 'Север' })
  stays = await world.person('manager', { team: 'Север' })
  other = await world.person('manager', { team: 'Юг' })
})
beforeEach(async () => {
  leaving = await world.person('manager', { team: 'Север' })
})

const client = async (person: Person, fields: object = {}) =>
  (await person.post('/clients', { name: 'ООО «Луч»', ...fields })).body
const ownerOf = async (id: string) =>
  (await world.sql<{ owner: string | null }>('select owner_id as owner from clients where id = $1', [id]))[0]!
    .owner
const everything = { filter: {} }

/** Whose everything is, as text: two of them are equal where nothing has moved. */
const whose = async () =>
  JSON.stringify(
    await world.sql(
      `select (select json_agg(json_build_array(id, owner_id) order by id) from clients) as clients,
         (select json_agg(json_build_array(client_id, user_id, reason) order by client_id, user_id, reason) from seats) as seats,
         (select json_agg(json_build_array(id, user_id, done_at) order by id) from activities) as plan,
         (select json_agg(json_build_array(client_no, owner_no, (select array_agg(n order by n) from unnest(seers) n), document) order by client_no) from client_search) as search,
         (select json_agg(json_build_array(client_id, owner_id) order by client_id) from client_states) as states`,
    ),
  )

test('the first part that fits takes a client, what none takes stays', async () => {
  const moscow = await client(leaving, { region: 'Москва' })
  const tver = await client(leaving, { region: 'Тверь' })
  const none = await client(leaving)
  const { status, body } = await head.post('/handovers', {
    fromId: leaving.id,
    parts: [
      { toId: stays.id, filter: { region: ['Москва'] } },
      { toId: other.id, filter: { region: ['Москва', 'Тверь'] } },
    ],
  })
  expect(status, JSON.stringify(body)).toBe(201)
  expect(body.counts).toMatchObject({ clients: 2, rest: 0 })
  expect([await ownerOf(moscow.id), await ownerOf(tver.id), await ownerOf(none.id)]).toEqual([
    stays.id,
    other.id,
    leaving.id,
  ])
  expect((await leaving.get(`/clients/${moscow.id}`)).status).toBe(404)
  expect((await stays.get(`/clients/${moscow.id}`)).status).toBe(200)
  expect((await leaving.get('/me')).status).toBe(200)
})

test('clients picked by hand go to whom they were picked for, others’ clients never', async () => {
  const picked = await client(leaving)
  const rest = await client(leaving)
  const foreign = await client(other)
  const ask = {
    fromId: leaving.id,
    parts: [
      { toId: stays.id, filter: { ids: [picked.id, foreign.id] } },
      { toId: lead.id, ...everything },
    ],
  }
  const { body: preview } = await head.post('/handovers/previews', ask)
  expect(preview.parts.map(({ clients }: { clients: number }) => clients)).toEqual([1, 1])
  const none = await head.post('/handovers/previews', {
    fromId: leaving.id,
    parts: [{ toId: stays.id, filter: { ids: [] } }],
  })
  expect(none.body).toMatchObject({ parts: [{ clients: 0 }], rest: { clients: 2 } })
  expect((await head.post('/handovers', ask)).status).toBe(201)
  expect([await ownerOf(picked.id), await ownerOf(rest.id), await ownerOf(foreign.id)]).toEqual([
    stays.id,
    lead.id,
    other.id,
  ])
})

test('the preview tells what else the person holds, to a team head too, but alarms to heads only', async () => {
  const one = await client(leaving)
  const before = { files: 0, imports: 0, requests: 0, standsIn: 0, distribution: false, alarms: 0 }
  const ask = { fromId: leaving.id, parts: [] }
  expect((await head.post('/handovers/previews', ask)).body.holds).toMatchObject(before)
  const upload = async (name: string) =>
    (await leaving.upload(`/clients/${one.id}/files`, { name, data: Buffer.from(name) })).body
  await upload('договор.txt')
  const deleted = await upload('лишний.txt')
  expect((await leaving.del(`/files/${deleted.id}`)).status).toBeLessThan(300)
  await world.sql(
    `insert into export_requests (user_id, road, selection, rows, reason, state, decided_at, expires_at)
     select $1, 'clients.export', '{}', 5, 'надо', state, decided, until from (values
       ('asked', null, null), ('approved', product_now(), product_now() + interval '1 hour'),
       ('approved', product_now(), product_now() - interval '1 hour'), ('refused', product_now(), null)) r (state, decided, until)`,
    [leaving.id],
  )
  const until = new Date(Date.now() + 86_400_000).toISOString()
  const substitution = await head.post('/substitutions', {
    absentId: (await world.person('manager')).id,
    deputyIds: [leaving.id],
    from: new Date().toISOString(),
    to: until,
  })
  expect(substitution.status, JSON.stringify(substitution.body)).toBe(201)
  await world.sql(`insert into alarms (kind, user_id) values ('reading.unusual', $1)`, [leaving.id])
  await world.sql('update distribution set active = true')
  await world.sql('update company set team_heads_hand_over = true')
  const holds = { files: 1, requests: 2, standsIn: 1, distribution: true }
  expect((await head.post('/handovers/previews', ask)).body.holds).toMatchObject({ ...holds, alarms: 1 })
  expect((await lead.post('/handovers/previews', ask)).body.holds).toMatchObject({ ...holds, alarms: null })
  await world.sql('update distribution set active = false')
  await world.sql('update company set team_heads_hand_over = false')
})

test('open plans, archived clients and clients shared with him go along; what he did stays his', async () => {
  const mine = await client(leaving)
  const archived = await client(leaving, { name: 'Старый' })
  await leaving.del(`/clients/${archived.id}`)
  const shared = await client(other, { managerIds: [leaving.id] })
  const open = (
    await leaving.post('/activities', { clientId: mine.id, kind: 'call', dueAt: '2030-01-10T09:00:00Z' })
  ).body
  const done = (
    await leaving.post('/activities', { clientId: mine.id, kind: 'call', doneAt: '2026-01-10T09:00:00Z' })
  ).body
  const { body } = await head.post('/handovers', {
    fromId: leaving.id,
    parts: [{ toId: stays.id, ...everything }],
  })
  expect(body.counts).toMatchObject({ clients: 2, shared: 1, plan: 1 })
  expect(await ownerOf(archived.id)).toBe(stays.id)
  const users = await world.sql<{ id: string; user: string }>(
    'select id, user_id as "user" from activities where id = any ($1)',
    [[open.id, done.id]],
  )
  expect(new Map(users.map(({ id, user }) => [id, user]))).toEqual(
    new Map([
      [open.id, stays.id],
      [done.id, leaving.id],
    ]),
  )
  expect((await stays.get(`/clients/${shared.id}`)).status).toBe(200)
  expect((await leaving.get(`/clients/${shared.id}`)).status).toBe(404)
})

test('the preview says what the act then does, and writes nothing', async () => {
  for (let at = 0; at < 24; at++)
    await client(leaving, { name: `Клиент ${at}`, region: at % 2 ? 'Москва' : 'Тверь' })
  const parts = [
    { toId: stays.id, filter: { region: ['Москва'] }, share: 0.5 },
    { toId: other.id, filter: {}, share: 0.5 },
    { toId: lead.id, ...everything },
  ]
  const before = await whose()
  const { body: preview } = await head.post('/handovers/previews', { fromId: leaving.id, parts })
  expect(await whose()).toBe(before)
  expect(preview.holds).toMatchObject({ clients: 24, tokens: 1 })
  expect(preview.rest.clients).toBe(0)
  const { body } = await head.post('/handovers', { fromId: leaving.id, parts })
  const moved = Object.fromEntries(
    body.successors.map((one: { toId: string; clients: number }) => [one.toId, one.clients]),
  )
  for (const [at, { toId }] of parts.entries()) expect(moved[toId] ?? 0, toId).toBe(preview.parts[at].clients)
})

describe('a dismissal', () => {
  test('ends every access in the same transaction, and what nobody takes is nobody’s', async () => {
    const taken = await client(leaving, { region: 'Москва' })
    const left = await client(leaving)
    await world.sql(`insert into jobs (user_id, kind, status) values ($1, 'clients.export', 'running')`, [
      leaving.id,
    ])
    const { body } = await head.post('/handovers', {
      fromId: leaving.id,
      dismiss: true,
      parts: [{ toId: stays.id, filter: { region: ['Москва'] } }],
    })
    expect(body).toMatchObject({ dismissed: true, counts: { clients: 1, rest: 1, tokens: 1, jobs: 1 } })
    expect((await leaving.get('/clients')).status).toBe(401)
    expect([await ownerOf(taken.id), await ownerOf(left.id)]).toEqual([stays.id, null])
    const [job] = await world.sql<{ cancelled: boolean }>('select cancelled from jobs where user_id = $1', [
      leaving.id,
    ])
    expect(job!.cancelled).toBe(true)
  })

  test('taken back, the whole base is as it was, and he may sign in again', async () => {
    for (let at = 0; at < 12; at++) {
      const one = await client(leaving, {
        name: `Клиент ${at}`,
        contacts: [{ kind: 'phone', value: `8 495 100-20-${30 + at}` }],
      })
      await leaving.post('/activities', { clientId: one.id, kind: 'task', dueAt: '2030-01-10T09:00:00Z' })
    }
    await client(other, { managerIds: [leaving.id] })
    const before = await whose()
    const { body } = await head.post('/handovers', {
      fromId: leaving.id,
      dismiss: true,
      parts: [
        { toId: stays.id, filter: {}, share: 0.3 },
        { toId: other.id, filter: {}, share: 0.5 },
        { toId: lead.id, ...everything },
      ],
    })
    expect(await whose()).not.toBe(before)
    const reversal = await head.post(`/handovers/${body.id}/reversal`)
    expect(reversal.status, JSON.stringify(reversal.body)).toBe(200)
    expect(reversal.body.counts).toMatchObject({ kept: 0, hidden: 0 })
    expect(await whose()).toBe(before)
    expect((await world.sql('select active from users where id = $1', [leaving.id]))[0]).toEqual({
      active: true,
    })
    expect((await leaving.get('/me')).status).toBe(401)
    expect((await head.post(`/handovers/${body.id}/reversal`)).status).toBe(409)
  })

  test('what somebody gave further since stays there and is counted', async () => {
    const one = await client(leaving)
    await client(leaving, { name: 'Второй' })
    const { body } = await head.post('/handovers', {
      fromId: leaving.id,
      dismiss: true,
      parts: [{ toId: stays.id, ...everything }],
    })
    const { version } = (await head.get(`/clients/${one.id}`)).body
    await head.patch(`/clients/${one.id}`, { version, ownerId: other.id })
    const { body: reversal } = await head.post(`/handovers/${body.id}/reversal`)
    expect(reversal.counts).toMatchObject({ kept: 1, hidden: 0 })
    expect(await ownerOf(one.id)).toBe(other.id)
  })

  test('is refused for oneself, and leaves nothing half done where something is wrong', async () => {
    expect((await head.post('/handovers', { fromId: head.id, dismiss: true, parts: [] })).status).toBe(422)
    const one = await client(leaving)
    const wrong = await head.post('/handovers', {
      fromId: leaving.id,
      dismiss: true,
      parts: [{ toId: leaving.id, ...everything }],
    })
    expect(wrong.status).toBe(422)
    expect(wrong.body.errors[0].path).toBe('parts.0.toId')
    expect(await ownerOf(one.id)).toBe(leaving.id)
    expect((await leaving.get('/me')).status).toBe(200)
  })
})

test('after 30 days a handover is not taken back any more', async () => {
  await client(leaving)
  const { body } = await head.post('/handovers', {
    fromId: leaving.id,
    parts: [{ toId: stays.id, ...everything }],
  })
  await world.sql(`update handovers set created_at = now() - interval '31 days' where id = $1`, [body.id])
  expect((await head.get(`/handovers/${body.id}`)).body.mayReverse).toBe(false)
  expect((await head.post(`/handovers/${body.id}/reversal`)).status).toBe(409)
})

test('a team head hands over inside his team, where the head allows it, and dismisses nobody', async () => {
  const one = await client(leaving)
  const ask = { fromId: leaving.id, parts: [{ toId: stays.id, ...everything }] }
  expect((await lead.post('/handovers', ask)).status).toBe(403)
  await world.sql('update company set team_heads_hand_over = true')
  expect((await lead.post('/handovers', { ...ask, dismiss: true })).status).toBe(403)
  expect((await lead.post('/handovers', { ...ask, parts: [{ toId: other.id, ...everything }] })).status).toBe(
    422,
  )
  expect((await lead.post('/handovers', { ...ask, fromId: other.id })).status).toBe(403)
  const { status, body } = await lead.post('/handovers', ask)
  expect(status, JSON.stringify(body)).toBe(201)
  expect(await ownerOf(one.id)).toBe(stays.id)
  expect((await lead.post(`/handovers/${body.id}/reversal`)).status).toBe(200)
  expect(await ownerOf(one.id)).toBe(leaving.id)
  await world.sql('update company set team_heads_hand_over = false')
})

test('handovers are the heads’ business: a manager and a head of another team see none', async () => {
  await client(leaving)
  const { body } = await head.post('/handovers', {
    fromId: leaving.id,
    parts: [{ toId: stays.id, ...everything }],
  })
  const foreign = await world.person('team-head', { team: 'Юг' })
  for (const blind of [stays, foreign]) {
    expect((await blind.get('/handovers')).raw.includes(body.id)).toBe(false)
    expect((await blind.get(`/handovers/${body.id}`)).status).toBe(404)
  }
  expect((await lead.get(`/handovers/${body.id}`)).status).toBe(200)
  expect((await head.get('/handovers?limit=1')).body.items[0].id).toBe(body.id)
})
