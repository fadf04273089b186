import { beforeAll, describe, expect, test } from 'vitest'
import { forgetHints, hashToken } from '#server/auth/caller.ts'
import { openSession } from '#server/auth/sessions.ts'
import { asCaller, rowsOf } from '#server/db/tx.ts'
import { asksOf, askAs, traceOf } from './rights/ask.ts'
import { type Foreign, makeForeign } from './rights/foreign-record.ts'
import { table } from './rights/table.ts'
import { listenAs } from './testing-stream.ts'
import { type Person, testWorld } from './testing.ts'

const world = testWorld()
let head: Person, petrov: Person, admin: Person
/** The head in his browser, looking through Petrov's eyes. */
let looker: Person
let record: Foreign

beforeAll(async () => {
  head = await world.person('head')
  admin = await world.person('admin')
  petrov = await world.person('manager', { team: 'Север', name: 'Пётр Петров' })
  await world.sql('update users set may_export = true where id = $1', [petrov.id])
  record = await makeForeign(world, petrov)
  await petrov.del(`/activities/${record.privateActivityId}`)
  looker = await inBrowser(head)
  expect((await looker.put('/session/look', { userId: petrov.id })).status).toBe(200)
})

/** The same person by a session of a browser instead of an API token. */
async function inBrowser(person: Person): Promise<Person> {
  const { token } = await openSession(world.app.kernel.database.app, person.id)
  const call: Person['call'] = (method, path, body, headers) =>
    person.call(method, path, body, { authorization: `Bearer ${token}`, ...headers })
  return {
    ...person,
    token,
    call,
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    patch: (path, body) => call('PATCH', path, body),
    put: (path, body) => call('PUT', path, body),
    del: (path) => call('DELETE', path),
    upload: (path) => call('POST', path, {}),
  }
}

const endpoints = () => world.app.endpoints
const isRead = (name: string) =>
  name.startsWith('GET ') &&
  !world.app.endpoints.find(({ stream, method, path }) => stream && `${method} ${path}` === name)
const isPersonal = (name: string) =>
  endpoints().some(({ personal, method, path }) => personal && `${method} ${path}` === name)
/** What is Petrov's own and no client's is not there for who looks. */
const ownOnly = ['GET /jobs', 'GET /jobs/:id', 'GET /jobs/:id/output', 'GET /views', 'GET /undo']

/** A file is for whom it was made, and stands in his journal: whoever only looks takes none. */
const takesAway = (name: string) => /\.xlsx$|values\/distinct$/.test(name)

/** Without the moment of asking, and without acts that are about no client. */
function clientsOnly(body: { since?: string; items?: { act?: string; client?: object | null }[] }) {
  const { since: _, ...rest } = body
  const items = body.items?.filter(({ act, client }) => !act?.startsWith('activity.') || client)
  return { ...rest, ...(items && { items }) }
}

describe('whoever looks through another’s eyes', () => {
  const open = ['POST /session', 'POST /setup', 'DELETE /session/look']
  test.each(Object.keys(table))('%s', async (name) => {
    const rule = table[name]!
    const isOpen = endpoints().some(
      ({ open: strangers, method, path }) => strangers && `${method} ${path}` === name,
    )
    if (name.includes('/invitations') || isOpen || open.includes(name)) return
    for (const ask of asksOf(rule, record, 'manager')) {
      const said = `${name} ${JSON.stringify(ask)}`
      const before = await traceOf(world, record)
      if (name === 'GET /stream') continue
      const answer = await askAs(world, looker, name, ask, rule.file)
      if (!isRead(name) || isPersonal(name) || takesAway(name)) {
        expect([answer.status, answer.body.type], said).toEqual([
          403,
          expect.stringContaining('only-looking'),
        ])
      } else if (!ownOnly.includes(name) && name !== 'GET /me') {
        // Sees what Petrov sees, to the letter.
        const own = await askAs(world, petrov, name, ask)
        expect(answer.status, said).toBe(own.status)
        if (typeof own.body === 'object')
          expect(clientsOnly(answer.body), said).toEqual(clientsOnly(own.body))
      }
      expect(await traceOf(world, record), `${said} left a trace`).toEqual(before)
    }
  })
})

test('says whose eyes and till when, as long as it lasts', async () => {
  const me = (await looker.get('/me')).body
  expect(me).toMatchObject({ id: petrov.id, role: 'manager', look: { headId: head.id } })
  expect(Date.parse(me.look.until) - Date.now()).toBeLessThanOrEqual(3_600_000)
  expect((await petrov.get('/me')).body.look).toBeNull()
})

