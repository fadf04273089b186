import { generateKeyPairSync, randomUUID } from 'node:crypto'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { clientSecret, startProvider, type TestProvider } from '#app/testing-provider.ts'
import { testWorld } from '#app/testing.ts'
import { nothingOutside } from '#server/auth/outside/settings.ts'

const publicUrl = 'https://base.example.test'
let provider: TestProvider
let clock = 0

const world = testWorld({
  kernel: async () => {
    provider = await startProvider(publicUrl)
    return {
      publicUrl,
      now: () => new Date(Date.now() + clock),
      outside: {
        ...nothingOutside,
        provider: {
          issuer: provider.issuer,
          clientId: 'kartoteka',
          clientSecret,
          name: 'Учётка',
          scopes: 'openid email profile',
          groupsClaim: 'groups',
          emailTrusted: false,
          sessionHours: 12,
        },
      },
    }
  },
})
afterAll(() => provider.stop())
afterEach(() => {
  provider.lie = null
  clock = 0
})

let head: Awaited<ReturnType<typeof world.person>>
beforeAll(async () => {
  head = await world.person('head')
  await rules([{ group: 'sales', role: 'manager', teamId: null }])
})

const rules = async (list: object[], otherwise: string | null = null) => {
  const answer = await head.put('/group-rules', { rules: list, otherwise, trustsProviderFactor: false })
  expect(answer.status).toBe(200)
}

/** Somebody the provider knows, in the group that gives entry. */
function account(given: object = {}): string {
  const subject = randomUUID()
  provider.accounts[subject] = {
    email: `${subject}@example.test`,
    email_verified: true,
    name: 'Анна Провайдерова',
    groups: ['sales'],
    ...given,
  }
  return subject
}

const ask = (url: string, cookies: string[] = []) =>
  world.app.inject({ url, headers: { cookie: cookies.join('; ') } })
type Reply = Awaited<ReturnType<typeof ask>>
const cookiesOf = (reply: Reply) =>
  [reply.headers['set-cookie'] ?? []].flat().map((line) => line.split(';', 1)[0]!)
const placeOf = (reply: Reply) => String(reply.headers.location)

/** The button is pressed: where it leads, and what the browser keeps. */
async function leave(to = '/') {
  const reply = await ask(`/api/provider/sign-in?to=${encodeURIComponent(to)}`)
  return { address: placeOf(reply), cookies: cookiesOf(reply), reply }
}

async function signIn(subject: string, to = '/') {
  const { address, cookies } = await leave(to)
  const back = await provider.walk(address, subject)
  return comeBack(back, cookies)
}

const comeBack = (back: string, cookies: string[]) => ask(back.slice(publicUrl.length), cookies)

const sessionOf = (reply: Reply) => cookiesOf(reply).find((cookie) => /^kartoteka=./.test(cookie))
const me = async (reply: Reply) => (await ask('/api/me', [sessionOf(reply)!])).json()

/** Nobody was let in, and the screen is told why. */
function expectRefused(reply: Reply, why: string) {
  expect(placeOf(reply)).toBe(`/sign-in?failed=${why}`)
  expect(reply.statusCode).toBe(303)
  expect(sessionOf(reply)).toBeUndefined()
}

test('the sign-in screen is told of the provider', async () => {
  expect((await world.stranger.get('/sign-in-ways')).body).toEqual({ provider: 'Учётка', directory: false })
})

test('the first sign-in makes the account that the groups name, and goes on to the address wanted', async () => {
  const subject = account()
  const reply = await signIn(subject, '/clients?search=abc')
  expect(placeOf(reply)).toBe('/clients?search=abc')
  expect(await me(reply)).toMatchObject({
    email: `${subject}@example.test`,
    name: 'Анна Провайдерова',
    role: 'manager',
    source: 'provider',
  })
})

