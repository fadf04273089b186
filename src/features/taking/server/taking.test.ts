import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { type Answer, type Person, testWorld } from '#app/testing.ts'
import { writeRequestLetters } from './request-letters.ts'

const world = testWorld()
let head: Person
let lead: Person
let anna: Person
let boris: Person

const days = 'from=2020-01-01&to=2100-01-01'

async function manager(options: { team?: string; quota?: number | null; clients?: number } = {}) {
  const person = await world.person('manager', options.team ? { team: options.team } : {})
  await world.sql('update users set may_export = true, export_quota = $2 where id = $1', [
    person.id,
    options.quota ?? null,
  ])
  for (let at = 0; at < (options.clients ?? 0); at++) {
    const draft = { name: `Фирма ${at}`, region: at % 2 ? 'Тверь' : 'Псков' }
    const phone = { kind: 'phone', value: `+7 916 2${String(100_000 + at).slice(0, 2)}-43-58` }
    expect((await person.post('/clients', { ...draft, contacts: [phone] })).status).toBe(201)
  }
  return person
}

beforeAll(async () => {
  head = await world.person('head')
  lead = await world.person('team-head', { team: 'Север' })
  anna = await manager({ team: 'Север', quota: 5, clients: 4 })
  boris = await manager({ quota: 5 })
})

const exportOf = (person: Person, ask: object = {}) =>
  person.post('/clients/exports', { format: 'csv', columns: ['name', 'phone'], language: 'ru', ...ask })

async function ended(person: Person, { body }: Answer) {
  for (let tries = 0; tries < 600; tries++) {
    const job = (await person.get(`/jobs/${body.jobId}`)).body
    if (job.status === 'done' || job.status === 'failed') return job
    await pause(50)
  }
  throw new Error('the export did not end')
}

const takingsOf = async (person: Person, who = person) =>
  (await person.get(`/takings?${days}&user=${who.id}`)).body.items

describe('the quota', () => {
  test('is taken by the row, and what is beyond it is refused with what to ask for', async () => {
    const person = await manager({ quota: 5, clients: 4 })
    expect(await ended(person, await exportOf(person))).toMatchObject({ status: 'done' })
    expect((await person.get('/export-quota')).body).toMatchObject({ quota: 5, taken: 4, mayExport: true })
    const refused = await exportOf(person)
    expect(refused.status).toBe(403)
    expect(refused.body).toMatchObject({
      type: 'export-quota',
      left: 1,
      ask: { road: 'clients', selection: {}, columns: ['name', 'phone'], rows: 4 },
    })
    expect(await takingsOf(person)).toHaveLength(1)
  })

  test('of zero is no export; of a head there is none', async () => {
    const person = await manager({ quota: 0, clients: 1 })
    expect((await exportOf(person)).body.type).toBe('export-quota')
    expect((await head.get('/export-quota')).body).toMatchObject({ quota: null, mayExport: true })
  })

  test('goes by the role where a person has none of his own, and counts the last thirty days', async () => {
    const person = await manager({ clients: 2 })
    await head.patch('/taking-rules', { quotaManager: 3 })
    await world.sql(
      `insert into takings (user_id, road, rows, counted, at) values ($1, 'clients', 2, true, now() - interval '31 days'), ($1, 'clients', 2, true, now() - interval '29 days')`,
      [person.id],
    )
    expect((await person.get('/export-quota')).body).toMatchObject({ quota: 3, taken: 2 })
    expect((await exportOf(person)).body.type).toBe('export-quota')
    await head.patch('/taking-rules', { quotaManager: 1000 })
    expect((await exportOf(person)).status).toBe(202)
  })

  test('does not let two exports pass at once', async () => {
    const person = await manager({ quota: 5, clients: 4 })
    const begun = await Promise.all([exportOf(person), exportOf(person), exportOf(person)])
    const jobs = []
    for (const answer of begun.filter(({ status }) => status === 202)) jobs.push(await ended(person, answer))
    expect(jobs.filter(({ status }) => status === 'done')).toHaveLength(1)
    const failed = jobs.find(({ status }) => status === 'failed')
    if (failed) expect(failed.problem).toContain('Превышена квота')
    for (const job of jobs.filter(({ status }) => status === 'failed'))
      expect((await person.get(`/jobs/${job.id}/output`)).status).toBe(404)
    expect(await takingsOf(person)).toHaveLength(1)
  })

  test('is one for all roads: workbooks and lists of the report, the clipboard, entries of days', async () => {
    const roads = [
      ['GET', '/reports/contact-info/clients.xlsx?kinds=phone'],
      ['GET', '/reports/contact-info/values.xlsx?kinds=phone'],
      ['GET', '/reports/contact-info/values/distinct?kind=phone'],
      ['GET', '/day-sheets.xlsx?from=2026-01-01&to=2026-01-31&entries=true'],
      ['POST', '/clients/exports'],
      ['POST', '/copies'],
    ] as const
    for (const [method, path] of roads) {
      const person = await manager({ quota: 5, clients: 4 })
      await person.post('/activities', { kind: 'note', text: 'x' })
      await world.sql(
        `insert into takings (user_id, road, rows, counted) values ($1, 'report-values', 5, true)`,
        [person.id],
      )
      const body = {
        '/clients/exports': { format: 'csv', columns: ['name'] },
        '/copies': { way: 'clipboard', rows: 300, selection: {} },
      }[path as '/copies']
      const answer = await person.call(method, path, body)
      // No entries, no rows: nothing is taken.
      if (path.startsWith('/day-sheets')) expect(answer.status, path).toBe(200)
      else expect([answer.status, answer.body.type], path).toEqual([403, 'export-quota'])
      expect(answer.raw.toString(), path).not.toContain('916')
    }
  })

  test('splitting an export by filters comes to the same', async () => {
    const person = await manager({ quota: 3, clients: 4 })
    expect((await ended(person, await exportOf(person, { region: ['Тверь'] }))).status).toBe('done')
    expect((await exportOf(person, { region: ['Псков'] })).body.left).toBe(1)
  })

  test('is set by a head alone: neither the person, nor an admin', async () => {
    const admin = await world.person('admin')
    expect((await boris.patch(`/users/${boris.id}`, { exportQuota: 100 })).status).toBe(403)
    expect((await admin.patch(`/users/${boris.id}`, { exportQuota: 100 })).status).toBe(403)
    expect((await admin.patch('/taking-rules', { quotaManager: null })).status).toBe(403)
    expect((await head.patch(`/users/${boris.id}`, { exportQuota: 6 })).body.exportQuota).toBe(6)
    expect((await head.patch(`/users/${boris.id}`, { exportQuota: null })).body.exportQuota).toBeNull()
    expect((await admin.patch(`/users/${boris.id}`, { mayExport: true })).status).toBe(200)
  })
})

