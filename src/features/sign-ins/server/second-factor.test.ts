import { beforeEach, describe, expect, test } from 'vitest'
import { testWorld } from '#app/testing.ts'
import { codeAt } from '#server/auth/totp.ts'
import { journalOf, password, somebody, TestBrowser } from '#app/testing-sign-in.ts'

let now = new Date('2026-11-25T09:00:05Z')
const world = testWorld({ kernel: async () => ({ now: () => now }) })
/** The next step of the codes: one taken is not taken again. */
const nextStep = () => (now = new Date(now.getTime() + 30_000))

beforeEach(async () => {
  nextStep()
  await world.sql(`update company set second_factor_roles = '{}'`)
})

type Somebody = Awaited<ReturnType<typeof somebody>>

/** A person who is signed in and has set his second factor up. */
async function withFactor(who?: Somebody) {
  const person = who ?? (await somebody(world))
  const browser = new TestBrowser(world)
  await browser.signIn(person.email)
  const { body } = await browser.send('POST', '/me/second-factor', { password })
  const secret: string = body.secret
  const confirmed = await browser.send('PUT', '/me/second-factor', { code: codeAt(secret, now) })
  expect(confirmed.status).toBe(200)
  nextStep()
  return { person, browser, secret, codes: confirmed.body.recoveryCodes as string[] }
}

describe('setting up', () => {
  test('needs the password, and is done by a right code alone', async () => {
    const person = await somebody(world)
    const browser = new TestBrowser(world)
    await browser.signIn(person.email)
    const wrong = await browser.send('POST', '/me/second-factor', { password: 'not mine' })
    expect([wrong.status, wrong.body.errors[0].path]).toEqual([422, 'password'])
    const { body } = await browser.send('POST', '/me/second-factor', { password })
    expect(body.uri).toContain(`secret=${body.secret}`)
    const refused = await browser.send('PUT', '/me/second-factor', { code: '000000' })
    expect([refused.status, refused.body.errors[0].path]).toEqual([422, 'code'])
    expect((await browser.send('GET', '/me/second-factor')).body).toMatchObject({ on: false, codesLeft: 0 })
    const { body: done } = await browser.send('PUT', '/me/second-factor', { code: codeAt(body.secret, now) })
    expect(new Set(done.recoveryCodes).size).toBe(10)
    expect((await browser.send('GET', '/me/second-factor')).body).toMatchObject({ on: true, codesLeft: 10 })
  })

  test('neither the secret nor a recovery code lies open in the base', async () => {
    const { person, secret, codes } = await withFactor()
    const rows = await world.sql<{ row: string }>(
      `select encode(secret, 'escape') as row from auth.second_factors where user_id = $1
       union all select encode(hash, 'escape') from auth.recovery_codes where user_id = $1`,
      [person.id],
    )
    expect(rows).toHaveLength(11)
    for (const { row } of rows)
      for (const shown of [secret, ...codes, ...codes.map((code) => code.replace('-', ''))])
        expect(row).not.toContain(shown)
  })

  test('ends every other session, and not this one', async () => {
    const person = await somebody(world)
    const other = new TestBrowser(world)
    await other.signIn(person.email)
    const { browser } = await withFactor(person)
    expect([await other.whoAmI(), await browser.whoAmI()]).toEqual([401, 200])
  })

  test('a secret shown half an hour ago is not taken', async () => {
    const person = await somebody(world)
    const browser = new TestBrowser(world)
    await browser.signIn(person.email)
    const { body } = await browser.send('POST', '/me/second-factor', { password })
    now = new Date(now.getTime() + 31 * 60_000)
    expect((await browser.send('PUT', '/me/second-factor', { code: codeAt(body.secret, now) })).status).toBe(
      422,
    )
  })

  test('another telephone needs a code of the one before, which works until the new one is confirmed', async () => {
    const { person, browser, secret } = await withFactor()
    expect((await browser.send('POST', '/me/second-factor', { password })).status).toBe(422)
    const { body } = await browser.send('POST', '/me/second-factor', { password, code: codeAt(secret, now) })
    nextStep()
    const meanwhile = new TestBrowser(world)
    await meanwhile.signIn(person.email)
    expect((await meanwhile.send('POST', '/session/code', { code: codeAt(secret, now) })).status).toBe(200)
    await browser.send('PUT', '/me/second-factor', { code: codeAt(body.secret, now) })
    nextStep()
    const late = new TestBrowser(world)
    await late.signIn(person.email)
    expect((await late.send('POST', '/session/code', { code: codeAt(secret, now) })).status).toBe(422)
    expect((await late.send('POST', '/session/code', { code: codeAt(body.secret, now) })).status).toBe(200)
  })
})

