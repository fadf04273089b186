import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import { type Answer, testWorld } from '#app/testing.ts'

const world = testWorld()
const password = 'correct horse battery'
let addresses = 0

/** From an address of its own, so that the limits of one test are not those of another. */
const from = () => ({ remoteAddress: `10.1.${++addresses >> 8}.${addresses & 255}` })

async function send(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  options: {
    body?: object
    cookie?: string
    headers?: Record<string, string>
    at?: { remoteAddress: string }
  } = {},
): Promise<Answer> {
  const response = await world.app.inject({
    method,
    url: `/api${path}`,
    headers: { ...(options.cookie && { cookie: options.cookie }), ...options.headers },
    ...(options.body && { payload: options.body }),
    ...(options.at ?? from()),
  })
  const text = response.body
  return {
    status: response.statusCode,
    body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text,
    headers: response.headers as Answer['headers'],
    raw: response.rawPayload,
  }
}

const emailOf = async (id: string) =>
  (await world.sql<{ email: string }>('select email from users where id = $1', [id]))[0]!.email

const cookieOf = (answer: Answer) => String([answer.headers['set-cookie']].flat()[0]).split(';')[0]!

async function signedIn() {
  const person = await world.person('manager')
  const email = await emailOf(person.id)
  const answer = await send('POST', '/session', { body: { email, password } })
  return { person, email, answer, cookie: cookieOf(answer) }
}

test('e-mail and password open a session in a cookie that scripts and other sites cannot use', async () => {
  const { person, answer, cookie } = await signedIn()
  expect(answer.status).toBe(200)
  expect(answer.body).toEqual({ id: person.id })
  const set = String([answer.headers['set-cookie']].flat()[0])
  expect(set).toMatch(/^kartoteka=[\w-]{43}; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Lax$/)
  const me = await send('GET', '/me', { cookie })
  expect(me.body).toMatchObject({
    id: person.id,
    role: 'manager',
    company: { name: 'Проба', cityCode: '495' },
  })
})

test('over TLS the cookie is for TLS alone', async () => {
  const person = await world.person('manager')
  const email = await emailOf(person.id)
  const kernel = world.app.kernel
  kernel.publicUrl = 'https://base.example.ru'
  const answer = await send('POST', '/session', {
    body: { email, password },
    headers: { host: 'base.example.ru' },
  })
  kernel.publicUrl = null
  expect(String(answer.headers['set-cookie'])).toContain('Secure')
})

test('the e-mail is known in any case and with spaces around', async () => {
  const { email } = await signedIn()
  expect(
    (await send('POST', '/session', { body: { email: ` ${email.toUpperCase()} `, password } })).status,
  ).toBe(200)
})

test('a wrong password and an unknown e-mail get the same answer', async () => {
  const { email } = await signedIn()
  const wrong = await send('POST', '/session', { body: { email, password: 'wrong horse battery' } })
  const unknown = await send('POST', '/session', { body: { email: 'nobody@example.test', password } })
  expect(wrong.status).toBe(401)
  expect(unknown.status).toBe(401)
  expect(unknown.body).toEqual(wrong.body)
})

test('an unknown e-mail takes as long as a known one', async () => {
  const { email } = await signedIn()
  const took = { known: [] as number[], unknown: [] as number[] }
  const measure = async (times: number[], given: string) => {
    const start = performance.now()
    await send('POST', '/session', { body: { email: given, password: 'wrong horse battery' } })
    times.push(performance.now() - start)
  }
  // In turn, so that a busy moment of the machine falls on both.
  for (let i = 0; i < 9; i++) {
    await measure(took.known, email)
    await measure(took.unknown, 'nobody-at-all@example.test')
  }
  const [known, unknown] = [took.known, took.unknown].map((times) => times.toSorted((a, b) => a - b)[4]!)
  // Without the same hashing the ratio is above five.
  expect(Math.max(known!, unknown!) / Math.min(known!, unknown!)).toBeLessThan(3)
})

test('after ten failures from one address an account is closed there for a while, also to the right password', async () => {
  const { email } = await signedIn()
  const at = from()
  for (let i = 0; i < 10; i++) {
    expect(
      (await send('POST', '/session', { body: { email, password: 'wrong horse battery' }, at })).status,
    ).toBe(401)
  }
  const closed = await send('POST', '/session', { body: { email, password }, at })
  expect(closed.status).toBe(429)
  expect(closed.body.title).toContain('15 минут')
  await world.sql(`update auth.attempts set since = now() - interval '16 minutes'`)
  expect((await send('POST', '/session', { body: { email, password }, at })).status).toBe(200)
})

