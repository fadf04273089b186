import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type pg from 'pg'
import { readConfig } from '#server/config.ts'
import { joinDatabase } from '#server/db/start-database.ts'
import { bareLoad } from './bare.ts'
import { activitiesOf, clientsOf, readyBase, type Size } from './base.ts'
import { httpLoad, type Target } from './http-load.ts'
import { measureCells } from './measure-cells.ts'
import { measureDay } from './measure-day.ts'
import { measureChanges } from './measure-changes.ts'
import { measureHandover } from './measure-handover.ts'
import { measureImport } from './measure-import.ts'
import { measureIndicators } from './measure-indicators.ts'
import { measureLive } from './measure-live.ts'
import { measureReport } from './measure-report.ts'
import { measureRequests } from './measure-requests.ts'
import { measureSheets } from './measure-sheets.ts'
import { measureSnapshot } from './measure-snapshot.ts'
import { startProduct, type Product } from './product.ts'
import {
  cardRequest,
  createRequest,
  dayRequest,
  namedOrders,
  pageRequest,
  searchRequest,
  updateRequest,
  type Request,
} from './requests.ts'
import { benchRoles, type Role } from './roles.ts'
import { lineText, markdown, type Line } from './table.ts'
import { measureVerdicts } from './verdict-accuracy.ts'
import { directLoad, screens } from './web-size.ts'

const sections = [
  'list',
  'search',
  'card',
  'save',
  'orders',
  'count',
  'day',
  'report',
  'indicators',
  'sheets',
  'requests',
  'cells',
  'import',
  'changes',
  'live',
  'handover',
  'snapshot',
  'memory',
  'start',
  'web',
  'verdicts',
] as const
type Section = (typeof sections)[number]

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'small' },
    only: { type: 'string' },
    seconds: { type: 'string' },
    activities: { type: 'string' },
  },
})
const size: Size = values.size === 'big' ? 'big' : 'small'
const wanted = new Set((values.only?.split(',') ?? sections) as Section[])
const seconds = Number(values.seconds ?? (size === 'big' ? 4 : 0.45))
const lines: Line[] = []
const say = (line: string) => process.stdout.write(`${line}\n`)
const tell = (line: Line) => {
  lines.push(line)
  say(lineText(line))
}

say(`${clientsOf[size].toLocaleString('en')} clients, ${seconds} s a figure, 16 connections`)
const base = await readyBase(size, Number(values.activities ?? activitiesOf[size]), say)
if (base.fresh) say(`the base was made in ${base.made.toFixed(0)} s`)
if (wanted.has('start')) await measureFirstStart()
const product = await startProduct(base.folder)
try {
  await measureAll(product)
} finally {
  await product.stop()
}
await keepResults()

async function measureAll(product: Product) {
  if (wanted.has('start')) tell(bounded('start, later', product.startedIn / 1000, 's', 2))
  const database = joinDatabase(readConfig({ KARTOTEKA_DATA: base.folder }))
  if (!database) throw new Error('the product’s database is not to be found')
  const roles = await benchRoles(database, base.users)
  for (const role of roles) say(`${role.name}: ${role.clients.toLocaleString('en')} clients`)
  const target = (role: Role): Target => ({ host: '127.0.0.1', port: product.port, token: role.token })
  if (wanted.has('memory')) memoryLine('memory, idle', product.memory(), 250)
  for (const role of roles) {
    for (const request of requestsOf(role)) await measure(request, role, target(role), database.app)
  }
  if (wanted.has('count')) for (const role of roles) await countLine(role, target(role))
  if (wanted.has('day'))
    for (const role of roles) for (const line of await measureDay(role, target(role))) tell(line)
  if (wanted.has('report'))
    for (const role of roles) for (const line of await measureReport(role, target(role))) tell(line)
  if (wanted.has('indicators'))
    for (const role of roles) for (const line of await measureIndicators(role, target(role))) tell(line)
  if (wanted.has('sheets'))
    for (const role of roles) for (const line of await measureSheets(role, target(role))) tell(line)
  if (wanted.has('requests')) for (const line of await measureRequests(roles, target)) tell(line)
  if (wanted.has('cells')) await cellLines(roles, target)
  if (wanted.has('import')) await importLines(roles, target, database.owner, product)
  if (wanted.has('live')) tell(await measureLive(roles, target, seconds))
  if (wanted.has('changes'))
    for (const line of await measureChanges(roles, target, database.owner, size === 'big' ? 100_000 : 10_000))
      tell(line)
  if (wanted.has('handover'))
    for (const line of await measureHandover(roles, target, database.owner)) tell(line)
  // Last of what reads the base: it leaves a tenth of the clients changed.
  if (wanted.has('snapshot')) {
    const all = clientsOf[size]
    for (const line of await measureSnapshot(roles, target, database.owner, all)) tell(line)
  }
  if (wanted.has('web')) {
    for (const screen of Object.keys(screens)) {
      const size = directLoad(screen)
      if (size !== null) tell(bounded(`web, ${screen} opened directly, gzip`, size, 'KB', 350))
    }
  }
  if (wanted.has('verdicts')) verdictLines()
}

