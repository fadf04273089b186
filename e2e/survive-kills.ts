import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const launcher = join(import.meta.dirname, '../bin/kartoteka.mjs')
const victims = ['server', 'postmaster', 'server and postmaster', 'a database process', 'launcher'] as const
type Victim = (typeof victims)[number]

export interface Survival {
  kills: number
  acknowledged: number
  /** Acknowledged writes that are not there any more; the promise is none. */
  lost: string[]
  /** The longest time from the kill until `/api/health` said 200 again, in milliseconds. */
  slowest: number
}

/**
 * Writes to a running product without pause, kills one of its processes outright `kills` times, and looks whether
 * every write that was answered with 201 is there. Nothing is mended by hand between: only `start` again.
 */
export async function surviveKills(
  kills: number,
  tell: (line: string) => void = () => {},
): Promise<Survival> {
  const data = mkdtempSync(join(tmpdir(), 'kartoteka-kills-'))
  const env = { ...process.env, KARTOTEKA_DATA: data, PORT: String(await freePort()), HOST: '127.0.0.1' }
  const address = `http://127.0.0.1:${env.PORT}/api`
  const token = makeHead(env)
  const written = new Map<string, string>()
  let slowest = 0
  let running = await start(env, address)
  try {
    for (let kill = 0; kill < kills; kill += 1) {
      const victim = victims[kill % victims.length]!
      const writing = write(address, token, written)
      await pause(200 + Math.random() * 600)
      const before = written.size
      const killedAt = Date.now()
      strike(victim, data, running)
      if (victim === 'launcher') await ended(serverOf(data))
      if (victim === 'a database process' || victim === 'postmaster') await pause(50)
      else running = await start(env, address)
      await untilHealthy(address)
      await writing.end()
      slowest = Math.max(slowest, Date.now() - killedAt)
      tell(
        `${kill + 1}/${kills}  ${victim}: ${before} writes before, up again after ${Date.now() - killedAt} ms`,
      )
    }
    return { kills, acknowledged: written.size, lost: await missing(address, token, written), slowest }
  } finally {
    await stop(running)
    rmSync(data, { recursive: true, force: true })
  }
}

function makeHead(env: NodeJS.ProcessEnv): string {
  const run = (...args: string[]) =>
    execFileSync(process.execPath, [launcher, ...args], { env, encoding: 'utf8', timeout: 60_000 })
  const email = 'head@example.test'
  run(
    'user',
    'add',
    '--email',
    email,
    '--name',
    'Проба',
    '--role',
    'head',
    '--password',
    'correct horse battery',
  )
  return run('token', 'add', '--email', email).trim()
}

async function start(env: NodeJS.ProcessEnv, address: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [launcher, 'start'], { env, stdio: ['ignore', 'ignore', 'pipe'] })
  let said = ''
  child.stderr!.on('data', (chunk) => (said += chunk))
  await untilHealthy(address, () => {
    if (child.exitCode !== null) throw new Error(`start refused: ${said}`)
  })
  return child
}

async function untilHealthy(address: string, check: () => void = () => {}): Promise<void> {
  for (let tried = 0; tried < 1200; tried += 1) {
    check()
    const answer = await fetch(`${address}/health`).catch(() => null)
    await answer?.arrayBuffer()
    if (answer?.status === 200) return
    await pause(50)
  }
  throw new Error('not healthy within a minute')
}

/** Four people who enter one client after another; what is answered with 201 counts, what is not may be there or not. */
function write(address: string, token: string, written: Map<string, string>) {
  let going = true
  const writers = Array.from({ length: 4 }, async () => {
    while (going) {
      const name = `Клиент ${Math.random().toString(36).slice(2)}`
      const answer = await post(`${address}/clients`, token, { kind: 'organization', name })
      if (answer) written.set(answer.id, name)
      else await pause(20)
    }
  })
  return {
    end: async () => {
      going = false
      await Promise.all(writers)
    },
  }
}

async function post(url: string, token: string, body: object): Promise<{ id: string } | null> {
  try {
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
    const answer = await fetch(url, {
      method: 'POST',
      headers,
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    })
    const said = await answer.json()
    return answer.status === 201 ? (said as { id: string }) : null
  } catch {
    return null
  }
}

function strike(victim: Victim, data: string, running: ChildProcess): void {
  const postmaster = () =>
    Number(readFileSync(join(data, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0])
  if (victim === 'launcher') running.kill('SIGKILL')
  if (victim === 'server and postmaster') process.kill(postmaster(), 'SIGKILL')
  if (victim.startsWith('server')) process.kill(serverOf(data), 'SIGKILL')
  if (victim === 'postmaster') process.kill(postmaster(), 'SIGKILL')
  if (victim === 'a database process') process.kill(childOf(postmaster()), 'SIGKILL')
}

const serverOf = (data: string) =>
  (JSON.parse(readFileSync(join(data, 'running.json'), 'utf8')) as { pid: number }).pid

/** A server whose launcher is gone ends by itself; until then it still answers, and the next one would be told so. */
async function ended(pid: number): Promise<void> {
  for (let tried = 0; tried < 200; tried += 1) {
    try {
      process.kill(pid, 0)
    } catch {
      return
    }
    await pause(50)
  }
  throw new Error('the server outlives its launcher')
}

/** The youngest child: a connection that is writing, most likely. */
function childOf(pid: number): number {
  const listed = execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
  const children = listed.split('\n').map((line) => line.trim().split(/\s+/).map(Number))
  return children.filter(([, parent]) => parent === pid).at(-1)![0]!
}

async function missing(address: string, token: string, written: Map<string, string>): Promise<string[]> {
  const found = new Map<string, string>()
  for (let cursor: string | null = ''; cursor !== null;) {
    const url = `${address}/clients?limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`
    const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } })
    const page = (await answer.json()) as {
      items: Array<{ id: string; name: string }>
      nextCursor: string | null
    }
    for (const { id, name } of page.items) found.set(id, name)
    cursor = page.nextCursor
  }
  return [...written].filter(([id, name]) => found.get(id) !== name).map(([id]) => id)
}

async function stop(running: ChildProcess): Promise<void> {
  if (running.exitCode !== null || running.signalCode !== null) return
  const ended = new Promise((resolve) => running.once('exit', resolve))
  running.kill('SIGTERM')
  await ended
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}

// node e2e/survive-kills.ts 50
if (import.meta.main) {
  const result = await surviveKills(Number(process.argv[2] ?? 50), (line) => console.log(line))
  console.log(JSON.stringify(result))
  process.exitCode = result.lost.length > 0 ? 1 : 0
}
