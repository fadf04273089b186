import { beforeAll, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'

const world = testWorld()
let head: Person
let manager: Person

beforeAll(async () => {
  head = await world.person('head')
  manager = await world.person('manager')
})

/** Tables with a client's id that hold nothing a person has written about a client. */
const besides: Record<string, string> = {
  activity_moves: 'copied from activities by triggers',
  changes: 'the journal itself',
  alarms: 'what a head is told, and whether he looked',
  contact_openings: 'who has opened masked contacts; the act stands in the journal',
  canaries: 'which clients are there to be noticed, for heads alone',
  client_search: 'copied from clients by triggers',
  client_states: 'copied from clients by triggers',
  fill_request_clients: 'what is asked to be filled in, noted beside the client',
  handover_clients: 'which client went to whom, noted beside what was journaled',
  activity_news: 'who has looked at what others entered; the entries themselves are journaled',
  import_decisions: 'what is to become of a row of a file',
  import_marks: 'what was read from a file',
  import_matches: 'what is to become of a row of a file',
  reminders: 'when somebody is to be reminded of an entry, made from it',
  snapshot_clients: 'a look at the past, kept an hour',
}

test('every table with data of clients is journaled, and no write of it comes without a change-set', async () => {
  const tables = await world.sql<{ name: string; triggers: string[] }>(
    `with recursive of_client as (
       select c.oid, c.relname from pg_class c where c.oid = 'public.clients'::regclass
       union
       select c.oid, c.relname from of_client o, pg_class c
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition and (
         exists (select 1 from pg_constraint k where k.conrelid = c.oid and k.confrelid = o.oid and k.confdeltype = 'c')
         or exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'client_id' and not a.attisdropped)))
     select relname as name, array(select t.tgname::text from pg_trigger t where t.tgrelid = o.oid and t.tgname like 'journal%' order by 1) as triggers
     from of_client o order by 1`,
  )
  const journaled = tables.filter(({ name }) => !(name in besides))
  expect(journaled).toEqual(
    [
      ...['activities', 'bank_accounts', 'clients', 'contacts', 'files', 'people'].map((name) => ({
        name,
        triggers: ['journal_delete', 'journal_insert', 'journal_update'],
      })),
      // The content of a file comes and goes with the file.
      { name: 'file_chunks', triggers: ['journal_write'] },
      { name: 'seats', triggers: ['journal_delete', 'journal_insert'] },
    ].toSorted((a, b) => (a.name < b.name ? -1 : 1)),
  )
  const client = (await manager.post('/clients', { name: 'Без акта', people: [{ name: 'Иван' }] })).body
  await manager.upload(`/clients/${client.id}/files`, { name: 'а.txt', data: Buffer.from('а') })
  const writes = [
    `update clients set comment = 'x' where id = $1`,
    `delete from clients where id = $1`,
    `update people set name = 'x' where client_id = $1`,
    `delete from people where client_id = $1`,
    `insert into contacts (client_id, kind, value, verdict) values ($1, 'phone', '1', 'ok')`,
    `insert into bank_accounts (client_id, account) values ($1, '1')`,
    `insert into activities (client_id, user_id, kind) values ($1, (select id from users limit 1), 'note')`,
    `update files set name = 'x' where client_id = $1`,
    `insert into file_chunks (file_id, seq, data) select id, 9, '' from files where client_id = $1`,
    `insert into seats (client_id, user_id, reason) values ($1, (select id from users limit 1), 'shared')`,
    `insert into clients (name) select 'x' where $1::uuid is not null`,
  ]
  for (const write of writes) {
    await expect(world.sql(write, [client.id]), write).rejects.toMatchObject({ code: 'KT001' })
    // Nor under an act that was never opened.
    const never = `select set_config('app.change_set', new_id()::text, true); ${write.replaceAll('$1', `'${client.id}'`)}`
    await expect(world.sql(never), write).rejects.toMatchObject({ code: 'KT001' })
  }
})

test('what an act comes to is counted as it was written', async () => {
  const client = (
    await manager.post('/clients', {
      name: 'Счёт',
      contacts: [
        { kind: 'email', value: 'a@example.com' },
        { kind: 'email', value: 'b@example.com' },
      ],
      people: [{ name: 'Иван' }],
    })
  ).body
  await manager.patch(`/clients/${client.id}`, {
    version: 1,
    comment: 'x',
    contacts: [],
    managerIds: [head.id],
  })
  const { items } = (await manager.get('/change-sets?limit=2')).body
  expect(items.map((item: { counts: object }) => item.counts)).toEqual([
    { clients: { u: 1 }, contacts: { d: 2 }, seats: { i: 1 } },
    { clients: { i: 1 }, contacts: { i: 2 }, people: { i: 1 } },
  ])
  expect(
    (await head.get(`/change-sets?client=${client.id}`)).body.items.map(({ id }: { id: string }) => id),
  ).toEqual(items.map(({ id }: { id: string }) => id))
})

test('an act opens to its rows, named, page by page; those of clients no longer seen are counted', async () => {
  const made = []
  for (const name of ['Первый', 'Второй', 'Третий'])
    made.push((await manager.post('/clients', { name, region: 'А' })).body.id)
  const [act] = await world.sql<{ id: string }>(
    `with m as (insert into change_sets (author_id, act) values ($1, 'client.bulk-edit') returning id),
       s as (select set_config('app.change_set', id::text, true) as id from m),
       u as (update clients set region = 'Б' from s where clients.id = any ($2::uuid[]) returning 1)
     select s.id from s, (select count(*) from u) n`,
    [manager.id, made],
  )
  const first = (await manager.get(`/change-sets/${act!.id}/rows?limit=2`)).body
  expect(first).toMatchObject({
    hidden: 0,
    items: [{ op: 'u', before: { region: 'А' }, after: { region: 'Б' } }, {}],
  })
  const second = (await manager.get(`/change-sets/${act!.id}/rows?limit=2&cursor=${first.nextCursor}`)).body
  expect([...first.items, ...second.items].map(({ label }: { label: string }) => label).toSorted()).toEqual([
    'Второй',
    'Первый',
    'Третий',
  ])
  const other = await world.person('manager')
  const { version } = (await head.get(`/clients/${made[1]}`)).body
  await head.patch(`/clients/${made[1]}`, { version, ownerId: other.id })
  const { raw, body } = await manager.get(`/change-sets/${act!.id}/rows`)
  expect(body).toMatchObject({ hidden: 1, items: [{}, {}], nextCursor: null })
  expect(raw.includes('Второй')).toBe(false)
  expect((await other.get(`/change-sets/${act!.id}/rows`)).status).toBe(404)
})

test('months are parted ahead; what was written before they were is moved into its month', async () => {
  const months = () =>
    world.sql<{ name: string }>(
      `select inhrelid::regclass::text as name from pg_inherits where inhparent = 'changes'::regclass order by 1`,
    )
  expect(await months()).toHaveLength(5)
  const client = (await manager.post('/clients', { name: 'Давний' })).body
  await world.sql(`update changes set at = '2022-03-05T00:00:00Z' where client_id = $1`, [client.id])
  await world.sql(
    `update change_sets set at = '2022-03-05T00:00:00Z' where id = any (array(select change_set_id from changes where client_id = $1))`,
    [client.id],
  )
  await world.sql('select keep_journal()')
  expect((await months()).map(({ name }) => name)).toContain('changes_2022_03')
  expect(
    await world.sql('select tableoid::regclass::text as name from changes where client_id = $1', [client.id]),
  ).toEqual([{ name: 'changes_2022_03' }])

  expect((await head.get('/change-sets/start')).body).toEqual({ from: null })
  expect((await head.patch('/company', { journalMonths: 35 })).status).toBe(422)
  expect((await head.patch('/company', { journalMonths: 36 })).body.journalMonths).toBe(36)
  const recent = (await manager.get('/change-sets?limit=2')).body.items[1].id
  await world.sql('select keep_journal()')
  expect((await months()).map(({ name }) => name)).not.toContain('changes_2022_03')
  const { from } = (await head.get('/change-sets/start')).body
  expect(Date.parse(from)).toBeGreaterThan(Date.parse('2022-04-01'))
  expect(Date.parse(from)).toBeLessThan(Date.now() - 36 * 30 * 86_400_000)
  expect((await head.get(`/change-sets?client=${client.id}`)).body.items).toEqual([])
  expect((await manager.get(`/change-sets/${recent}`)).status).toBe(200)
  expect((await manager.get(`/clients/${client.id}/history`)).body.items).toEqual([])
})
