import { beforeAll, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'

const world = testWorld()
let head: Person
let admin: Person
let manager: Person
beforeAll(async () => {
  head = await world.person('head')
  admin = await world.person('admin')
  manager = await world.person('manager')
})

let count = 0
const draft = (role = 'manager') => ({ email: `invited${++count}@example.test`, name: 'Анна Орлова', role })
const tokenOf = (link: string) => link.split('/').at(-1)!
const cookieOf = (answer: { headers: Record<string, unknown> }) =>
  String(answer.headers['set-cookie']).split(';')[0]!

test('everybody sees his colleagues', async () => {
  for (const person of [head, admin, manager]) {
    const { status, body } = await person.get('/users')
    expect(status).toBe(200)
    expect(body.map(({ id }: { id: string }) => id)).toContain(head.id)
  }
  expect((await world.stranger.get('/users')).status).toBe(401)
})

test('an invited colleague opens his link once, chooses a password and is in', async () => {
  const invited = await head.post('/users', draft())
  expect(invited.status).toBe(201)
  expect(invited.body.user).toMatchObject({ role: 'manager', active: true, mayExport: false })
  expect(invited.body.link).toMatch(/^http:\/\/localhost(:80)?\/invitation\/[\w-]{32}$/)
  const token = tokenOf(invited.body.link)
  const [kept] = await world.sql<{ row: string }>('select i::text as row from auth.invitations i')
  expect(kept!.row).not.toContain(token)

  const seen = await world.stranger.get(`/invitations/${token}`)
  expect(seen.body).toEqual({
    email: invited.body.user.email,
    name: 'Анна Орлова',
    purpose: 'invitation',
    company: 'Проба',
  })
  const short = await world.stranger.post(`/invitations/${token}/acceptance`, { password: 'short' })
  expect(short.status).toBe(422)
  const accepted = await world.stranger.post(`/invitations/${token}/acceptance`, {
    password: 'a long new password',
  })
  expect(accepted.status).toBe(200)
  const me = await world.stranger.call('GET', '/me', undefined, { cookie: cookieOf(accepted) })
  expect(me.body.id).toBe(invited.body.user.id)

  expect((await world.stranger.get(`/invitations/${token}`)).status).toBe(404)
  expect(
    (await world.stranger.post(`/invitations/${token}/acceptance`, { password: 'a long new password' }))
      .status,
  ).toBe(404)
})

test('of two who open one link at once one gets in', async () => {
  const { body } = await head.post('/users', draft())
  const path = `/invitations/${tokenOf(body.link)}/acceptance`
  const answers = await Promise.all(
    [1, 2, 3].map((n) => world.stranger.post(path, { password: `password number ${n}` })),
  )
  expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 404, 404])
})

test('a link of the day before yesterday week, an older one and a made-up one are dead', async () => {
  const { body } = await head.post('/users', draft())
  const again = await head.post(`/users/${body.user.id}/links`)
  expect(again.status).toBe(201)
  expect((await world.stranger.get(`/invitations/${tokenOf(body.link)}`)).status).toBe(404)
  const token = tokenOf(again.body.link)
  expect((await world.stranger.get(`/invitations/${token}`)).status).toBe(200)
  await world.sql(`update auth.invitations set expires_at = now() where user_id = $1`, [body.user.id])
  expect((await world.stranger.get(`/invitations/${token}`)).status).toBe(404)
  expect((await world.stranger.get('/invitations/made-up')).status).toBe(404)
})

test('a forgotten password is set anew by a link, and every session of the person ends', async () => {
  const person = await world.person('manager')
  const [{ email }] = (await world.sql<{ email: string }>('select email from users where id = $1', [
    person.id,
  ])) as [{ email: string }]
  const old = cookieOf(await world.stranger.post('/session', { email, password: 'correct horse battery' }))
  const { body } = await admin.post(`/users/${person.id}/links`)
  expect((await world.stranger.get(`/invitations/${tokenOf(body.link)}`)).body.purpose).toBe('reset')
  await world.stranger.post(`/invitations/${tokenOf(body.link)}/acceptance`, {
    password: 'a long new password',
  })
  expect((await world.stranger.call('GET', '/me', undefined, { cookie: old })).status).toBe(401)
  expect((await world.stranger.post('/session', { email, password: 'a long new password' })).status).toBe(200)
})

