import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { testWorld } from '#app/testing.ts'
import { journalOf, password, somebody, TestBrowser } from '#app/testing-sign-in.ts'

let now = new Date('2026-11-25T09:00:00Z')
const world = testWorld({ kernel: async () => ({ now: () => now }) })
const later = (minutes: number) => (now = new Date(now.getTime() + minutes * 60_000))
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

const signedIn = async (email: string, agent?: string) => {
  const browser = new TestBrowser(world, agent)
  expect((await browser.signIn(email)).status).toBe(200)
  return browser
}

describe('idle', () => {
  beforeEach(() => world.sql('update company set idle_minutes = 60, session_days = 2'))

  test('a session ends an hour after the last act, and the stream with it', async () => {
    const { email } = await somebody(world)
    const browser = await signedIn(email)
    later(59)
    expect(await browser.whoAmI()).toBe(200)
    later(59)
    expect(await browser.whoAmI()).toBe(200)
    later(61)
    expect(await browser.whoAmI()).toBe(401)
    expect((await browser.send('GET', '/sessions')).status).toBe(401)
    expect((await browser.send('GET', '/stream')).status).toBe(401)
  })

  test('what a screen asks by itself keeps no session alive', async () => {
    const { email } = await somebody(world)
    const browser = await signedIn(email)
    for (let asked = 0; asked < 5; asked++) {
      later(10)
      expect((await browser.send('GET', '/me', undefined, { 'x-kartoteka-idle': '1' })).status).toBe(200)
    }
    const { body } = await browser.send('GET', '/session', undefined, { 'x-kartoteka-idle': '1' })
    expect(body).toEqual({ secondsLeft: 600, idleSeconds: 3600 })
    later(11)
    expect(await browser.whoAmI()).toBe(401)
  })

  test('an act right after what the screen asked by itself counts', async () => {
    const { email } = await somebody(world)
    const browser = await signedIn(email)
    later(50)
    await browser.send('GET', '/me', undefined, { 'x-kartoteka-idle': '1' })
    expect((await browser.send('GET', '/session')).body.secondsLeft).toBe(3600)
  })

  test('however much it is used, it ends after its days', async () => {
    const { email } = await somebody(world)
    const browser = await signedIn(email)
    for (let minutes = 0; minutes < 2 * 24 * 60 - 50; minutes += 50) {
      later(50)
      expect(await browser.whoAmI()).toBe(200)
    }
    later(50)
    expect(await browser.whoAmI()).toBe(401)
  })

  test('the last act is not written with every request', async () => {
    const { email, id } = await somebody(world)
    const browser = await signedIn(email)
    const seen = () =>
      world.sql(`select xmin::text from auth.sessions where user_id = $1 and kind = 'session'`, [id])
    const before = await seen()
    for (let asked = 0; asked < 5; asked++) await browser.whoAmI()
    later(4)
    await browser.whoAmI()
    expect(await seen()).toEqual(before)
    later(2)
    await browser.whoAmI()
    expect(await seen()).not.toEqual(before)
  })

  test('a shorter rule holds for who is signed in already', async () => {
    const head = await somebody(world, 'head')
    const { email } = await somebody(world)
    const browser = await signedIn(email)
    later(20)
    expect((await head.patch('/sign-in-rules', { idleMinutes: 15 })).status).toBe(200)
    expect(await browser.whoAmI()).toBe(401)
    expect((await head.get('/me')).status).toBe(200)
    expect((await head.patch('/sign-in-rules', { idleMinutes: 4 })).status).toBe(422)
  })
})

