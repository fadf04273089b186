import { setTimeout as pause } from 'node:timers/promises'
import { beforeAll, describe, expect, test } from 'vitest'
import { askAs, asksOf, nameOf, traceOf } from './rights/ask.ts'
import { type Foreign, makeForeign } from './rights/foreign-record.ts'
import { leaksOf, textsOf } from './rights/leaks.ts'
import { type Asker, askers, table } from './rights/table.ts'
import { type Answer, type Person, testWorld } from './testing.ts'
import { listenAs } from './testing-stream.ts'

const world = testWorld()
let owner: Person
let others: Record<Asker, Person>
/** A record nobody ever asks for: nothing of it has a reason to be in any answer. */
let bystander: Foreign
/** Endpoints where the head, who sees all, was shown a word of the record: the search for leaks does find what is there. */
const shown = new Set<string>()

beforeAll(async () => {
  owner = await world.person('manager', { team: 'Север', name: 'Ольга Северова' })
  others = await makeOthers()
  bystander = await makeForeign(world, owner)
})

async function makeOthers(): Promise<Record<Asker, Person>> {
  const made = {
    stranger: world.stranger,
    manager: await world.person('manager', { team: 'Юг' }),
    'team-head': await world.person('team-head', { team: 'Юг' }),
    admin: await world.person('admin'),
    head: await world.person('head'),
  }
  // With the right of export, so that workbooks are looked into and not only refused.
  await world.sql('update users set may_export = true where id = any ($1)', [
    [made.manager.id, made['team-head'].id],
  ])
  return made
}

test('every endpoint has its line in the table of rights, and every line its endpoint', () => {
  expect(Object.keys(table).toSorted()).toEqual(world.app.endpoints.map(nameOf).toSorted())
})

describe('somebody else’s record', () => {
  test.each(Object.keys(table))('%s', async (name) => {
    const rule = table[name]!
    const people = rule.fresh ? await makeOthers() : others
    const foreign = await makeForeign(world, owner)
    const before = await traceOf(world, foreign)
    const expected = rule.expect.split(' ').map(Number)
    for (const [index, asker] of askers.entries()) {
      for (const ask of asksOf(rule, foreign, asker)) {
        const answer = await askAs(world, people[asker], name, ask, rule.file)
        const said = `${name} ${JSON.stringify(ask)} by ${asker}`
        expect(answer.status, `${said}: ${JSON.stringify(answer.body).slice(0, 300)}`).toBe(expected[index])
        const leaks = leaksOf(
          answer,
          [...foreign.secrets, ...bystander.secrets],
          `${name} ${JSON.stringify(ask)}`,
        )
        if (asker !== 'head') expect(leaks, said).toEqual([])
        else if (leaks.length > 0) shown.add(name)
      }
      if (asker === 'admin') expect(await traceOf(world, foreign), `${name} left a trace`).toEqual(before)
    }
  })

  test('the search for leaks finds what the head is shown', () => {
    for (const name of [
      'GET /clients',
      'GET /clients/:id',
      'GET /clients/duplicates',
      'GET /activities',
      'GET /fill-requests/:id/clients',
      'GET /files/:id/content',
      'GET /imports/:id/rows',
      'GET /imports/:id/failed.xlsx',
      'GET /reports/contact-info',
      'GET /reports/contact-info/values',
      'GET /reports/contact-info/values.xlsx',
    ]) {
      expect([...shown], name).toContain(name)
    }
  })
})

describe('files written for somebody who may export', () => {
  test.each(['xlsx', 'csv'])(
    '%s of a manager and of a team head holds his own clients and no byte of another’s',
    async (format) => {
      for (const asker of ['manager', 'team-head'] as const) {
        const person = others[asker]
        await person.post('/clients', { name: `ООО Свой ${asker}` })
        const columns = ['name', 'fullName', 'inn', 'region', 'comment', 'phone', 'email', 'address']
        const { body } = await person.post('/clients/exports', { format, columns, language: 'ru' })
        const file = await outputOf(person, body.jobId)
        expect(textsOf(file.raw).join('')).toContain(`Свой ${asker}`)
        expect(leaksOf(file, bystander.secrets, '')).toEqual([])
      }
    },
  )
})