describe('signing in', () => {
  test('the password alone opens nothing; the code after it does', async () => {
    const { person, secret } = await withFactor()
    const browser = new TestBrowser(world)
    const first = await browser.signIn(person.email)
    expect([first.status, first.body]).toEqual([200, { step: 'code' }])
    expect(browser.cookies.has('kartoteka')).toBe(false)
    expect(await browser.whoAmI()).toBe(401)
    const second = await browser.send('POST', '/session/code', { code: codeAt(secret, now) })
    expect([second.status, second.body]).toEqual([200, { id: person.id }])
    expect(await browser.whoAmI()).toBe(200)
    expect(browser.cookies.has('kartoteka-step')).toBe(false)
  })

  test('the code without the password opens nothing', async () => {
    const { secret } = await withFactor()
    const browser = new TestBrowser(world)
    expect((await browser.send('POST', '/session/code', { code: codeAt(secret, now) })).status).toBe(401)
    browser.cookies.set('kartoteka-step', 'made up')
    expect((await browser.send('POST', '/session/code', { code: codeAt(secret, now) })).status).toBe(401)
  })

  test('the step between is not a session: its cookie as the session’s, or as a bearer, opens nothing', async () => {
    const { person } = await withFactor()
    const browser = new TestBrowser(world)
    await browser.signIn(person.email)
    const step = browser.cookies.get('kartoteka-step')!
    browser.cookies.set('kartoteka', step)
    expect(await browser.whoAmI()).toBe(401)
    expect((await browser.send('GET', '/me', undefined, { authorization: `Bearer ${step}` })).status).toBe(
      401,
    )
  })

  test('a code is taken once, by whoever is first of several at once', async () => {
    const { person, secret } = await withFactor()
    const code = codeAt(secret, now)
    const browsers = [new TestBrowser(world), new TestBrowser(world), new TestBrowser(world)]
    for (const browser of browsers) await browser.signIn(person.email)
    const answers = await Promise.all(
      browsers.map((browser) => browser.send('POST', '/session/code', { code })),
    )
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 422, 422])
    expect((await journalOf(world, person.id)).filter(({ reason }) => reason === 'used-code')).toHaveLength(2)
  })

  test('after five wrong codes the password is asked for again', async () => {
    const { person, secret } = await withFactor()
    const browser = new TestBrowser(world)
    await browser.signIn(person.email)
    for (let tries = 0; tries < 5; tries++)
      expect((await browser.send('POST', '/session/code', { code: '000000' })).status).toBe(422)
    const closed = await browser.send('POST', '/session/code', { code: codeAt(secret, now) })
    expect([closed.status, closed.body.type]).toEqual([401, 'sign-in-anew'])
  })

  test('ten wrong codes from wherever close the account’s door for a quarter of an hour', async () => {
    const { person, secret } = await withFactor()
    for (let tries = 0; tries < 10; tries++) {
      const guessing = new TestBrowser(world)
      await guessing.signIn(person.email)
      await guessing.send('POST', '/session/code', { code: '000000' })
    }
    const browser = new TestBrowser(world)
    await browser.signIn(person.email)
    expect((await browser.send('POST', '/session/code', { code: codeAt(secret, now) })).status).toBe(429)
    expect((await journalOf(world, person.id)).some(({ reason }) => reason === 'too-many')).toBe(true)
    await world.sql(`update auth.attempts set since = since - interval '16 minutes'`)
    expect((await browser.send('POST', '/session/code', { code: codeAt(secret, now) })).status).toBe(200)
  })

  test('a recovery code opens once, however it is typed', async () => {
    const { person, codes, browser: own } = await withFactor()
    const typed = codes[3]!.toUpperCase().replace('-', ' ')
    const browser = new TestBrowser(world)
    await browser.signIn(person.email)
    expect((await browser.send('POST', '/session/code', { code: typed })).status).toBe(200)
    expect((await own.send('GET', '/me/second-factor')).body.codesLeft).toBe(9)
    const again = new TestBrowser(world)
    await again.signIn(person.email)
    expect((await again.send('POST', '/session/code', { code: codes[3]! })).status).toBe(422)
    const kinds = (await journalOf(world, person.id)).map(({ kind }) => kind)
    expect(kinds).toContain('recovery-code-used')
  })

  test('a one-time link sets the password and is no way past the code', async () => {
    const { person, secret } = await withFactor()
    const head = await somebody(world, 'head')
    const { body } = await head.post(`/users/${person.id}/links`)
    const browser = new TestBrowser(world)
    const path = `/invitations/${body.link.split('/').at(-1)}/acceptance`
    const accepted = await browser.send('POST', path, { password: 'another horse battery' })
    expect([accepted.status, accepted.body]).toEqual([200, { step: 'code' }])
    expect(await browser.whoAmI()).toBe(401)
    expect((await browser.send('POST', '/session/code', { code: codeAt(secret, now) })).status).toBe(200)
  })
})

