import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { networkInterfaces, tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const launcher = join(import.meta.dirname, '../bin/kartoteka.mjs')

type Settings = Record<string, string>

export interface Product {
  /** `http://127.0.0.1:41234` */
  url: string
  /** Its data folder. */
  data: string
  /** What it has printed so far. */
  printed(): string
  /** Kills the serving process outright and starts the product again, at the same address and on the same folder. */
  crash(): Promise<void>
  /** Runs a command beside it, with its settings and these laid over; both its outputs. */
  command(args: string[], settings?: Settings): Promise<{ code: number | null; out: string }>
  stop(): Promise<void>
}

/** Starts the real product on a new data folder, as a newcomer does; ready when it answers. Settings may depend on its address. */
export async function startProduct(
  settings: Settings | ((url: string) => Promise<Settings>) = {},
): Promise<Product> {
  const data = mkdtempSync(join(tmpdir(), 'kartoteka-journey-'))
  const port = String(await freePort())
  const url = `http://127.0.0.1:${port}`
  const env = {
    ...process.env,
    LANG: 'ru_RU.UTF-8',
    KARTOTEKA_DATA: data,
    PORT: port,
    HOST: '127.0.0.1',
    ...(typeof settings === 'function' ? await settings(url) : settings),
  }
  let printed = ''
  const print = (text: string) => (printed += text)
  let running = launch(env, print)
  const stop = async () => {
    running.child.kill('SIGTERM')
    await running.gone
    rmSync(data, { recursive: true, force: true })
  }
  const untilUp = async () => {
    for (let tries = 0; tries < 600; tries++) {
      if (running.child.exitCode !== null) break
      const health = await fetch(`${url}/api/health`).catch(() => undefined)
      if (health?.ok) return
      await pause(100)
    }
    await stop()
    throw new Error(`the product did not come up:\n${printed}`)
  }
  await untilUp()
  const crash = async () => {
    const { pid } = JSON.parse(readFileSync(join(data, 'running.json'), 'utf8')) as { pid: number }
    process.kill(pid, 'SIGKILL')
    await running.gone
    running = launch(env, print)
    await untilUp()
  }
  const command = async (args: string[], settings: Settings = {}) => {
    let out = ''
    const { child } = launch({ ...env, ...settings }, (text) => (out += text), args)
    const code = await new Promise<number | null>((resolve) => void child.once('close', resolve))
    return { code, out }
  }
  return { url, data, printed: () => printed, crash, command, stop }
}

function launch(env: NodeJS.ProcessEnv, print: (text: string) => void, args = ['start']) {
  const child = spawn(process.execPath, [launcher, ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.on('data', print)
  child.stderr.on('data', print)
  return { child, gone: new Promise<void>((resolve) => child.once('exit', () => resolve())) }
}

/** An address of this computer in its network, or undefined where it has none. */
export const officeAddress = () =>
  Object.values(networkInterfaces())
    .flat()
    .find((face) => face && face.family === 'IPv4' && !face.internal)?.address

const freePort = () =>
  new Promise<number>((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

// oxlint-disable typescript/no-explicit-any -- journeys look into answers freely
export interface Client {
  get(path: string): Promise<any>
  post(path: string, body: unknown): Promise<any>
  patch(path: string, body: unknown): Promise<any>
}

/** A program that signs in and calls the API. */
export async function signedIn(url: string, email: string, password: string): Promise<Client> {
  const session = await fetch(`${url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  })
  if (!session.ok) throw new Error(await session.text())
  const cookie = session.headers.get('set-cookie')!.split(';')[0]!
  const call = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(`${url}/api${path}`, {
      method,
      headers: { cookie, origin: url, ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
    return response.status === 204 ? undefined : response.json()
  }
  return {
    get: (path) => call('GET', path),
    post: (path, body) => call('POST', path, body),
    patch: (path, body) => call('PATCH', path, body),
  }
}

/** Invites a manager and takes the invitation up for him. @returns his id */
export async function colleague(
  url: string,
  head: Client,
  person: { name: string; email: string; password: string; role?: string },
): Promise<string> {
  const { name, email, password, role = 'manager' } = person
  const { user, link } = await head.post('/users', { name, email, role })
  const accepted = await fetch(`${url}/api/invitations/${link.split('/').at(-1)}/acceptance`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password }),
  })
  if (!accepted.ok) throw new Error(await accepted.text())
  return user.id
}