describe('a request', () => {
  test('approved by a head lets exactly that export through, once', async () => {
    const person = await manager({ quota: 1, clients: 4 })
    const { ask } = (await exportOf(person)).body
    const request = await person.post('/export-requests', { ...ask, reason: 'Сверка с 1С' })
    expect(request.body).toMatchObject({ state: 'asked', reason: 'Сверка с 1С', rows: 4 })
    expect((await exportOf(person)).status).toBe(403)
    const decision = `/export-requests/${request.body.id}/decision`
    expect((await person.post(decision, { approve: true })).status).toBe(403)
    const approved = (await head.post(decision, { approve: true, answer: 'Можно' })).body
    expect(approved).toMatchObject({ state: 'approved', answer: 'Можно', decidedBy: head.id })
    expect((await head.post(decision, { approve: false })).status).toBe(409)
    // Another filter, or more columns, is another export.
    expect((await exportOf(person, { region: ['Тверь'] })).status).toBe(403)
    expect((await exportOf(person, { columns: ['name', 'phone', 'email'] })).status).toBe(403)
    const job = await ended(person, await exportOf(person))
    expect(job.status).toBe('done')
    expect((await person.get(`/export-requests/${request.body.id}`)).body).toMatchObject({
      state: 'used',
      takingId: job.id,
    })
    expect((await exportOf(person)).status).toBe(403)
    // What was approved one by one leaves the quota as it was.
    expect((await person.get('/export-quota')).body.taken).toBe(0)
  })

  test('does not hold for more rows than were approved, nor after its time', async () => {
    const person = await manager({ quota: 1, clients: 2 })
    const { ask } = (await exportOf(person)).body
    const asked = async () =>
      (await person.post('/export-requests', { ...ask, reason: 'надо' })).body.id as string
    const first = await asked()
    await head.post(`/export-requests/${first}/decision`, { approve: true })
    await person.post('/clients', { name: 'Третья' })
    expect((await exportOf(person)).status).toBe(403)
    await world.sql(`update export_requests set expires_at = now(), rows = 10 where id = $1`, [first])
    expect((await exportOf(person)).status).toBe(403)
    expect((await person.get('/export-requests?state=expired')).body.items).toMatchObject([{ id: first }])
  })

  test('refused stays refused, and is told to its person', async () => {
    const person = await manager({ quota: 1, clients: 2 })
    const { ask } = (await exportOf(person)).body
    const { id } = (await person.post('/export-requests', { ...ask, reason: 'хочу' })).body
    await head.post(`/export-requests/${id}/decision`, { approve: false, answer: 'Зачем?' })
    expect((await person.get(`/export-requests/${id}`)).body).toMatchObject({
      state: 'refused',
      answer: 'Зачем?',
    })
    expect((await exportOf(person)).status).toBe(403)
  })

  test('is no one’s to approve for himself, a head neither', async () => {
    const { id } = (
      await head.post('/export-requests', {
        road: 'clients',
        selection: {},
        columns: [],
        rows: 1,
        reason: 'себе',
      })
    ).body
    expect((await head.post(`/export-requests/${id}/decision`, { approve: true })).status).toBe(403)
  })

  test('of a report holds for its workbook, and two at once use it once', async () => {
    const person = await manager({ quota: 0, clients: 2 })
    const path = '/reports/contact-info/values.xlsx?kinds=phone&region=Тверь'
    const { ask } = (await person.get(encodeURI(path))).body
    expect(ask).toMatchObject({ road: 'report-values', rows: 1 })
    const { id } = (await person.post('/export-requests', { ...ask, reason: 'обзвон' })).body
    await head.post(`/export-requests/${id}/decision`, { approve: true })
    const both = await Promise.all([person.get(encodeURI(path)), person.get(encodeURI(path))])
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 403])
  })
})