test('the way out carries state, nonce and a challenge, and the cookie of the way back is out of reach of scripts', async () => {
  const { address, reply } = await leave()
  const query = new URL(address).searchParams
  expect(query.get('code_challenge_method')).toBe('S256')
  expect(query.get('state')).toMatch(/^[\w-]{32}$/)
  expect(query.get('nonce')).toMatch(/^[\w-]{43}$/)
  expect(query.get('redirect_uri')).toBe(`${publicUrl}/api/provider/return`)
  expect(String(reply.headers['set-cookie'])).toMatch(
    /^kartoteka-way-[\w-]{12}=[\w-]+; Max-Age=600; Path=\/api\/provider; HttpOnly; (Secure; )?SameSite=Lax$/,
  )
})

test('he is known by issuer and subject: another e-mail there is the same person here', async () => {
  const subject = account()
  const { id } = await me(await signIn(subject))
  provider.accounts[subject]!.email = `new-${subject}@example.test`
  const again = await me(await signIn(subject))
  expect(again).toMatchObject({ id, email: `new-${subject}@example.test` })
})

test('two browsers of one person signing in for the first time at once are one account', async () => {
  const subject = account()
  const [one, other] = await Promise.all([signIn(subject), signIn(subject)])
  expect((await me(one)).id).toBe((await me(other)).id)
})

test('an answer without the state this browser left with is refused', async () => {
  const subject = account()
  const { address, cookies } = await leave()
  const back = new URL(await provider.walk(address, subject))
  back.searchParams.set('state', 'a'.repeat(32))
  expectRefused(await comeBack(back.href, cookies), 'sign-in-stale')
})

test('an answer brought to another browser is refused: nobody is signed in as somebody else', async () => {
  const mine = await leave()
  const victim = await leave()
  const back = await provider.walk(mine.address, account())
  expectRefused(await comeBack(back, victim.cookies), 'sign-in-stale')
  expectRefused(await comeBack(back, []), 'sign-in-stale')
})

test('a way out of ten minutes ago is too old', async () => {
  const { address, cookies } = await leave()
  const back = await provider.walk(address, account())
  clock = 10 * 60_000 + 1000
  expectRefused(await comeBack(back, cookies), 'sign-in-stale')
})

test('a made-up cookie opens nothing', async () => {
  const { address } = await leave()
  const back = await provider.walk(address, account())
  const state = new URL(back).searchParams.get('state')!
  for (const value of ['x', 'A'.repeat(400), ''])
    expectRefused(await comeBack(back, [`kartoteka-way-${state.slice(0, 12)}=${value}`]), 'sign-in-stale')
})

test('a code is used once, even by the browser it was given to', async () => {
  const { address, cookies } = await leave()
  const back = await provider.walk(address, account())
  expect(sessionOf(await comeBack(back, cookies))).toBeDefined()
  expectRefused(await comeBack(back, cookies), 'provider-refused')
})

test('a code stolen for another way out fails by its verifier', async () => {
  const victim = await leave()
  const thief = await leave()
  const stolen = new URL(await provider.walk(victim.address, account()))
  stolen.searchParams.set('state', new URL(thief.address).searchParams.get('state')!)
  expectRefused(await comeBack(stolen.href, thief.cookies), 'provider-refused')
})

test.each([
  ['another nonce', { claims: { nonce: 'of another sign-in' } }],
  ['another audience', { claims: { aud: 'another-client' } }],
  [
    'several audiences and another party they were made for',
    { claims: { aud: ['kartoteka', 'x'], azp: 'x' } },
  ],
  ['an issuer that is not ours', { claims: { iss: 'https://other.example' } }],
  ['an end two minutes ago', { claims: { exp: Math.floor(Date.now() / 1000) - 120 } }],
  ['no subject', { claims: { sub: undefined } }],
  ['no signature to speak of', { header: { alg: 'none' } }],
  ['a key the provider does not know', { header: { kid: 'unknown' } }],
  ['a foreign signature', { key: generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey }],
  ['the subject of somebody else than the access token', { claims: { sub: 'somebody-else' } }],
])('an id token with %s is refused', async (_, lie) => {
  provider.lie = lie
  expectRefused(await signIn(account()), 'provider-refused')
})

test('clocks may differ by less than a minute', async () => {
  provider.lie = { claims: { exp: Math.floor(Date.now() / 1000) - 20 } }
  expect(sessionOf(await signIn(account()))).toBeDefined()
})

