import { afterAll, beforeAll, expect, test } from 'vitest'
import { type MailServer, startMailServer } from '#app/testing-mail.ts'
import { type Person, testWorld } from '#app/testing.ts'
import { journalOf, password, somebody, TestBrowser } from '#app/testing-sign-in.ts'

const world = testWorld({ kernel: async () => ({ publicUrl: 'http://localhost' }) })
let head: Person
let mail: MailServer

beforeAll(async () => {
  head = await world.person('head')
  mail = await startMailServer()
  const account = { host: '127.0.0.1', port: mail.port, security: 'none', checkCertificate: true }
  const sender = { userName: null, senderName: 'Ромашка', senderAddress: 'base@example.test', perHour: 200 }
  expect((await head.put('/mail', { ...account, ...sender })).status).toBe(200)
})
afterAll(() => mail.stop())

const lettersTo = (email: string) => mail.letters.filter(({ to }) => to.includes(email))
const linkIn = (text: string) => /http:\/\/localhost\/not-me\/([\w-]+)/.exec(text)![1]!

test('a sign-in from a new device is told by letter; «это не я» ends every session and voids the password', async () => {
  const person = await somebody(world)
  const own = new TestBrowser(world)
  await own.signIn(person.email)
  await mail.received(1)
  const thief = new TestBrowser(
    world,
    'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36',
  )
  await thief.signIn(person.email)
  const { body: made } = await thief.send('POST', '/tokens', { name: 'увести' })
  const letters = await mail.received(2)
  const letter = letters[1]!
  expect(letter.subject).toBe('Вход в Картотеку с нового устройства')
  expect(letter.text).toContain(`Chrome, Windows, адрес ${thief.address}`)
  const token = linkIn(letter.text)

  const shown = await world.stranger.get(`/denials/${token}`)
  expect(shown.body).toMatchObject({ address: thief.address })
  const { status, body } = await world.stranger.post(`/denials/${token}`)
  expect(status).toBe(200)
  expect([await own.whoAmI(), await thief.whoAmI()]).toEqual([401, 401])
  const stolen = { authorization: `Bearer ${made.token}` }
  expect((await world.stranger.call('GET', '/me', undefined, stolen)).status).toBe(401)
  // Keys of programs from before that sign-in go on.
  expect((await person.get('/me')).status).toBe(200)
  expect((await thief.signIn(person.email)).status).toBe(401)
  expect((await world.stranger.post(`/denials/${token}`)).status).toBe(404)
  expect((await journalOf(world, person.id))[0]).toMatchObject({
    kind: expect.stringMatching(/failure|denied/),
  })

  const next = 'another horse battery'
  const accepted = await own.send('POST', `/invitations/${body.invitation}/acceptance`, { password: next })
  expect(accepted.body).toEqual({ id: person.id })
  expect(await own.whoAmI()).toBe(200)
  expect((await thief.send('POST', '/session', { email: person.email, password })).status).toBe(401)
})

test('a device met before gets no letter, and a link in a letter never follows the Host of the request', async () => {
  const person = await somebody(world)
  const browser = new TestBrowser(world)
  await browser.send('POST', '/session', { email: person.email, password }, { host: 'evil.example' })
  const waiting = () =>
    world.sql<{ body: string }>('select body from letters where user_id = $1', [person.id])
  const [letter, ...more] = await waiting()
  expect(more).toEqual([])
  expect(letter!.body).toContain('http://localhost/not-me/')
  expect(letter!.body).not.toContain('evil.example')
  await browser.signIn(person.email)
  expect(await waiting()).toHaveLength(1)
  await mail.received(mail.letters.length)
  expect(lettersTo(person.email).length).toBeLessThanOrEqual(1)
})

test('the token of a link is not in the base', async () => {
  const person = await somebody(world)
  await new TestBrowser(world).signIn(person.email)
  const [letter] = await world.sql<{ body: string }>('select body from letters where user_id = $1', [
    person.id,
  ])
  const token = linkIn(letter!.body)
  const rows = await world.sql<{ row: string }>(
    'select d::text as row from auth.denials d where user_id = $1',
    [person.id],
  )
  expect(rows).toHaveLength(1)
  expect(rows[0]!.row).not.toContain(token)
})
