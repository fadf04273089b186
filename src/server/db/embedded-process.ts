import { type SpawnOptions, spawn, spawnSync } from 'node:child_process'
import {
  closeSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { join } from 'node:path'
import { exists } from '#server/process-identity.ts'
import { type Binaries, programOf } from './embedded-binaries.ts'
import { type Account, clusterArgument } from './embedded-account.ts'

/** A database server as its own pid file tells of it. */
export interface Postmaster {
  pid: number
  port: number
  /** Null where it listens on TCP. */
  socketFolder: string | null
  ready: boolean
}

/** The server that works on this cluster now; null when there is none, also when its number went to another program. */
export function runningPostmaster(cluster: string): Postmaster | null {
  const [pidText, , , port, socketFolder, , , status] = readOrEmpty(join(cluster, 'postmaster.pid')).split(
    '\n',
  )
  const pid = Number(pidText)
  if (!pid || !exists(pid) || !isPostgresOf(pid, cluster)) return null
  return { pid, port: Number(port), socketFolder: socketFolder || null, ready: status?.trim() === 'ready' }
}

/** Takes away a pid file whose number now belongs to another program: PostgreSQL itself would wait for that program for ever. */
export function clearStalePidFile(cluster: string): void {
  if (!runningPostmaster(cluster)) rmSync(join(cluster, 'postmaster.pid'), { force: true })
}

/**
 * Starts the server detached, so that Ctrl+C in a terminal reaches us first and we stop it in good order.
 * @returns tells whether it may still come up
 */
export function spawnPostmaster(
  binaries: Binaries,
  cluster: string,
  log: string,
  account: Account | null,
): () => boolean {
  const output = openSync(log, 'a', 0o600)
  try {
    const options: SpawnOptions = { ...runAs(account), cwd: cluster, stdio: ['ignore', output, output] }
    if (process.platform === 'win32') {
      // pg_ctl lays down an administrator's rights, which postgres.exe refuses to run with.
      spawnSync(programOf(binaries, 'pg_ctl'), ['start', '-W', '-s', '-D', cluster], {
        ...options,
        windowsHide: true,
      })
      const until = Date.now() + 15_000
      return () => Date.now() < until
    }
    const child = spawn(programOf(binaries, 'postgres'), ['-D', clusterArgument(cluster, account)], {
      ...options,
      detached: true,
    })
    let failed = false
    child.on('error', () => (failed = true))
    child.unref()
    return () => !failed && child.exitCode === null && child.signalCode === null
  } finally {
    closeSync(output)
  }
}

/**
 * Stops a server: open transactions are rolled back, everything committed is on disk.
 * @param patience milliseconds before it is told to stop at once, which costs a recovery at the next start
 */
export async function stopPostmaster(
  binaries: Binaries,
  cluster: string,
  pid: number,
  patience = 60_000,
): Promise<void> {
  signal(binaries, cluster, pid, 'SIGINT')
  const started = Date.now()
  let hurried = false
  while (exists(pid)) {
    await pause(10)
    if (!hurried && Date.now() - started > patience) {
      hurried = true
      signal(binaries, cluster, pid, 'SIGQUIT')
    }
  }
}

/** What a program of PostgreSQL is run with: as the account, without settings of somebody else's PostgreSQL. */
export function runAs(account: Account | null): Pick<SpawnOptions, 'uid' | 'gid' | 'env'> {
  const env = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(PG|LC_|LANG|NODE_)/.test(name)),
  )
  return { ...(account ? { uid: account.uid, gid: account.gid } : {}), env: { ...env, LC_ALL: 'C' } }
}

/** Starts a fresh log when the last has grown over 10 MB; @returns where the new part begins, in bytes. */
export function beginLog(log: string): number {
  try {
    const { size } = statSync(log)
    if (size < 10_000_000) return size
    renameSync(log, `${log}.old`)
  } catch {
    // no log yet
  }
  return 0
}

export const logSince = (log: string, offset: number) => readOrEmpty(log, offset)

function signal(binaries: Binaries, cluster: string, pid: number, name: 'SIGINT' | 'SIGQUIT'): void {
  if (process.platform === 'win32') {
    const mode = name === 'SIGINT' ? 'fast' : 'immediate'
    spawnSync(programOf(binaries, 'pg_ctl'), ['stop', '-W', '-s', '-m', mode, '-D', cluster], {
      windowsHide: true,
    })
    return
  }
  try {
    process.kill(pid, name)
  } catch {
    // gone already
  }
}

/** A server stands in its cluster's folder; elsewhere than on Linux its command line names it. */
function isPostgresOf(pid: number, cluster: string): boolean {
  if (process.platform === 'win32') {
    const listed = spawnSync('tasklist', ['/FI', `PID eq ${pid}`, '/NH'], {
      encoding: 'utf8',
      windowsHide: true,
    })
    return /postgres/i.test(listed.stdout ?? '')
  }
  if (process.platform === 'linux') {
    try {
      return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(cluster)
    } catch {
      return false
    }
  }
  const { stdout } = spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' })
  return stdout.includes('postgres') && stdout.includes(cluster)
}

function readOrEmpty(file: string, offset = 0): string {
  try {
    return readFileSync(file).subarray(offset).toString()
  } catch {
    return ''
  }
}
