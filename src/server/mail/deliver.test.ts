import { fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import tls from 'node:tls'
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type MailServer, startMailServer, testCertificate } from '#app/testing-mail.ts'
import { type Person, testWorld } from '#app/testing.ts'
import { deliverLetters } from './deliver.ts'
import { post } from './outbox.ts'
import { seal, unseal } from '#server/sealed.ts'

const world = testWorld()
const secret = Buffer.alloc(32, 7)
let head: Person
let server: MailServer
/** The clock of these tests. */
let now: Date

const account = (more: object = {}) => ({
  host: '127.0.0.1',
  port: server.port,
  security: 'none',
  checkCertificate: true,
  userName: null,
  senderName: 'Ромашка',
  senderAddress: 'base@example.test',
  perHour: 200,
  ...more,
})
const setUp = async (more: object = {}) => {
  const answer = await head.call('PUT', '/mail', account(more))
  expect(answer.status, JSON.stringify(answer.body)).toBe(200)
}
const owner = () => world.app.kernel.database.owner
const deliver = () => deliverLetters(owner(), secret, () => now)
const letter = (key: string, more: object = {}) => ({
  key,
  userId: head.id,
  address: 'boss@example.test',
  name: 'Глеб «Главный»',
  subject: `План на день: ${key}`,
  blocks: [{ heading: 'Сегодня' }, { list: [{ text: 'Позвонить <Ромашке> & Ко' }] }],
  expiresAt: new Date(now.getTime() + 86_400_000),
  ...more,
})
/** Written past the queue, so that a test decides when it is delivered. */
const put = async (key: string, more: object = {}) => {
  await post(owner(), letter(key, more), now)
  await world.sql(`select graphile_worker.remove_job('mail_deliver')`)
}
const rows = () =>
  world.sql<{
    id: string
    key: string
    status: string
    tries: number
    problem: { ru: string } | null
    next_try_at: string
  }>('select id, key, status, tries, problem, next_try_at from letters order by id')
const later = (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000))

beforeAll(async () => {
  head = await world.person('head', { name: 'Глеб' })
  // The queue of this world would deliver by the computer's clock: it is these tests that deliver.
  await world.app.kernel.jobs.stop()
})
beforeEach(async () => {
  now = new Date('2026-11-25T06:00:00Z')
  await world.sql('truncate letters')
})
afterEach(async () => {
  await server?.stop()
})

describe('a letter', () => {
  test('leaves once with its words as they were written, in text and in HTML', async () => {
    server = await startMailServer()
    await setUp()
    await put('утро')
    await put('утро')
    expect(await deliver()).toEqual({ sent: 1, failed: 0, waiting: 0 })
    expect(await deliver()).toEqual({ sent: 0, failed: 0, waiting: 0 })
    const [stored] = await rows()
    expect(server.letters).toMatchObject([
      {
        from: 'base@example.test',
        to: ['boss@example.test'],
        subject: 'План на день: утро',
        messageId: `<${stored!.id}@example.test>`,
        text: 'СЕГОДНЯ\n\n- Позвонить <Ромашке> & Ко\n',
      },
    ])
    expect(server.letters[0]!.html).toContain('Позвонить &lt;Ромашке&gt; &amp; Ко')
    expect(stored).toMatchObject({ status: 'sent', tries: 1 })
  })

  test('waits and is tried again where the server asks to come later', async () => {
    let refusals = 2
    server = await startMailServer({
      onRcptTo: (_, _session, done) =>
        refusals-- > 0
          ? done(Object.assign(new Error('4.2.0 greylisted, come again'), { responseCode: 450 }))
          : done(),
    })
    await setUp()
    await put('серый список')
    expect(await deliver()).toEqual({ sent: 0, failed: 0, waiting: 1 })
    expect(await deliver()).toEqual({ sent: 0, failed: 0, waiting: 0 })
    expect((await rows())[0]!.problem!.ru).toContain('greylisted, come again')
    later(1)
    expect(await deliver()).toEqual({ sent: 0, failed: 0, waiting: 1 })
    later(2)
    expect((await deliver()).waiting + server.letters.length).toBe(0)
    later(1)
    expect(await deliver()).toEqual({ sent: 1, failed: 0, waiting: 0 })
    expect((await rows())[0]).toMatchObject({ status: 'sent', tries: 3, problem: null })
  })

  test('is given up at once where its address is refused for good, and the next one leaves', async () => {
    server = await startMailServer({
      onRcptTo: ({ address }, _session, done) =>
        address.startsWith('nobody')
          ? done(Object.assign(new Error('5.1.1 no such user'), { responseCode: 550 }))
          : done(),
    })
    await setUp()
    await put('никому', { address: 'nobody@example.test' })
    await put('кому-то')
    expect(await deliver()).toEqual({ sent: 1, failed: 1, waiting: 0 })
    expect((await rows())[0]).toMatchObject({ status: 'failed' })
    expect((await rows())[0]!.problem!.ru).toMatch(/адрес получателя.*no such user/)
  })

  test('is tried alone while the server is away, and expires', async () => {
    server = await startMailServer()
    await setUp()
    await server.stop()
    await put('первое')
    await put('второе')
    expect(await deliver()).toEqual({ sent: 0, failed: 0, waiting: 1 })
    expect((await rows()).map(({ tries }) => tries)).toEqual([1, 0])
    later(60 * 25)
    expect(await deliver()).toEqual({ sent: 0, failed: 2, waiting: 0 })
    expect((await rows()).map(({ status }) => status)).toEqual(['failed', 'failed'])
  })

  test('keeps to the hour’s limit', async () => {
    server = await startMailServer()
    await setUp({ perHour: 3 })
    for (const key of ['1', '2', '3', '4', '5']) await put(key)
    expect(await deliver()).toEqual({ sent: 3, failed: 0, waiting: 0 })
    expect(await deliver()).toEqual({ sent: 0, failed: 0, waiting: 0 })
    later(61)
    expect(await deliver()).toEqual({ sent: 2, failed: 0, waiting: 0 })
    expect(server.letters).toHaveLength(5)
  })

  test('leaves once though several processes deliver', async () => {
    server = await startMailServer()
    await setUp()
    for (let at = 0; at < 12; at++) await put(String(at))
    await Promise.all([deliver(), deliver(), deliver(), deliver()])
    await deliver()
    expect(server.letters).toHaveLength(12)
    expect(new Set(server.letters.map(({ messageId }) => messageId)).size).toBe(12)
  })
})

