import * as fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { testWorld, type Person } from '#app/testing.ts'
import { states, type ReportGroup, type State } from '#features/reports/contract.ts'

const world = testWorld()

const pick = <T>(...values: T[]) => fc.constantFrom(...values)
const contact = fc.record({
  kind: pick('phone', 'email', 'website'),
  label: pick('мобильный', 'рабочий', null),
  verdict: pick('ok', 'fixed', 'doubtful', 'junk'),
  placeholder: fc.boolean(),
  monthsAgo: pick(null, 1, 8, 40),
  ofPerson: fc.boolean(),
})
const client = fc.record({
  owner: fc.integer({ min: -1, max: 3 }),
  shared: fc.integer({ min: -2, max: 3 }),
  region: pick('Москва', 'Тула, город', 'none', null),
  stage: pick('новый', 'постоянный', null),
  source: pick('сайт', null),
  categories: pick([], ['Опт'], ['VIP', 'Опт'], ['none', 'VIP']),
  archived: fc.nat(9).map((number) => number === 0),
  contacts: fc.array(contact, { maxLength: 4 }),
})
const question = fc.record({
  object: pick('clients', 'persons'),
  kinds: pick(['phone'], ['phone', 'email'], ['phone:мобильный', 'email'], ['website', 'phone:', 'phone']),
  groupBy: fc.uniqueArray(pick('manager', 'team', 'region', 'category', 'source', 'stage'), { maxLength: 3 }),
  checkedMonths: pick('', '&checkedMonths=6'),
  persons: pick('', '&persons=false'),
  filter: pick(
    '',
    '&missing=email',
    `&stage=${encodeURIComponent('новый')}`,
    '&owner=none',
    '&required=incomplete',
    '&clientKind=organization',
    `&where=${encodeURIComponent(JSON.stringify([{ field: 'phone', op: 'state', value: ['valid', 'junk'] }]))}`,
  ),
})

const people: Person[] = []

beforeAll(async () => {
  people.push(
    await world.person('manager', { team: 'Юг' }),
    await world.person('team-head', { team: 'Юг' }),
    await world.person('manager', { team: 'Север' }),
    await world.person('manager'),
    await world.person('head'),
  )
})

type MadeUpClient = typeof client extends fc.Arbitrary<infer T> ? T : never

/** A base of these clients and nothing else, past the rights; triggers keep seats and states. */
async function fillBase(clients: MadeUpClient[]) {
  await world.sql('truncate clients, client_states, change_sets cascade')
  const [made] = await world.sql<{ id: string }>(
    `insert into change_sets (author_id, act) values ($1, 'demo.fill') returning id`,
    [people[4]!.id],
  )
  const rows = clients.map((one, at) => ({
    ...one,
    at,
    owner: people[one.owner]?.id ?? null,
    shared: people[one.shared]?.id ?? null,
  }))
  await world.sql(
    `do $do$ declare rows jsonb := $rows$${JSON.stringify(rows)}$rows$; begin
       perform set_config('app.change_set', '${made!.id}', true);
       insert into clients (id, name, owner_id, region, stage, source, categories, archived_at)
         select ('00000000-0000-4000-8000-' || lpad(r ->> 'at', 12, '0'))::uuid, 'Клиент ' || ((r ->> 'at')::int % 3), (r ->> 'owner')::uuid, r ->> 'region', r ->> 'stage', r ->> 'source',
           array(select jsonb_array_elements_text(r -> 'categories')), case when (r ->> 'archived')::boolean then now() end
         from jsonb_array_elements(rows) r;
       insert into people (id, client_id, name) select ('00000000-0000-4000-9000-' || lpad(r ->> 'at', 12, '0'))::uuid, c.id, 'Лицо'
         from jsonb_array_elements(rows) r join clients c on c.id = ('00000000-0000-4000-8000-' || lpad(r ->> 'at', 12, '0'))::uuid where (r ->> 'at')::int % 3 > 0;
       insert into seats (client_id, user_id, reason) select ('00000000-0000-4000-8000-' || lpad(r ->> 'at', 12, '0'))::uuid, (r ->> 'shared')::uuid, 'shared'
         from jsonb_array_elements(rows) r where r ->> 'shared' is not null;
       insert into contacts (client_id, person_id, kind, label, value, verdict, reason, checked_at)
         select c.id, p.id, k ->> 'kind', k ->> 'label', 'x', k ->> 'verdict', case when (k ->> 'placeholder')::boolean then 'placeholder' end,
           now() - make_interval(months => (k ->> 'monthsAgo')::int)
         from jsonb_array_elements(rows) r join clients c on c.id = ('00000000-0000-4000-8000-' || lpad(r ->> 'at', 12, '0'))::uuid
           cross join jsonb_array_elements(r -> 'contacts') k
           left join people p on p.client_id = c.id and (k ->> 'ofPerson')::boolean;
     end $do$`,
  )
}