test('only head and admin change people', async () => {
  const teamHead = await world.person('team-head', { team: 'Север' })
  for (const person of [manager, teamHead]) {
    expect((await person.post('/users', draft())).status).toBe(403)
    expect((await person.patch(`/users/${person.id}`, { role: 'head' })).status).toBe(403)
    expect((await person.patch(`/users/${head.id}`, { active: false })).status).toBe(403)
    expect((await person.post(`/users/${head.id}/links`)).status).toBe(403)
    expect((await person.post('/teams', { name: 'Моя' })).status).toBe(403)
  }
  expect((await world.stranger.post('/users', draft())).status).toBe(401)
})

test('a taken e-mail is told in whatever case', async () => {
  const first = draft()
  await head.post('/users', first)
  const again = await head.post('/users', { ...first, email: first.email.toUpperCase() })
  expect(again.status).toBe(409)
  expect(again.body.type).toBe('email-taken')
})

test('every field of a draft that does not fit is told', async () => {
  const { status, body } = await head.post('/users', { email: 'no', name: ' ', role: 'boss' })
  expect(status).toBe(422)
  expect(body.errors.map(({ path }: { path: string }) => path).toSorted()).toEqual(['email', 'name', 'role'])
})

test('an admin invites and dismisses, but makes no head, touches no head and makes himself none', async () => {
  expect((await admin.post('/users', draft('head'))).status).toBe(403)
  expect((await admin.patch(`/users/${admin.id}`, { role: 'head' })).status).toBe(403)
  expect((await admin.patch(`/users/${head.id}`, { active: false })).status).toBe(403)
  expect((await admin.post(`/users/${head.id}/links`)).status).toBe(403)
  const { body } = await admin.post('/users', draft())
  expect((await admin.patch(`/users/${body.user.id}`, { role: 'head' })).status).toBe(403)
  expect((await admin.patch(`/users/${body.user.id}`, { role: 'team-head', active: false })).status).toBe(200)
})

test('a head makes another head', async () => {
  const { body } = await head.post('/users', draft())
  const promoted = await head.patch(`/users/${body.user.id}`, { role: 'head' })
  expect(promoted.body).toMatchObject({ role: 'head', mayExport: true })
  await head.patch(`/users/${body.user.id}`, { role: 'manager' })
})

test('the last active head can be neither dismissed nor made something else', async () => {
  const lonely = await world.person('head')
  await world.sql(`update users set role = 'manager' where role = 'head' and id <> $1`, [lonely.id])
  for (const change of [{ active: false }, { role: 'manager' }]) {
    const { status, body } = await lonely.patch(`/users/${lonely.id}`, change)
    expect(status).toBe(409)
    expect(body.type).toBe('last-head')
  }
  await world.sql(`update users set role = 'head' where id = $1`, [head.id])
})

test('two heads who dismiss each other at the same moment do not leave the company without one', async () => {
  const [a, b] = [await world.person('head'), await world.person('head')]
  await world.sql(`update users set role = 'manager' where role = 'head' and id <> all ($1)`, [[a.id, b.id]])
  const answers = await Promise.all([
    a.patch(`/users/${b.id}`, { role: 'manager' }),
    b.patch(`/users/${a.id}`, { role: 'manager' }),
  ])
  expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1)
  expect(await world.sql(`select 1 from users where role = 'head' and active`)).toHaveLength(
    2 - answers.filter(({ status }) => status === 200).length,
  )
  await world.sql(`update users set role = 'head' where id = $1`, [head.id])
})