test('a file that names another’s client by ИНН and telephone brings nothing of him back, read, refused or written', async () => {
  const foreign = await makeForeign(world, owner)
  const { inn, phone, email, secrets } = foreign
  const before = await traceOf(world, foreign)
  const table = `Название;ИНН;Телефон;Почта\nООО «Иное»;${inn};8 ${phone};${email}\n`
  for (const asker of ['manager', 'team-head'] as const) {
    const person = others[asker]
    const { body } = await person.upload('/imports', { name: 'своё.csv', data: Buffer.from(table) })
    const path = `/imports/${body.id}`
    const answers = [await importAt(person, path, 'ready'), await person.get(`${path}/rows`)]
    answers.push(await person.patch(path, { twins: 'update' }), await importAt(person, path, 'ready'))
    answers.push(await person.get(`${path}/rows`), await person.post(`${path}/application`))
    answers.push(
      await importAt(person, path, 'applied'),
      await person.get(`${path}/rows`),
      await person.get(`${path}/failed.xlsx`),
    )
    for (const answer of answers) expect(leaksOf(answer, secrets, table)).toEqual([])
  }
  expect(await traceOf(world, foreign)).toEqual(before)
})

async function importAt(person: Person, path: string, status: string): Promise<Answer> {
  for (let tries = 0; tries < 400; tries++) {
    const answer = await person.get(path)
    if (answer.body.status === status) return answer
    if (['refused', 'failed', 'cancelled'].includes(answer.body.status)) throw new Error(answer.body.problem)
    await pause(50)
  }
  throw new Error(`${path} was not ${status} in twenty seconds`)
}

test('whoever listens while somebody works hears no byte of what he may not see', async () => {
  const deaf = { manager: others.manager, 'team-head': others['team-head'] }
  const ears = await Promise.all(Object.values(deaf).map((person) => listenAs(world.app, person)))
  const all = await listenAs(world.app, others.head)
  const foreign = await makeForeign(world, owner)
  const handed = (await others.manager.post('/clients', { name: 'Отдаётся' })).body
  const { version } = handed
  await others.head.patch(`/clients/${handed.id}`, { version, ownerId: owner.id })
  const note = await owner.post('/activities', { clientId: handed.id, kind: 'note', text: 'после передачи' })
  await owner.put('/presence', { clientId: handed.id, field: 'comment' })
  const own = (await others.manager.post('/clients', { name: 'Последним' })).body
  await all.heard(({ data }) => data.id === own.id)
  await ears[0]!.heard(({ data }) => data.id === own.id)
  await pause(200)
  expect(all.text()).toContain(foreign.clientId)
  for (const ear of ears) {
    const answer = { status: 200, headers: {}, body: '', raw: Buffer.from(ear.text()) }
    expect(leaksOf(answer, [...foreign.secrets, note.body.id, owner.id], '')).toEqual([])
    const lines = ear.events.filter(({ data }) => data.clientId === handed.id).map(({ data }) => data)
    expect(lines.at(-1)).toMatchObject({ id: handed.id, version: null, gone: true })
  }
  for (const ear of [...ears, all]) ear.close()
})

test('who may not export gets no file, whatever he asks for', async () => {
  const manager = await world.person('manager')
  const files = [
    '/reports/contact-info/clients.xlsx',
    '/reports/contact-info/values.xlsx',
    '/reports/contact-info/values/distinct?kind=phone',
  ]
  for (const path of files) expect((await manager.get(path)).status, path).toBe(403)
  expect((await manager.post('/clients/exports', { format: 'csv', columns: ['name'] })).status).toBe(403)
})

async function outputOf(person: Person, jobId: string): Promise<Answer> {
  for (let tries = 0; tries < 200; tries++) {
    const { body } = await person.get(`/jobs/${jobId}`)
    if (body.status === 'failed') throw new Error(body.problem)
    if (body.status === 'done') return person.get(`/jobs/${jobId}/output`)
    await pause(50)
  }
  throw new Error('the job did not end in ten seconds')
}
