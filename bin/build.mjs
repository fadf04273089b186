import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { constants, gzipSync } from 'node:zlib'
import { Stop, nodeBinary, root } from './install.mjs'
import { withLock } from './lock.mjs'
import { say } from './words.mjs'

const dist = join(root, 'dist', 'web')
const stampFile = join(root, 'dist', '.sources')
const sources = [
  'index.html',
  'vite.config.ts',
  'package-lock.json',
  'public',
  'src/shared',
  'src/web',
  'src/features',
  'src/app',
]

/** Folders and files the browser never sees: a change there builds nothing anew. */
const serverSide = new Set([
  'server',
  'cli',
  'cli.ts',
  'kernel.ts',
  'server.ts',
  'testing.ts',
  'testing-directory.ts',
  'testing-postgres.ts',
  'testing-provider.ts',
  'testing-stream.ts',
])

/** Builds dist/ when its sources have changed since; silent when they have not. */
export async function ensureBuilt() {
  if (!existsSync(join(root, 'index.html')) || isBuilt()) return
  try {
    await withLock(
      join(root, '.cache'),
      'build.lock',
      () => process.stderr.write(`${say('waiting')}\n`),
      build,
    )
  } catch (error) {
    if (error?.code === 'ENOSPC') throw new Stop(say('no-space', { folder: root }))
    // A read-only checkout with screens built from other sources still serves them.
    if (['EACCES', 'EROFS', 'EPERM'].includes(error?.code)) {
      if (existsSync(join(dist, 'index.html'))) return
      throw new Stop(say('read-only', { folder: root }))
    }
    throw error
  }
}

const isBuilt = () =>
  existsSync(join(dist, 'index.html')) &&
  existsSync(stampFile) &&
  readFileSync(stampFile, 'utf8') === sourcesHash()

async function build() {
  if (isBuilt()) return
  process.stderr.write(`${say('building')}\n`)
  const hash = sourcesHash()
  // Built aside and moved into place: a running server never serves half a build.
  const aside = join(root, '.cache', 'web')
  rmSync(aside, { recursive: true, force: true })
  const code = await runVite(['build', '--outDir', aside, '--emptyOutDir', '--logLevel', 'warn'])
  if (code !== 0) throw new Stop(say('build-failed', { code }))
  compress(aside)
  const old = join(root, '.cache', 'web.old')
  rmSync(old, { recursive: true, force: true })
  mkdirSync(join(root, 'dist'), { recursive: true })
  if (existsSync(dist)) renameSync(dist, old)
  renameSync(aside, dist)
  writeFileSync(stampFile, hash)
  rmSync(old, { recursive: true, force: true })
}

/** Every text gets its gzip beside it: the server sends that one, a third of the size, and compresses nothing while people wait. */
function compress(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(js|css|html|svg)$/.test(entry.name)) continue
    const path = join(entry.parentPath, entry.name)
    writeFileSync(`${path}.gz`, gzipSync(readFileSync(path), { level: constants.Z_BEST_COMPRESSION }))
  }
}

export function runVite(args, options = {}) {
  return new Promise((resolve, reject) => {
    const script = join(root, 'node_modules', 'vite', 'bin', 'vite.js')
    const child = spawn(nodeBinary(), [script, ...args], { cwd: root, stdio: ['ignore', 2, 2], ...options })
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
}

function sourcesHash() {
  const hash = createHash('sha256')
  for (const path of sources) addTo(hash, path)
  return hash.digest('hex')
}

function addTo(hash, path) {
  const full = join(root, path)
  if (!existsSync(full)) return
  if (statSync(full).isDirectory()) {
    for (const name of readdirSync(full).toSorted()) {
      if (!serverSide.has(name) && !/\.test\.tsx?$/.test(name)) addTo(hash, `${path}/${name}`)
    }
    return
  }
  hash.update(path).update('\0').update(readFileSync(full)).update('\0')
}
