import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Target } from './http-load.ts'
import type { Role } from './roles.ts'
import type { Line } from './table.ts'

const changesOfOneCard = 10_000
const written = ['clients', 'people', 'contacts']

/** What the journal costs a bulk write, taking an act of many clients back, and the history of a card that has seen much. */
export async function measureChanges(
  roles: Role[],
  target: (role: Role) => Target,
  owner: pg.ClientConfig,
  rows: number,
): Promise<Line[]> {
  const head = roles.find((role) => role.name === 'head')!
  const client = new pg.Client({ ...owner, options: '-c timezone=UTC' })
  await client.connect()
  try {
    const lines = [
      await journalLine(client, head, rows),
      ...(await reversalLines(client, head, target(head), rows)),
    ]
    for (const role of roles) lines.push(...(await historyLines(client, role, target(role))))
    return lines
  } finally {
    await client.end()
  }
}

/** The rows of an import written with the journal and without it, in turn; nothing of it stays. */
async function journalLine(client: pg.Client, head: Role, rows: number): Promise<Line> {
  const times: Record<'with' | 'without', number[]> = { with: [], without: [] }
  for (const kind of ['without', 'with', 'without', 'with', 'without', 'with'] as const) {
    await begin(client, head, 'import.apply')
    if (kind === 'without')
      for (const table of written) await client.query(`alter table ${table} disable trigger journal_insert`)
    times[kind].push(await timed(() => enterClients(client, rows)))
    await client.query('rollback')
  }
  const [withIt, without] = [Math.min(...times.with), Math.min(...times.without)]
  return {
    what: `${rows.toLocaleString('en')} clients with journal`,
    figure: `${withIt.toFixed(2)} s`,
    bare: `${without.toFixed(2)} s without`,
    ratio: withIt / without,
    budget: '≤ 1.6 ×',
    holds: withIt <= 1.6 * without,
  }
}

async function enterClients(client: pg.Client, rows: number) {
  await client.query(
    `select set_config('app.defer_refresh', 'on', true), set_config('app.new_clients', 'on', true)`,
  )
  await client.query(
    'create temp table entered on commit drop as select new_id() as id, n from generate_series(1, $1::int) n',
    [rows],
  )
  await client.query(`insert into clients (id, name, owner_id, region, comment)
    select e.id, 'ООО «Загруженный ' || n || '»', caller_id(), 'Тверь', 'из файла, строка ' || n from entered e`)
  await client.query(`insert into people (client_id, name) select id, 'Петров Иван ' || n from entered`)
  await client.query(`insert into contacts (client_id, kind, value, normalized, verdict, match_key)
    select id, k, n || '@example.test', n || '@example.test', 'ok', n || '@example.test' from entered, unnest('{phone,email,address}'::text[]) k`)
  await client.query('select refresh_clients(array(select id from entered))')
}

/** A field of many clients changed by one statement, and set back by one call; then brought back. */
async function reversalLines(client: pg.Client, head: Role, target: Target, rows: number): Promise<Line[]> {
  const changeSetId = await begin(client, head, 'client.bulk-edit')
  const edit = await timed(async () => {
    await client.query(
      `update clients set region = 'Новый край' where id = any (array(select id from clients where archived_at is null limit $1))`,
      [rows],
    )
    await client.query('commit')
  })
  const lines: Line[] = []
  let id = changeSetId
  for (const what of ['reversal of', 'redo of']) {
    let restored = 0
    const took = await timed(async () => {
      const done = await reverse(target, id)
      restored = done.counts.restored
      id = done.changeSetId
    })
    lines.push({
      what: `${what} an edit of ${rows.toLocaleString('en')}`,
      who: head.name,
      figure: `${took.toFixed(1)} s`,
      bare: `${edit.toFixed(1)} s, the edit itself`,
      ratio: took / edit,
      budget: '≤ 2 ×, all of it',
      holds: took <= 2 * edit && restored === rows,
    })
  }
  return lines
}

interface Reversed {
  changeSetId: string
  counts: { restored: number }
}

async function reverse(target: Target, id: string): Promise<Reversed> {
  const begun = (await call(target, 'POST', `/change-sets/${id}/reversal`)) as Reversed & {
    jobId: string | null
  }
  if (begun.jobId === null) return begun
  for (;;) {
    const job = (await call(target, 'GET', `/jobs/${begun.jobId}`)) as { status: string; result: Reversed }
    if (job.status === 'done') return job.result
    if (job.status === 'failed') throw new Error('the reversal failed')
    await pause(50)
  }
}

/** The first and a deep page, the median of seven. */
async function historyLines(client: pg.Client, role: Role, target: Target): Promise<Line[]> {
  const id = role.ids[0]!
  await client.query(
    `with sets as (
       insert into change_sets (id, author_id, act, at, counts)
       select new_id(), $2, 'client.update', now() - n * interval '1 minute', '{"clients": {"u": 1}}' from generate_series(1, $3::int) n
       returning id, at)
     insert into changes (change_set_id, at, entity, row_id, client_id, op, before, after)
     select s.id, s.at, 'clients', $1, $1, 'u', '{"comment": "было", "version": 1}', '{"comment": "стало", "version": 2}' from sets s`,
    [id, role.caller.userId, changesOfOneCard],
  )
  await client.query('analyze changes, change_sets')
  const path = `/clients/${id}/history?limit=50`
  const first = (await call(target, 'GET', path)) as { nextCursor: string }
  let deep = first.nextCursor
  for (let page = 0; page < 20; page++)
    deep = (
      (await call(target, 'GET', `/clients/${id}/history?limit=200&cursor=${deep}`)) as { nextCursor: string }
    ).nextCursor
  return [
    await pageLine('history of 10,000, first page', role, target, path),
    await pageLine('history of 10,000, 4,000 further', role, target, `${path}&cursor=${deep}`),
  ]
}

async function pageLine(what: string, role: Role, target: Target, path: string): Promise<Line> {
  const times: number[] = []
  for (let one = 0; one < 7; one++) times.push((await timed(() => call(target, 'GET', path))) * 1000)
  const median = times.toSorted((a, b) => a - b)[3]!
  return { what, who: role.name, figure: `${median.toFixed(1)} ms`, budget: '≤ 25 ms', holds: median <= 25 }
}

/** Opens a transaction as the head and an act in it. @returns the change-set */
async function begin(client: pg.Client, head: Role, act: string): Promise<string> {
  await client.query('begin')
  await client.query(`select set_config('app.user_id', $1, true), set_config('app.role', 'head', true)`, [
    head.caller.userId,
  ])
  const { rows } = await client.query<{ id: string }>(
    `with made as (insert into change_sets (author_id, act) values (caller_id(), $1) returning id)
     select set_config('app.change_set', id::text, true) as id from made`,
    [act],
  )
  return rows[0]!.id
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

async function call({ host, port, token }: Target, method: string, path: string): Promise<unknown> {
  const answer = await fetch(`http://${host}:${port}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${token}` },
  })
  if (!answer.ok)
    throw new Error(`${method} ${path}: ${answer.status} ${(await answer.text()).slice(0, 300)}`)
  return answer.json()
}
