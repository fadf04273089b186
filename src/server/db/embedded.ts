import { createHmac } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { Refusal, phrase } from '#server/refusal.ts'
import { type Account, databaseAccount, letIn } from './embedded-account.ts'
import { type Binaries, reachableBinaries } from './embedded-binaries.ts'
import { makeCluster } from './embedded-cluster.ts'
import { databaseName, ownerName } from './embedded-names.ts'
import {
  beginLog,
  clearStalePidFile,
  logSince,
  type Postmaster,
  runningPostmaster,
  spawnPostmaster,
  stopPostmaster,
} from './embedded-process.ts'
import { accessRules, serverSettings } from './embedded-settings.ts'
import { socketFolderFor } from './embedded-socket.ts'

export interface Embedded {
  owner: pg.ClientConfig
  /** Ends the server; what was committed is on disk. */
  stop(): Promise<void>
}

export interface EmbeddedOptions {
  /** Only for tests: a crash may lose the last writes. */
  unsafeButFast?: boolean
  /** Told in one sentence what is happening where it takes time. */
  onNews?: (sentence: string) => void
  /** The server keeps dying; what holds it open should close. */
  onLost?: (reason: Refusal) => void
}

interface Server {
  data: string
  cluster: string
  log: string
  secret: Buffer
  binaries: Binaries
  account: Account | null
  options: EmbeddedOptions
}

const clusterOf = (data: string) => join(data, 'postgres')

/**
 * Starts the embedded PostgreSQL on the data folder, making it when it is new. A server left behind by a killed run
 * is stopped first; one that dies while we run is started again.
 * @throws Refusal
 */
export async function startEmbedded(
  data: string,
  secret: Buffer,
  options: EmbeddedOptions = {},
): Promise<Embedded> {
  const server = prepare(data, secret, options)
  await stopOrphan(server)
  if (!existsSync(server.cluster))
    makeCluster(server.data, server.cluster, server.binaries, server.account, ownerPassword(secret))
  checkVersion(server)
  let postmaster = await launch(server)
  const owner = () => connectionTo(postmaster, secret)
  await ensureDatabase(owner())
  const watch = keepAlive(
    server,
    () => postmaster,
    (next) => {
      postmaster = next
    },
  )
  return {
    owner: owner(),
    stop: async () => {
      await watch.end()
      await stopPostmaster(server.binaries, server.cluster, postmaster.pid)
    },
  }
}

/** How to reach the server another process runs on this folder; null when none runs. */
export function runningEmbedded(data: string, secret: Buffer): pg.ClientConfig | null {
  const postmaster = runningPostmaster(clusterOf(data))
  return postmaster?.ready ? connectionTo(postmaster, secret) : null
}

function prepare(data: string, secret: Buffer, options: EmbeddedOptions): Server {
  const cluster = clusterOf(data)
  const found = databaseAccount(cluster)
  const account = found && letIn(data, found)
  try {
    const binaries = reachableBinaries(data, account)
    return { data, cluster, log: join(data, 'postgres.log'), secret, binaries, account, options }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOSPC') throw new Refusal('disk-full', { folder: data })
    throw error
  }
}

async function stopOrphan({ cluster, binaries, options }: Server): Promise<void> {
  const orphan = runningPostmaster(cluster)
  if (!orphan) return
  await stopPostmaster(binaries, cluster, orphan.pid, 10_000)
  options.onNews?.(phrase('orphan-stopped'))
}

function checkVersion({ data, cluster, binaries }: Server): void {
  try {
    const found = Number.parseInt(readFileSync(join(cluster, 'PG_VERSION'), 'utf8'), 10)
    if (found > binaries.major)
      throw new Refusal('database-newer', { folder: data, found, known: binaries.major })
    if (found < binaries.major)
      throw new Refusal('database-older', { folder: data, found, known: binaries.major })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EACCES')
      throw new Refusal('folder-foreign', { folder: cluster })
    throw error
  }
}

