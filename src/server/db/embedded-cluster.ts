import { spawnSync } from 'node:child_process'
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Refusal } from '#server/refusal.ts'
import { type Account, clusterArgument, own } from './embedded-account.ts'
import { type Binaries, programOf } from './embedded-binaries.ts'
import { runAs } from './embedded-process.ts'
import { ownerName } from './embedded-names.ts'

/**
 * Makes a new cluster aside and moves it into place whole: a start that is cut off leaves nothing half made.
 * @throws Refusal
 */
export function makeCluster(
  data: string,
  cluster: string,
  binaries: Binaries,
  account: Account | null,
  password: string,
): void {
  for (const name of readdirSync(data)) {
    if (name.startsWith('postgres-draft')) rmSync(join(data, name), { recursive: true, force: true })
  }
  const draft = join(data, `postgres-draft.${process.pid}`)
  try {
    mkdirSync(draft, { mode: 0o700 })
    if (account) own(draft, account.uid, account)
    initialize(data, draft, binaries, account, password)
    renameSync(draft, cluster)
  } catch (error) {
    rmSync(draft, { recursive: true, force: true })
    if (error instanceof Refusal) throw error
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOSPC') throw new Refusal('disk-full', { folder: data })
    throw new Refusal('folder-not-written', { folder: data, code: code ?? String(error) })
  }
}

function initialize(
  data: string,
  draft: string,
  binaries: Binaries,
  account: Account | null,
  password: string,
): void {
  const passwordFile = process.platform === 'win32' ? join(data, `password.${process.pid}`) : null
  if (passwordFile) writeFileSync(passwordFile, password, { mode: 0o600 })
  try {
    let said = ''
    for (const locale of locales()) {
      const flags = [
        `--pgdata=${clusterArgument(draft, account)}`,
        `--username=${ownerName}`,
        '--encoding=UTF8',
        `--locale=${locale}`,
      ]
      // The character type must know Cyrillic: with plain C no trigram holds a Russian letter and search reads everything.
      flags.push('--locale-provider=icu', '--icu-locale=ru-RU', '--lc-messages=C', '--no-instructions')
      flags.push(
        passwordFile ? `--pwfile=${passwordFile}` : '--auth=trust',
        ...(passwordFile ? ['--auth=scram-sha-256'] : []),
      )
      const done = spawnSync(programOf(binaries, 'initdb'), flags, {
        ...runAs(account),
        cwd: draft,
        encoding: 'utf8',
        windowsHide: true,
      })
      if (done.status === 0) return
      said = `${done.stdout ?? ''}${done.stderr ?? ''}${done.error?.message ?? ''}`
      if (!/invalid locale/i.test(said)) break
    }
    throw explain(data, account, said)
  } finally {
    if (passwordFile) rmSync(passwordFile, { force: true })
  }
}

/** UTF-8 locales under the names the systems give them, the most neutral first. */
function locales(): string[] {
  if (process.platform === 'win32') return ['ru-RU', 'Russian_Russia.1251', 'en-US']
  return ['C.UTF-8', 'C.utf8', 'ru_RU.UTF-8', 'en_US.UTF-8']
}

function explain(data: string, account: Account | null, said: string): Refusal {
  if (/No space left on device|Disk quota exceeded/.test(said))
    return new Refusal('disk-full', { folder: data })
  if (/EPERM|EINVAL|look up effective user/.test(said)) return new Refusal('account-not-made')
  if (/Permission denied/.test(said) && account)
    return new Refusal('folder-closed', { user: account.name, closed: data })
  const reason = said.match(/(?:error|FATAL): *(.+)/)?.[1] ?? said.trim().split('\n').at(-1) ?? ''
  return new Refusal('database-failed', { reason: `${reason.replace(/\.$/, '')}.`, log: `initdb: ${data}` })
}
