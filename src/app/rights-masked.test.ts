import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Client } from '#features/clients/contract.ts'
import { asksOf, askAs } from './rights/ask.ts'
import { type Foreign, makeForeign } from './rights/foreign-record.ts'
import { uploaded, applied } from '#features/imports/server/testing-import.ts'
import { leaksOf } from './rights/leaks.ts'
import { table } from './rights/table.ts'
import { type Person, testWorld } from './testing.ts'

const world = testWorld()
let head: Person, owner: Person, colleague: Person, lead: Person

beforeAll(async () => {
  head = await world.person('head')
  owner = await world.person('manager', { team: 'Север' })
  lead = await world.person('team-head', { team: 'Север' })
  colleague = await world.person('manager', { team: 'Юг' })
  await world.sql('update users set may_export = true where id = $1', [colleague.id])
  await mask('manager')
})

const mask = async (...roles: string[]) =>
  expect((await head.put('/masking', { roles })).body.roles).toEqual(roles)

let count = 0

/** A client of the owner that the colleague works with too, and every piece of its contacts. */
async function sharedRecord(): Promise<Foreign & { contacts: string[] }> {
  const record = await makeForeign(world, owner)
  const ofPerson = `921777${String(1000 + ++count)}`
  const { body } = await owner.patch(`/clients/${record.clientId}`, {
    version: record.version,
    managerIds: [colleague.id],
    people: [{ name: 'Лица Контактова', contacts: [{ kind: 'phone', value: `+7 ${ofPerson}` }] }],
  })
  const contacts = (body as Client).contacts.map(({ value }) => value.replace(/^\+7 |^@/, ''))
  return { ...record, version: body.version, contacts: [...contacts, ofPerson] }
}

describe('to who shares a client whose contacts are masked to him', () => {
  const asked = Object.entries(table).filter(([, { fresh }]) => !fresh)
  test.each(asked)('%s', async (name, rule) => {
    const record = await sharedRecord()
    for (const ask of asksOf(rule, record, 'manager')) {
      const said = `${name} ${JSON.stringify(ask)}`
      const answer = await askAs(world, colleague, name, ask, rule.file)
      expect(answer.status, said).toBeLessThan(500)
      expect(leaksOf(answer, record.contacts, said), said).toEqual([])
    }
  })
})

const cardOf = async (person: Person, id: string) => (await person.get(`/clients/${id}`)).body as Client
const found = async (person: Person, query: string) =>
  (await person.get(`/clients?${query}`)).body.items.map(({ id }: Client) => id) as string[]
const where = (field: string, value: string) =>
  `where=${encodeURIComponent(JSON.stringify([{ field, op: 'contains', value }]))}`

test('a masked contact says what it is and no more, the same in card and list', async () => {
  const { body } = await owner.post('/clients', {
    name: 'ООО «Маска»',
    managerIds: [colleague.id],
    contacts: [
      { kind: 'phone', label: 'рабочий', value: '+7 495 123-45-12 доб. 77', note: 'секретарь' },
      { kind: 'email', value: 'ivan@firma.ru' },
      { kind: 'address', value: 'Тверь, ул. Мира, 5' },
      { kind: 'phone', value: '+44 20 7946 0958' },
    ],
  })
  const masked = await cardOf(colleague, body.id)
  expect(masked.contacts.map(({ value }) => value)).toEqual([
    '+7 495 ···-··-12',
    'i···@firma.ru',
    '···',
    '+44 ··· 58',
  ])
  for (const contact of masked.contacts)
    expect(contact).toMatchObject({ masked: true, normalized: null, extension: null, note: null })
  expect(masked.contacts[0]!.label).toBe('рабочий')
  const [listed] = (await colleague.get(`/clients?ids=${body.id}`)).body.items
  expect(listed).toEqual(masked)
  expect((await cardOf(owner, body.id)).contacts[0]).toMatchObject({ note: 'секретарь', extension: '77' })
})