test('a stranger who guesses at an account does not keep its person out', async () => {
  const { email } = await signedIn()
  const at = from()
  for (let i = 0; i < 30; i++)
    await send('POST', '/session', { body: { email, password: 'wrong horse battery' }, at })
  expect((await send('POST', '/session', { body: { email, password }, at })).status).toBe(429)
  expect((await send('POST', '/session', { body: { email, password } })).status).toBe(200)
})

test('a hundred failures for one account from ever new addresses close it everywhere', async () => {
  const { email } = await signedIn()
  await send('POST', '/session', { body: { email, password: 'wrong horse battery' } })
  await world.sql(`update auth.attempts set failures = 100 where key = $1`, [`account:${email}`])
  expect((await send('POST', '/session', { body: { email, password } })).status).toBe(429)
})

test('tries all at once pass the limit no better than tries in turn', async () => {
  const { email } = await signedIn()
  const at = from()
  const answers = await Promise.all(
    Array.from({ length: 25 }, () =>
      send('POST', '/session', { body: { email, password: 'wrong horse battery' }, at }),
    ),
  )
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
})

test('one address that tries many accounts is stopped after fifty failures', async () => {
  const at = from()
  const answers = []
  for (let i = 0; i < 52; i++) {
    answers.push(
      await send('POST', '/session', { body: { email: `someone${i}@example.test`, password }, at }),
    )
  }
  expect(answers.filter(({ status }) => status === 401)).toHaveLength(50)
  expect(answers.at(-1)!.status).toBe(429)
})

test('a new sign-in is a new token, and the one it came with ends', async () => {
  const { email, cookie } = await signedIn()
  const again = await send('POST', '/session', { body: { email, password }, cookie })
  expect(cookieOf(again)).not.toBe(cookie)
  expect((await send('GET', '/me', { cookie })).status).toBe(401)
  expect((await send('GET', '/me', { cookie: cookieOf(again) })).status).toBe(200)
})

test('signing out holds from the next statement on and takes the cookie away', async () => {
  const { cookie } = await signedIn()
  expect((await send('GET', '/me', { cookie })).status).toBe(200)
  const out = await send('DELETE', '/session', { cookie })
  expect(out.status).toBe(204)
  expect(String(out.headers['set-cookie'])).toMatch(/kartoteka=;/)
  expect((await send('GET', '/me', { cookie })).status).toBe(401)
  expect((await send('GET', '/sessions', { cookie })).status).toBe(401)
})

test('sessions and tokens are listed with where they are from, and end at once when revoked', async () => {
  const { email, cookie } = await signedIn()
  const other = cookieOf(
    await send('POST', '/session', { body: { email, password }, headers: { 'user-agent': 'Firefox' } }),
  )
  const list = (await send('GET', '/sessions', { cookie })).body
  expect(list).toHaveLength(3)
  expect(list.filter((row: { current: boolean }) => row.current)).toHaveLength(1)
  const firefox = list.find((row: { agent: string }) => row.agent === 'Firefox')
  expect(firefox).toMatchObject({ kind: 'session', current: false })
  expect(firefox.address).toMatch(/^10\.1\./)
  expect((await send('DELETE', `/sessions/${firefox.id}`, { cookie })).status).toBe(204)
  expect((await send('GET', '/me', { cookie: other })).status).toBe(401)
})

test('a session of somebody else is not found', async () => {
  const [mine, his] = [await signedIn(), await signedIn()]
  const [session] = (await send('GET', '/sessions', { cookie: his.cookie })).body
  expect((await send('DELETE', `/sessions/${session.id}`, { cookie: mine.cookie })).status).toBe(404)
  expect((await send('GET', '/me', { cookie: his.cookie })).status).toBe(200)
})

test('an API token is shown once, kept as sha256 and works until revoked', async () => {
  const { cookie } = await signedIn()
  const made = await send('POST', '/tokens', { body: { name: 'выгрузка' }, cookie })
  expect(made.status).toBe(201)
  const { token } = made.body
  const bearer = { authorization: `Bearer ${token}` }
  expect((await send('GET', '/me', { headers: bearer })).status).toBe(200)
  const [kept] = await world.sql<{ row: string }>(
    `select s::text as row from auth.sessions s where name = 'выгрузка'`,
  )
  expect(kept!.row).not.toContain(token)
  const list = (await send('GET', '/sessions', { cookie })).body
  expect(JSON.stringify(list)).not.toContain(token)
  const row = list.find(({ name }: { name: string }) => name === 'выгрузка')
  expect((await send('DELETE', `/sessions/${row.id}`, { cookie })).status).toBe(204)
  expect((await send('GET', '/me', { headers: bearer })).status).toBe(401)
})

