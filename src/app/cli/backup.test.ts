import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { knownSchema, migrate, migrationNames } from '#server/db/migrate.ts'
import { type Person, type TestWorld, testWorld } from '#app/testing.ts'
import { checkArchive } from './archive-check.ts'
import { encodeFrame } from './archive-format.ts'
import { writeBackup } from './backup.ts'
import { readBackup } from './restore.ts'

const folder = mkdtempSync(join(tmpdir(), 'kartoteka-backup-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const at = (name: string) => join(folder, name)

describe('a backup', () => {
  const world = testWorld()
  let head: Person
  let clientId: string

  beforeAll(async () => {
    head = await world.person('head')
    const made = await head.post('/clients', {
      kind: 'organization',
      name: 'Ромашка \\ "табуляция\t" и перенос\nстроки',
      contacts: [{ kind: 'phone', label: 'рабочий', value: '8 495 000-00-01' }],
    })
    expect(made.status).toBe(201)
    clientId = made.body.id
    await writeBackup(world.configs.owner, at('good'))
  })

  test('is checked without a base', async () => {
    const { header, tables } = await checkArchive(at('good'))
    expect(header.schema).toBe(await knownSchema())
    expect(tables.find(({ name }) => name === 'public.clients')?.rows).toBe(1)
  })

  test('holds one moment while people write', async () => {
    const manager = await world.person('manager')
    let writing = true
    const writer = (async () => {
      let made = 0
      for (; writing; made += 1) await manager.post('/clients', { kind: 'person', name: `Иванов ${made}` })
      return made
    })()
    await writeBackup(world.configs.owner, at('busy'))
    writing = false
    expect(await writer).toBeGreaterThan(0)
    const { tables } = await checkArchive(at('busy'))
    const rowsOf = (name: string) => tables.find((table) => table.name === name)!.rows
    // a manager's client and his seat on it are written together; the head's one has no seat
    expect(rowsOf('public.seats')).toBe(rowsOf('public.clients') - 1)
  })

  describe('restored', () => {
    const copy = testWorld()
    test('gives back every row of every table, and the base goes on from there', async () => {
      const checked = await checkArchive(at('good'))
      await readBackup(copy.configs.owner, at('good'), checked)
      await writeBackup(copy.configs.owner, at('again'))
      const again = await checkArchive(at('again'))
      expect(sumsOf(again.tables)).toEqual(sumsOf(checked.tables))
      // Numbers of transactions are the other server's: there is none here that is still to come.
      expect(await copy.sql('select count(distinct xid)::int as numbers from change_sets')).toEqual([
        { numbers: 1 },
      ])
      const asHead = await signedIn(copy, head)
      expect((await asHead(`/clients/${clientId}`)).body.name).toContain('Ромашка')
      const next = await asHead('/clients', 'POST', { kind: 'person', name: 'Новый' })
      expect(next.status).toBe(201)
      expect((await asHead(`/clients/${next.body.id}/history`)).status).toBe(200)
    })

    test('refuses a base that is not empty and leaves it as it was', async () => {
      const before = await copy.sql('select id from clients order by id')
      await expect(
        readBackup(copy.configs.owner, at('good'), await checkArchive(at('good'))),
      ).rejects.toMatchObject({
        reason: 'base-not-empty',
      })
      expect(await copy.sql('select id from clients order by id')).toEqual(before)
    })
  })

  describe('of an older schema', () => {
    const target = testWorld()
    test('is read into that schema and migrated', async () => {
      const older = Number((await migrationNames()).at(-2)!.slice(0, 4))
      await withBaseOf(older, async (owner) => {
        const client = new pg.Client(owner)
        await client.connect()
        await client.query(
          `insert into users (email, name, role) values ('old@example.test', 'Старая запись', 'head')`,
        )
        await client.end()
        await writeBackup(owner, at('older'))
      })
      const checked = await checkArchive(at('older'))
      expect(checked.header.schema).toBe(older)
      await readBackup(target.configs.owner, at('older'), checked)
      expect(await target.sql('select name from users')).toEqual([{ name: 'Старая запись' }])
      expect(await target.sql('select max(number) as number from schema_migrations')).toEqual([
        { number: await knownSchema() },
      ])
    })
  })

  test.each([
    ['cut off anywhere', 'archive-damaged', (bytes: Buffer) => bytes.subarray(0, bytes.length - 200)],
    ['cut off in its first line', 'archive-damaged', (bytes: Buffer) => bytes.subarray(0, 9)],
    ['with one bit turned', 'archive-damaged', (bytes: Buffer) => turned(bytes)],
    [
      'with bytes after its end',
      'archive-damaged',
      (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('и еще')]),
    ],
    ['of another program', 'archive-foreign', () => gzipSync('create table t ();')],
    ['that is empty', 'archive-damaged', () => Buffer.alloc(0)],
    ['of a newer format', 'archive-newer', () => Buffer.from('KARTOTEKA BACKUP 2\nwhatever')],
    ['of a newer schema', 'archive-newer', (bytes: Buffer) => withSchema(bytes, 9999)],
    ['with a row less than it says', 'archive-damaged', (bytes: Buffer) => withoutRow(bytes)],
  ])('a file %s is refused before the base is asked for (%s)', async (name, reason, change) => {
    writeFileSync(at(name), change(readFileSync(at('good'))))
    await expect(checkArchive(at(name))).rejects.toMatchObject({ reason })
  })

  test('a write that fails leaves the older copy under its name', async () => {
    copyFileSync(at('good'), at('kept'))
    await expect(writeBackup({ ...world.configs.owner, database: 'nowhere' }, at('kept'))).rejects.toThrow()
    expect(readFileSync(at('kept')).equals(readFileSync(at('good')))).toBe(true)
  })
})

const sumsOf = (tables: Array<{ name: string; rows: number; sha256: string }>) =>
  Object.fromEntries(tables.map(({ name, rows, sha256 }) => [name, `${rows} ${sha256}`]))

/** Calls of a person of the first base against a copy of it: his token came along. */
async function signedIn(copy: TestWorld, { token }: Person) {
  return async (path: string, method: 'GET' | 'POST' = 'GET', payload?: object) => {
    const answer = await copy.app.inject({
      method,
      url: `/api${path}`,
      headers: { authorization: `Bearer ${token}` },
      ...(payload && { payload }),
    })
    return { status: answer.statusCode, body: answer.json() }
  }
}

async function withBaseOf(schema: number, work: (owner: pg.ClientConfig) => Promise<void>) {
  const { owner } = inject('postgres')
  const name = 'older_schema'
  const client = new pg.Client({ ...owner, database: 'postgres' })
  await client.connect()
  try {
    await client.query(`create database ${name}`)
    await migrate({ ...owner, database: name }, schema)
    await work({ ...owner, database: name })
  } finally {
    await client.query(`drop database if exists ${name} with (force)`)
    await client.end()
  }
}

const headLine = 'KARTOTEKA BACKUP 1\n'
const unpacked = (bytes: Buffer) => gunzipSync(bytes.subarray(headLine.length))
const packed = (frames: Buffer) => Buffer.concat([Buffer.from(headLine), gzipSync(frames)])

function turned(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes)
  const middle = Math.floor(copy.length / 2)
  copy[middle] = copy[middle]! ^ 1
  return copy
}

function withSchema(bytes: Buffer, schema: number): Buffer {
  const frames = unpacked(bytes)
  const length = frames.readUInt32BE(1)
  const header = JSON.parse(frames.toString('utf8', 5, 5 + length))
  return packed(
    Buffer.concat([encodeFrame({ kind: 'H', body: { ...header, schema } }), frames.subarray(5 + length)]),
  )
}

function withoutRow(bytes: Buffer): Buffer {
  const kept: Buffer[] = []
  const frames = unpacked(bytes)
  let dropped = false
  for (let place = 0; place < frames.length;) {
    const end = place + 5 + frames.readUInt32BE(place + 1)
    if (!dropped && frames.toString('latin1', place, place + 1) === 'D') dropped = true
    else kept.push(frames.subarray(place, end))
    place = end
  }
  return packed(Buffer.concat(kept))
}