describe('the journal', () => {
  test('says who came in and from where, who was refused and why, and what was done to the sign-in', async () => {
    const { email, id } = await somebody(world)
    const browser = new TestBrowser(world)
    await browser.send('POST', '/session', { email, password: 'wrong horse battery' })
    await browser.signIn(email)
    const { body: made } = await browser.send('POST', '/tokens', { name: 'обмен' })
    await world.stranger.call('GET', '/me', undefined, { authorization: `Bearer ${made.token}` })
    await world.app.kernel.tokenAddresses.flush()
    const { body: list } = await browser.send('GET', '/sessions')
    const token = list.find(({ name }: { name: string }) => name === 'обмен')
    await browser.send('DELETE', `/sessions/${token.id}`)
    const next = 'another horse battery'
    await browser.send('PUT', '/me/password', { current: 'wrong', next })
    await browser.send('PUT', '/me/password', { current: password, next })
    await browser.send('DELETE', '/session')
    const lines = (await journalOf(world, id)).map(({ kind, reason }) =>
      reason ? `${kind} ${reason}` : kind,
    )
    expect(lines.toSorted()).toEqual(
      [
        'failure wrong-password',
        'sign-in',
        'token-made',
        'token-new-address',
        'token-revoked',
        'failure wrong-password',
        'password-changed',
        'sign-out',
      ].toSorted(),
    )
  })

  test('an unknown account is noted by what was typed only where that is an e-mail: people type passwords there', async () => {
    const browser = new TestBrowser(world)
    await browser.send('POST', '/session', { email: 'nobody@example.test', password })
    await browser.send('POST', '/session', { email: 'МойТайныйПароль1', password })
    const rows = await world.sql<{ account: string | null }>(
      `select account from sign_in_events where address = $1 order by id`,
      [browser.address],
    )
    expect(rows).toEqual([{ account: 'nobody@example.test' }, { account: null }])
  })

  test('each sees his own; the head and an administrator all, narrowed by person, kind and days, page by page', async () => {
    const [head, admin] = [await somebody(world, 'head'), await somebody(world, 'admin')]
    const [one, other] = [await somebody(world), await somebody(world)]
    for (let times = 0; times < 5; times++) await signedIn(one.email)
    await signedIn(other.email)
    const own = (await one.get('/sign-ins')).body.items
    expect(new Set(own.map(({ userId }: { userId: string }) => userId))).toEqual(new Set([one.id]))
    expect((await one.get(`/sign-ins?user=${other.id}`)).body.items).toEqual([])
    for (const staff of [head, admin]) {
      const path = `/sign-ins?user=${one.id}&kind=sign-in&limit=2`
      const seen: string[] = []
      let cursor: string | null = ''
      while (cursor !== null) {
        const { body }: { body: { items: { id: string }[]; nextCursor: string | null } } = (await staff.get(
          cursor ? `${path}&cursor=${cursor}` : path,
        )) as never
        seen.push(...body.items.map(({ id }) => id))
        cursor = body.nextCursor
      }
      expect([seen.length, new Set(seen).size]).toEqual([5, 5])
    }
    const day = '2026-11-20'
    expect((await head.get(`/sign-ins?user=${one.id}&from=${day}&to=${day}`)).body.items).toEqual([])
    expect((await head.get(`/sign-ins?user=${one.id}&from=${day}`)).body.items.length).toBeGreaterThan(4)
  })

  test('nobody writes or changes it by a request', async () => {
    const grants = await world.sql(
      `select grantee, privilege_type from information_schema.role_table_grants
       where table_name = 'sign_in_events' and grantee like 'kartoteka\\_%' and privilege_type <> 'SELECT' order by 1`,
    )
    expect(grants).toEqual([{ grantee: 'kartoteka_gate', privilege_type: 'INSERT' }])
  })

  test('another e-mail ends the sessions of whoever is signed in under the old one', async () => {
    const head = await somebody(world, 'head')
    const { id, email } = await somebody(world)
    const browser = await signedIn(email)
    await head.patch(`/users/${id}`, { email: email.toUpperCase() })
    expect(await browser.whoAmI()).toBe(200)
    await head.patch(`/users/${id}`, { email: `new-${email}` })
    expect(await browser.whoAmI()).toBe(401)
    expect((await journalOf(world, id))[0]).toMatchObject({ kind: 'email-changed', by_id: head.id })
  })

  test('a closed access is noted with who closed it', async () => {
    const head = await somebody(world, 'head')
    const { id, email } = await somebody(world)
    await head.patch(`/users/${id}`, { active: false })
    const browser = new TestBrowser(world)
    expect((await browser.signIn(email)).status).toBe(401)
    const lines = await journalOf(world, id)
    expect(lines.some(({ reason }) => reason === 'closed-account')).toBe(true)
    expect(lines.find(({ kind }) => kind === 'access-closed')).toMatchObject({ by_id: head.id })
  })

  test('every other session is ended at a stroke', async () => {
    const { email } = await somebody(world)
    const [here, there, elsewhere] = [
      await signedIn(email),
      await signedIn(email),
      await signedIn(email, firefox),
    ]
    expect((await here.send('DELETE', '/sessions')).body).toEqual({ ended: 2 })
    expect([await here.whoAmI(), await there.whoAmI(), await elsewhere.whoAmI()]).toEqual([200, 401, 401])
  })
})

describe('a new device', () => {
  test('is asked about on the account page until its person says it is his', async () => {
    const person = await somebody(world)
    const browser = await signedIn(person.email)
    const asked = (await browser.send('GET', '/me/new-devices')).body
    expect(asked).toMatchObject([{ kind: 'sign-in', address: browser.address }])
    await browser.send('POST', '/me/new-devices/acknowledgement')
    expect((await browser.send('GET', '/me/new-devices')).body).toEqual([])
    await browser.send('DELETE', '/session')
    await browser.signIn(person.email)
    expect((await browser.send('GET', '/me/new-devices')).body).toEqual([])
    const other = await signedIn(person.email, firefox)
    expect((await other.send('GET', '/me/new-devices')).body).toHaveLength(1)
  })

  test('one browser of two people is new to each of them once', async () => {
    const [one, other] = [await somebody(world), await somebody(world)]
    const browser = await signedIn(one.email)
    await browser.signIn(other.email)
    await browser.signIn(one.email)
    const kinds = await world.sql(
      `select user_id, is_new_device as new from sign_in_events where address = $1 and kind = 'sign-in' order by at, id`,
      [browser.address],
    )
    expect(kinds).toEqual([
      { user_id: one.id, new: true },
      { user_id: other.id, new: true },
      { user_id: one.id, new: false },
    ])
  })

  test('the browser an invitation is opened in is no news', async () => {
    const head = await somebody(world, 'head')
    const draft = { email: `${Date.now()}@example.test`, name: 'Новый', role: 'manager' }
    const { body } = await head.post('/users', draft)
    const browser = new TestBrowser(world)
    await browser.send('POST', `/invitations/${body.link.split('/').at(-1)}/acceptance`, { password })
    expect((await browser.send('GET', '/me/new-devices')).body).toEqual([])
  })
})

describe('the cookie of a device', () => {
  afterEach(() => {
    world.app.kernel.publicUrl = null
  })

  test('outlives the session and lies in the base as a hash', async () => {
    const person = await somebody(world)
    const browser = await signedIn(person.email)
    const device = browser.cookies.get('kartoteka-device')!
    await browser.send('DELETE', '/session')
    expect(browser.cookies.get('kartoteka-device')).toBe(device)
    const [row] = await world.sql<{ hash: string }>(
      `select encode(token_hash, 'escape') as hash from auth.devices where user_id = $1`,
      [person.id],
    )
    expect(row!.hash).not.toContain(device)
  })
})