/** The list behind a number, read page by page to its end. */
async function lengthOf(who: Person, query: string): Promise<number> {
  const found = new Set<string>()
  let cursor: string | null = null
  let read = 0
  do {
    const { status, body } = await who.get(
      `/reports/contact-info/clients?limit=7&${query}${cursor ? `&cursor=${cursor}` : ''}`,
    )
    expect(status, JSON.stringify(body)).toBe(200)
    for (const item of body.items) found.add(item.personId ?? item.id)
    read += body.items.length
    cursor = body.nextCursor
    if (!cursor) expect(body.count, query).toBe(read)
  } while (cursor)
  expect(found.size, `${query}: nobody twice`).toBe(read)
  return read
}

type Numbers = Pick<ReportGroup, 'clients' | 'cells' | 'groups'>

async function checkNumbers(
  who: Person,
  query: string,
  kinds: string[],
  group: Numbers,
  path: string[] = [],
) {
  const at = path.length === 0 ? query : `${query}&group=${encodeURIComponent(JSON.stringify(path))}`
  expect(await lengthOf(who, at), at).toBe(group.clients)
  for (const kind of kinds) {
    const cell = group.cells[kind]!
    expect(
      states.reduce((sum, state) => sum + cell[state], 0),
      at,
    ).toBe(group.clients)
    for (const state of states) {
      const behind = `${at}&kind=${encodeURIComponent(kind)}&state=${state}`
      expect(await lengthOf(who, behind), behind).toBe(cell[state])
    }
  }
  // A few groups of each level are enough: the bases are many.
  for (const child of group.groups?.slice(0, path.length === 0 ? 3 : 1) ?? []) {
    await checkNumbers(who, query, kinds, child, [...path, child.key])
  }
}

test(
  'every number of the report is the length of the list behind it, for every role',
  { timeout: 120_000 },
  async () => {
    const base = fc.array(client, { minLength: 5, maxLength: 18 })
    const questions = fc.array(question, { minLength: 2, maxLength: 2 })
    const property = fc.asyncProperty(base, questions, async (clients, questions) => {
      await fillBase(clients)
      for (const who of people) {
        for (const { object, kinds, groupBy, checkedMonths, persons, filter } of questions) {
          const query = `object=${object}&kinds=${encodeURIComponent(kinds.join(','))}&groupBy=${groupBy.join(',')}${checkedMonths}${persons}${filter}`
          const { status, body } = await who.get(`/reports/contact-info?${query}`)
          expect(status, JSON.stringify(body)).toBe(200)
          await checkNumbers(who, query, kinds, { ...body.total, groups: body.groups })
        }
      }
    })
    await fc.assert(property, { numRuns: Number(process.env['RUNS'] ?? 4), endOnFailure: true })
  },
)

/** The state of a column by the plain rule, contact by contact. */
function plainState(
  contacts: MadeUpClient['contacts'],
  key: string,
  months: number | null,
  persons: boolean,
  hasPerson: boolean,
): State {
  const [kind, label] = key.split(':')
  const codes = contacts
    .filter(
      (one) =>
        one.kind === kind &&
        (label === undefined || (one.label ?? '') === label) &&
        (persons || !one.ofPerson || !hasPerson),
    )
    .map(({ placeholder, verdict, monthsAgo }): number => {
      if (placeholder) return 0
      if (verdict === 'junk') return 1
      if (verdict === 'doubtful') return 2
      return months === null || (monthsAgo !== null && monthsAgo < months) ? 4 : 3
    })
  return (['missing', 'junk', 'doubtful', 'stale', 'valid'] as const)[Math.max(0, ...codes)]!
}

test('a cell is the best contact of its kind or label, by the plain rule', async () => {
  const keys = ['phone', 'phone:мобильный', 'phone:', 'email', 'website:рабочий']
  await fc.assert(
    fc.asyncProperty(
      fc.array(client, { maxLength: 20 }),
      fc.boolean(),
      pick(null, 6),
      async (clients, persons, months) => {
        await fillBase(clients)
        const query = `kinds=${encodeURIComponent(keys.join(','))}&persons=${persons}${months === null ? '' : `&checkedMonths=${months}`}`
        const { body } = await people[4]!.get(`/reports/contact-info?${query}`)
        const standing = clients
          .map((one, at) => ({ ...one, hasPerson: at % 3 > 0 }))
          .filter(({ archived }) => !archived)
        for (const key of keys) {
          const found = standing.map((one) => plainState(one.contacts, key, months, persons, one.hasPerson))
          const expected = Object.fromEntries(
            states.map((state) => [state, found.filter((one) => one === state).length]),
          )
          expect(body.total.cells[key], key).toEqual(expected)
        }
      },
    ),
    { numRuns: 12 },
  )
})

test('a role sees in the report what it sees in the list of clients', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(client, { maxLength: 20 }), async (clients) => {
      await fillBase(clients)
      for (const who of people) {
        const { body } = await who.get('/clients/count')
        expect((await who.get('/reports/contact-info?kinds=phone')).body.total.clients).toBe(body.count)
      }
    }),
    { numRuns: 5 },
  )
})