test('killed with the letter in the server’s hands, the process loses nothing: it goes again under the same Message-ID', async () => {
  let taken = 0
  const seen: string[] = []
  server = await startMailServer({
    onData: (stream, _session, done) => {
      let raw = ''
      stream.on('data', (chunk: Buffer) => (raw += chunk.toString()))
      stream.on('end', () => {
        seen.push(/^message-id: (.*)$/im.exec(raw)![1]!.trim())
        // The first time the answer never comes.
        if (taken++ > 0) done()
      })
    },
  })
  await setUp()
  await put('роковое')
  const child = fork(join(import.meta.dirname, 'deliver-once.ts'), {
    env: { ...process.env, DELIVER: JSON.stringify({ owner: world.configs.owner, now }) },
    stdio: 'ignore',
  })
  for (let tries = 0; tries < 400 && taken === 0; tries++) await pause(25)
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect((await rows())[0]).toMatchObject({ status: 'sending', tries: 1 })
  for (let tries = 0; tries < 100 && (await deliver()).sent === 0; tries++) await pause(50)
  const [stored] = await rows()
  expect(stored).toMatchObject({ status: 'sent', tries: 2 })
  expect(seen).toEqual([`<${stored!.id}@example.test>`, `<${stored!.id}@example.test>`])
})

describe('the connection', () => {
  test('is protected as told: TLS from the start, STARTTLS, with a certificate that is known', async () => {
    tls.setDefaultCACertificates([...tls.getCACertificates('default'), testCertificate])
    server = await startMailServer({ secure: true })
    await setUp({ security: 'tls', userName: 'mail@example.test', password: 'correct' })
    await put('tls')
    expect(await deliver()).toMatchObject({ sent: 1 })
    expect(server.letters[0]!.secure).toBe(true)
    await server.stop()

    server = await startMailServer()
    await setUp({ security: 'starttls', userName: 'mail@example.test', password: 'correct' })
    await put('starttls')
    expect(await deliver()).toMatchObject({ sent: 1 })
    expect(server.letters[0]!.secure).toBe(true)
    await server.stop()

    tls.setDefaultCACertificates(tls.getCACertificates('bundled'))
    server = await startMailServer()
    await setUp({
      security: 'starttls',
      checkCertificate: false,
      userName: 'mail@example.test',
      password: 'correct',
    })
    await put('без проверки')
    expect(await deliver()).toMatchObject({ sent: 1 })
  })

  test('a password is never said to a server that offers no STARTTLS where it was asked for', async () => {
    let asked = false
    server = await startMailServer({
      hideSTARTTLS: true,
      onAuth: (_, _session, done) => {
        asked = true
        done(null, { user: 'x' })
      },
    })
    await setUp({ security: 'starttls', userName: 'mail@example.test', password: 'correct' })
    await put('открыто')
    expect(await deliver()).toMatchObject({ sent: 0, waiting: 1 })
    expect(asked).toBe(false)
  })
})