test('an expired session is no session', async () => {
  const { cookie } = await signedIn()
  await world.sql(`update auth.sessions set expires_at = now() - interval '1 second' where kind = 'session'`)
  expect((await send('GET', '/me', { cookie })).status).toBe(401)
})

test('a password is changed with the present one; every other session ends, this one and the tokens stay', async () => {
  const { person, email, cookie } = await signedIn()
  const other = cookieOf(await send('POST', '/session', { body: { email, password } }))
  const next = 'another horse battery'
  const wrong = await send('PUT', '/me/password', { body: { current: 'not mine', next }, cookie })
  expect(wrong.status).toBe(422)
  expect(wrong.body.errors).toEqual([{ path: 'current', message: 'Это не ваш нынешний пароль.' }])
  expect((await send('PUT', '/me/password', { body: { current: password, next }, cookie })).status).toBe(204)
  expect((await send('GET', '/me', { cookie: other })).status).toBe(401)
  expect((await send('GET', '/me', { cookie })).status).toBe(200)
  expect((await person.get('/me')).status).toBe(200)
  expect((await send('POST', '/session', { body: { email, password } })).status).toBe(401)
  expect((await send('POST', '/session', { body: { email, password: next } })).status).toBe(200)
})

test('the present password cannot be guessed at an open screen', async () => {
  const { cookie } = await signedIn()
  const body = { current: 'not mine either', next: 'another horse battery' }
  const answers = []
  for (let i = 0; i < 11; i++) answers.push(await send('PUT', '/me/password', { body, cookie }))
  expect(answers.at(-1)!.status).toBe(429)
})

test('a new password has eight characters at least', async () => {
  const { cookie } = await signedIn()
  const short = await send('PUT', '/me/password', { body: { current: password, next: 'short' }, cookie })
  expect(short.status).toBe(422)
  expect(short.body.errors[0].path).toBe('next')
})

test('without a sign, with a made-up one or a broken one the answer is 401', async () => {
  const made = randomBytes(32).toString('base64url')
  expect((await send('GET', '/me')).status).toBe(401)
  expect((await send('GET', '/me', { cookie: `kartoteka=${made}` })).status).toBe(401)
  expect((await send('GET', '/me', { headers: { authorization: 'Bearer ' } })).status).toBe(401)
  expect((await send('GET', '/me', { headers: { authorization: `Basic ${made}` } })).status).toBe(401)
})

test('a write signed by the cookie is refused where it comes from a foreign page', async () => {
  const { cookie } = await signedIn()
  const foreign = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: 'http://localhost:81' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ]
  for (const headers of foreign) {
    const answer = await send('POST', '/tokens', { body: { name: 'x' }, cookie, headers: headers as never })
    expect(answer.status, JSON.stringify(headers)).toBe(403)
    expect(answer.body.type).toBe('foreign-origin')
  }
  const own = { origin: 'http://localhost:80' }
  expect((await send('POST', '/tokens', { body: { name: 'x' }, cookie, headers: own })).status).toBe(201)
})

test('signing in from a foreign page is refused too', async () => {
  const { email } = await signedIn()
  const answer = await send('POST', '/session', {
    body: { email, password },
    headers: { origin: 'https://evil.example' },
  })
  expect(answer.status).toBe(403)
})

test('a program signs with a bearer and needs no Origin', async () => {
  const person = await world.person('manager')
  const answer = await person.call('POST', '/tokens', { name: 'x' }, { origin: 'https://elsewhere.example' })
  expect(answer.status).toBe(201)
})

test('nobody signs himself up', async () => {
  const before = await world.sql('select count(*) from users')
  const body = { email: 'new@example.test', name: 'Новый', role: 'head', password }
  for (const path of ['/users', '/accounts', '/sign-up', '/register', '/setup']) {
    const answer = await send('POST', path, {
      body: { ...body, head: body, timeZone: 'Europe/Moscow', cityCode: '495', language: 'ru' },
    })
    expect([401, 404, 409], path).toContain(answer.status)
  }
  expect(await world.sql('select count(*) from users')).toEqual(before)
})