test('an answer in the name of another issuer is refused', async () => {
  const { address, cookies } = await leave()
  const back = new URL(await provider.walk(address, account()))
  expect(back.searchParams.get('iss')).toBe(provider.issuer)
  back.searchParams.set('iss', 'https://other.example')
  expectRefused(await comeBack(back.href, cookies), 'provider-refused')
})

test('keys changed this minute are known at once', async () => {
  expect(sessionOf(await signIn(account()))).toBeDefined()
  provider.changeKeys()
  expect(sessionOf(await signIn(account()))).toBeDefined()
})

test.each(['https://evil.example/', '//evil.example', '/\\evil.example', '/\t/evil.example'])(
  'signing in leads nowhere else: %j',
  async (to) => {
    expect(placeOf(await signIn(account(), to))).toBe('/')
  },
)

test('who says no at the provider is told so', async () => {
  const { address, cookies } = await leave()
  const state = new URL(address).searchParams.get('state')!
  const iss = encodeURIComponent(provider.issuer)
  const reply = await ask(`/api/provider/return?error=access_denied&state=${state}&iss=${iss}`, cookies)
  expectRefused(reply, 'provider-denied')
})

test('an e-mail nobody verified makes no account', async () => {
  expectRefused(await signIn(account({ email_verified: false })), 'email-unverified')
  expectRefused(await signIn(account({ email_verified: undefined })), 'email-unverified')
  expectRefused(await signIn(account({ email: undefined })), 'no-email')
})

test('the e-mail of a colleague takes his account over neither unverified nor verified', async () => {
  const colleague = await world.person('manager')
  const [{ email }] = (await world.sql<{ email: string }>('select email from users where id = $1', [
    colleague.id,
  ])) as [{ email: string }]
  expectRefused(await signIn(account({ email, email_verified: false })), 'email-unverified')
  expectRefused(await signIn(account({ email: email.toUpperCase() })), 'email-taken')
  expect((await colleague.get('/me')).body.source).toBe('local')
})

test('where the head permits it, the account is linked once, and its password opens it no more', async () => {
  const colleague = await world.person('manager')
  const [{ email }] = (await world.sql<{ email: string }>('select email from users where id = $1', [
    colleague.id,
  ])) as [{ email: string }]
  expect((await head.put(`/users/${colleague.id}/link-permit`)).status).toBe(204)
  const subject = account({ email })
  expect(await me(await signIn(subject))).toMatchObject({ id: colleague.id, source: 'provider' })
  const byPassword = await world.stranger.post('/session', { email, password: 'correct horse battery' })
  expect(byPassword.status).toBe(401)
  expect((await head.post(`/users/${colleague.id}/links`)).body).toMatchObject({
    status: 409,
    type: 'outside-account',
  })
  // The permit was for one: another subject with the same e-mail gets nothing.
  expectRefused(await signIn(account({ email })), 'email-taken')
})

test('without rules a linked account keeps its role, and nobody new comes in', async () => {
  const colleague = await world.person('team-head')
  const [{ email }] = (await world.sql<{ email: string }>('select email from users where id = $1', [
    colleague.id,
  ])) as [{ email: string }]
  await head.put(`/users/${colleague.id}/link-permit`)
  await rules([])
  expect(await me(await signIn(account({ email })))).toMatchObject({ id: colleague.id, role: 'team-head' })
  expectRefused(await signIn(account()), 'no-group')
  await rules([{ group: 'sales', role: 'manager', teamId: null }])
})

test('unlinked, he signs in by a password again and his sessions of the provider end', async () => {
  const subject = account()
  const reply = await signIn(subject)
  const { id } = await me(reply)
  expect((await head.del(`/users/${id}/outside-account`)).status).toBe(204)
  expect((await ask('/api/me', [sessionOf(reply)!])).statusCode).toBe(401)
  expectRefused(await signIn(subject), 'email-taken')
  expect((await head.post(`/users/${id}/links`)).status).toBe(201)
})