test('neither the search box nor a filter finds a client by a contact that is masked', async () => {
  const record = await sharedRecord()
  const ways = [
    `search=${record.phone}`,
    `search=${record.phone.slice(2)}`,
    `search=${encodeURIComponent(record.email.slice(0, -3))}`,
    where('phone', record.phone.slice(2)),
    where('email', record.email.slice(0, -3)),
    where('phone', record.phone.slice(3)),
  ]
  for (const way of ways) {
    expect(await found(owner, way), way).toContain(record.clientId)
    expect(await found(colleague, way), way).not.toContain(record.clientId)
    expect((await colleague.get(`/clients/count?${way}`)).body.count, way).toBe(0)
  }
  expect(await found(colleague, `search=${encodeURIComponent(record.name)}`)).toEqual([record.clientId])
  const twins = (await colleague.get(`/clients/duplicates?phones=${record.phone}`)).body
  expect(twins).toMatchObject([{ id: null, name: null, ownerName: owner.name }])
  await colleague.post(`/clients/${record.clientId}/contact-openings`)
  for (const way of ways) expect(await found(colleague, way), way).toContain(record.clientId)
  expect((await colleague.get(`/clients/duplicates?phones=${record.phone}`)).body[0].id).toBe(record.clientId)
})

test('a likely twin known by its name says nothing of the number typed beside it', async () => {
  const record = await sharedRecord()
  const { name } = await cardOf(owner, record.clientId)
  const ask = (phone: string) =>
    colleague.get(`/clients/duplicates?name=${encodeURIComponent(name)}&phones=${phone}`)
  const right = (await ask(record.phone)).body
  expect(right).toMatchObject([{ id: record.clientId, reasons: ['same-name'] }])
  expect((await ask('79990000001')).body).toEqual(right)
  const entered = await colleague.post('/clients', {
    name,
    contacts: [{ kind: 'phone', value: record.phone }],
  })
  expect(entered.body.duplicates).toMatchObject([{ id: record.clientId, reasons: ['same-name'] }])
})

describe('a file to be imported tells no more than typing does', () => {
  const rowsOf = async (id: string) => (await colleague.get(`/imports/${id}/rows`)).body.items
  const staged = async (text: string) => {
    const { id, counts } = await uploaded(colleague, `Клиент;Телефон\n${text}\n`)
    return { id, counts, row: (await rowsOf(id))[0] }
  }

  test('a number alone is told by its owner only, and cannot be pointed at the client', async () => {
    const record = await sharedRecord()
    const { id, row } = await staged(`Совсем другие ${record.phone};${record.phone}`)
    expect(row).toMatchObject({ outcome: 'doubtful', clientId: null, changes: [] })
    expect(row.twins).toEqual([{ id: null, name: null, ownerName: owner.name, archived: false }])
    await colleague.patch(`/imports/${id}/rows/${row.number}`, { decision: 'update' })
    await colleague.patch(`/imports/${id}/rows/${row.number}`, {
      decision: 'update',
      clientId: record.clientId,
    })
    const after = (await rowsOf(id))[0]
    expect(after).toMatchObject({ outcome: 'doubtful', clientId: null })
    expect(JSON.stringify(after)).not.toContain(record.clientId)
    await colleague.post(`/clients/${record.clientId}/contact-openings`)
    const open = await staged(`Ещё другие ${record.phone};${record.phone}`)
    expect(open.row.twins).toMatchObject([{ id: record.clientId }])
  })

  test('beside the name a right number is answered as a wrong one is, and neither is written', async () => {
    const record = await sharedRecord()
    const contactsOf = async () => (await cardOf(owner, record.clientId)).contacts.map(({ value }) => value)
    const before = await contactsOf()
    const { name } = await cardOf(owner, record.clientId)
    const told = []
    for (const phone of [record.phone, '79990000002']) {
      const { id, row, counts } = await staged(`${name};${phone}`)
      const { cells: _, verdicts: __, ...rest } = row
      told.push({ rest, counts })
      await colleague.patch(`/imports/${id}/rows/${row.number}`, {
        decision: 'update',
        clientId: record.clientId,
      })
      await applied(colleague, { id })
    }
    expect(told[0]).toEqual(told[1])
    expect(await contactsOf()).toEqual(before)
  })
})