describe('who sees what was taken', () => {
  test('a manager his own, a team head his team’s, a head everybody’s, an admin nothing', async () => {
    await ended(anna, await exportOf(anna))
    const [taking] = await takingsOf(anna)
    expect(taking).toMatchObject({
      road: 'clients',
      rows: 4,
      counted: true,
      userName: anna.name,
      columns: ['name', 'phone'],
      sessionKind: 'token',
      address: '127.0.0.1',
    })
    const path = `/takings/${taking.id}`
    const admin = await world.person('admin')
    for (const [person, status] of [
      [anna, 200],
      [lead, 200],
      [head, 200],
      [boris, 404],
      [admin, 404],
    ] as const)
      expect((await person.get(path)).status).toBe(status)
    expect(await takingsOf(boris, anna)).toEqual([])
    expect((await lead.get(`/takings?${days}`)).body.items.map(({ id }: { id: string }) => id)).toContain(
      taking.id,
    )
    const names = async (person: Person) =>
      (await person.get(`/takings/summary?${days}`)).body.people.map(({ name }: { name: string }) => name)
    expect(await names(boris)).toEqual([boris.name])
    expect((await names(lead)).toSorted()).toEqual([anna.name, lead.name].toSorted())
    expect(await names(head)).toEqual(expect.arrayContaining([anna.name, boris.name, lead.name]))
  })

  test('nobody writes, changes or takes back a taking or a count, whatever his role', async () => {
    for (const role of ['kartoteka_all', 'kartoteka_scoped', 'kartoteka_admin']) {
      for (const write of ['insert', 'update', 'delete']) {
        for (const table of ['takings', 'reading_counts', 'reading_alarms']) {
          const [row] = await world.sql<{ may: boolean }>('select has_table_privilege($1, $2, $3) as may', [
            role,
            table,
            write,
          ])
          expect(row!.may, `${role} ${write} ${table}`).toBe(false)
        }
      }
    }
  })

  test('the workbook of it is a taking itself, and holds what its reader may see', async () => {
    const answer = await head.get(`/takings.xlsx?${days}&language=ru`)
    expect(answer.status).toBe(200)
    const [taking] = await takingsOf(head)
    expect(taking).toMatchObject({ road: 'takings', counted: false })
    expect((await boris.get(`/takings.xlsx?${days}&what=people`)).status).toBe(200)
  })
})

test('an export a stopped process left half done takes its rows once', async () => {
  const person = await manager({ quota: 5, clients: 4 })
  const { body } = await exportOf(person)
  await ended(person, { body } as Answer)
  await world.sql(`update jobs set status = 'running', result = null, finished_at = null where id = $1`, [
    body.jobId,
  ])
  await world.sql(
    `select graphile_worker.add_job('job', json_build_object('id', id, 'userId', user_id)) from jobs where id = $1`,
    [body.jobId],
  )
  expect((await ended(person, { body } as Answer)).status).toBe('done')
  expect((await person.get('/export-quota')).body.taken).toBe(4)
})

test('heads get a letter about a request, and its person one about the decision; each once', async () => {
  const person = await manager({ quota: 0, clients: 1 })
  const { ask } = (await exportOf(person)).body
  const { id } = (await person.post('/export-requests', { ...ask, reason: 'Для аудита' })).body
  const { database } = world.app.kernel
  const context = { database, now: () => new Date(), ownClock: false, publicUrl: 'https://base.example.test' }
  const letters = () =>
    world.sql<{ user_id: string; subject: string; body: string }>(
      'select user_id, subject, body from letters where key like $1 order by id',
      [`export-request/${id}/%`],
    )
  await Promise.all([writeRequestLetters(context), writeRequestLetters(context)])
  expect(await letters()).toMatchObject([
    { user_id: head.id, subject: `${person.name} просит разрешения на выгрузку` },
  ])
  await head.post(`/export-requests/${id}/decision`, { approve: false, answer: 'Аудит отменён' })
  await writeRequestLetters(context)
  await writeRequestLetters(context)
  const [first, second, ...more] = await letters()
  expect(first!.body).toContain('Для аудита')
  expect(second).toMatchObject({ user_id: person.id, subject: 'В выгрузке отказано' })
  expect(second!.body).toContain('Аудит отменён')
  expect(second!.body).toContain('https://base.example.test/taking?tab=requests')
  expect(more).toEqual([])
})