describe('a test letter', () => {
  const sent = async (more: object, address = 'me@example.test') => {
    await setUp(more)
    const { status, body } = await head.post('/mail/test', { address })
    return [status, body.type ?? body.messageId, body.title ?? ''] as [number, string, string]
  }

  test('comes at once, or says what was in the way', async () => {
    server = await startMailServer({
      authOptional: false,
      onMailFrom: ({ address }, _session, done) =>
        address === 'base@example.test'
          ? done()
          : done(Object.assign(new Error('5.7.1 not your address'), { responseCode: 553 })),
      onRcptTo: ({ address }, _session, done) =>
        address === 'me@example.test'
          ? done()
          : done(Object.assign(new Error('5.1.1 unknown'), { responseCode: 550 })),
    })
    const good = { userName: 'mail@example.test', password: 'correct' }
    const [status, messageId] = await sent(good)
    expect(status).toBe(200)
    expect(server.letters).toMatchObject([{ messageId, subject: 'Пробное письмо из Картотеки' }])
    expect((await sent({ ...good, password: 'wrong' })).slice(0, 2)).toEqual([422, 'mail-authentication'])
    expect((await sent({ ...good, senderAddress: 'other@example.test' })).slice(0, 2)).toEqual([
      422,
      'mail-sender-refused',
    ])
    const [, refused, sentence] = await sent(good, 'nobody@example.test')
    expect([refused, sentence]).toEqual([
      'mail-recipient-refused',
      expect.stringMatching(/^Сервер не принял адрес получателя \(.*unknown.*\)\.$/),
    ])
    expect((await sent({ ...good, security: 'tls' })).slice(0, 2)).toEqual([422, 'mail-tls'])
    expect((await sent({ ...good, security: 'starttls' })).slice(0, 2)).toEqual([422, 'mail-tls'])
    expect((await sent({ ...good, host: 'no-such-host.invalid' })).slice(0, 2)).toEqual([
      422,
      'mail-no-connection',
    ])
    const free = createServer().listen(0, '127.0.0.1')
    await once(free, 'listening')
    const { port } = free.address() as { port: number }
    free.close()
    expect((await sent({ ...good, port })).slice(0, 2)).toEqual([422, 'mail-no-connection'])
  })

  test('needs an account', async () => {
    server = await startMailServer()
    await setUp()
    expect((await head.del('/mail')).body.account).toBeNull()
    expect((await head.post('/mail/test', { address: 'me@example.test' })).body.type).toBe('mail-not-set')
  })
})

describe('the account', () => {
  beforeEach(async () => {
    server = await startMailServer()
  })

  test('takes a password and never gives it away', async () => {
    await setUp({ userName: 'mail@example.test', password: 'Тайна-1' })
    const { body } = await head.get('/mail')
    expect(body).toMatchObject({ passwordKept: true, account: { userName: 'mail@example.test' } })
    expect(JSON.stringify(body)).not.toContain('Тайна')
    const [stored] = await world.sql<{ password: Buffer }>('select password from mail_account')
    expect(stored!.password.toString('latin1')).not.toContain('Тайна')
    expect(unseal(secret, 'mail account', stored!.password)).toBe('Тайна-1')
    expect(unseal(Buffer.alloc(32, 8), 'mail account', stored!.password)).toBeNull()
    const refused = head.call('PUT', '/mail', account({ port: 0 }))
    expect((await refused).status).toBe(422)
  })

  test('keeps the password while the server and the name stay, and forgets it where they change', async () => {
    await setUp({ userName: 'mail@example.test', password: 'correct' })
    await setUp({ userName: 'mail@example.test', perHour: 50 })
    expect((await head.get('/mail')).body.passwordKept).toBe(true)
    await setUp({ userName: 'mail@example.test', host: 'mail.elsewhere.test' })
    expect((await head.get('/mail')).body.passwordKept).toBe(false)
  })

  test('the hours of letters are the company’s, and managers are told nothing of all this', async () => {
    const { body } = await head.patch('/mail/hours', { morningAt: '09:15', weekdays: [1, 2, 3] })
    expect(body.hours).toEqual({ morningAt: '09:15', dayAt: '18:30', weekdays: [1, 2, 3] })
    expect((await head.patch('/mail/hours', { dayAt: '25:00' })).status).toBe(422)
    const manager = await world.person('manager')
    for (const path of ['/mail', '/mail/letters']) expect((await manager.get(path)).status).toBe(403)
  })

  test('letters are listed with what became of them, not with what is in them', async () => {
    await setUp()
    await put('секрет')
    await deliver()
    const { body } = await head.get('/mail/letters')
    expect(body.items).toMatchObject([{ address: 'boss@example.test', status: 'sent', problem: null }])
    expect(JSON.stringify(body)).not.toContain('Ромашке')
    expect((await head.get('/mail/letters?status=failed')).body.items).toEqual([])
  })
})

test('what is sealed differs each time and opens whole', () => {
  const [one, other] = [seal(secret, 'mail account', 'пароль'), seal(secret, 'mail account', 'пароль')]
  expect(one.equals(other)).toBe(false)
  expect(unseal(secret, 'mail account', one)).toBe('пароль')
  one[one.length - 1]! ^= 1
  expect(unseal(secret, 'mail account', one)).toBeNull()
})
