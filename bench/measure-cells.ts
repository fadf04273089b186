import { setTimeout as pause } from 'node:timers/promises'
import type { Target } from './http-load.ts'
import type { Line } from './table.ts'

/** Fields of a pasted row; ten, as wide as people paste. */
const fields = [
  'phone',
  'email',
  'region',
  'stage',
  'source',
  'comment',
  'categories',
  'fullName',
  'externalCode',
  'isSupplier',
] as const

const pastedRows = 5_000
const patience = 10 * 60_000

/** A range pasted over 5,000 clients, the same below the last row, and one field of 100,000 clients set by a filter's job. */
export async function measureCells(target: Target, clients: number): Promise<Line[]> {
  const rows = await firstClients(target, Math.min(pastedRows, clients))
  const paste = await timed(async () => {
    const { cells } = await call<{ cells: { outcome: string }[] }>(target, 'POST', '/clients/cells', {
      act: 'cells.paste',
      edits: rows.flatMap(({ id, version }, row) =>
        fields.map((field) => ({ id, version, field, text: textOf(field, row) })),
      ),
    })
    return cells.filter(({ outcome }) => outcome === 'written').length
  })
  const entered = await timed(async () => {
    const creates = rows.map((_, row) => ({
      cells: Object.fromEntries([
        ['name', `ООО «Вставка ${row}»`],
        ...fields.slice(0, 9).map((field) => [field, textOf(field, row)]),
      ]),
    }))
    const { created } = await call<{ created: { id: string | null }[] }>(target, 'POST', '/clients/cells', {
      act: 'cells.paste',
      creates,
    })
    return created.filter(({ id }) => id !== null).length * 10
  })
  const { count } = await call<{ count: number }>(target, 'GET', '/clients/count?all=true')
  const most = Math.min(100_000, count)
  const filter = count > most ? { filter: await filterOf(target, most) } : { filter: {} }
  const found = await countOf(target, filter.filter)
  const bulk = await timed(async () => {
    const { jobId } = await call<{ jobId: string }>(target, 'POST', '/clients/bulk-edits', {
      ...filter,
      changes: [{ field: 'region', text: `край ${clients}` }],
      expected: found,
    })
    return (await jobEnded(target, jobId)).result.counts.written
  })
  return [
    line(`paste of ${rows.length.toLocaleString('en')} × 10 cells`, paste, 'cells', 5),
    line(`paste below the end, ${rows.length.toLocaleString('en')} × 10 cells`, entered, 'cells', 10),
    line(`bulk edit of ${found.toLocaleString('en')} clients`, bulk, 'clients', Math.max(5, found / 2_500)),
  ]
}

function line(
  what: string,
  { seconds, done }: { seconds: number; done: number },
  unit: string,
  most: number,
): Line {
  return {
    what,
    figure: `${seconds.toFixed(1)} s, ${done.toLocaleString('en')} ${unit} written`,
    budget: `≤ ${most.toFixed(0)} s`,
    holds: done > 0 && seconds <= most,
  }
}

function textOf(field: (typeof fields)[number], row: number): string {
  switch (field) {
    case 'phone':
      return `8 (812) 3${String(row).padStart(6, '0')}; моб. 8-921-7${String(row).padStart(6, '0')}`
    case 'email':
      return `paste.${row}@example.ru`
    case 'stage':
    case 'source':
      return ''
    case 'isSupplier':
      return row % 2 === 0 ? 'Да' : 'Нет'
    case 'categories':
      return 'опт, вставка'
    default:
      return `вставка ${field} ${row}`
  }
}

/** A filter that finds about so many: clients entered since some moment. */
async function filterOf(target: Target, most: number) {
  const { items } = await call<{ items: { createdAt: string }[] }>(
    target,
    'GET',
    '/clients?sort=-created&limit=1',
  )
  let [early, late] = [0, Date.parse(items[0]!.createdAt)]
  const filterAt = (moment: number) => ({
    where: [{ field: 'created', op: 'from', value: new Date(moment).toISOString() }],
  })
  for (let step = 0; step < 24; step++) {
    const middle = (early + late) / 2
    if ((await countOf(target, filterAt(middle))) > most) early = middle
    else late = middle
  }
  return filterAt(late)
}

async function countOf(target: Target, filter: { where?: unknown }): Promise<number> {
  const where = filter.where ? `&where=${encodeURIComponent(JSON.stringify(filter.where))}` : ''
  return (await call<{ count: number }>(target, 'GET', `/clients/count?all=true${where}`)).count
}

async function firstClients(target: Target, count: number) {
  const rows: { id: string; version: number }[] = []
  let cursor = ''
  while (rows.length < count) {
    const page = await call<{ items: typeof rows; nextCursor: string | null }>(
      target,
      'GET',
      `/clients?sort=name&limit=500${cursor && `&cursor=${encodeURIComponent(cursor)}`}`,
    )
    rows.push(...page.items)
    if (page.nextCursor === null) break
    cursor = page.nextCursor
  }
  return rows.slice(0, count)
}

async function jobEnded(target: Target, id: string) {
  const end = performance.now() + patience
  while (performance.now() < end) {
    const job = await call<{ status: string; result: { counts: { written: number } } }>(
      target,
      'GET',
      `/jobs/${id}`,
    )
    if (job.status === 'done') return job
    if (job.status !== 'queued' && job.status !== 'running') throw new Error(`the job ${job.status}`)
    await pause(100)
  }
  throw new Error(`no end in ${patience / 60_000} minutes`)
}

async function timed(work: () => Promise<number>) {
  const began = performance.now()
  const done = await work()
  return { done, seconds: (performance.now() - began) / 1000 }
}

async function call<Body>(
  { host, port, token }: Target,
  method: string,
  path: string,
  body?: unknown,
): Promise<Body> {
  const answer = await fetch(`http://${host}:${port}/api${path}`, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  if (!answer.ok)
    throw new Error(`${method} ${path}: ${answer.status} ${(await answer.text()).slice(0, 300)}`)
  return (await answer.json()) as Body
}
