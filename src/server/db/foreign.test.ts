import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { migrate } from './migrate.ts'
import { startDatabase } from './start-database.ts'

/** The test server in the part of a server of the user's own: foreign owners, foreign databases. */
const mark = randomBytes(4).toString('hex')
const name = (what: string) => `${what}_${mark}`
const secret = Buffer.alloc(32, 9)
let admin: pg.Client

beforeAll(async () => {
  admin = new pg.Client({ ...inject('postgres').owner, database: 'postgres' })
  await admin.connect()
  await admin.query(`create role ${name('weak')} login; create role ${name('able')} login createrole`)
})
afterAll(async () => {
  const { rows } = await admin.query<{ datname: string }>(
    'select datname from pg_database where datname like $1',
    [`%${mark}`],
  )
  for (const { datname } of rows) await admin.query(`drop database ${datname} with (force)`)
  await admin.query(
    `drop role if exists kartoteka_app_${name('good')}; drop role ${name('weak')}; drop owned by ${name('able')}; drop role ${name('able')}`,
  )
  await admin.end()
})

const urlOf = (user: string, database: string) =>
  `postgres://${user}@${encodeURIComponent(String(inject('postgres').owner.host))}:${inject('postgres').owner.port}/${database}`
const startOn = (databaseUrl: string) => startDatabase({ dataDir: '/nonexistent', secret, databaseUrl })
const make = (database: string, options: string) => admin.query(`create database ${database} ${options}`)

test.each([
  ['mysql://a/b', 'url-unfit'],
  ['not an address', 'url-unfit'],
  ['postgres://a:b@127.0.0.1:1/c', 'url-unreachable'],
])('the address %s is refused as %s', async (databaseUrl, reason) => {
  await expect(startOn(databaseUrl)).rejects.toMatchObject({ reason })
})

test('a database that is not there is refused with the statement that makes it', async () => {
  await expect(startOn(urlOf(name('able'), name('none')))).rejects.toMatchObject({
    reason: 'url-no-database',
    message: expect.stringContaining(`create database ${name('none')} encoding 'UTF8'`),
  })
})

test('an owner who may not make roles is refused with the right he needs', async () => {
  await make(name('roles'), `owner ${name('weak')}`)
  await expect(startOn(urlOf(name('weak'), name('roles')))).rejects.toMatchObject({
    reason: 'url-roles',
    message: expect.stringContaining(`alter role ${name('weak')} createrole`),
  })
})

test('a user who may not make tables is refused', async () => {
  await make(name('tables'), '')
  await expect(startOn(urlOf(name('able'), name('tables')))).rejects.toMatchObject({ reason: 'url-schema' })
})

test('an encoding without Cyrillic is refused', async () => {
  const flags = `encoding 'LATIN1' locale_provider libc locale 'C' template template0`
  await make(name('latin'), `owner ${name('able')} ${flags}`)
  await expect(startOn(urlOf(name('able'), name('latin')))).rejects.toMatchObject({ reason: 'url-encoding' })
})

test('a character type without Cyrillic letters is refused, for search would read everything', async () => {
  const flags = `encoding 'UTF8' locale_provider libc locale 'C' template template0`
  await make(name('letters'), `owner ${name('able')} ${flags}`)
  await expect(startOn(urlOf(name('able'), name('letters')))).rejects.toMatchObject({ reason: 'url-letters' })
})

test('roles of another installation are refused with the grant that shares them; then an owner without superuser rights will do', async () => {
  await make(name('good'), `owner ${name('able')}`)
  const url = urlOf(name('able'), name('good'))
  const refusal = await startOn(url).catch((error: Error & { reason: string }) => error)
  expect(refusal).toMatchObject({ reason: 'url-login' })
  await admin.query(refusal instanceof Error ? refusal.message.slice(refusal.message.indexOf('\n') + 1) : '')
  const { owner, app, embedded } = await startOn(url)
  expect(embedded).toBe(false)
  await migrate(owner)
  const bare = new pg.Client(app)
  await bare.connect()
  await expect(bare.query('select * from clients')).rejects.toMatchObject({ code: '42501' })
  await expect(bare.query('set role kartoteka_all; select * from clients')).resolves.toBeDefined()
  await bare.end()
})
