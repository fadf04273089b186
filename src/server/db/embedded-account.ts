import { spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, chownSync, existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Refusal } from '#server/refusal.ts'

/** The system user the database runs as where we are root: PostgreSQL refuses root itself. */
export interface Account {
  name: string
  uid: number
  gid: number
  /** The first folder above the data folder that he may not enter: the server is then led past it (see `clusterArgument`). */
  closed?: string
}

const name = 'kartoteka'

/**
 * Null where we are an ordinary user: the database then runs as that one. An existing cluster keeps its owner,
 * so that root may start a folder that a user made.
 */
export function databaseAccount(cluster: string): Account | null {
  if (process.platform === 'win32' || process.getuid?.() !== 0) return null
  if (existsSync(cluster)) {
    const { uid, gid } = statSync(cluster)
    if (uid !== 0) return { name: nameOf(uid), uid, gid }
  }
  return knownAccount() ?? makeAccount()
}

/**
 * Lets the account pass into the data folder as far as that folder is concerned, and notes where a folder above is closed to him.
 * @throws Refusal naming the closed folder where this system knows no way past it
 */
export function letIn(data: string, account: Account): Account {
  const { gid, mode, uid } = statSync(data)
  if (uid === 0 && !canEnter(account, data)) {
    // The group, not everybody: settings below may hold passwords.
    if (gid !== account.gid) own(data, 0, account)
    chmodSync(data, (mode & 0o777) | 0o010)
  }
  const closed = foldersTo(data).find((folder) => !canEnter(account, folder))
  if (!closed) return account
  if (!existsSync('/proc/self/cwd')) throw new Refusal('folder-closed', { user: account.name, closed })
  return { ...account, closed }
}

/**
 * The cluster as its server is told of it. We enter the folder before we lay down root's rights, and a server that names
 * it as "where I stand" needs none of the folders above: below a closed home it works as anywhere.
 */
export const clusterArgument = (cluster: string, account: Account | null) =>
  account?.closed ? '/proc/self/cwd' : cluster

/** Gives a folder of ours to the account. */
export function own(folder: string, uid: number, account: Account): void {
  try {
    chownSync(folder, uid, account.gid)
  } catch (error) {
    throw new Refusal('folder-not-owned', {
      folder,
      user: account.name,
      code: (error as NodeJS.ErrnoException).code ?? String(error),
    })
  }
}

/** Asked of the system itself: mode bits alone know nothing of access lists. */
function canEnter({ uid, gid }: Account, folder: string): boolean {
  const tried = spawnSync('/bin/sh', ['-c', 'cd -- "$0"', folder], { uid, gid, cwd: '/', stdio: 'ignore' })
  // Containers that may not change users at all are told so when the database itself is started.
  return tried.error !== undefined || tried.status === 0
}

/** Every folder on the way, the outermost first. */
function foldersTo(folder: string): string[] {
  const above = dirname(folder)
  return above === folder ? [folder] : [...foldersTo(above), folder]
}

function knownAccount(): Account | null {
  const entry = entries().find(([user]) => user === name)
  return entry ? { name, uid: Number(entry[2]), gid: Number(entry[3]) } : null
}

const nameOf = (uid: number) => entries().find((entry) => Number(entry[2]) === uid)?.[0] ?? String(uid)

function entries(): string[][] {
  if (process.platform === 'darwin') {
    const said =
      spawnSync('dscacheutil', ['-q', 'user', '-a', 'name', name], { encoding: 'utf8' }).stdout ?? ''
    const field = (key: string) => new RegExp(`^${key}: (.+)$`, 'm').exec(said)?.[1] ?? ''
    return field('uid') ? [[name, '', field('uid'), field('gid')]] : []
  }
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
}

/** By the system's own tool; where there is none (the smallest images), by a line of our own: initdb asks for a name. */
function makeAccount(): Account {
  for (const commands of waysToMake()) {
    const done = commands.every(
      ([program, ...args]) => spawnSync(program!, args, { stdio: 'ignore' }).status === 0,
    )
    const made = knownAccount()
    if (done && made) return made
  }
  try {
    if (process.platform === 'linux') writeEntries(freeId())
  } catch {
    // a system folder that cannot be written
  }
  const made = knownAccount()
  if (!made) throw new Refusal('account-not-made')
  return made
}

function waysToMake(): string[][][] {
  if (process.platform === 'darwin') {
    const id = String(freeId())
    const user = `/Users/${name}`
    return [
      [
        ['dscl', '.', '-create', `/Groups/${name}`, 'PrimaryGroupID', id],
        ['dscl', '.', '-create', user],
        ['dscl', '.', '-create', user, 'UniqueID', id],
        ['dscl', '.', '-create', user, 'PrimaryGroupID', id],
        ['dscl', '.', '-create', user, 'NFSHomeDirectory', '/var/empty'],
        ['dscl', '.', '-create', user, 'UserShell', '/usr/bin/false'],
        ['dscl', '.', '-create', user, 'IsHidden', '1'],
      ],
    ]
  }
  const shell =
    ['/usr/sbin/nologin', '/sbin/nologin', '/bin/false'].find((path) => existsSync(path)) ?? '/bin/false'
  return [
    [
      [
        'useradd',
        '--system',
        '--user-group',
        '--no-create-home',
        '--home-dir',
        '/nonexistent',
        '--shell',
        shell,
        name,
      ],
    ],
    [
      ['addgroup', '-S', name],
      ['adduser', '-S', '-D', '-H', '-h', '/nonexistent', '-s', shell, '-G', name, name],
    ],
  ]
}

function freeId(): number {
  const text =
    process.platform === 'darwin'
      ? (spawnSync('dscl', ['.', '-list', '/Users', 'UniqueID'], { encoding: 'utf8' }).stdout ?? '').replace(
          / +/g,
          ':',
        )
      : readFileSync('/etc/passwd', 'utf8') + readFileSync('/etc/group', 'utf8')
  const taken = new Set(text.match(/\d+/g))
  for (let id = 480; id > 200; id -= 1) if (!taken.has(String(id))) return id
  throw new Refusal('account-not-made')
}

function writeEntries(id: number): void {
  const etc = '/etc'
  appendFileSync(join(etc, 'group'), `${name}:x:${id}:\n`)
  appendFileSync(join(etc, 'passwd'), `${name}:x:${id}:${id}::/nonexistent:/bin/false\n`)
}
