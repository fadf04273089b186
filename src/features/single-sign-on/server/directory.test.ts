import { randomBytes, randomUUID } from 'node:crypto'
import { createServer, type Server, type Socket } from 'node:net'
import { Client } from 'ldapts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { directoryBase, slapd, startDirectory, type TestDirectory } from '#app/testing-directory.ts'
import { testCertificate } from '#app/testing-mail.ts'
import { type Person, testWorld } from '#app/testing.ts'
import { checkDirectory } from '#server/auth/outside/directory-check.ts'
import { personWith } from '#server/auth/outside/ldap-people.ts'
import { type DirectorySettings, nothingOutside } from '#server/auth/outside/settings.ts'

describe.skipIf(!slapd)('signing in by a directory', () => {
  let directory: TestDirectory
  /** What the product is configured with: tests change parts of it. */
  const settings = {} as DirectorySettings
  const world = testWorld({
    kernel: async () => {
      directory = await startDirectory()
      Object.assign(settings, directory.settings)
      return { outside: { ...nothingOutside, directory: settings } }
    },
  })
  afterAll(() => directory.stop())

  let head: Person
  beforeAll(async () => {
    head = await world.person('head')
    await rules([{ group: 'Продажи', role: 'manager', teamId: null }])
    await group('Продажи')
  })

  const rules = async (list: object[], otherwise: string | null = null) => {
    const answer = await head.put('/group-rules', { rules: list, otherwise, trustsProviderFactor: false })
    expect(answer.status).toBe(200)
  }

  const groupDn = (cn: string) => `cn=${cn},ou=groups,${directoryBase}`
  const nobody = `cn=nobody,${directoryBase}`
  const group = (cn: string) =>
    directory.add(groupDn(cn), { objectClass: 'groupOfNames', cn, member: nobody })
  const join = (cn: string, dn: string) => directory.change(groupDn(cn), { member: dn }, 'add')
  const leave = (cn: string, dn: string) => directory.change(groupDn(cn), { member: dn }, 'delete')

  interface Entry {
    dn: string
    uid: string
    mail: string
    password: string
  }

  /** Somebody the directory knows; in the group that gives entry unless told. */
  async function entry(given: { mail?: string; inGroup?: boolean; uid?: string } = {}): Promise<Entry> {
    const uid = given.uid ?? `u${randomBytes(5).toString('hex')}`
    const mail = given.mail ?? `${uid}@example.test`
    const password = `пароль ${uid}`
    const dn = `uid=${uid},ou=people,${directoryBase}`
    await directory.add(dn, {
      objectClass: 'inetOrgPerson',
      uid,
      cn: `Пётр ${uid}`,
      sn: 'Каталогов',
      mail,
      userPassword: password,
    })
    if (given.inGroup !== false) await join('Продажи', dn)
    return { dn, uid, mail, password }
  }

  let addresses = 0
  const address = () => `10.9.${++addresses >> 8}.${addresses & 255}`
  const post = (email: string, password: string, remoteAddress = address()) =>
    world.app.inject({ method: 'POST', url: '/api/session', payload: { email, password }, remoteAddress })
  const meBy = async (cookie: string) =>
    world.app.inject({ url: '/api/me', headers: { cookie: cookie.split(';', 1)[0]! } })
  async function signIn(login: string, password: string) {
    const reply = await post(login, password)
    expect(reply.json()).toEqual({ id: expect.any(String) })
    const cookie = String([reply.headers['set-cookie']].flat()[0])
    return { id: reply.json().id as string, cookie, me: async () => (await meBy(cookie)).json() }
  }
  const gate = () => world.app.kernel.database.app

  test('the sign-in screen is told of the directory', async () => {
    expect((await world.stranger.get('/sign-in-ways')).body).toEqual({ provider: null, directory: true })
  })

  test('login and password of the directory open the account that its groups name; so does its e-mail', async () => {
    const { uid, mail, password } = await entry()
    const first = await signIn(uid, password)
    expect(await first.me()).toMatchObject({
      email: mail,
      name: `Пётр ${uid}`,
      role: 'manager',
      source: 'directory',
    })
    expect((await signIn(mail.toUpperCase(), password)).id).toBe(first.id)
    expect((await signIn(` ROMASHKA\\${uid}`, password)).id).toBe(first.id)
  })

  test('a wrong password and a login nobody has get one answer', async () => {
    const { uid } = await entry()
    for (const login of [uid, 'nobody-at-all']) {
      const reply = await post(login, 'wrong')
      expect(reply.statusCode).toBe(401)
      expect(reply.json().type).toBe('wrong-sign-in')
    }
  })

  test('many spellings of one name share one limit of tries', async () => {
    const { uid, password } = await entry()
    const from = address()
    const statuses: number[] = []
    for (let tries = 0; tries < 11; tries += 1)
      statuses.push((await post(`D${tries}\\${uid}`, 'wrong', from)).statusCode)
    expect(statuses).toEqual([...Array.from({ length: 10 }, () => 401), 429])
    expect((await post(`D\\${uid}`, password, from)).statusCode).toBe(429)
    expect((await post(uid, password)).statusCode).toBe(200)
  })

  test('an empty password is refused though this server would take it for a yes', async () => {
    const { uid, dn } = await entry()
    const raw = new Client({ url: directory.url })
    await raw.bind(dn, '')
    await raw.unbind()
    expect((await post(uid, '')).statusCode).toBe(401)
  })

  test.each(['*', 'u*', '*)(uid=*', 'x)(|(uid=*', ')(objectClass=*', '\\2a', '(', ''])(
    'what is typed is a name and never a part of the question: %j',
    async (login) => {
      await entry()
      const reply = await post(login, 'пароль')
      expect(reply.statusCode).toBe(401)
    },
  )

  test('a name with signs of the question in it signs in', async () => {
    const { uid, password } = await entry({ uid: `o*(neil)${randomBytes(3).toString('hex')}` })
    expect(await (await signIn(uid, password)).me()).toMatchObject({ source: 'directory' })
  })

  test('whom two entries answer to is nobody', async () => {
    const mail = `${randomUUID()}@example.test`
    const one = await entry({ mail })
    await entry({ mail })
    expect((await post(mail, one.password)).statusCode).toBe(401)
    expect((await post(one.uid, one.password)).statusCode).toBe(200)
  })

  test('who is in no group of the rules is not let in, and no account is made', async () => {
    const { uid, mail, password } = await entry({ inGroup: false })
    const reply = await post(uid, password)
    expect(reply.statusCode).toBe(403)
    expect(reply.json().type).toBe('no-group')
    expect(await world.sql('select 1 from users where email = $1', [mail])).toEqual([])
  })

  test('accounts kept here sign in beside it, and their passwords are not shown to it', async () => {
    const local = await world.person('manager')
    const [{ email }] = (await world.sql<{ email: string }>('select email from users where id = $1', [
      local.id,
    ])) as [{ email: string }]
    const { password } = await entry({ mail: email })
    expect((await post(email, 'correct horse battery')).statusCode).toBe(200)
    // Right in the directory, and no business of it.
    expect((await post(email, password)).statusCode).toBe(401)
  })

  test('the e-mail of a colleague takes his account over only where the head permits it', async () => {
    const local = await world.person('manager')
    const [{ email }] = (await world.sql<{ email: string }>('select email from users where id = $1', [
      local.id,
    ])) as [{ email: string }]
    const { uid, password } = await entry({ mail: email })
    expect((await post(uid, password)).json().type).toBe('email-taken')
    expect((await head.put(`/users/${local.id}/link-permit`)).status).toBe(204)
    expect((await signIn(email, password)).id).toBe(local.id)
    expect((await post(email, 'correct horse battery')).statusCode).toBe(401)
  })

  test('an entry that is moved and renamed is the same person; another with his old name is not', async () => {
    const { dn, uid, password } = await entry()
    const { id } = await signIn(uid, password)
    const raw = new Client({ url: directory.url })
    await raw.bind(`cn=root,${directoryBase}`, 'root')
    const renamed = `${uid}-renamed`
    await raw.modifyDN(dn, `uid=${renamed}`)
    await raw.unbind()
    expect((await signIn(renamed, password)).id).toBe(id)
    const other = await entry({ uid, mail: `${randomUUID()}@example.test` })
    expect((await signIn(uid, other.password)).id).not.toBe(id)
  })

  test('a role that works with a second factor owes it here too, and the journal names the road', async () => {
    const { uid, password } = await entry()
    const { id } = await signIn(uid, password)
    await world.sql(`update company set second_factor_roles = '{manager}'`)
    const reply = await post(uid, password)
    expect(reply.json()).toEqual({ step: 'set-up' })
    expect(String(reply.headers['set-cookie'])).not.toMatch(/(^|,)kartoteka=/)
    await world.sql(`update company set second_factor_roles = '{}'`)
    const events = await world.sql(
      `select details ->> 'via' as via from sign_in_events where user_id = $1 and kind = 'sign-in'`,
      [id],
    )
    expect(events).toEqual([{ via: 'ldap' }])
  })

  describe('groups', () => {
    test('give role and team by the first rule that fits, with every sign-in', async () => {
      const team = (await head.post('/teams', { name: `Север ${randomBytes(3).toString('hex')}` })).body.id
      const lead = `Старшие ${randomBytes(3).toString('hex')}`
      await group(lead)
      const { dn, uid, password } = await entry()
      const { me } = await signIn(uid, password)
      expect(await me()).toMatchObject({ role: 'manager', teamId: null })
      await rules([
        { group: lead.toUpperCase(), role: 'team-head', teamId: null },
        { group: groupDn('Продажи'), role: 'manager', teamId: team },
      ])
      await join(lead, dn)
      await signIn(uid, password)
      expect(await me()).toMatchObject({ role: 'team-head', teamId: team })
      await leave(lead, dn)
      await signIn(uid, password)
      expect(await me()).toMatchObject({ role: 'manager', teamId: team })
      await rules([{ group: 'Продажи', role: 'manager', teamId: null }])
    })

    test('who matches none comes in with the role for the rest, where there is one', async () => {
      const { uid, password } = await entry({ inGroup: false })
      await rules([{ group: 'Продажи', role: 'team-head', teamId: null }], 'manager')
      expect(await (await signIn(uid, password)).me()).toMatchObject({ role: 'manager' })
      await rules([{ group: 'Продажи', role: 'manager', teamId: null }])
      expect((await post(uid, password)).json().type).toBe('no-group')
    })

    test('who left the group loses entry, sessions and tokens with the next sign-in, and comes back with the group', async () => {
      const person = await entry()
      const { id, cookie, me } = await signIn(person.uid, person.password)
      expect((await me()).id).toBe(id)
      await leave('Продажи', person.dn)
      expect((await post(person.uid, person.password)).json().type).toBe('no-group')
      expect((await meBy(cookie)).statusCode).toBe(401)
      await join('Продажи', person.dn)
      expect((await signIn(person.uid, person.password)).id).toBe(id)
    })

    test('closed here stays closed, whatever the directory says', async () => {
      const { uid, password } = await entry()
      const { id } = await signIn(uid, password)
      expect((await head.patch(`/users/${id}`, { active: false })).status).toBe(200)
      expect((await post(uid, password)).json().type).toBe('access-closed')
      expect((await head.patch(`/users/${id}`, { active: true })).status).toBe(200)
      expect((await signIn(uid, password)).id).toBe(id)
    })

    test('closed by the directory and then by the head stays closed when the group is back', async () => {
      const person = await entry()
      const { id } = await signIn(person.uid, person.password)
      await leave('Продажи', person.dn)
      expect((await post(person.uid, person.password)).json().type).toBe('no-group')
      await head.patch(`/users/${id}`, { active: true })
      await head.patch(`/users/${id}`, { active: false })
      await join('Продажи', person.dn)
      expect((await post(person.uid, person.password)).json().type).toBe('access-closed')
    })

    test('no rule demotes or shuts out the last active head', async () => {
      const boss = `Директора ${randomBytes(3).toString('hex')}`
      await group(boss)
      const person = await entry()
      await join(boss, person.dn)
      await rules([
        { group: boss, role: 'head', teamId: null },
        { group: 'Продажи', role: 'manager', teamId: null },
      ])
      const { id, me } = await signIn(person.uid, person.password)
      expect(await me()).toMatchObject({ role: 'head' })
      // Now he alone is head.
      const others = await world.sql<{ id: string }>(
        `update users set active = false where role = 'head' and active and id <> $1 returning id`,
        [id],
      )
      await leave(boss, person.dn)
      await signIn(person.uid, person.password)
      expect(await me()).toMatchObject({ role: 'head' })
      await leave('Продажи', person.dn)
      expect((await post(person.uid, person.password)).json().type).toBe('no-group')
      expect(await world.sql('select role, active from users where id = $1', [id])).toEqual([
        { role: 'head', active: true },
      ])
      expect(await world.sql('select 1 from auth.sessions where user_id = $1', [id])).toEqual([])
      await world.sql('update users set active = true where id = any ($1)', [others.map((one) => one.id)])
      head = await world.person('head')
      await rules([{ group: 'Продажи', role: 'manager', teamId: null }])
    })

    test('rules that make heads are a head’s: an admin neither adds, drops nor overtakes one', async () => {
      const admin = await world.person('admin')
      const manager = { group: 'Продажи', role: 'manager', teamId: null }
      const boss = { group: 'Директора', role: 'head', teamId: null }
      const put = async (list: object[]) =>
        (await admin.put('/group-rules', { rules: list, otherwise: null, trustsProviderFactor: false }))
          .status
      expect(await put([boss])).toBe(403)
      await rules([boss, manager])
      expect(await put([manager])).toBe(403)
      expect(await put([manager, boss])).toBe(403)
      expect(await put([{ ...boss, group: 'Мои друзья' }, manager])).toBe(403)
      expect(await put([boss, { ...manager, role: 'team-head' }])).toBe(200)
      expect(await put([boss])).toBe(200)
      await rules([manager])
    })

    test('groups that name their members are asked too, where they are configured', async () => {
      const person = await entry({ inGroup: false })
      const posix = `Склад ${randomBytes(3).toString('hex')}`
      await directory.add(groupDn(posix), {
        objectClass: 'groupOfUniqueNames',
        cn: posix,
        uniqueMember: person.dn,
      })
      await rules([{ group: posix, role: 'manager', teamId: null }])
      expect((await post(person.uid, person.password)).json().type).toBe('no-group')
      settings.groups = { base: `ou=groups,${directoryBase}`, filter: '(uniqueMember={dn})' }
      expect(await (await signIn(person.uid, person.password)).me()).toMatchObject({ role: 'manager' })
      settings.groups = null
      await rules([{ group: 'Продажи', role: 'manager', teamId: null }])
    })
  })

  describe('the check every few minutes', () => {
    test('ends sessions and tokens of who is gone, disabled or out of the groups, and of nobody else', async () => {
      const [stays, gone, locked, left] = [await entry(), await entry(), await entry(), await entry()]
      const all = await Promise.all([stays, gone, locked, left].map((one) => signIn(one.uid, one.password)))
      const cookies = all.map(({ cookie }) => cookie)
      for (const { id } of all)
        await world.sql(
          `insert into auth.sessions (kind, user_id, token_hash) values ('token', $1::uuid, sha256($1::uuid::text::bytea))`,
          [id],
        )
      await directory.remove(gone.dn)
      await directory.change(locked.dn, { pwdAccountLockedTime: '000001010000Z' })
      await leave('Продажи', left.dn)
      await checkDirectory(gate(), settings)
      const statuses = await Promise.all(cookies.map(async (cookie) => (await meBy(cookie)).statusCode))
      expect(statuses).toEqual([200, 401, 401, 401])
      const kept = await world.sql<{ user_id: string }>(
        `select user_id from auth.sessions where kind = 'token' and user_id = any ($1)`,
        [all.map(({ id }) => id)],
      )
      expect(kept).toEqual([{ user_id: all[0]!.id }])
      expect(await checkDirectory(gate(), settings)).toBe(0)
    })

    test('changes the role of who changed groups', async () => {
      const lead = `Ведущие ${randomBytes(3).toString('hex')}`
      await group(lead)
      const person = await entry()
      const { me } = await signIn(person.uid, person.password)
      await rules([
        { group: lead, role: 'team-head', teamId: null },
        { group: 'Продажи', role: 'manager', teamId: null },
      ])
      await join(lead, person.dn)
      await checkDirectory(gate(), settings)
      expect(await me()).toMatchObject({ role: 'team-head' })
      await rules([{ group: 'Продажи', role: 'manager', teamId: null }])
    })

    test('a directory that is down or finds nobody at all closes nobody', async () => {
      const { uid, password } = await entry()
      const { cookie } = await signIn(uid, password)
      await expect(
        checkDirectory(gate(), { ...settings, filter: '(&(objectClass=device)(uid={login}))' }),
      ).rejects.toThrow('knows none')
      await directory.halt()
      await expect(checkDirectory(gate(), settings)).rejects.toThrow()
      await directory.start()
      expect((await meBy(cookie)).statusCode).toBe(200)
    })
  })

  describe('Active Directory', () => {
    const ad = async (given: Record<string, string> = {}) => {
      const name = `a${randomBytes(5).toString('hex')}`
      const dn = `cn=${name},ou=ad,${directoryBase}`
      await directory.add(dn, {
        objectClass: ['person', 'adPerson'],
        cn: name,
        sn: name,
        userPassword: 'пароль',
        sAMAccountName: name,
        userPrincipalName: `${name}@corp.example.test`,
        objectGUID: randomBytes(16),
        userAccountControl: '512',
        accountExpires: '9223372036854775807',
        ...given,
      })
      await join('Продажи', dn)
      return { dn, name }
    }

    test('signs in by any of its names, known by objectGUID, with the principal name for an e-mail', async () => {
      const { name } = await ad()
      const { id, me } = await signIn(name, 'пароль')
      expect(await me()).toMatchObject({ email: `${name}@corp.example.test` })
      expect((await signIn(`${name}@corp.example.test`, 'пароль')).id).toBe(id)
      expect((await signIn(`CORP\\${name.toUpperCase()}`, 'пароль')).id).toBe(id)
      const [{ subject }] = (await world.sql<{ subject: string }>(
        'select subject from auth.outside_accounts where user_id = $1',
        [id],
      )) as [{ subject: string }]
      expect(subject).toMatch(/^objectGUID=[0-9a-f]{32}$/)
    })

    test('the check finds him by objectGUID, and closes him when he is disabled or his account expires', async () => {
      const { name, dn } = await ad()
      const second = await ad()
      const { cookie } = await signIn(name, 'пароль')
      const other = await signIn(second.name, 'пароль')
      await checkDirectory(gate(), settings)
      expect((await meBy(cookie)).statusCode).toBe(200)
      await directory.change(dn, { userAccountControl: '514' })
      await directory.change(second.dn, { accountExpires: '133000000000000000' })
      await checkDirectory(gate(), settings)
      expect((await meBy(cookie)).statusCode).toBe(401)
      expect((await meBy(other.cookie)).statusCode).toBe(401)
    })

    test('a disabled account does not sign in even where the server would bind it', async () => {
      const { name } = await ad({ userAccountControl: '514' })
      expect((await post(name, 'пароль')).statusCode).toBe(401)
    })
  })

  describe('servers and certificates', () => {
    let silent: Server
    let silentUrl: string
    let asked = 0
    const held: Socket[] = []
    beforeAll(async () => {
      silent = createServer((socket) => {
        asked += 1
        held.push(socket)
        socket.on('error', () => {})
      })
      await new Promise<void>((resolve) => void silent.listen(0, '127.0.0.1', resolve))
      silentUrl = `ldap://127.0.0.1:${(silent.address() as { port: number }).port}`
    })
    afterAll(() => {
      for (const socket of held) socket.destroy()
      silent.close()
    })

    test('a certificate that nobody vouches for is refused; with its signer it is trusted, also after StartTLS', async () => {
      const { uid, password } = await entry()
      const ask = (given: Partial<DirectorySettings>) =>
        personWith({ ...directory.settings, ...given }, uid, password)
      const secure = { urls: [directory.secureUrl] }
      await expect(ask(secure)).rejects.toThrow(/certificate/i)
      expect(await ask({ ...secure, ca: testCertificate })).toMatchObject({ login: uid })
      await expect(ask({ startTls: true })).rejects.toThrow(/certificate/i)
      expect(await ask({ startTls: true, ca: testCertificate })).toMatchObject({ login: uid })
    })

    test('a certificate for another host is refused', async () => {
      const { uid, password } = await entry()
      const urls = [directory.secureUrl.replace('127.0.0.1', '127.0.0.2')]
      await expect(
        personWith({ ...directory.settings, urls, ca: testCertificate }, uid, password),
      ).rejects.toThrow(/altnames/i)
    })

    test('servers are asked in turn: one that is down and one that says nothing are passed over', async () => {
      const { uid, password } = await entry()
      const urls = ['ldap://127.0.0.1:1', silentUrl, directory.url]
      expect(
        await personWith({ ...directory.settings, urls, patienceSeconds: 5 }, uid, password),
      ).toMatchObject({ login: uid })
      expect(asked).toBe(1)
    })

    test('a reference to another server is not followed', async () => {
      const { uid, password } = await entry()
      await directory.add(`ou=elsewhere,${directoryBase}`, {
        objectClass: ['referral', 'extensibleObject'],
        ou: 'elsewhere',
        ref: `${silentUrl}/dc=elsewhere`,
      })
      const before = asked
      expect(await personWith(directory.settings, uid, password)).toMatchObject({ login: uid })
      expect(asked).toBe(before)
    })

    test('while the directory is down the head comes in by his password kept here, and others are told why not', async () => {
      const { uid, password } = await entry()
      const [{ email }] = (await world.sql<{ email: string }>('select email from users where id = $1', [
        head.id,
      ])) as [{ email: string }]
      await directory.halt()
      const reply = await post(uid, password)
      expect(reply.statusCode).toBe(503)
      expect(reply.json().type).toBe('directory-away')
      expect((await post(email, 'correct horse battery')).statusCode).toBe(200)
      await directory.start()
      expect((await post(uid, password)).statusCode).toBe(200)
    })
  })
})
