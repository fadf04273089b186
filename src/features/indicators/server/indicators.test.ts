import { beforeAll, describe, expect, test } from 'vitest'
import { type Person, testWorld } from '#app/testing.ts'
import { type Indicator, indicators, momentary, ofEntries } from '#features/indicators/contract.ts'

const world = testWorld()
/** Two managers and their head in «Север», a manager in «Юг», the head of all. */
let first: Person, second: Person, lead: Person, stranger: Person, head: Person
let everybody: Person[]
const march = 'from=2026-03-01&to=2026-03-31'

beforeAll(async () => {
  first = await world.person('manager', { team: 'Север' })
  second = await world.person('manager', { team: 'Север' })
  lead = await world.person('team-head', { team: 'Север' })
  stranger = await world.person('manager', { team: 'Юг' })
  head = await world.person('head')
  everybody = [first, second, lead, stranger, head]
  await head.post('/custom-fields', { key: 'turnover', title: 'Оборот', type: 'number' })
  await world.sql(`insert into choices (field, name, position, is_lost) values
    ('stage', 'интерес', 0, false), ('stage', 'договор', 1, false), ('stage', 'отказ', 2, true)`)
  await fill()
})

/** Numbers that look random and are the same every time. */
function* numbers(): Generator<number> {
  let state = 20260301
  for (;;) yield (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648
}

/** 60 clients, 900 entries around March by Moscow time, moves between stages; past the rights, as an import would leave them. */
async function fill() {
  const source = numbers()
  const random = (most: number) => Math.floor((source.next().value as number) * most)
  const pick = <T>(of: readonly T[]): T => of[random(of.length)]!
  const moment = () => new Date(Date.UTC(2026, 1, 1 + random(80), random(24), random(60))).toISOString()
  const owners = [first.id, second.id, lead.id, stranger.id, null]
  const clients = Array.from({ length: 60 }, (_, at) => ({
    id: `00000000-0000-4000-8000-${String(at).padStart(12, '0')}`,
    name: `Клиент ${at}`,
    owner: pick(owners),
    shared: random(4) === 0 ? pick([first.id, stranger.id]) : null,
    stage: pick(['интерес', 'договор', null]),
    next: pick(['интерес', 'договор', 'отказ', 'отказ']),
    turnover: random(3) === 0 ? null : random(10_000),
    created: moment(),
    archived: random(6) === 0 ? moment() : null,
    moved: moment(),
    phone: pick(['ok', 'doubtful', null]),
  }))
  const entries = Array.from({ length: 900 }, () => {
    const state = pick(['done', 'done', 'cancelled', 'open', 'note'])
    return {
      client: random(12) === 0 ? null : pick(clients).id,
      user: pick([first.id, second.id, lead.id, stranger.id, head.id]),
      kind: state === 'note' ? 'note' : pick(['call', 'meeting', 'letter', 'task']),
      due: state === 'note' ? null : moment(),
      done: state === 'done' ? moment() : null,
      cancelled: state === 'cancelled' ? moment() : null,
      outcome: state === 'done' ? pick(['дозвонился', 'отказ', null]) : null,
      created: moment(),
    }
  })
  await world.sql(`do $do$
    declare given jsonb := $given$${JSON.stringify({ clients, entries })}$given$; made uuid;
    begin
      insert into change_sets (author_id, act) values ('${head.id}', 'demo.fill') returning id into made;
      perform set_config('app.change_set', made::text, true);
      insert into clients (id, name, owner_id, stage, custom, created_at, archived_at)
      select (c ->> 'id')::uuid, c ->> 'name', (c ->> 'owner')::uuid, c ->> 'stage',
        case when c -> 'turnover' = 'null' then '{}' else jsonb_build_object('turnover', c -> 'turnover') end,
        (c ->> 'created')::timestamptz, (c ->> 'archived')::timestamptz
      from jsonb_array_elements(given -> 'clients') c;
      insert into seats (client_id, user_id, reason)
      select (c ->> 'id')::uuid, (c ->> 'shared')::uuid, 'shared' from jsonb_array_elements(given -> 'clients') c
      where c ->> 'shared' is not null and c ->> 'shared' is distinct from c ->> 'owner';
      insert into contacts (client_id, kind, value, verdict)
      select (c ->> 'id')::uuid, k, 'x', c ->> 'phone' from jsonb_array_elements(given -> 'clients') c, unnest('{phone,email}'::text[]) k
      where c ->> 'phone' is not null;
      update clients t set stage = c ->> 'next' from jsonb_array_elements(given -> 'clients') c
      where t.id = (c ->> 'id')::uuid and t.stage is distinct from c ->> 'next' and t.archived_at is null;
      -- The moves happened on days of their own.
      update changes h set at = (c ->> 'moved')::timestamptz from jsonb_array_elements(given -> 'clients') c
      where h.row_id = (c ->> 'id')::uuid and h.entity = 'clients' and h.op = 'u' and h.after ? 'stage';
      insert into activities (client_id, user_id, created_by, kind, text, due_at, done_at, cancelled_at, outcome, created_at)
      select (e ->> 'client')::uuid, (e ->> 'user')::uuid, (e ->> 'user')::uuid, e ->> 'kind', '', (e ->> 'due')::timestamptz,
        (e ->> 'done')::timestamptz, (e ->> 'cancelled')::timestamptz, e ->> 'outcome', (e ->> 'created')::timestamptz
      from jsonb_array_elements(given -> 'entries') e;
    end $do$`)
}

/** What a figure must be, said without any of the product's statements: over rows one sees, of people one answers for. */
async function expected(
  person: Person,
  indicator: Indicator,
  from: string,
  to: string,
  user?: string,
): Promise<number> {
  const visible =
    person === head
      ? everybody.map(({ id }) => id)
      : person === lead
        ? [first.id, second.id, lead.id]
        : [person.id]
  const period = `>= '${from}T00:00:00+03:00'::timestamptz and %1 < '${to}T00:00:00+03:00'::timestamptz + interval '1 day'`
  const within = (column: string) => `${column} ${period.replace('%1', column)}`
  const entry: Partial<Record<Indicator, string>> = {
    done: `kind <> 'note' and ${within('done_at')}`,
    call: `kind = 'call' and ${within('done_at')}`,
    meeting: `kind = 'meeting' and ${within('done_at')}`,
    letter: `kind = 'letter' and ${within('done_at')}`,
    task: `kind = 'task' and ${within('done_at')}`,
    note: `kind = 'note' and ${within('created_at')}`,
    planned: `cancelled_at is null and ${within('due_at')}`,
    cancelled: within('cancelled_at'),
    overdue: `done_at is null and cancelled_at is null and due_at < date_trunc('day', now() at time zone 'Europe/Moscow') at time zone 'Europe/Moscow'`,
  }
  const talk = `exists (select 1 from activities t where t.client_id = c.id and t.kind in ('call', 'meeting', 'letter') and t.done_at >= c.created_at)`
  const valid = (kind: string) =>
    `exists (select 1 from contacts k where k.client_id = c.id and k.kind = '${kind}' and k.verdict in ('ok', 'fixed'))`
  const client: Partial<Record<Indicator, string>> = {
    newClients: `archived_at is null and ${within('created_at')}`,
    answered: `archived_at is null and ${within('created_at')} and ${talk}`,
    lostClients: `(${within('archived_at')} or archived_at is null and stage = 'отказ' and exists (
      select 1 from changes h where h.row_id = c.id and h.after ->> 'stage' = 'отказ' and ${within('h.at')}))`,
    clients: 'archived_at is null',
    withoutPlan: `archived_at is null and not exists (
      select 1 from activities p where p.client_id = c.id and p.due_at is not null and p.done_at is null and p.cancelled_at is null)`,
    complete: `archived_at is null and ${valid('phone')} and ${valid('email')}`,
  }
  const seen =
    person === head
      ? 'true'
      : `(c.owner_id = any ($1) or exists (select 1 from seats s where s.client_id = c.id and s.user_id = any ($1)))`
  const of = (column: string) =>
    `$1::uuid[] is not null and ${user ? `${column} = '${user}'` : person === head ? 'true' : `${column} = any ($1)`}`
  const text = ofEntries.includes(indicator)
    ? `select count(*)::int as n from activities a left join clients c on c.id = a.client_id
       where ${entry[indicator]!.replaceAll(/\b(kind|done_at|created_at|due_at|cancelled_at)\b/g, 'a.$1')} and ${of('a.user_id')}
         and (a.client_id is not null and ${seen} or a.client_id is null and (a.user_id = '${person.id}' or a.created_by = '${person.id}'))`
    : `select count(*)::int as n from clients c where ${client[indicator]!} and ${of('c.owner_id')} and ${seen}`
  const [row] = await world.sql<{ n: number }>(text, [visible])
  return row!.n
}

async function recordsOf(person: Person, query: string) {
  const items: { id: string; at: string; userId: string }[] = []
  let cursor: string | null = null
  let count = 0
  do {
    const { status, body } = await person.get(
      `/indicators/records?${query}&limit=37${cursor ? `&cursor=${cursor}` : ''}`,
    )
    expect(status, JSON.stringify(body)).toBe(200)
    items.push(...body.items)
    count = body.count
    cursor = body.nextCursor
  } while (cursor)
  expect(new Set(items.map(({ id }) => id)).size, query).toBe(items.length)
  return { items, count }
}

describe.each(['manager', 'team head', 'head'] as const)('a %s', (role) => {
  const asker = () => ({ manager: first, 'team head': lead, head })[role]

  test('reads figures that are those of a count by hand, together and by person', async () => {
    const { body } = await asker().get(`/indicators?${march}`)
    for (const indicator of indicators) {
      expect(body.total.figures[indicator], indicator).toBe(
        await expected(asker(), indicator, '2026-03-01', '2026-03-31'),
      )
    }
    for (const row of body.rows.filter(({ key }: { key: string }) => key !== 'none')) {
      for (const indicator of ['done', 'planned', 'lostClients', 'withoutPlan', 'overdue'] as const) {
        const byHand = await expected(asker(), indicator, '2026-03-01', '2026-03-31', row.key)
        expect(row.figures[indicator], `${indicator} of ${row.label}`).toBe(byHand)
      }
    }
    expect(body.total.figures.done).toBeGreaterThan(10)
    expect(body.total.figures.lostClients).toBeGreaterThan(0)
  })

  test('opens every figure to the very records, as many as it says', async () => {
    const { body } = await asker().get(`/indicators?${march}`)
    for (const indicator of indicators) {
      const { items, count } = await recordsOf(asker(), `${march}&indicator=${indicator}`)
      expect(items.length, indicator).toBe(body.total.figures[indicator])
      expect(count, indicator).toBe(items.length)
      expect(
        items.map(({ at }) => Date.parse(at)),
        indicator,
      ).toEqual(items.map(({ at }) => Date.parse(at)).toSorted((a, b) => b - a))
    }
    for (const row of body.rows) {
      if (row.key === 'none') continue
      const { items } = await recordsOf(asker(), `${march}&indicator=done&user=${row.key}`)
      expect(items.length, row.label).toBe(row.figures.done)
    }
  })
})

test('a period stands beside another one: the one before, a year ago, or one of one’s own', async () => {
  const { body } = await head.get(`/indicators?${march}&compare=before`)
  expect(body.earlier).toEqual({ from: '2026-01-29', to: '2026-02-28' })
  const february = (await head.get('/indicators?from=2026-01-29&to=2026-02-28')).body
  expect(body.total.earlier.done).toBe(february.total.figures.done)
  expect(body.total.earlier.responseHours).toBe(february.total.figures.responseHours)
  for (const name of momentary) expect(body.total.earlier[name], name).toBe(null)
  expect((await head.get(`/indicators?from=2024-02-29&to=2024-02-29&compare=year`)).body.earlier).toEqual({
    from: '2023-02-28',
    to: '2023-02-28',
  })
  const own = await head.get(
    `/indicators?${march}&compare=period&compareFrom=2026-02-01&compareTo=2026-02-10`,
  )
  expect(own.body.earlier).toEqual({ from: '2026-02-01', to: '2026-02-10' })
  expect((await head.get(`/indicators?${march}&compare=period`)).status).toBe(422)
  expect((await head.get('/indicators?from=2026-03-02&to=2026-03-01')).status).toBe(422)
})

test('the response is the median from a client’s entry to the first talk with him', async () => {
  const { body } = await head.get(`/indicators?${march}`)
  const [row] = await world.sql<{ hours: number }>(
    `select percentile_cont(0.5) within group (order by extract(epoch from t.at - c.created_at) / 3600) as hours
     from clients c cross join lateral (select min(done_at) as at from activities a where a.client_id = c.id
       and a.kind in ('call', 'meeting', 'letter') and a.done_at >= c.created_at) t
     where c.archived_at is null and c.created_at >= '2026-03-01T00:00:00+03:00' and c.created_at < '2026-04-01T00:00:00+03:00'`,
  )
  expect(body.total.figures.responseHours).toBeCloseTo(row!.hours, 1)
})

test('figures of a team are those of its people', async () => {
  const [byTeam, byPerson] = [
    (await head.get(`/indicators?${march}&groupBy=team`)).body,
    (await head.get(`/indicators?${march}`)).body,
  ]
  const north = byTeam.rows.find(({ label }: { label: string }) => label === 'Север')
  const ids = [first.id, second.id, lead.id]
  const sum = byPerson.rows
    .filter(({ key }: { key: string }) => ids.includes(key))
    .reduce((all: number, row: { figures: { done: number } }) => all + row.figures.done, 0)
  expect(north.figures.done).toBe(sum)
  expect(byTeam.total.figures).toEqual(byPerson.total.figures)
})

test('outcomes by kind add up to what was done, and each opens to its entries', async () => {
  const { body } = await head.get(`/indicators/outcomes?${march}`)
  const { body: all } = await head.get(`/indicators?${march}`)
  const sum = body.cells.reduce((total: number, { count }: { count: number }) => total + count, 0)
  expect(sum).toBe(all.total.figures.done)
  for (const { kind, outcome, count } of body.cells.slice(0, 5)) {
    const query = `${march}&indicator=done&kind=${kind}&outcome=${encodeURIComponent(outcome ?? 'none')}`
    expect((await recordsOf(head, query)).items.length, query).toBe(count)
  }
})

test('a trend has a point for every step, and its points add up to the figure', async () => {
  for (const step of ['day', 'week', 'month']) {
    const { body } = await lead.get(`/indicators/trend?${march}&indicator=call&step=${step}`)
    const sum = body.points.reduce((total: number, { value }: { value: number }) => total + value, 0)
    expect(sum, step).toBe((await lead.get(`/indicators?${march}`)).body.total.figures.call)
  }
  const days = (await lead.get(`/indicators/trend?${march}&indicator=call`)).body.points
  expect(days.length).toBe(31)
  expect(days[0].from).toBe('2026-03-01')
})

test('completeness has a past from the day it is noted on', async () => {
  await world.sql('select note_completeness()')
  await world.sql(
    `insert into completeness_days (day, owner_id, clients, complete) values ('2026-03-10', $1, 10, 4), ('2026-03-10', $2, 10, 8)`,
    [first.id, stranger.id],
  )
  const of = async (person: Person) =>
    (await person.get('/indicators/trend?from=2026-03-09&to=2026-03-11&indicator=completeness')).body.points
  expect(await of(first)).toEqual([
    { from: '2026-03-09', value: null },
    { from: '2026-03-10', value: 0.4 },
    { from: '2026-03-11', value: null },
  ])
  expect((await of(head))[1].value).toBeCloseTo(0.6)
  const today = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Moscow' }).format(new Date())
  const [now] = (await head.get(`/indicators/trend?from=${today}&to=${today}&indicator=completeness`)).body
    .points
  const { figures } = (await head.get(`/indicators?${march}`)).body.total
  expect(now.value).toBeCloseTo(figures.complete / figures.clients)
})

test('a day is noted by the rule of the gaps, stages and categories included, and who has no clients any more leaves it', async () => {
  await world.sql(
    `update choices set required_kinds = '{email,website}' where field = 'stage' and name = 'договор'`,
  )
  await world.sql(`update company set required_kinds = '{phone}'`)
  await world.sql(
    `insert into completeness_days (day, owner_id, clients, complete, noted_at)
     values ((now() at time zone 'Europe/Moscow')::date, $1, 7, 7, now() - interval '4 hours')
     on conflict (day, owner_id) do update set clients = 7, noted_at = excluded.noted_at`,
    [head.id],
  )
  await world.sql(`update completeness_days set noted_at = now() - interval '4 hours'`)
  await world.sql('select note_completeness()')
  const valid = (kind: string) =>
    `exists (select 1 from contacts k where k.client_id = c.id and k.kind = '${kind}' and k.verdict in ('ok', 'fixed'))`
  const counted = await world.sql(
    `select c.owner_id, count(*)::int as clients, count(*) filter (where ${valid('phone')}
       and (c.stage is distinct from 'договор' or (${valid('email')} and ${valid('website')})))::int as complete
     from clients c where c.archived_at is null group by 1 order by 1`,
  )
  const noted = await world.sql(
    `select owner_id, clients, complete from completeness_days where day = (now() at time zone 'Europe/Moscow')::date order by 1`,
  )
  expect(noted).toEqual(counted)
  expect(counted.some(({ clients, complete }) => complete !== clients && complete !== 0)).toBe(true)
  await world.sql(`update choices set required_kinds = '{}'`)
  await world.sql(`update company set required_kinds = '{phone,email}'`)
})

test('the funnel counts who stands at a stage, who came and who went, and opens to the moves', async () => {
  const { body } = await lead.get(`/indicators/funnel?${march}`)
  const [standing] = await world.sql<{ n: number }>(
    `select count(*)::int as n from clients where archived_at is null and stage = 'договор' and owner_id = any ($1)`,
    [[first.id, second.id, lead.id]],
  )
  const deal = body.stages.find(({ stage }: { stage: string }) => stage === 'договор')
  expect(deal.now).toBe(standing!.n)
  expect(body.stages.map(({ stage }: { stage: string }) => stage).slice(-1)).toEqual([null])
  expect(body.stages.find(({ stage }: { stage: string }) => stage === 'отказ').isLost).toBe(true)
  const read: { to: string; clientId: string }[] = []
  let cursor: string | null = null
  do {
    const answer = await lead.get(
      `/indicators/funnel/moves?${march}&limit=3&toStage=${encodeURIComponent('=отказ')}${cursor ? `&cursor=${cursor}` : ''}`,
    )
    read.push(...answer.body.items)
    cursor = answer.body.nextCursor
  } while (cursor)
  const lost = body.stages.find(({ stage }: { stage: string }) => stage === 'отказ')
  expect(read.length).toBe(lost.came)
  expect(read.length).toBeGreaterThan(3)
  expect(new Set(read.map(({ clientId }) => clientId)).size).toBe(read.length)
  expect(read.every(({ to }) => to === 'отказ')).toBe(true)
})

test('A brings the first 80 per cent of the sum, B the next 15, C the rest', async () => {
  const { body } = await head.get('/indicators/abc?field=turnover')
  const values = (
    await world.sql<{ v: number }>(
      `select (custom ->> 'turnover')::float8 as v from clients where archived_at is null and (custom ->> 'turnover')::float8 > 0 order by 1 desc`,
    )
  ).map(({ v }) => v)
  const whole = values.reduce((sum, value) => sum + value, 0)
  const counts = { A: 0, B: 0, C: 0 }
  let above = 0
  for (const value of values) {
    counts[above < whole * 0.8 ? 'A' : above < whole * 0.95 ? 'B' : 'C']++
    above += value
  }
  expect(
    Object.fromEntries(
      body.classes.map((one: { class: string; clients: number }) => [one.class, one.clients]),
    ),
  ).toEqual(counts)
  expect(body.sum).toBe(whole)
  for (const name of ['A', 'B', 'C'] as const) {
    const ids = new Set<string>()
    let cursor: string | null = null
    do {
      const page = await head.get(
        `/indicators/abc/clients?field=turnover&class=${name}&limit=4${cursor ? `&cursor=${cursor}` : ''}`,
      )
      for (const { id } of page.body.items) ids.add(id)
      expect(page.body.count).toBe(counts[name])
      cursor = page.body.nextCursor
    } while (cursor)
    expect(ids.size, name).toBe(counts[name])
  }
  const mine = (await first.get('/indicators/abc?field=turnover')).body
  expect(mine.classes.reduce((sum: number, one: { clients: number }) => sum + one.clients, 0)).toBeLessThan(
    values.length,
  )
  expect((await head.get('/indicators/abc?field=missing')).status).toBe(404)
})

test('the workbook holds the figures of the screen', async () => {
  const { status, headers, raw } = await lead.get(`/indicators.xlsx?${march}&compare=before&language=ru`)
  expect(status).toBe(200)
  expect(headers['content-disposition']).toContain('indicators.xlsx')
  expect(raw.subarray(0, 2).toString()).toBe('PK')
})

test('a manager’s figures name nobody else, and a colleague’s figures are not to be had by asking for him', async () => {
  const { body } = await first.get(`/indicators?${march}`)
  expect(body.rows.map(({ key }: { key: string }) => key)).toEqual([first.id])
  const asked = (await first.get(`/indicators?${march}&user=${stranger.id}`)).body
  expect(asked.rows).toEqual([])
  expect(asked.total.figures.done).toBe(0)
  expect((await recordsOf(first, `${march}&indicator=done&user=${stranger.id}`)).items).toEqual([])
})
