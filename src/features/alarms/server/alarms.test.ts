import { beforeAll, expect, test } from 'vitest'
import { listenAs } from '#app/testing-stream.ts'
import { type Person, testWorld } from '#app/testing.ts'
import { writeAlarmLetters } from './alarm-letter.ts'

const world = testWorld()
let head: Person, other: Person, manager: Person
let client: { id: string; name: string }

beforeAll(async () => {
  head = await world.person('head')
  other = await world.person('head')
  manager = await world.person('manager')
  client = (await manager.post('/clients', { name: 'ООО «Луч»' })).body
})

const raise = async (kind = 'reading.unusual', details: object = {}, about: string | null = null) =>
  (
    await world.sql<{ id: string }>('select raise_alarm($1, $2, $3, $4) as id', [
      kind,
      manager.id,
      about,
      details,
    ])
  )[0]!.id
const seeAll = async () => world.sql('update alarms set seen_at = now() where seen_at is null')

test('an alarm is listed to heads until one of them has looked, and stays listed after', async () => {
  const id = await raise('canary.exported', { way: 'export', rows: 300 }, client.id)
  expect((await head.get('/alarms/count')).body).toEqual({ unseen: 1 })
  const { body } = await head.get('/alarms?seen=false')
  expect(body).toEqual({
    items: [
      {
        id,
        kind: 'canary.exported',
        userId: manager.id,
        client: { id: client.id, name: client.name },
        details: { way: 'export', rows: 300 },
        times: 1,
        createdAt: expect.any(String),
        seenAt: null,
        seenBy: null,
      },
    ],
    nextCursor: null,
  })
  expect((await head.put('/alarms/seen', { ids: [id] })).body).toEqual({ seen: 1 })
  expect((await other.get('/alarms/count')).body).toEqual({ unseen: 0 })
  expect((await other.get('/alarms')).body.items[0]).toMatchObject({ id, seenBy: head.id })
  expect((await other.put('/alarms/seen', { ids: [id] })).body).toEqual({ seen: 0 })
  expect((await other.get('/alarms')).body.items[0]).toMatchObject({ seenBy: head.id })
})

test('the same within the hour and before anybody looked is one alarm, counted', async () => {
  await seeAll()
  const first = await raise('reading.unusual', { cards: 60 })
  expect(await raise('reading.unusual', { cards: 80 })).toBe(first)
  expect(await raise('canary.exported', {}, client.id)).not.toBe(first)
  const items = (await head.get(`/alarms?kind=reading.unusual&seen=false&user=${manager.id}`)).body.items
  expect(items).toMatchObject([{ id: first, times: 2, details: { cards: 80 } }])
  await head.put('/alarms/seen', { ids: [first] })
  expect(await raise('reading.unusual')).not.toBe(first)
  await seeAll()
  const old = await raise()
  await world.sql(`update alarms set created_at = created_at - interval '2 hours' where id = $1`, [old])
  expect(await raise()).not.toBe(old)
})

test('pages go on where the last ended, and "all up to this one" leaves later ones', async () => {
  await seeAll()
  const ids: string[] = []
  for (const rows of [1, 2, 3]) {
    ids.push(await raise('canary.exported', { rows }, client.id))
    await world.sql(`update alarms set created_at = created_at - interval '2 hours' where id = $1`, [
      ids.at(-1),
    ])
  }
  const first = (await head.get('/alarms?seen=false&limit=2')).body
  const rest = (await head.get(`/alarms?seen=false&limit=2&cursor=${first.nextCursor}`)).body
  expect([...first.items, ...rest.items].map(({ id }) => id)).toEqual(ids.toReversed())
  expect((await head.put('/alarms/seen', { until: ids[1] })).body).toEqual({ seen: 2 })
  expect((await head.get('/alarms?seen=false')).body.items.map(({ id }: { id: string }) => id)).toEqual([
    ids[2],
  ])
})

test('heads hear of an alarm at once, other people hear nothing', async () => {
  const [ear, deaf] = [await listenAs(world.app, head), await listenAs(world.app, manager)]
  await raise('canary.exported', {}, client.id)
  await ear.heard(({ event }) => event === 'alarm')
  // What comes after an alarm finds the manager without it.
  const { body } = await head.post('/clients', { name: 'Метка', ownerId: manager.id })
  await deaf.heard(({ data }) => data.id === body.id)
  expect(deaf.text()).not.toContain('alarm')
  ear.close()
  deaf.close()
})

test('no request raises an alarm, changes one or sees one that is not a head', async () => {
  for (const role of ['kartoteka_all', 'kartoteka_scoped', 'kartoteka_admin']) {
    const may = await world.sql<{ raises: boolean; writes: boolean; reads: boolean }>(
      `select has_function_privilege($1, 'raise_alarm(text, uuid, uuid, jsonb)', 'execute') as raises,
         has_table_privilege($1, 'alarms', 'insert, delete') or has_column_privilege($1, 'alarms', 'kind', 'update') as writes,
         has_table_privilege($1, 'alarms', 'select') as reads`,
      [role],
    )
    expect(may).toEqual([{ raises: false, writes: false, reads: role === 'kartoteka_all' }])
  }
})

test('heads get one letter of what nobody has looked at, once', async () => {
  await seeAll()
  await world.sql('update alarms set told_at = now()')
  await raise('canary.exported', { rows: 300 }, client.id)
  await raise('reading.unusual')
  const { database } = world.app.kernel
  const context = { database, now: () => new Date(), ownClock: false, publicUrl: 'https://base.example.test' }
  await Promise.all([writeAlarmLetters(context), writeAlarmLetters(context)])
  await writeAlarmLetters(context)
  const letters = await world.sql<{ user_id: string; subject: string; body: string }>(
    `select user_id, subject, body from letters where key like 'alarm/%'`,
  )
  expect(letters.map(({ user_id: reader }) => reader).toSorted()).toEqual([head.id, other.id].toSorted())
  expect(letters[0]!.subject).toBe('Тревоги в клиентской базе: 2')
  expect(letters[0]!.body).toContain(`${manager.name}: контрольный клиент «${client.name}» попал в выгрузку`)
  expect(letters[0]!.body).toContain('https://base.example.test/alarms')
})