test('sessions and tokens of a dismissed person end at once and do not come back with him', async () => {
  const person = await world.person('manager')
  expect((await person.get('/me')).status).toBe(200)
  const gone = await head.patch(`/users/${person.id}`, { active: false })
  expect(gone.body.active).toBe(false)
  expect((await person.get('/me')).status).toBe(401)
  expect((await person.get('/sessions')).status).toBe(401)
  const [{ email }] = (await world.sql<{ email: string }>('select email from users where id = $1', [
    person.id,
  ])) as [{ email: string }]
  expect((await world.stranger.post('/session', { email, password: 'correct horse battery' })).status).toBe(
    401,
  )
  expect((await head.post(`/users/${person.id}/links`)).status).toBe(404)
  await head.patch(`/users/${person.id}`, { active: true })
  expect((await person.get('/me')).status).toBe(401)
  expect((await world.stranger.post('/session', { email, password: 'correct horse battery' })).status).toBe(
    200,
  )
})

test('a change of role holds from the next request', async () => {
  const person = await world.person('manager')
  expect((await person.post('/teams', { name: 'Юг' })).status).toBe(403)
  await head.patch(`/users/${person.id}`, { role: 'admin' })
  expect((await person.post('/teams', { name: 'Юг' })).status).toBe(201)
})

test('what a PATCH does not name stays; a team is left with null', async () => {
  const team = (await head.post('/teams', { name: 'Восток' })).body
  const person = await world.person('manager')
  const joined = await head.patch(`/users/${person.id}`, { teamId: team.id, mayExport: true })
  expect(joined.body).toMatchObject({ name: person.name, role: 'manager', teamId: team.id, mayExport: true })
  expect((await head.patch(`/users/${person.id}`, { name: 'Иная' })).body).toMatchObject({
    teamId: team.id,
    mayExport: true,
  })
  expect((await head.patch(`/users/${person.id}`, { teamId: null })).body.teamId).toBe(null)
  expect((await head.patch(`/users/${team.id}`, { name: 'x' })).status).toBe(404)
})

test('a team with people in it stays; an empty one goes', async () => {
  const team = (await head.post('/teams', { name: 'Запад' })).body
  const person = await world.person('manager')
  await head.patch(`/users/${person.id}`, { teamId: team.id })
  expect((await head.del(`/teams/${team.id}`)).body.type).toBe('team-not-empty')
  await head.patch(`/users/${person.id}`, { teamId: null })
  expect((await head.patch(`/teams/${team.id}`, { name: 'Крайний Запад' })).body.name).toBe('Крайний Запад')
  expect((await head.del(`/teams/${team.id}`)).status).toBe(204)
  expect((await head.del(`/teams/${team.id}`)).status).toBe(404)
  expect((await head.patch(`/teams/${team.id}`, { name: 'x' })).status).toBe(404)
  expect((await manager.get('/teams')).body.map(({ name }: { name: string }) => name)).not.toContain(
    'Крайний Запад',
  )
})

test('a person changes his own name, language and time zone and nothing else', async () => {
  const person = await world.person('manager')
  const changed = await person.patch('/me', {
    name: 'Пётр',
    language: 'en',
    timeZone: 'Asia/Omsk',
    role: 'head',
    mayExport: true,
  })
  expect(changed.body).toMatchObject({
    name: 'Пётр',
    language: 'en',
    timeZone: 'Asia/Omsk',
    role: 'manager',
    mayExport: false,
  })
  expect((await person.patch('/me', { timeZone: 'Moscow/Mars' })).status).toBe(422)
  expect((await person.patch('/me', { timeZone: '+03:00' })).status).toBe(422)
  expect((await person.patch('/me', { timeZone: null })).body.timeZone).toBe(null)
})

test('problems speak the language a person chose, whatever his browser says', async () => {
  const person = await world.person('manager')
  const missing = `/teams/${person.id}`
  const russian = { 'accept-language': 'ru,en;q=0.5' }
  expect((await person.call('DELETE', missing, undefined, russian)).body.title).toBe(
    'Ваша роль этого не позволяет.',
  )
  await person.patch('/me', { language: 'en' })
  expect((await person.call('DELETE', missing, undefined, russian)).body.title).toBe(
    'Your role does not allow this.',
  )
  const stranger = await world.stranger.call('GET', '/me', undefined, {
    'accept-language': 'de-DE,de;q=0.9,en;q=0.8',
  })
  expect(stranger.body.title).toBe('Sign in.')
})
