import { createHash, randomBytes } from 'node:crypto'
import pg from 'pg'
import { beforeAll, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'
import { asCaller, NoIdentityError, rowOf, rowsOf, send, type Tx } from './tx.ts'

const world = testWorld()
let people: Person[]
beforeAll(async () => {
  people = [await world.person('head'), await world.person('admin')]
  for (const team of ['Север', 'Юг']) {
    people.push(await world.person('team-head', { team }), await world.person('manager', { team }))
  }
})

const identityOf = ({ token }: { token: string }) => ({ token: createHash('sha256').update(token).digest() })
const pool = () => world.app.kernel.database.app
const clientsSeen = (tx: Tx) => rowsOf(tx, 'select id from clients')

test('a statement without an identity is refused by the database', async () => {
  const bare = new pg.Client(world.configs.app)
  await bare.connect()
  for (const table of ['clients', 'contacts', 'seats', 'jobs', 'views']) {
    await expect(bare.query(`select 1 from ${table}`), table).rejects.toMatchObject({ code: '42501' })
  }
  await bare.end()
})

test.each(['read', 'write'] as const)(
  'a %s with a made-up, expired or revoked session has no identity',
  async (mode) => {
    const expired = await world.person('manager')
    await world.sql(`update auth.sessions set expires_at = now() where user_id = $1`, [expired.id])
    const revoked = await world.person('manager')
    await world.sql('delete from auth.sessions where user_id = $1', [revoked.id])
    for (const token of [expired.token, revoked.token, randomBytes(32).toString('base64url')]) {
      await expect(asCaller(pool(), identityOf({ token }), clientsSeen, { mode })).rejects.toThrow(
        NoIdentityError,
      )
    }
    for (const person of [expired, revoked]) expect((await person.get('/clients')).status).toBe(401)
  },
)

test('a session that ends between two statements of one request does not carry the second', async () => {
  const person = await world.person('manager')
  const work = async (tx: Tx) => {
    expect((await rowOf<{ id: string }>(tx, 'select caller_id() as id'))!.id).toBe(person.id)
    await world.sql('delete from auth.sessions where user_id = $1', [person.id])
    return rowsOf(tx, 'select 1 from clients')
  }
  await expect(asCaller(pool(), identityOf(person), work, { mode: 'read' })).rejects.toThrow(NoIdentityError)
})

test('one text twice in a round trip is two answers', async () => {
  const statement = (n: number) => ({ text: 'select $1::int + 40 as sum', values: [n] })
  const answers = await asCaller(
    pool(),
    identityOf(people[0]!),
    (tx) => send(tx, statement(1), statement(2)),
    {
      mode: 'read',
    },
  )
  expect(answers.map(({ rows }) => rows)).toEqual([[{ sum: 41 }], [{ sum: 42 }]])
})

test('5,000 calls of six people, a quarter of them failing, mix nobody up and leave nothing on a connection', async () => {
  let next = 0
  let wrong = 0
  let failed = 0
  const one = async (n: number) => {
    const person = people[n % people.length]!
    const mode = n % 3 === 0 ? 'write' : 'read'
    try {
      const row = await asCaller(
        pool(),
        identityOf(person),
        async (tx) => {
          if (n % 4 === 0) await rowsOf(tx, n % 8 === 0 ? 'select 1 / 0' : 'select 1 from auth.sessions')
          return rowOf<{ id: string }>(tx, 'select caller_id() as id')
        },
        { mode },
      )
      if (row!.id !== person.id) wrong += 1
    } catch (error) {
      if (!['22012', '42501'].includes((error as { code: string }).code)) throw error
      failed += 1
    }
  }
  const worker = async () => {
    while (next < 5000) await one(next++)
  }
  await Promise.all(Array.from({ length: 32 }, worker))
  expect({ wrong, failed }).toEqual({ wrong: 0, failed: 1250 })

  const clients = await Promise.all(Array.from({ length: 6 }, () => pool().connect()))
  for (const client of clients) {
    const { rows } = await client.query(
      `select current_user = session_user as bare, nullif(current_setting('app.user_id', true), '') as id,
         nullif(current_setting('app.role', true), '') as role, nullif(current_setting('app.change_set', true), '') as change_set`,
    )
    client.release()
    expect(rows).toEqual([{ bare: true, id: null, role: null, change_set: null }])
  }
})

test('a job runs as the person who asked, and not at all once he is dismissed', async () => {
  const person = await world.person('manager')
  const seen = await asCaller(pool(), { userId: person.id }, (tx) =>
    rowOf(tx, 'select caller_role() as role'),
  )
  expect(seen).toEqual({ role: 'manager' })
  await world.sql('update users set active = false where id = $1', [person.id])
  await expect(asCaller(pool(), { userId: person.id }, clientsSeen)).rejects.toThrow(NoIdentityError)
})

test('a session shares the seats that seen_by says, whatever the role', async () => {
  expect(
    await world.sql(
      `select l.user_id from auth.live l
       where array(select unnest(l.visible) order by 1) <> array(select unnest(seen_by(l.user_id)) order by 1)`,
    ),
  ).toEqual([])
  const [counted] = await world.sql<{ people: number; teams: number }>(
    `select count(distinct user_id)::int as people, count(*) filter (where cardinality(visible) > 1)::int as teams from auth.live`,
  )
  expect(counted!.people).toBeGreaterThanOrEqual(people.length)
  expect(counted!.teams).toBeGreaterThan(0)
})

test('whom a client is shared with is told to nobody who does not see it', async () => {
  const [head, , , manager, , stranger] = people as [Person, Person, Person, Person, Person, Person]
  const { body } = await manager.post('/clients', { name: 'ООО «Вдвоём»', managerIds: [head.id] })
  const told = (person: Person) =>
    asCaller(pool(), identityOf(person), (tx) =>
      rowsOf(
        tx,
        'select shared_with(c)::jsonb as one, (select jsonb_agg(m.list) from managers_of(array[c]) m) as many from unnest(array[$1::uuid]) c',
        [body.id],
      ),
    )
  for (const person of [head, manager])
    expect(await told(person)).toEqual([{ one: [head.id], many: [[head.id]] }])
  expect(await told(stranger)).toEqual([{ one: [], many: null }])
})
