import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBrowser } from './browser.mjs'
import { ensureBuilt } from './build.mjs'
import { runChecks, runTool } from './checks.mjs'
import { findDirectoryServer } from './directory.mjs'
import { Stop, ensureInstalled } from './install.mjs'

/** Everything: types, lint, format, the built screens, rules, HTTP on a real database, a real browser. */
const counts = { passed: 0, failed: 0, skipped: 0 }
const folder = mkdtempSync(join(tmpdir(), 'kartoteka-report-'))

try {
  await ensureInstalled()
  for (const { ok } of await runChecks()) count(ok)
  count(await built())
  await runSuites(findBrowser(), findDirectoryServer())
} catch (error) {
  process.stderr.write(`${error instanceof Stop ? error.message : error.stack}\n`)
  counts.failed += 1
} finally {
  rmSync(folder, { recursive: true, force: true })
}

const { passed, failed, skipped } = counts
process.stdout.write(`\n${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`)
process.exitCode = failed > 0 ? 1 : 0

async function built() {
  try {
    await ensureBuilt()
    process.stdout.write('✓ build of the screens\n')
    return true
  } catch (error) {
    process.stderr.write(`✗ build of the screens: ${error.message}\n`)
    return false
  }
}

async function runSuites(browser, directory) {
  const report = join(folder, 'report.json')
  const only = process.argv.slice(2)
  if (!browser)
    process.stdout.write(
      '! no Chromium on this computer and none could be installed: journeys in the browser are skipped\n',
    )
  if (!directory)
    process.stdout.write(
      '! no OpenLDAP (slapd) on this computer and none could be fetched: tests of signing in by a directory are skipped\n',
    )
  const projects = browser ? [] : ['--project', 'unit']
  const flags = [
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
    ...projects,
    ...only,
  ]
  const code = await runTool('vitest', 'vitest', flags, {
    ...(browser && { KARTOTEKA_BROWSER: browser }),
    ...(directory && { KARTOTEKA_SLAPD: directory }),
  })
  const before = counts.failed
  readReport(report)
  // A suite that could not even be read counts no test; it must not pass for that.
  if (code !== 0 && counts.failed === before) counts.failed += 1
  if (!browser) counts.skipped += 1
}

function readReport(file) {
  let result
  try {
    result = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    return
  }
  counts.passed += result.numPassedTests
  counts.failed += result.numFailedTests
  counts.skipped += result.numPendingTests + result.numTodoTests
  const unread = result.testResults.filter(
    (suite) => suite.status === 'failed' && suite.assertionResults.length === 0,
  )
  counts.failed += unread.length
}

function count(ok) {
  counts[ok ? 'passed' : 'failed'] += 1
}