test('nobody opens masked contacts by making the client his own', async () => {
  await mask('manager', 'team-head')
  const record = await sharedRecord()
  const { version } = await cardOf(colleague, record.clientId)
  const cell = { id: record.clientId, version, field: 'owner', text: colleague.name }
  for (const answer of [
    await colleague.patch(`/clients/${record.clientId}`, { version, ownerId: colleague.id }),
    await colleague.post('/clients/cells', { edits: [cell] }),
    await colleague.post('/clients/bulk-edits', {
      ids: [record.clientId],
      expected: 1,
      changes: [{ field: 'owner', text: colleague.name }],
    }),
    await lead.patch(`/clients/${record.clientId}`, { version, ownerId: lead.id }),
  ])
    expect([answer.status, answer.body.type], JSON.stringify(answer.body)).toEqual([409, 'contacts-masked'])
  expect(await cardOf(owner, record.clientId)).toMatchObject({ ownerId: owner.id, version })
  // Once they are opened, by an act of the journal, he takes the client over as ever; and what he gave away he may take back.
  await lead.post(`/clients/${record.clientId}/contact-openings`)
  const taken = await lead.patch(`/clients/${record.clientId}`, { version, ownerId: lead.id })
  expect([taken.status, taken.body.ownerId]).toEqual([200, lead.id])
  await world.sql('delete from contact_openings where client_id = $1', [record.clientId])
  const given = await lead.patch(`/clients/${record.clientId}`, {
    version: taken.body.version,
    ownerId: owner.id,
  })
  expect([given.status, given.body.contacts[0].masked]).toEqual([200, true])
  const { id } = (await lead.get('/undo')).body.undo
  expect((await lead.post(`/change-sets/${id}/reversal`)).status).toBeLessThan(300)
  expect((await cardOf(lead, record.clientId)).ownerId).toBe(lead.id)
  // A handover has a record of its own.
  await world.sql('update company set team_heads_hand_over = true')
  const leaving = await world.person('manager', { team: 'Север' })
  const { body: handed } = await leaving.post('/clients', { name: 'Передаваемый' })
  const parts = [{ toId: lead.id, filter: {}, share: 1 }]
  expect((await lead.post('/handovers', { fromId: leaving.id, parts })).status).toBe(201)
  expect((await cardOf(lead, handed.id)).ownerId).toBe(lead.id)
  await world.sql('update company set team_heads_hand_over = false')
  await mask('manager')
})

test('contacts typed in for a colleague are shown to who typed them, till the end of the day', async () => {
  await mask('manager', 'team-head')
  const contacts = [{ kind: 'phone', value: '+7 495 123-45-67' }]
  const { status, body } = await lead.post('/clients', { name: 'Для коллеги', ownerId: owner.id, contacts })
  expect([status, body.contacts[0]?.value]).toEqual([201, '+7 495 123-45-67'])
  expect((await cardOf(lead, body.id)).contacts[0]).toMatchObject({
    masked: false,
    normalized: '+74951234567',
  })
  const cells = { name: 'Строкой для коллеги', phone: '+7 495 123-45-68', owner: owner.name }
  const { clients } = (await lead.post('/clients/cells', { creates: [{ cells }] })).body
  expect(clients[0]).toMatchObject({
    ownerId: owner.id,
    contacts: [{ masked: false, normalized: '+74951234568' }],
  })
  await mask('manager')
})

test('opening shows them till the end of the day to who opened them, and stands in the journal', async () => {
  const record = await sharedRecord()
  const other = await world.person('manager')
  await owner.patch(`/clients/${record.clientId}`, {
    version: record.version,
    managerIds: [colleague.id, other.id],
  })
  const { status, body } = await colleague.post(`/clients/${record.clientId}/contact-openings`)
  expect(status).toBe(201)
  expect(Date.parse(body.until) - Date.now()).toBeLessThanOrEqual(24 * 3_600_000)
  const own = await cardOf(owner, record.clientId)
  const open = await cardOf(colleague, record.clientId)
  expect(open.contacts.map(({ value }) => value)).toEqual(own.contacts.map(({ value }) => value))
  expect((await cardOf(other, record.clientId)).contacts[0]!.masked).toBe(true)
  const acts = (await head.get(`/change-sets?act=contacts.open&author=${colleague.id}`)).body.items
  expect(acts[0]).toMatchObject({ id: body.changeSetId, details: { clientId: record.clientId } })
  await world.sql('update contact_openings set until = now() where client_id = $1', [record.clientId])
  expect((await cardOf(colleague, record.clientId)).contacts[0]!.masked).toBe(true)
})

