import { Stop, ensureInstalled } from './install.mjs'
import { runChecks } from './checks.mjs'

try {
  await ensureInstalled()
  const results = await runChecks()
  process.exitCode = results.some(({ ok }) => !ok) ? 1 : 0
} catch (error) {
  process.stderr.write(`${error instanceof Stop ? error.message : error.stack}\n`)
  process.exitCode = 1
}
