import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { type OutsideSettings, readOutside } from './auth/outside/settings.ts'
import { Refusal } from './refusal.ts'

export interface Config {
  /** The data folder, absolute; exists. */
  dataDir: string
  host: string
  port: number
  /** The address people use, without a closing slash: for letters, feeds and cookies. */
  url: string
  /** Whether `url` was set by hand; else it is only a guess from host and port. */
  urlGiven: boolean
  tls: { cert: string; key: string } | null
  /** What Fastify's `trustProxy` takes: how many proxies, or their addresses. */
  trustProxy: boolean | string | ((address: string, hop: number) => boolean)
  /** Signs and derives; at least 32 characters of chance when made by us. */
  secret: Buffer
  inbox: string | null
  databaseUrl: string | null
  replicaUrl: string | null
  admin: { email: string; password: string } | null
  /** Who else vouches for people: a directory, an OpenID Connect provider. */
  outside: OutsideSettings
}

/**
 * The configuration of this process: the environment, then `kartoteka.env` of the data folder, then what is usual.
 * Makes the data folder and the key file where they are missing.
 */
export function readConfig(env: NodeJS.ProcessEnv = process.env, suffix = ''): Config {
  const data = resolve(given(env.KARTOTEKA_DATA) ?? defaultFolder(env) + suffix)
  makeFolder(data)
  const settings = { ...readSettings(join(data, 'kartoteka.env')), ...present(env) }
  const host = settings.HOST ?? '127.0.0.1'
  const port = portOf(settings.PORT)
  const tls = tlsOf(settings)
  return {
    dataDir: data,
    host,
    port,
    url: (settings.KARTOTEKA_URL ?? addressOf(host, port, tls !== null)).replace(/\/+$/, ''),
    urlGiven: settings.KARTOTEKA_URL !== undefined,
    tls,
    trustProxy: trustOf(settings.TRUST_PROXY),
    secret: Buffer.from(settings.KARTOTEKA_SECRET ?? readSecret(join(data, 'secret'))),
    inbox: settings.KARTOTEKA_INBOX ?? null,
    databaseUrl: settings.DATABASE_URL ?? null,
    replicaUrl: settings.DATABASE_REPLICA_URL ?? null,
    admin: adminOf(settings),
    outside: readOutside(settings),
  }
}

/** `http://host:port` as a browser on this machine opens it. */
export function addressOf(host: string, port: number, secure: boolean): string {
  const local = host === '0.0.0.0' || host === '::' || host === '' ? 'localhost' : host
  const shown = local.includes(':') ? `[${local}]` : local
  return `${secure ? 'https' : 'http'}://${shown}:${port}`
}

export const isLoopback = (host: string) => host === 'localhost' || host === '::1' || host.startsWith('127.')

function defaultFolder(env: NodeJS.ProcessEnv): string {
  if (process.platform === 'win32')
    return join(env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Kartoteka')
  if (process.getuid?.() === 0) return '/var/lib/kartoteka'
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Kartoteka')
  return join(given(env.XDG_DATA_HOME) ?? join(homedir(), '.local', 'share'), 'kartoteka')
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o755 : 0o700 })
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC') throw new Refusal('disk-full', { folder })
    throw new Refusal('folder-not-made', { folder, code: code ?? String(error) })
  }
}

function readSettings(file: string): NodeJS.ProcessEnv {
  if (!existsSync(file)) return {}
  try {
    return present(parseEnv(readFileSync(file, 'utf8').replace(/^\uFEFF/, '')) as NodeJS.ProcessEnv)
  } catch {
    throw new Refusal('settings-unreadable', { file })
  }
}

/** The key of this installation. Two starts at once agree on one: the first to put its file in place wins. */
function readSecret(file: string): string {
  try {
    if (!existsSync(file)) putSecret(file)
    const secret = readFileSync(file, 'utf8').trim()
    if (secret.length < 32) throw new Refusal('secret-damaged', { file })
    return secret
  } catch (error) {
    if (error instanceof Refusal) throw error
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new Refusal('disk-full', { folder: file })
    throw new Refusal('secret-unreadable', {
      file,
      code: (error as NodeJS.ErrnoException).code ?? String(error),
    })
  }
}

function putSecret(file: string): void {
  const draft = `${file}.${process.pid}`
  writeFileSync(draft, `${randomBytes(32).toString('base64url')}\n`, { mode: 0o600 })
  chmodSync(draft, 0o600)
  try {
    linkSync(draft, file)
  } catch {
    // taken by another start, or a disk without hard links
    if (!existsSync(file)) writeFileSync(file, readFileSync(draft), { mode: 0o600, flag: 'wx' })
  } finally {
    rmSync(draft, { force: true })
  }
}

function portOf(text: string | undefined): number {
  const port = Number(text ?? 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65535)
    throw new Refusal('port-unfit', { port: text ?? '' })
  return port
}

function tlsOf({ KARTOTEKA_TLS_CERT: cert, KARTOTEKA_TLS_KEY: key }: NodeJS.ProcessEnv): Config['tls'] {
  if (!cert && !key) return null
  if (!cert || !key) throw new Refusal('tls-half')
  return { cert: readNamed(cert), key: readNamed(key) }
}

function readNamed(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    throw new Refusal('file-unreadable', { file })
  }
}

function trustOf(text: string | undefined): Config['trustProxy'] {
  if (text === undefined || /^(false|no|0)$/i.test(text)) return false
  if (/^(true|yes)$/i.test(text)) return true
  const hops = Number(text)
  return Number.isInteger(hops) ? (_address, hop) => hop < hops : text
}

function adminOf({
  KARTOTEKA_ADMIN_EMAIL: email,
  KARTOTEKA_ADMIN_PASSWORD: password,
}: NodeJS.ProcessEnv): Config['admin'] {
  return email && password ? { email, password } : null
}

const given = (text: string | undefined) =>
  text === undefined || text.trim() === '' ? undefined : text.trim()

/** An empty variable is as good as none: `PORT=` in a unit file must not become port 0. */
const present = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).flatMap(([name, text]) => (given(text) ? [[name, given(text)]] : [])),
  )