/** Starts the server and waits until it takes connections: at once, or after it has replayed an unclean end. */
async function launch(server: Server): Promise<Postmaster> {
  const { cluster, log, binaries, account, options } = server
  for (let attempt = 1; ; attempt += 1) {
    const offset = beginLog(log)
    clearStalePidFile(cluster)
    await writeSettings(server)
    const recovering = setTimeout(() => options.onNews?.(phrase('database-recovering')), 3000)
    const mayCome = spawnPostmaster(binaries, cluster, log, account)
    const postmaster = await untilReady(cluster, mayCome)
    clearTimeout(recovering)
    if (postmaster) return postmaster
    const said = logSince(log, offset)
    // Helpers of a killed server let go of its memory within seconds; the port may have been taken meanwhile.
    const passing = /shared memory block .* still in use|already exists|could not bind/.test(said)
    if (!passing || attempt > 20) throw explain(server, said)
    await pause(attempt * 50)
  }
}

/** The ready server, or null when it ended; starting has no time limit, since a recovery may rightly take minutes. */
async function untilReady(cluster: string, mayCome: () => boolean): Promise<Postmaster | null> {
  for (;;) {
    const postmaster = runningPostmaster(cluster)
    if (postmaster?.ready) return postmaster
    if (!postmaster && !mayCome()) return null
    await pause(10)
  }
}

async function writeSettings({ data, cluster, account, options }: Server): Promise<void> {
  const socketFolder = process.platform === 'win32' ? null : socketFolderFor(data, account)
  const port = socketFolder ? 5432 : await freePort()
  try {
    // Opened for writing, not made anew: the files stay the database user's own.
    writeFileSync(
      join(cluster, 'postgresql.conf'),
      serverSettings(socketFolder, port, !options.unsafeButFast),
    )
    writeFileSync(join(cluster, 'pg_hba.conf'), accessRules(socketFolder !== null))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC') throw new Refusal('disk-full', { folder: data })
    throw new Refusal('folder-foreign', { folder: cluster })
  }
}

function explain({ data, log, account }: Server, said: string): Refusal {
  if (/No space left on device|Disk quota exceeded/.test(said))
    return new Refusal('disk-full', { folder: data })
  if (/Permission denied/.test(said) && account)
    return new Refusal('folder-closed', { user: account.name, closed: account.closed ?? data })
  const reason = said.match(/(?:FATAL|PANIC|ERROR): *(.+)/)?.[1] ?? said.trim().split('\n').at(-1) ?? ''
  return new Refusal('database-failed', { reason: /[.!?]$/.test(reason) ? reason : `${reason}.`, log })
}

/** Starts a server that was killed again; gives up when it dies five times within a minute. */
function keepAlive(server: Server, current: () => Postmaster, onNew: (next: Postmaster) => void) {
  const deaths: number[] = []
  let busy: Promise<void> = Promise.resolve()
  let ended = false
  const check = async () => {
    if (ended || runningPostmaster(server.cluster)?.pid === current().pid) return
    deaths.push(Date.now())
    if (deaths.filter((at) => at > Date.now() - 60_000).length > 5)
      throw new Refusal('database-lost', { log: server.log })
    onNew(await launch(server))
    server.options.onNews?.(phrase('database-restarted'))
  }
  const timer = setInterval(() => {
    busy = busy.then(check).catch((error: unknown) => {
      ended = true
      clearInterval(timer)
      server.options.onLost?.(
        error instanceof Refusal ? error : new Refusal('database-lost', { log: server.log }),
      )
    })
  }, 300)
  timer.unref()
  return {
    end: async () => {
      ended = true
      clearInterval(timer)
      await busy
    },
  }
}

async function ensureDatabase(owner: pg.ClientConfig): Promise<void> {
  const client = new pg.Client({ ...owner, database: 'postgres' })
  await client.connect()
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [databaseName])
    if (rowCount === 0) await client.query(`create database ${databaseName}`)
  } finally {
    await client.end()
  }
}

function connectionTo({ socketFolder, port }: Postmaster, secret: Buffer): pg.ClientConfig {
  const common = { port, user: ownerName, database: databaseName }
  return socketFolder
    ? { ...common, host: socketFolder }
    : { ...common, host: '127.0.0.1', password: ownerPassword(secret) }
}

const ownerPassword = (secret: Buffer) =>
  createHmac('sha256', secret).update('database owner').digest('base64url')

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number }
      probe.close(() => resolve(port))
    })
  })
}
