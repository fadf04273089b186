import { spawn } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Stop, nodeBinary, root } from './install.mjs'

/** What `npm run check` looks at: nothing is built and nothing is started. */
const checks = [
  ['types of the server', 'typescript', ['-p', 'tsconfig.server.json'], 'tsc'],
  ['types of the screens', 'typescript', ['-p', 'tsconfig.web.json'], 'tsc'],
  ['lint', 'oxlint', ['--quiet'], 'oxlint'],
  ['format', 'oxfmt', ['--check', '.'], 'oxfmt'],
]

/** Runs every check, also after one has failed. @returns `{ name, ok }` of each */
export async function runChecks() {
  const results = []
  for (const [name, packageName, args, bin] of checks) {
    const code = await runTool(packageName, bin, args)
    process.stdout.write(`${code === 0 ? '✓' : '✗'} ${name}\n`)
    results.push({ name, ok: code === 0 })
  }
  const inARow = migrationsInARow()
  process.stdout.write(`${inARow ? '✓' : '✗'} numbers of migrations\n`)
  results.push({ name: 'numbers of migrations', ok: inARow })
  return results
}

/** Two that landed side by side may bear one number: a base would stop between them. */
const migrationsInARow = () =>
  readdirSync(join(root, 'db', 'migrations'))
    .toSorted()
    .every((name, at) => Number(name.split('_', 1)[0]) === at + 1)

/** Runs a tool of the packages under Node 24; its output is ours. @returns its exit code */
export async function runTool(packageName, bin, args, env = {}) {
  const script = await scriptOf(packageName, bin)
  return new Promise((resolve, reject) => {
    const child = spawn(nodeBinary(), [script, ...args], {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, ...env },
    })
    child.on('error', reject)
    child.on('close', (code) => resolve(code ?? 1))
  })
}

async function scriptOf(packageName, bin) {
  const folder = join(root, 'node_modules', packageName)
  const { default: described } = await import(`file://${join(folder, 'package.json')}`, {
    with: { type: 'json' },
  })
  const path = typeof described.bin === 'string' ? described.bin : described.bin?.[bin]
  if (!path || !existsSync(join(folder, path))) throw new Stop(`${packageName}: no program "${bin}"`)
  return join(folder, path)
}
