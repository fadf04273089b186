import { expect, test } from 'vitest'
import { testWorld } from '#app/testing.ts'
import { openDatabase, closeDatabase } from '#server/db/database.ts'
import { judgeContact } from '#shared/contacts.ts'
import { fillDemo } from './demo.ts'

const world = testWorld()

test(
  'the made-up company is lively, judged by the rules of the product, and its managers differ',
  { timeout: 120_000 },
  async () => {
    await world.sql('delete from company')
    const database = openDatabase(world.configs)
    const { password, people } = await fillDemo({ database })
    await closeDatabase(database)

    expect(password.length).toBeGreaterThanOrEqual(10)
    expect(people.map(({ role }) => role).toSorted()).toEqual([
      'head',
      ...Array(8).fill('manager'),
      'team-head',
      'team-head',
    ])
    const [counts] = await world.sql<Record<string, number>>(`select count(*)::int as clients,
      count(*) filter (where owner_id is null)::int as unowned, count(*) filter (where version > 1)::int as touched,
      (select count(*)::int from seats where reason = 'shared') as shared,
      (select count(*)::int from activities where due_at is not null and done_at is null and due_at < now()) as overdue,
      (select count(*)::int from activities where done_at is not null) as done,
      (select count(*)::int from client_search) as searched, (select count(*)::int from client_states) as stated from clients`)
    expect(counts!.clients).toBeGreaterThan(2_800)
    expect(counts).toMatchObject({
      unowned: 60,
      touched: 0,
      searched: counts!.clients,
      stated: counts!.clients,
    })
    for (const name of ['shared', 'overdue', 'done']) expect(counts![name]).toBeGreaterThan(20)

    const contacts = await world.sql<{
      kind: 'phone'
      value: string
      verdict: string
      normalized: string | null
    }>('select kind, value, verdict, normalized from contacts')
    for (const { kind, value, verdict, normalized } of contacts) {
      expect(judgeContact(kind, value, { cityCode: '495' })).toMatchObject({ verdict, normalized })
    }
    const phones = contacts.filter(({ kind, verdict }) => kind === 'phone' && verdict === 'ok')
    expect(phones.filter(({ normalized }) => !/^\+7\d{3}000/.test(normalized!))).toEqual([])

    const shares = await world.sql<{ share: number }>(
      `select avg((phone = 3)::int)::float8 as share from client_states where owner_id is not null group by owner_id order by 1`,
    )
    expect(shares.at(-1)!.share - shares[0]!.share).toBeGreaterThan(0.2)
  },
)