test('sees nothing that is the person’s own and no client’s', async () => {
  const entry = (await petrov.post('/activities', { kind: 'note', text: 'К зубному' })).body
  const view = { screen: 'clients', name: 'Мой отбор', definition: {} }
  await petrov.post('/views', view)
  await petrov.post('/clients/exports', { format: 'csv', columns: ['name'], language: 'ru' })
  expect((await petrov.get(`/activities/${entry.id}`)).status).toBe(200)
  expect((await looker.get(`/activities/${entry.id}`)).status).toBe(404)
  expect((await petrov.get('/activities')).raw.includes('К зубному')).toBe(true)
  for (const path of ['/activities', '/my-day', '/change-sets', '/calendar?from=2020-01-01&to=2030-01-01'])
    expect((await looker.get(path)).raw.includes('К зубному'), path).toBe(false)
  expect((await looker.get('/jobs')).body.items).toEqual([])
  expect((await looker.get('/views?screen=clients')).raw.includes('Мой отбор')).toBe(false)
  expect((await looker.get('/sessions')).status).toBe(403)
})

test('hears what the person hears, and no alarm; back to himself he hears as a head again', async () => {
  const other = await inBrowser(head)
  await other.put('/session/look', { userId: petrov.id })
  const ear = await listenAs(world.app, other)
  const hidden = (await head.post('/clients', { name: 'Не для Петрова' })).body
  const seen = (await petrov.post('/clients', { name: 'Для Петрова' })).body
  await ear.heard(({ data }) => data.id === seen.id)
  expect(ear.text()).not.toContain(hidden.id)
  await other.del('/session/look')
  await ear.ended
  const again = await listenAs(world.app, other)
  const later = (await head.post('/clients', { name: 'Не для Петрова снова' })).body
  await again.heard(({ data }) => data.id === later.id)
  again.close()
})

test('the journal of heads tells who looked as whom; the person looked at is told nothing', async () => {
  const other = await inBrowser(head)
  await other.put('/session/look', { userId: petrov.id })
  await other.del('/session/look')
  const acts = (await head.get('/change-sets?act=look.begin,look.end')).body.items
  expect(acts.slice(0, 2)).toMatchObject([
    { act: 'look.end', authorId: head.id, details: { userId: petrov.id, name: petrov.name } },
    { act: 'look.begin', authorId: head.id, details: { userId: petrov.id, until: expect.any(String) } },
  ])
  expect((await petrov.get('/change-sets?act=look.begin,look.end')).body.items).toEqual([])
  expect((await other.get('/me')).body).toMatchObject({ id: head.id, look: null })
})

test('nobody but a head looks, in his browser, and only as who works with clients and is no head', async () => {
  const other = await world.person('head')
  for (const person of [petrov, admin])
    expect((await (await inBrowser(person)).put('/session/look', { userId: petrov.id })).status).toBe(403)
  expect((await head.put('/session/look', { userId: petrov.id })).status).toBe(403)
  const browser = await inBrowser(head)
  for (const person of [other, admin, head])
    expect((await browser.put('/session/look', { userId: person.id })).status).toBe(404)
  await world.sql('update users set active = false where id = $1', [other.id])
  expect((await browser.put('/session/look', { userId: other.id })).status).toBe(404)
})

test('it ends by itself after its hour, with the dismissal of the person, with the right of the head and with the session', async () => {
  const lent = await world.person('manager')
  const other = await world.person('head')
  const browser = await inBrowser(other)
  const look = () => browser.put('/session/look', { userId: lent.id })
  await look()
  await world.sql(`update auth.sessions set looks_until = now() where looks_as = $1`, [lent.id])
  // Another process may hold its hint for seconds; the database does not.
  forgetHints()
  expect((await browser.get('/me')).body.id).toBe(other.id)
  await look()
  await world.sql('update users set active = false where id = $1', [lent.id])
  expect((await browser.get('/clients')).status).toBe(401)
  await world.sql('update users set active = true where id = $1', [lent.id])
  expect((await browser.get('/clients')).status).toBe(200)
  await world.sql(`update users set role = 'manager' where id = $1`, [other.id])
  expect((await browser.get('/clients')).status).toBe(401)
})

test('the database refuses every write of a session that looks, whatever the process believes', async () => {
  const write = asCaller(world.app.kernel.database.app, { token: hashToken(looker.token) }, (tx) =>
    rowsOf(tx, `insert into change_sets (author_id, act) values (caller_id(), 'client.update')`),
  )
  await expect(write).rejects.toMatchObject({ code: '25006' })
})