test('an admin links and unlinks everybody but heads', async () => {
  const admin = await world.person('admin')
  const other = await world.person('head')
  const manager = await world.person('manager')
  expect((await admin.put(`/users/${other.id}/link-permit`)).status).toBe(403)
  expect((await admin.del(`/users/${other.id}/outside-account`)).status).toBe(403)
  expect((await admin.put(`/users/${manager.id}/link-permit`)).status).toBe(204)
  expect((await head.put(`/users/${randomUUID()}/link-permit`)).status).toBe(404)
})

test('a session through the provider ends within its hours', async () => {
  const { id } = await me(await signIn(account()))
  const [{ hours }] = (await world.sql<{ hours: number }>(
    `select extract(epoch from expires_at - created_at)::float8 / 3600 as hours from auth.sessions where user_id = $1`,
    [id],
  )) as [{ hours: number }]
  expect(hours).toBeLessThanOrEqual(12)
  expect(hours).toBeGreaterThan(11)
})

test('signing out ends the session here and tells where the provider’s own ends', async () => {
  const cookie = sessionOf(await signIn(account()))!
  const reply = await world.app.inject({
    method: 'DELETE',
    url: '/api/session',
    headers: { cookie, origin: publicUrl },
  })
  expect(reply.statusCode).toBe(200)
  const address = new URL(reply.json().goOn)
  expect(address.origin).toBe(provider.issuer)
  expect(address.searchParams.get('post_logout_redirect_uri')).toBe(`${publicUrl}/sign-in`)
  expect(address.searchParams.get('id_token_hint')?.split('.')).toHaveLength(3)
  expect((await ask('/api/me', [cookie])).statusCode).toBe(401)
  // The provider takes the hint: it asks whether to end its own session instead of refusing.
  expect((await fetch(address, { redirect: 'manual' })).status).toBe(200)
})

test('a role that works with a second factor owes it here too, unless the head trusts the provider’s own', async () => {
  const subject = account()
  await world.sql(`update company set second_factor_roles = '{manager}'`)
  const owing = await signIn(subject, '/clients')
  expect(placeOf(owing)).toBe('/sign-in?step=set-up&to=%2Fclients')
  expect(sessionOf(owing)).toBeUndefined()
  const trusting = { rules: [{ group: 'sales', role: 'manager', teamId: null }], otherwise: null }
  const admin = await world.person('admin')
  expect((await admin.put('/group-rules', { ...trusting, trustsProviderFactor: true })).status).toBe(403)
  expect((await head.put('/group-rules', { ...trusting, trustsProviderFactor: true })).status).toBe(200)
  expect(await me(await signIn(subject))).toMatchObject({ role: 'manager' })
  await rules(trusting.rules)
  await world.sql(`update company set second_factor_roles = '{}'`)
})

test('the journal of sign-ins names the road, and who was right there and not let in here', async () => {
  const subject = account()
  const { id } = await me(await signIn(subject))
  provider.accounts[subject]!.groups = []
  expectRefused(await signIn(subject), 'no-group')
  const events = await world.sql<{ kind: string; reason: string; details: Record<string, string> }>(
    `select kind, reason, details from sign_in_events where user_id = $1 and kind in ('sign-in', 'failure') order by at, id`,
    [id],
  )
  expect(events).toMatchObject([
    { kind: 'sign-in', details: { via: 'oidc' } },
    { kind: 'failure', reason: 'not-admitted', details: { refused: 'no-group' } },
  ])
})

test('a provider that is down keeps nobody signed in who signs out', async () => {
  const cookie = sessionOf(await signIn(account()))!
  const { provider: settings } = world.app.kernel.outside
  const issuer = settings!.issuer
  settings!.issuer = 'http://127.0.0.1:1'
  const reply = await world.app.inject({
    method: 'DELETE',
    url: '/api/session',
    headers: { cookie, origin: publicUrl },
  })
  const away = await ask('/api/provider/sign-in')
  settings!.issuer = issuer
  expect(reply.statusCode).toBe(204)
  expect((await ask('/api/me', [cookie])).statusCode).toBe(401)
  expectRefused(away, 'provider-away')
})
