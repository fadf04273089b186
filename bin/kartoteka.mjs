#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ensureBuilt, runVite } from './build.mjs'
import { Stop, ensureInstalled, nodeBinary, root } from './install.mjs'

const args = process.argv.slice(2)

try {
  await ensureInstalled()
  if (args[0] === 'start' || args[0] === 'demo') await ensureBuilt()
  if (args[0] === 'dev') develop()
  else run(['src/app/cli.ts', ...args])
} catch (error) {
  process.stderr.write(`${error instanceof Stop ? error.message : error.stack}\n`)
  process.exitCode = 1
}

/** Runs a TypeScript file under Node 24 and ends as it ends. */
function run([script, ...rest], nodeFlags = [], env = {}) {
  const child = spawn(nodeBinary(), [...nodeFlags, join(root, script), ...rest], {
    // The channel tells the server that its launcher is gone, also when that was killed: it then closes in good order.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'compiled'), ...process.env, ...env },
  })
  child.on('error', (error) => {
    process.stderr.write(`${error.message}\n`)
    process.exit(1)
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    // A terminal's Ctrl+C reaches the child by itself as well; it takes two signals for one wish. On Windows that is the
    // only way in good order: kill() there ends it outright.
    process.on(signal, () => process.platform !== 'win32' && child.kill(signal))
  }
  watchParent(() => child.kill('SIGTERM'))
  child.on('close', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
  return child
}

/** npm killed outright tells nobody: below npm, losing it means the same as being told to stop. */
function watchParent(onLoss) {
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return
  const before = parents()
  const timer = setInterval(() => {
    if (parents() === before) return
    clearInterval(timer)
    onLoss()
  }, 250)
  timer.unref()
}

/** The parent and, where the system shows it, the parent's parent: between npm and us there may be a shell. */
function parents() {
  try {
    const stat = readFileSync(`/proc/${process.ppid}/stat`, 'utf8')
    return `${process.ppid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]}`
  } catch {
    return String(process.ppid)
  }
}

/** The API restarted on every change and the screens by Vite, on a data folder of the checkout. */
function develop() {
  run(['src/app/cli.ts', 'start', ...args.slice(1)], ['--watch', '--watch-preserve-output'], {
    KARTOTEKA_DATA: process.env.KARTOTEKA_DATA ?? join(root, 'data'),
  })
  if (existsSync(join(root, 'index.html'))) void runVite([], { stdio: 'inherit' })
}