function requestsOf(role: Role): Request[] {
  return [
    ...(wanted.has('list') ? [pageRequest(role, 'name')] : []),
    ...(wanted.has('orders')
      ? namedOrders
          .filter((order) => order !== 'name' || !wanted.has('list'))
          .map((order) => pageRequest(role, order))
      : []),
    ...(wanted.has('search') ? [searchRequest(role, 'starts'), searchRequest(role, 'parts')] : []),
    ...(wanted.has('card') ? [cardRequest(role)] : []),
    ...(wanted.has('day') ? [dayRequest(role)] : []),
    ...(wanted.has('save') ? [createRequest(role), updateRequest(role)] : []),
  ]
}

/** The same requests over HTTP and over the bare driver, one after the other; the gates are the ratio and the 95th percentile. */
async function measure(request: Request, role: Role, target: Target, config: pg.ClientConfig) {
  const next = await request.bare(config)
  await httpLoad(target, request.shot, Math.min(1, seconds / 2))
  const http = await httpLoad(target, request.shot, seconds)
  const bare = await bareLoad(config, role.caller, next, seconds, request.write)
  const ratio = http.rate / bare.rate
  tell({
    what: request.what,
    who: role.name,
    figure: `${rate(http.rate)}, p95 ${http.p95.toFixed(1)} ms${http.failures ? `, ${http.failures} failed` : ''}`,
    bare: `${rate(bare.rate)}, p95 ${bare.p95.toFixed(1)} ms`,
    ratio,
    budget: `≥ 0.5, p95 ≤ ${request.p95} ms; aim ${rate(request.aim)}`,
    holds: ratio >= 0.5 && http.p95 <= request.p95 && http.failures === 0,
  })
}

async function countLine(role: Role, target: Target) {
  const times: number[] = []
  for (let one = 0; one < 3; one++) {
    const began = performance.now()
    await (
      await fetch(`http://${target.host}:${target.port}/api/clients/count`, {
        headers: { authorization: `Bearer ${target.token}` },
      })
    ).text()
    times.push(performance.now() - began)
  }
  tell({ ...bounded('count of all', Math.min(...times), 'ms', 1_000), who: role.name })
}

/** The head and a team head: who sees all, and who is asked about every row. */
async function cellLines(roles: Role[], target: (role: Role) => Target) {
  for (const role of roles.filter(({ name }) => name !== 'manager'))
    for (const line of await measureCells(target(role), role.clients)) tell({ ...line, who: role.name })
}

async function importLines(
  roles: Role[],
  target: (role: Role) => Target,
  owner: pg.ClientConfig,
  product: Product,
) {
  const head = roles.find((role) => role.name === 'head')!
  try {
    const made = await measureImport(target(head), owner, size === 'big' ? 100_000 : 20_000, product.memory)
    const alone = made.parseAlone + made.copyAlone
    tell({
      what: `import of ${made.rows.toLocaleString('en')} rows`,
      who: head.name,
      figure: `${made.applied.toFixed(1)} s (ready ${made.ready.toFixed(1)} s)`,
      bare: `${alone.toFixed(1)} s: parse ${made.parseAlone.toFixed(1)}, COPY ${made.copyAlone.toFixed(1)}`,
      ratio: made.applied / alone,
      budget: '≤ 3 ×',
      holds: made.applied <= 3 * alone,
    })
    if (made.undone !== null) {
      const application = made.applied - made.ready
      tell({
        ...bounded('undo of the import', made.undone, 's', application),
        who: head.name,
        budget: `≤ its application, ${application.toFixed(1)} s`,
      })
    }
    memoryLine('memory, most while importing', made.memory, 700)
    say(`counts ${made.counts}`)
  } catch (error) {
    tell({
      what: 'import',
      who: head.name,
      figure: (error as Error).message.slice(0, 120),
      budget: '≤ 3 ×',
      holds: false,
    })
  }
}

function verdictLines() {
  for (const { kind, cells, accuracy, falseJunk } of measureVerdicts()) {
    tell({
      what: `verdicts: ${kind}`,
      figure: `${(accuracy * 100).toFixed(2)} % of ${cells}`,
      budget: `≥ 99.5 %, no valid value called junk (${falseJunk})`,
      holds: accuracy >= 0.995 && falseJunk === 0,
    })
  }
}

/** An empty folder: making the server's files, the schema, the key. */
async function measureFirstStart() {
  const folder = await mkdtemp(join(tmpdir(), 'kartoteka-first-'))
  try {
    const first = await startProduct(folder)
    tell(bounded('start, first', first.startedIn / 1000, 's', 6))
    await first.stop()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function keepResults() {
  const folder = join(import.meta.dirname, 'results')
  await mkdir(folder, { recursive: true })
  const at = new Date().toISOString().slice(0, 16).replace(':', '-')
  const file = join(folder, `${size}-${at}.md`)
  await writeFile(file, markdown(`${clientsOf[size].toLocaleString('en')} clients, ${at}`, lines))
  say(
    `${lines.filter((line) => line.holds).length} of ${lines.filter((line) => line.holds !== undefined).length} hold; ${file}`,
  )
}

function memoryLine(what: string, megabytes: number | null, most: number) {
  if (megabytes !== null) tell(bounded(what, megabytes, 'MB', most))
}

function rate(perSecond: number): string {
  return `${Math.round(perSecond).toLocaleString('en')} req/s`
}

function bounded(what: string, value: number, unit: string, most: number): Line {
  return {
    what,
    figure: `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ${unit}`,
    budget: `≤ ${most < 10 ? most : Math.round(most)} ${unit}`,
    holds: value <= most,
  }
}