describe('recovery codes and removal', () => {
  test('new codes take the place of the old, for the password and a code', async () => {
    const { person, browser, secret, codes } = await withFactor()
    const path = '/me/second-factor/recovery-codes'
    expect((await browser.send('POST', path, { password, code: '000000' })).status).toBe(422)
    expect((await browser.send('POST', path, { password: 'no', code: codeAt(secret, now) })).status).toBe(422)
    const { status, body } = await browser.send('POST', path, { password, code: codeAt(secret, now) })
    expect(status).toBe(201)
    const late = new TestBrowser(world)
    await late.signIn(person.email)
    expect((await late.send('POST', '/session/code', { code: codes[0]! })).status).toBe(422)
    expect((await late.send('POST', '/session/code', { code: body.recoveryCodes[0] })).status).toBe(200)
  })

  test('it is taken away by password and code, and every other session ends', async () => {
    const { person, browser, secret } = await withFactor()
    const other = new TestBrowser(world)
    await other.signIn(person.email)
    await other.send('POST', '/session/code', { code: codeAt(secret, now) })
    nextStep()
    const path = '/me/second-factor/removal'
    expect((await browser.send('POST', path, { password, code: '000000' })).status).toBe(422)
    expect((await browser.send('POST', path, { password: 'no', code: codeAt(secret, now) })).status).toBe(422)
    expect((await browser.send('POST', path, { password, code: codeAt(secret, now) })).status).toBe(204)
    expect([await other.whoAmI(), await browser.whoAmI()]).toEqual([401, 200])
    expect((await new TestBrowser(world).signIn(person.email)).body).toEqual({ id: person.id })
  })

  test('the head resets a colleague’s, an administrator not a head’s; it is in the journal and ends his sessions', async () => {
    const { person, browser } = await withFactor()
    const boss = await withFactor(await somebody(world, 'head'))
    const [head, admin, colleague] = [
      await somebody(world, 'head'),
      await somebody(world, 'admin'),
      await somebody(world),
    ]
    expect((await colleague.del(`/users/${person.id}/second-factor`)).status).toBe(403)
    expect((await admin.del(`/users/${boss.person.id}/second-factor`)).status).toBe(403)
    expect((await head.get('/second-factors')).body.userIds).toContain(person.id)
    expect((await admin.del(`/users/${person.id}/second-factor`)).status).toBe(204)
    expect((await admin.del(`/users/${person.id}/second-factor`)).status).toBe(404)
    expect(await browser.whoAmI()).toBe(401)
    expect((await journalOf(world, person.id))[0]).toMatchObject({
      kind: 'second-factor-reset',
      by_id: admin.id,
    })
    expect((await head.del(`/users/${boss.person.id}/second-factor`)).status).toBe(204)
  })

  test('without the installation’s key the telephone’s codes do not fit and a recovery code does', async () => {
    const { person, secret, codes } = await withFactor()
    const kernel = world.app.kernel
    const key = kernel.secret
    kernel.secret = Buffer.alloc(32, 9)
    const browser = new TestBrowser(world)
    await browser.signIn(person.email)
    const byTelephone = await browser.send('POST', '/session/code', { code: codeAt(secret, now) })
    const byCode = await browser.send('POST', '/session/code', { code: codes[0]! })
    kernel.secret = key
    expect([byTelephone.status, byCode.status]).toEqual([422, 200])
  })
})

