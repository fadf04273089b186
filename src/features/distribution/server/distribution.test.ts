import { setTimeout as pause } from 'node:timers/promises'
import { beforeEach, describe, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'

const world = testWorld()
let head: Person
let people: Person[]
let team: string
let round = 0

beforeEach(async () => {
  head ??= await world.person('head')
  const name = `Команда ${++round}`
  people = []
  for (let at = 0; at < 3; at++) people.push(await world.person('manager', { team: name }))
  const [row] = await world.sql<{ id: string }>('select team_id as id from users where id = $1', [
    people[0]!.id,
  ])
  team = row!.id
})

const rule = async (fields: object = {}) => {
  const all = { active: true, way: 'rounds', teamIds: [team], regions: [], ...fields }
  const { status, body } = await head.put('/distribution', all)
  expect(status, JSON.stringify(body)).toBe(200)
}
const create = async (fields: object = {}) =>
  (await head.post('/clients', { name: 'ООО «Новый»', ...fields })).body
/** Places of these clients' owners among the people; null: nobody. */
const owners = async (ids: string[]) => {
  const rows = await world.sql<{ id: string; owner: string | null }>(
    'select id, owner_id as owner from clients where id = any ($1)',
    [ids],
  )
  const byId = new Map(rows.map(({ id, owner }) => [id, owner]))
  return ids.map((id) => {
    const at = people.findIndex((person) => person.id === byId.get(id))
    return at < 0 ? (byId.get(id) ?? null) : at
  })
}
async function run() {
  const { status, body } = await head.post('/distribution/runs', {})
  expect(status).toBe(202)
  for (;;) {
    const job = (await head.get(`/jobs/${body.jobId}`)).body
    if (job.status === 'done') return job.result as { count: number; changeSetId: string }
    if (['failed', 'cancelled'].includes(job.status)) throw new Error(JSON.stringify(job))
    await pause(50)
  }
}

describe('a new client without an owner', () => {
  test('goes to managers in turn, in the change-set of its creation, and its manager sees it at once', async () => {
    await rule()
    const made = []
    for (let at = 0; at < 4; at++) made.push(await create())
    const given = await owners(made.map(({ id }) => id))
    expect(new Set(given.slice(0, 3))).toEqual(new Set([0, 1, 2]))
    expect(given[3]).toBe(given[0])
    expect(made[0].ownerId).toBe(people[given[0] as number]!.id)
    const taker = people[given[0] as number]!
    expect((await taker.get(`/clients/${made[0].id}`)).status).toBe(200)
    expect((await taker.get('/clients?search=новый')).body.items.length).toBe(2)
    const sets = await world.sql('select distinct change_set_id from changes where client_id = $1', [
      made[0].id,
    ])
    expect(sets).toHaveLength(1)
  })

  test('stays nobody’s while the rule is off, and with an owner stays his', async () => {
    await rule({ active: false })
    expect(await owners([(await create()).id])).toEqual([null])
    await rule()
    expect(await owners([(await create({ ownerId: people[2]!.id })).id])).toEqual([2])
  })

  test('does not go to who is away or dismissed; with nobody there it stays nobody’s', async () => {
    await rule()
    const hour = 3_600_000
    await head.post('/substitutions', {
      absentId: people[0]!.id,
      deputyIds: [people[1]!.id],
      from: new Date(Date.now() - hour).toISOString(),
      to: new Date(Date.now() + hour).toISOString(),
    })
    await head.patch(`/users/${people[1]!.id}`, { active: false })
    const made = [await create(), await create(), await create()]
    expect(await owners(made.map(({ id }) => id))).toEqual([2, 2, 2])
    await head.patch(`/users/${people[2]!.id}`, { active: false })
    expect(await owners([(await create()).id])).toEqual([null])
  })

  test('goes by region to whose region it is, by load to who has the fewest', async () => {
    await rule({ way: 'region', regions: [{ region: 'Тверь', userId: people[1]!.id }] })
    const inTver = [await create({ region: 'Тверь' }), await create({ region: 'Тверь' })]
    expect(await owners(inTver.map(({ id }) => id))).toEqual([1, 1])
    // A region nobody has: to who has the fewest.
    const elsewhere = [await create({ region: 'Псков' }), await create()]
    expect(new Set(await owners(elsewhere.map(({ id }) => id)))).toEqual(new Set([0, 2]))

    await rule({ way: 'clients' })
    const made = []
    for (let at = 0; at < 4; at++) made.push((await create()).id)
    const [counts] = await world.sql<{ all: number[] }>(
      `select array_agg(n order by n)::int[] as all from (select count(*) as n from clients where owner_id = any ($1) group by owner_id) c`,
      [people.map(({ id }) => id)],
    )
    expect(counts!.all).toEqual([2, 3, 3])

    await people[0]!.post('/activities', { kind: 'task', dueAt: '2099-01-01T09:00:00Z' })
    await people[1]!.post('/activities', { kind: 'task', dueAt: '2099-01-01T09:00:00Z' })
    await rule({ way: 'plan' })
    expect(await owners([(await create()).id])).toEqual([2])
  })

  test('two at once go to two people', async () => {
    await rule()
    const made = await Promise.all(Array.from({ length: 6 }, () => create()))
    const given = await owners(made.map(({ id }) => id))
    expect(given.toSorted()).toEqual([0, 0, 1, 1, 2, 2])
  })

  test('comes of an import just so, and the import is taken back as if there had been no rule', async () => {
    await rule()
    const table = `Название;ИНН\n${Array.from({ length: 9 }, (_, at) => `ООО «Строка ${round} ${at}»;`).join('\n')}`
    const { body } = await head.upload('/imports', { name: 'новые.csv', data: Buffer.from(table) })
    const reached = async (status: string) => {
      for (;;) {
        const found = (await head.get(`/imports/${body.id}`)).body
        if (found.status === status) return
        if (['refused', 'failed'].includes(found.status)) throw new Error(found.problem)
        await pause(50)
      }
    }
    await reached('ready')
    await head.post(`/imports/${body.id}/application`)
    await reached('applied')
    const made = await world.sql<{ owner: string; n: number }>(
      'select owner_id as owner, count(*)::int as n from clients where owner_id = any ($1) group by owner_id',
      [people.map(({ id }) => id)],
    )
    expect(made.map(({ n }) => n)).toEqual([3, 3, 3])
    await head.post(`/imports/${body.id}/reversal`)
    await reached('reversed')
    const left = await world.sql('select 1 from clients where archived_at is null and owner_id = any ($1)', [
      people.map(({ id }) => id),
    ])
    expect(left).toEqual([])
  })
})

describe('clients nobody has', () => {
  test(
    'are given out by one act: as the preview says, 20,000 of them, and taken back',
    { timeout: 300_000 },
    async () => {
      await rule({ active: false, way: 'clients' })
      await people[0]!.post('/clients', { name: 'Уже есть' })
      const [{ n: before }] = (await world.sql<{ n: number }>(
        'select count(*)::int as n from clients where owner_id is null and archived_at is null',
      )) as [{ n: number }]
      await seed(20_000)
      const preview = (await head.get('/distribution/preview')).body
      expect(preview.clients).toBe(before + 20_000)
      const shares = new Map(
        preview.people.map((one: { userId: string; clients: number }) => [one.userId, one.clients]),
      )
      expect([...shares.values()].reduce((sum: number, count) => sum + (count as number), 0)).toBe(
        before + 20_000,
      )

      const { count, changeSetId } = await run()

      expect(count).toBe(before + 20_000)
      for (const person of people) {
        const [held] = await world.sql<{ n: number }>(
          'select count(*)::int as n from clients where owner_id = $1',
          [person.id],
        )
        expect(held!.n - (person === people[0] ? 1 : 0)).toBe(shares.get(person.id))
      }
      const { status, body } = await head.post(`/change-sets/${changeSetId}/reversal`)
      expect(status, JSON.stringify(body)).toBeLessThan(300)
      await expect
        .poll(async () => (await head.get('/distribution/preview')).body.clients, { timeout: 200_000 })
        .toBe(before + 20_000)
    },
  )
})

/** Ownerless clients, as an import would leave them. */
async function seed(number: number) {
  await world.sql(
    `do $do$
     declare id uuid := new_id();
     begin
       insert into change_sets (id, author_id, act) values (id, '${head.id}', 'import.apply');
       perform set_config('app.change_set', id::text, true);
       insert into clients (name, name_core) select 'Ничей ' || n, 'ничей ' || n from generate_series(1, ${number}) n;
     end $do$`,
  )
}
