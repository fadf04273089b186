import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { spawn } from 'node:child_process'
import { ensureBuilt } from './build.mjs'
import { Stop, ensureInstalled, nodeBinary, root } from './install.mjs'

/** The measurements, on a base of their own; `-- --size big` for a million clients. */
try {
  await ensureInstalled()
  await ensureBuilt()
  const script = join(root, 'bench', 'bench.ts')
  if (!existsSync(script)) throw new Stop(`${script}?`)
  const child = spawn(nodeBinary(), [script, ...process.argv.slice(2)], { cwd: root, stdio: 'inherit' })
  for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal))
  child.on('close', (code) => process.exit(code ?? 1))
} catch (error) {
  process.stderr.write(`${error instanceof Stop ? error.message : error.stack}\n`)
  process.exitCode = 1
}
