import { beforeAll, describe, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'

let clock = new Date('2026-11-25T08:10:00Z')
const world = testWorld({ kernel: async () => ({ now: () => clock }) })
let head: Person

beforeAll(async () => {
  head = await world.person('head')
})

const reading = () => world.app.kernel.reading
const countsOf = (person: Person) =>
  world.sql<{ kind: string; rows: number; times: number }>(
    'select kind, sum(rows)::int as rows, sum(times)::int as times from reading_counts where user_id = $1 group by 1 order by 1',
    [person.id],
  )

async function withClients(count: number, exports = false) {
  const person = await world.person('manager')
  await world.sql('update users set may_export = $2 where id = $1', [person.id, exports])
  const ids: string[] = []
  for (let at = 0; at < count; at++)
    ids.push((await person.post('/clients', { name: `Фирма ${at}` })).body.id)
  return { person, ids }
}

describe('what is read is counted', () => {
  test('by the row, and the same question once a day', async () => {
    const { person, ids } = await withClients(3)
    await person.get('/clients?limit=2')
    await person.get('/clients?limit=2')
    for (const id of [ids[0], ids[1], ids[1]]) await person.get(`/clients/${id}`)
    await person.get('/clients/count')
    await reading().flush()
    expect(await countsOf(person)).toEqual([
      { kind: 'api', rows: 2, times: 1 },
      { kind: 'card', rows: 2, times: 2 },
    ])
    clock = new Date('2026-11-26T08:10:00Z')
    await person.get('/clients?limit=2')
    await reading().flush()
    expect(await countsOf(person)).toEqual([
      { kind: 'api', rows: 4, times: 2 },
      { kind: 'card', rows: 2, times: 2 },
    ])
  })

  test('of a browser apart from that of a program, drill-downs and attachments too', async () => {
    const { person, ids } = await withClients(2)
    const browser = (path: string) =>
      world.app.inject({ method: 'GET', url: `/api${path}`, cookies: { kartoteka: person.token } })
    await browser('/clients')
    await browser('/reports/contact-info/clients?kinds=phone')
    const { body } = await person.upload(`/clients/${ids[0]}/files`, {
      name: 'а.txt',
      data: Buffer.from('а'),
    })
    await browser(`/files/${body.id}/content`)
    await reading().flush()
    expect(await countsOf(person)).toEqual([
      { kind: 'file', rows: 1, times: 1 },
      { kind: 'list', rows: 2, times: 1 },
      { kind: 'report', rows: 2, times: 1 },
    ])
  })

  test('in whatever an answer holds: cells that are refused, values in conflict, days of the calendar, pages of a snapshot', async () => {
    const { person, ids } = await withClients(3)
    const read = async () => {
      await reading().flush()
      return (await countsOf(person)).reduce((sum, { rows }) => sum + rows, 0)
    }
    const edits = ids.map((id) => ({ id, version: 1, field: 'inn', text: 'не номер' }))
    const { body } = await person.post('/clients/cells', { edits })
    expect(body.clients).toHaveLength(3)
    expect(await read()).toBe(3)
    await person.post('/clients/cells', { edits })
    expect(await read()).toBe(3)
    const conflict = await person.patch(`/clients/${ids[0]}`, { version: -1, contacts: [], name: 'Иначе' })
    expect(conflict.body.type).toBe('conflict')
    expect(await read()).toBe(4)
    const at = clock.toISOString()
    for (const clientId of ids)
      await person.post('/activities', { clientId, kind: 'call', text: 'Звонок', doneAt: at })
    const day = at.slice(0, 10)
    const calendar = await person.get(`/calendar?from=${day}&to=${day}`)
    expect(calendar.body.days[0].entries).toHaveLength(3)
    expect(await read()).toBe(7)
  })

  test('by several processes together', async () => {
    const { person } = await withClients(0)
    const batch = JSON.stringify([
      { person: person.id, at: clock.toISOString(), kind: 'list', rows: 5, times: 1 },
    ])
    await Promise.all(
      [1, 2, 3, 4].map(() => world.sql('select count_reading($1, $2)', [batch, clock.toISOString()])),
    )
    expect(await countsOf(person)).toEqual([{ kind: 'list', rows: 20, times: 4 }])
  })
})

describe('above the day’s measure reading is an export', () => {
  test('it uses the quota up, then it ends with a sentence, and an approval lets it go on', async () => {
    const { person, ids } = await withClients(6, true)
    await head.patch('/taking-rules', { readingRows: 3 })
    await head.patch(`/users/${person.id}`, { exportQuota: 2 })
    for (const id of ids.slice(0, 5)) expect((await person.get(`/clients/${id}`)).status).toBe(200)
    await reading().flush()
    expect((await person.get('/export-quota')).body).toMatchObject({ quota: 2, taken: 2 })
    // The sixth row is one too many; it was read, and is written down; from then on nothing is.
    await person.get(`/clients/${ids[5]}`)
    const held = await person.get('/clients?limit=5')
    expect(held.status).toBe(403)
    expect(held.body).toMatchObject({ type: 'reading-limit', ask: { road: 'reading' } })
    expect(held.body.title).toContain('Кто что уносит')
    const [taking] = (await head.get(`/takings?from=2026-11-01&to=2026-11-30&user=${person.id}`)).body.items
    expect(taking).toMatchObject({ road: 'reading', rows: 3, counted: true })
    const cells = { edits: ids.map((id) => ({ id, version: 1, field: 'inn', text: 'не номер' })) }
    for (const answer of [
      await person.post('/clients/cells', cells),
      await person.patch(`/clients/${ids[5]}`, { version: -1, contacts: [] }),
    ])
      expect([answer.status, answer.body.type]).toEqual([403, 'reading-limit'])
    const request = await person.post('/export-requests', { ...held.body.ask, reason: 'Разбираю базу' })
    await head.post(`/export-requests/${request.body.id}/decision`, { approve: true })
    expect((await person.get('/clients?limit=5')).status).toBe(200)
  })

  test('for a token that pages through the base, too; a new day begins anew', async () => {
    const { person } = await withClients(6)
    await head.patch('/taking-rules', { readingRows: 3 })
    let cursor = ''
    const statuses: number[] = []
    for (let page = 0; page < 6; page++) {
      const answer = await person.get(`/clients?limit=1${cursor && `&cursor=${cursor}`}`)
      statuses.push(answer.status)
      await reading().flush()
      if (answer.body.nextCursor) cursor = answer.body.nextCursor
    }
    // Without the right of export the row beyond the measure is the last.
    expect(statuses).toEqual([200, 200, 200, 200, 403, 403])
    expect((await person.get('/reports/contact-info/values?kinds=phone')).status).toBe(403)
    clock = new Date(clock.getTime() + 24 * 3_600_000)
    expect((await person.get('/clients?limit=1')).status).toBe(200)
    await head.patch('/taking-rules', { readingRows: 20_000 })
  })
})

describe('copying and printing', () => {
  test('a few rows pass, more in the hour is an export, in one piece or in many', async () => {
    const { person } = await withClients(0, true)
    await head.patch(`/users/${person.id}`, { exportQuota: 100 })
    await head.patch('/taking-rules', { copyRows: 50 })
    const copy = (rows: number, way = 'clipboard') =>
      person.post('/copies', { way, rows, selection: { region: ['Тверь'] }, columns: ['name'] })
    expect((await copy(30)).body).toEqual({ id: null, copyLeft: 20 })
    expect((await copy(30, 'print')).body).toMatchObject({ id: expect.any(String), copyLeft: 20 })
    expect((await copy(80)).body).toMatchObject({ type: 'export-quota', left: 70 })
    expect((await person.get('/export-quota')).body).toMatchObject({ taken: 30, copyLeft: 20 })
    clock = new Date(clock.getTime() + 3_600_000)
    expect((await copy(50)).body).toEqual({ id: null, copyLeft: 0 })
  })
})

describe('unusual reading', () => {
  const alarmsOf = (person: Person) =>
    world.sql<{ details: { cards: number; usual: number } }>(
      `select details from alarms where kind = 'reading.unusual' and user_id = $1`,
      [person.id],
    )
  const opens = async (person: Person, ids: string[]) => {
    for (const id of ids) await person.get(`/clients/${id}`)
    await reading().flush()
  }

  test('is told once an hour, by the thresholds the head has set', async () => {
    await head.patch('/taking-rules', { alarmCards: 2, alarmTimes: 3 })
    const { person, ids } = await withClients(6)
    await opens(person, ids.slice(0, 2))
    expect(await alarmsOf(person)).toEqual([])
    await opens(person, ids.slice(2, 4))
    await opens(person, ids.slice(4))
    expect(await alarmsOf(person)).toMatchObject([{ details: { cards: 4, usual: 0 } }])
  })

  test('is measured by what is usual for that person: the median of his hours of thirty days', async () => {
    const { person, ids } = await withClients(8)
    await world.sql(
      `insert into reading_counts (user_id, hour, kind, rows, times)
       select $1::uuid, date_trunc('hour', $2::timestamptz) - n * interval '1 day', 'card', case n when 1 then 100 else 2 end, 1 from generate_series(1, 5) n
       union all select $1::uuid, date_trunc('hour', $2::timestamptz) - interval '40 days', 'card', 100, 1`,
      [person.id, clock.toISOString()],
    )
    await opens(person, ids.slice(0, 6))
    expect(await alarmsOf(person)).toEqual([])
    await opens(person, ids.slice(6, 7))
    expect(await alarmsOf(person)).toMatchObject([{ details: { cards: 7, usual: 2 } }])
  })

  test('of a head nobody is told', async () => {
    const { ids } = await withClients(4)
    await opens(head, ids)
    expect(await alarmsOf(head)).toEqual([])
    await head.patch('/taking-rules', { alarmCards: 50 })
  })
})

test('the chart has a point for every day, and what is usual for one person', async () => {
  const { person, ids } = await withClients(2)
  await person.get(`/clients/${ids[0]}`)
  await reading().flush()
  const day = clock.toISOString().slice(0, 10)
  const { body } = await person.get(`/readings?from=${day}&to=${day}&user=${person.id}&step=hour`)
  const point = body.points.find(({ read }: { read: number }) => read > 0)
  expect(point).toMatchObject({ read: 1, taken: 0, kinds: { card: 1 } })
  expect(body.usual).toBeNull()
  const other = await world.person('manager')
  const seen = await other.get(`/readings?from=${day}&to=${day}&user=${person.id}`)
  expect(seen.body.points.every(({ read }: { read: number }) => read === 0)).toBe(true)
})