test('history and journal keep quiet of contacts until they are opened', async () => {
  const record = await sharedRecord()
  const { version, contacts } = await cardOf(owner, record.clientId)
  await owner.patch(`/clients/${record.clientId}`, {
    version,
    contacts: contacts.slice(1).map(({ id, kind, value }) => ({ id, kind, value })),
  })
  const lines = async () =>
    (await colleague.get(`/clients/${record.clientId}/history`)).body.items.filter(
      ({ entity }: { entity: string }) => entity === 'contacts',
    )
  expect(await lines()).toEqual([])
  await colleague.post(`/clients/${record.clientId}/contact-openings`)
  expect((await lines()).find(({ op }: { op: string }) => op === 'd').before.value).toContain(
    record.phone.slice(0, 3),
  )
})

test('masked contacts are written by nobody who has not opened them, by form or by cell', async () => {
  const record = await sharedRecord()
  const card = await cardOf(colleague, record.clientId)
  const before = await cardOf(owner, record.clientId)
  const contacts = card.contacts.map(({ id, kind, value }) => ({ id, kind, value }))
  const form = await colleague.patch(`/clients/${card.id}`, { version: card.version, contacts })
  expect([form.status, form.body.title]).toEqual([
    409,
    'Контакты этого клиента скрыты: сначала откройте их в карточке.',
  ])
  const edits = [
    { id: card.id, version: card.version, field: 'phone', text: '+7 495 700-00-00' },
    { id: card.id, version: card.version, field: 'comment', text: 'можно' },
  ]
  const cells = (await colleague.post('/clients/cells', { edits })).body
  expect(cells.cells.map(({ outcome }: { outcome: string }) => outcome)).toEqual(['refused', 'written'])
  expect(cells.clients[0].contacts[0].masked).toBe(true)
  expect((await cardOf(owner, card.id)).contacts).toEqual(before.contacts)
  await colleague.post(`/clients/${card.id}/contact-openings`)
  const open = await cardOf(colleague, card.id)
  const [first, ...rest] = open.contacts.map(({ id, kind, value }) => ({ id, kind, value }))
  const saved = await colleague.patch(`/clients/${card.id}`, {
    version: open.version,
    contacts: [{ ...first, value: '+7 495 700-00-01' }, ...rest],
  })
  expect(saved.status).toBe(200)
  expect(saved.body.contacts[0].normalized).toBe('+74957000001')
})

test('a number called by somebody else is as masked as the contact', async () => {
  const record = await sharedRecord()
  const call = { clientId: record.clientId, kind: 'call', contactId: record.contactId, text: 'Звонок' }
  const { body } = await owner.post('/activities', { ...call, doneAt: new Date().toISOString() })
  expect(body.contact).toContain(record.phone.slice(0, 3))
  expect((await colleague.get(`/activities/${body.id}`)).body.contact).toBe('···')
  const own = (await colleague.get(`/clients/${record.clientId}/history`)).raw
  expect(own.includes(record.phone.slice(-7))).toBe(false)
})

test('files and reports of who is masked hold masked values', async () => {
  const record = await sharedRecord()
  const { body } = await colleague.post('/clients/exports', {
    format: 'csv',
    columns: ['name', 'phone', 'email'],
    language: 'ru',
    ids: [record.clientId],
  })
  for (let state = ''; state !== 'done'; await pause(20)) {
    state = (await colleague.get(`/jobs/${body.jobId}`)).body.status
    expect(state).not.toBe('failed')
  }
  const file = await colleague.get(`/jobs/${body.jobId}/output`)
  expect(file.raw.toString()).toContain('···')
  expect(leaksOf(file, record.contacts, '')).toEqual([])
  const values = await colleague.get(
    `/reports/contact-info/values?search=${encodeURIComponent(record.name)}&kinds=phone`,
  )
  expect(values.body.items[0].cells.phone[0].value).toMatch(/^\+7 916 ···-··-\d\d$/)
})

