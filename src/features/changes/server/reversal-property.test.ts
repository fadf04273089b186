import { beforeAll, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'
import { imported } from '#features/imports/server/testing-import.ts'
import { acts, dice, type Office } from './testing-random-acts.ts'

const histories = Number(process.env.HISTORIES ?? 200)
const firstSeed = Number(process.env.FIRST_SEED ?? 1)
const side = 3
const world = testWorld()
const offices: Office[] = []

beforeAll(async () => {
  const boss = await world.person('head')
  for (const key of ['budget', 'colour'])
    await boss.post('/custom-fields', { key, title: key, type: 'text', searchable: true })
  for (let n = 0; n < side; n++) offices.push(await furnish(n))
})

/** Three clients of a manager, with something of everything. */
async function furnish(n: number): Promise<Office> {
  const team = `Отдел ${n}`
  const manager = await world.person('manager', { team })
  const mate = await world.person('manager', { team })
  const lead = await world.person('team-head', { team })
  const head = await world.person('head')
  const clients: string[] = []
  for (let k = 0; k < 3; k++) {
    const { body } = await manager.post('/clients', {
      name: `ООО «Клиент ${n}${k}»`,
      externalCode: `к-${n}${k}`,
      region: 'Тверь',
      custom: { budget: '1' },
      contacts: [
        { kind: 'phone', value: `+7 916 5${n}${k}-45-67` },
        { kind: 'email', value: `o${n}${k}@luch.ru` },
      ],
      people: [
        { name: 'Петров Иван', contacts: [{ kind: 'email', value: `p${n}${k}@luch.ru` }] },
        { name: 'Сидоров Пётр' },
      ],
      accounts: [{ account: `407028109000000000${n}${k}` }],
      managerIds: k === 1 ? [mate.id] : [],
    })
    clients.push(body.id)
    const { body: entry } = await manager.post('/activities', {
      clientId: body.id,
      personId: body.people[0].id,
      kind: 'call',
      text: 'звонок',
      dueAt: '2030-01-01T09:00:00Z',
    })
    await manager.upload(
      `/clients/${body.id}/files`,
      { name: 'д.txt', data: Buffer.from('1') },
      { activityId: entry.id },
    )
  }
  return { manager, mate, lead, head, clients }
}

/** Everything of the office's clients, whatever no reversal can or should set back left out: versions, times, ids of what was entered. */
const stateOf = ({ clients }: Office) =>
  world.sql(
    `select * from (
       select 'clients' as entity, c.id::text as key, to_jsonb(c) - '{version,field_versions,updated_at,updated_by}'::text[] as row from clients c where c.id = any ($1)
       union all select 'people', p.id::text, to_jsonb(p) - 'updated_at' from people p where p.client_id = any ($1)
       union all select 'contacts', t.id::text, to_jsonb(t) - 'updated_at' from contacts t where t.client_id = any ($1)
       union all select 'accounts', b.id::text, to_jsonb(b) from bank_accounts b where b.client_id = any ($1)
       union all select 'activities', a.id::text, to_jsonb(a) - '{version,updated_at,updated_by}'::text[] from activities a where a.client_id = any ($1)
       union all select 'files', f.id::text, to_jsonb(f) from files f where f.client_id = any ($1) and f.deleted_at is null
       union all select 'seats', s.client_id || s.reason || s.user_id, to_jsonb(s) - '{created_at,created_by,changed_at}'::text[]
         from seats s where s.client_id = any ($1)
       union all ${derived}) r order by 1, 2`,
    [clients],
  )
// In which order words and marks stand is the order in which rows were read.
const derived = `
  select 'search', s.client_id::text, jsonb_build_object('owner', s.owner_no, 'seers', s.seers,
    'words', array(select w from string_to_table(s.document, ' ') w order by w)) from client_search s where s.client_id = any ($1)
  union all select 'states', s.client_id::text, to_jsonb(s) - 'marks'
    || jsonb_build_object('marks', array(select m from string_to_table(s.marks, E'\\n') m order by m))
  from client_states s where s.client_id = any ($1)`

const authors = ({ manager, mate, lead, head }: Office): Person[] => [manager, mate, lead, head]

const actsOf = async (office: Office, after: string) =>
  world.sql<{ id: string; author: string; act: string }>(
    `select id, author_id as author, act from change_sets where author_id = any ($1) and id > $2 and counts <> '{}' order by id`,
    [authors(office).map(({ id }) => id), after],
  )

async function act(office: Office, random: ReturnType<typeof dice>, name: string) {
  const person = random.pick(authors(office))
  const client = await person.get(`/clients/${random.pick(office.clients)}`)
  if (client.status === 200) await acts[name]!(random, person, client.body, office)
}

const table = (office: Office, seed: number) =>
  `Код;Клиент;Телефон;Регион;Контактное лицо\n${office.clients
    .map(
      (_, k) =>
        `к-${offices.indexOf(office)}${k};ООО «Клиент ${offices.indexOf(office)}${k}»;8916777${1000 + seed + k};Сочи;Новиков Олег`,
    )
    .join('\n')}\n;ООО «Загруженный ${seed}»;8916888${1000 + seed};Омск;\n`

/** Takes back everything since, the latest first: each act by its author or the head, what he cannot by the head. */
async function takeAllBack(office: Office, random: ReturnType<typeof dice>, since: string) {
  for (const { id, author } of (await actsOf(office, since)).toReversed()) {
    const person = random.pick([authors(office).find((one) => one.id === author)!, office.head])
    let { body, status } = await person.post(`/change-sets/${id}/reversal`)
    if (status === 200 && body.counts.restored === 0 && person !== office.head)
      ({ body, status } = await office.head.post(`/change-sets/${id}/reversal`))
    expect([status, body.counts?.kept, body.counts?.hidden], JSON.stringify(body)).toEqual([200, 0, 0])
  }
}

async function history(office: Office, seed: number) {
  const random = dice(seed)
  const before = await stateOf(office)
  const [{ last }] = (await world.sql<{ last: string }>('select max(id::text) as last from change_sets')) as [
    { last: string },
  ]
  const names: string[] = []
  try {
    for (let length = 3 + random.below(5); length > 0; length--) {
      names.push(random.pick(Object.keys(acts)))
      await act(office, random, names.at(-1)!)
    }
    if (seed % 20 === 0) {
      names.push('import')
      await imported(office.manager, table(office, seed))
      await act(office, random, 'contacts')
    }
    await takeAllBack(office, random, last)
    expect(await stateOf(office)).toEqual(before)
  } catch (error) {
    throw new Error(`history ${seed}: ${names.join(', ')}: ${(error as Error).message}`, { cause: error })
  }
}

test(
  `after ${histories} random histories, each taken back from its last act to its first, the base is as it was`,
  { timeout: 300_000 },
  async () => {
    const before = await world.sql<{ count: string }>(
      'select count(*) from clients where archived_at is null',
    )
    let next = 0
    const work = async (office: Office) => {
      while (next < histories) await history(office, firstSeed + next++)
    }
    await Promise.all(offices.map(work))
    expect(await world.sql('select count(*) from clients where archived_at is null')).toEqual(before)
    for (const office of offices) {
      // What is kept beside the rows is what a rebuild makes of them.
      const kept = await stateOf(office)
      await world.sql('select refresh_clients($1)', [office.clients])
      expect(await stateOf(office)).toEqual(kept)
    }
    expect(
      await world.sql(
        `select 1 from client_search s join clients c on c.id = s.client_id where c.archived_at is not null`,
      ),
    ).toEqual([])
  },
)
