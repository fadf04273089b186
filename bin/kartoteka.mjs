#!/usr/bin/env node
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
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
    // A terminal's Ctrl+C reaches the child by itself as well; it takes two signals for one wish.
    process.on(signal, () => child.kill(signal))
  }
  watchParent(() => child.kill('SIGTERM'))
  child.on('close', (code, signal) => process.exit(code ?? (signal === 'SIGINT' ? 130 : 143)))
  return child
}

/** npm killed outright tells nobody: below npm, losing the parent means the same as being told to stop. */
function watchParent(onLoss) {
  const parent = process.ppid
  if (!process.env.npm_lifecycle_event || process.platform === 'win32') return
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    onLoss()
  }, 250)
  timer.unref()
}

/** The API restarted on every change and the screens by Vite, on a data folder of the checkout. */
function develop() {
  run(['src/app/cli.ts', 'start', ...args.slice(1)], ['--watch', '--watch-preserve-output'], {
    KARTOTEKA_DATA: process.env.KARTOTEKA_DATA ?? join(root, 'data'),
  })
  if (existsSync(join(root, 'index.html'))) void runVite([], { stdio: 'inherit' })
}
