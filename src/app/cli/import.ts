import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { asPerson, type Calls } from './as-person.ts'
import { Failure } from './failure.ts'
import { progressLine } from './progress.ts'
import { say } from './words.ts'

export interface ImportOptions {
  as?: string
  owner?: string
  preview?: boolean
  json?: boolean
}

interface Import {
  id: string
  status: 'reading' | 'ready' | 'applying' | 'applied' | 'reversed' | 'refused' | 'failed' | 'cancelled'
  counts: Record<'create' | 'update' | 'skip' | 'doubtful' | 'error', number>
  problem?: string | null
}

/** Loads table files one after another as the proposal stands; with `--preview` nothing is written. Fails where any file does. */
export async function importFiles(
  files: string[],
  { as, owner, preview, json }: ImportOptions,
): Promise<void> {
  const missing = files.find((file) => !existsSync(file))
  if (missing) throw new Failure('archive-unreadable', { file: missing })
  const results = await asPerson('import', as, async (calls) => {
    const ownerId = owner === undefined ? undefined : await userOf(calls, owner)
    const done: Array<Import & { file: string }> = []
    for (const file of files) {
      const result = await importFile(calls, resolve(file), ownerId, preview === true)
      done.push({ ...result, file })
      if (!json) process.stdout.write(`${tell(file, result)}\n`)
    }
    return done
  })
  if (json) {
    const told = results.map(({ file, id, status, counts, problem }) => ({
      file,
      id,
      status,
      counts,
      problem,
    }))
    process.stdout.write(`${JSON.stringify(told)}\n`)
  }
  if (results.some(({ status }) => status !== 'applied' && !(preview && status === 'ready')))
    process.exitCode = 1
}

async function importFile(
  calls: Calls,
  file: string,
  ownerId: string | undefined,
  preview: boolean,
): Promise<Import> {
  const { id } = await calls.upload<{ id: string }>(
    '/imports',
    file,
    ownerId === undefined ? {} : { ownerId },
  )
  const read = await settled(calls, id, ['reading'])
  if (read.status !== 'ready' || preview) return read
  await calls.call('POST', `/imports/${id}/application`, {})
  return settled(calls, id, ['ready', 'applying'])
}

async function settled(calls: Calls, id: string, passing: Array<Import['status']>): Promise<Import> {
  const progress = progressLine(0)
  for (;;) {
    const found = await calls.call<Import>('GET', `/imports/${id}`)
    if (!passing.includes(found.status)) {
      progress.end()
      return found
    }
    progress.at(0, found.status)
    await pause(150, undefined, { signal: calls.signal })
  }
}

async function userOf(calls: Calls, email: string): Promise<string> {
  const users = await calls.call<
    { items: Array<{ id: string; email: string }> } | Array<{ id: string; email: string }>
  >('GET', '/users')
  const found = (Array.isArray(users) ? users : users.items).find(
    (user) => user.email.toLowerCase() === email.toLowerCase(),
  )
  if (!found) throw new Failure('no-person', { email })
  return found.id
}

function tell(file: string, { status, counts, problem }: Import): string {
  if (problem) return `${file}: ${problem}`
  return `${file}: ${say(status === 'applied' ? 'import-applied' : 'import-ready', { status, ...counts })}`
}