describe('required for a role', () => {
  const require = (head: Somebody, roles: string[]) =>
    head.patch('/sign-in-rules', { secondFactorRoles: roles })

  test('whoever has none is signed out, and can do nothing but set it up at his next sign-in', async () => {
    const head = await somebody(world, 'head')
    const person = await somebody(world)
    const old = new TestBrowser(world)
    await old.signIn(person.email)
    expect((await require(head, ['manager'])).status).toBe(200)
    expect(await old.whoAmI()).toBe(401)
    const browser = new TestBrowser(world)
    expect((await browser.signIn(person.email)).body).toEqual({ step: 'set-up' })
    for (const { method, path, open } of world.app.endpoints)
      if (!open && !path.includes(':'))
        expect((await browser.send(method, path, {})).status, `${method} ${path}`).toBe(401)
    expect((await browser.send('POST', '/session/code', { code: '000000' })).status).toBe(401)
    const { body } = await browser.send('POST', '/session/second-factor')
    const confirm = '/session/second-factor/confirmation'
    expect((await browser.send('POST', confirm, { code: '000000' })).status).toBe(422)
    const done = await browser.send('POST', confirm, { code: codeAt(body.secret, now) })
    expect([done.status, done.body.recoveryCodes.length]).toEqual([200, 10])
    expect(await browser.whoAmI()).toBe(200)
  })

  test('setting up that was begun before he had one replaces none that he has by now', async () => {
    const head = await somebody(world, 'head')
    const person = await somebody(world)
    await require(head, ['manager'])
    const [thief, own] = [new TestBrowser(world), new TestBrowser(world)]
    await thief.signIn(person.email)
    const stolen = (await thief.send('POST', '/session/second-factor')).body.secret
    await own.signIn(person.email)
    const { secret } = (await own.send('POST', '/session/second-factor')).body
    const confirm = '/session/second-factor/confirmation'
    expect((await own.send('POST', confirm, { code: codeAt(secret, now) })).status).toBe(200)
    nextStep()
    expect((await thief.send('POST', '/session/second-factor')).status).toBe(401)
    expect((await thief.send('POST', confirm, { code: codeAt(stolen, now) })).status).toBe(401)
    expect([await thief.whoAmI(), await own.whoAmI()]).toEqual([401, 200])
    await require(head, [])
  })

  test('his API tokens sleep until he has it, and those made meanwhile too', async () => {
    const head = await somebody(world, 'head')
    const person = await somebody(world)
    expect((await person.get('/me')).status).toBe(200)
    await require(head, ['manager'])
    expect((await person.get('/me')).status).toBe(401)
    const late = await somebody(world)
    expect((await late.get('/me')).status).toBe(401)
    const browser = new TestBrowser(world)
    await browser.signIn(person.email)
    const { body } = await browser.send('POST', '/session/second-factor')
    await browser.send('POST', '/session/second-factor/confirmation', { code: codeAt(body.secret, now) })
    expect((await person.get('/me')).status).toBe(200)
    await require(head, [])
    expect((await late.get('/me')).status).toBe(200)
  })

  test('the database itself refuses a session to who owes a second factor', async () => {
    const head = await somebody(world, 'head')
    const person = await somebody(world)
    await require(head, ['manager'])
    const insert = world.sql(
      `insert into auth.sessions (kind, user_id, token_hash) values ('session', $1, '\\x00')`,
      [person.id],
    )
    await expect(insert).rejects.toMatchObject({ code: 'KT020' })
  })

  test('a change of role into one that needs it ends the sessions of who has none', async () => {
    const boss = await withFactor(await somebody(world, 'head'))
    const person = await somebody(world)
    const browser = new TestBrowser(world)
    await browser.signIn(person.email)
    expect((await boss.person.patch('/sign-in-rules', { secondFactorRoles: ['head'] })).status).toBe(200)
    expect(await browser.whoAmI()).toBe(200)
    await boss.person.patch(`/users/${person.id}`, { role: 'head' })
    expect(await browser.whoAmI()).toBe(401)
  })

  test('where it is required it is moved and not switched off', async () => {
    const { person, browser, secret } = await withFactor()
    await require(await somebody(world, 'head'), ['manager'])
    const removal = await browser.send('POST', '/me/second-factor/removal', {
      password,
      code: codeAt(secret, now),
    })
    expect([removal.status, removal.body.type]).toEqual([409, 'second-factor-required'])
    expect(await browser.whoAmI()).toBe(200)
    expect((await browser.send('GET', '/me/second-factor')).body).toMatchObject({ on: true, required: true })
    expect((await journalOf(world, person.id)).map(({ kind }) => kind)).not.toContain('second-factor-off')
  })

  test('only the head sets the rule, and for heads only with a second factor of his own', async () => {
    const [head, admin] = [await somebody(world, 'head'), await somebody(world, 'admin')]
    expect((await require(admin, ['manager'])).status).toBe(403)
    const first = await require(head, ['head'])
    expect([first.status, first.body.type]).toEqual([409, 'second-factor-first'])
    // Nor past the route.
    const asAdmin = world.app.kernel.database.owner.connect().then(async (client) => {
      try {
        await client.query('begin; set local role kartoteka_admin')
        await client.query(`update company set second_factor_roles = '{manager}'`)
      } finally {
        await client.query('rollback')
        client.release()
      }
    })
    await expect(asAdmin).rejects.toMatchObject({ code: '42501' })
  })
})