test('clear are one’s own clients and those one fully stands in for; seen by team or to look only they are masked', async () => {
  await mask('manager', 'team-head')
  const record = await makeForeign(world, owner)
  const is = async (person: Person) => (await cardOf(person, record.clientId)).contacts[0]!.masked ?? false
  expect([await is(owner), await is(lead), await is(head)]).toEqual([false, true, false])
  const hour = 3_600_000
  const at = (hours: number) => new Date(Date.now() + hours * hour).toISOString()
  for (const [mode, filter] of [
    ['read', null],
    ['full', null],
    ['read', {}],
    ['full', {}],
  ] as const) {
    const deputy = await world.person('manager')
    const set = { absentId: owner.id, deputyIds: [deputy.id], from: at(-1), to: at(1), mode, filter }
    expect((await head.post('/substitutions', set)).status).toBe(201)
    expect(await is(deputy), `${mode} ${filter ? 'a part' : 'all'}`).toBe(mode === 'read')
  }
  await mask('manager')
  expect(await is(lead)).toBe(false)
})

test('a head who looks through masked eyes sees masked contacts', async () => {
  const record = await sharedRecord()
  const [row] = await world.sql<{ db_role: string }>(
    `with s as (insert into auth.sessions (kind, user_id, token_hash, looks_as, looks_until)
       values ('session', $1, 'x', $2, now() + interval '1 hour') returning token_hash)
     select token_hash from s`,
    [head.id, colleague.id],
  )
  expect(row).toBeDefined()
  const [live] = await world.sql<{ db_role: string }>(`select db_role from auth.live where token_hash = 'x'`)
  expect(live!.db_role).toBe('kartoteka_looking_masked')
  expect(await cardOf(colleague, record.clientId)).toMatchObject({ contacts: [{ masked: true }, {}, {}, {}] })
})

test('where nothing is masked a contact has no word of it, and who changes his role changes his mask', async () => {
  const record = await sharedRecord()
  await mask()
  expect((await cardOf(colleague, record.clientId)).contacts[0]).not.toHaveProperty('masked')
  await mask('manager')
  const masked = async () =>
    (await world.sql<{ masked: boolean }>('select masked from users where id = $1', [colleague.id]))[0]!
      .masked
  expect(await masked()).toBe(true)
  await head.patch(`/users/${colleague.id}`, { role: 'team-head' })
  expect(await masked()).toBe(false)
  await head.patch(`/users/${colleague.id}`, { role: 'manager' })
  expect(await masked()).toBe(true)
  expect((await (await world.person('admin')).put('/masking', { roles: [] })).status).toBe(403)
})

test('the rule of the policy and that of contacts_clear() are one', async () => {
  const record = await sharedRecord()
  const rows = await world.sql<{ uses: string }>(
    `select qual as uses from pg_policies where tablename = 'contacts' and policyname = 'opened'`,
  )
  expect(rows).toHaveLength(1)
  const { asCaller, rowsOf } = await import('#server/db/tx.ts')
  const pool = world.app.kernel.database.app
  const [told] = await asCaller(pool, { userId: colleague.id }, (tx) =>
    rowsOf<{ differ: number; masked: number }>(
      tx,
      `select (select count(*)::int from clients c where contacts_clear(c.id) <> exists (select 1 from contacts t where t.client_id = c.id)
          and c.id = any (array(select client_id from masked_contacts(array(select id from clients)) union select client_id from contacts))) as differ,
         (select count(*)::int from masked_contacts(array(select id from clients)) m where m.client_id = $1) as masked`,
      [record.clientId],
    ),
  )
  expect(told).toEqual({ differ: 0, masked: 5 })
})
