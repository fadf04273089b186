import { existsSync, statfsSync } from 'node:fs'
import { join } from 'node:path'
import { countPeople } from '#server/auth/outside/ldap-people.ts'
import { discover } from '#server/auth/outside/provider.ts'
import type { OutsideSettings } from '#server/auth/outside/settings.ts'
import { knownSchema } from '#server/db/migrate.ts'
import { holderOf } from '#server/folder-lock.ts'
import { productVersion } from '#app/kernel.ts'
import { type Base, withBase } from './open-base.ts'
import { say, type Word } from './words.ts'

interface Finding {
  check: Word
  ok: boolean
  /** A figure or a name; the same in every language. */
  value: string
}

/** Looks at everything that may stand in the way and tells it line by line; fails where anything is wrong. */
export async function doctor({ json }: { json?: boolean }): Promise<void> {
  const findings = await withBase('doctor', look)
  if (json) process.stdout.write(`${JSON.stringify({ ok: findings.every(({ ok }) => ok), findings })}\n`)
  else
    for (const { check, ok, value } of findings)
      process.stdout.write(`${ok ? '✓' : '✗'} ${say(check)}: ${value}\n`)
  if (findings.some(({ ok }) => !ok)) process.exitCode = 1
}

async function look({ config, database, shared }: Base): Promise<Finding[]> {
  const holder = holderOf(config.dataDir)
  const [server] = (
    await database.owner.query<{ version: string; size: string; letters: boolean; schema: number }>(
      `select current_setting('server_version') as version, pg_size_pretty(pg_database_size(current_database())) as size,
         cardinality(show_trgm('Ромашка')) > 0 as letters, (select max(number) from schema_migrations) as schema`,
    )
  ).rows
  const counted = await database.owner.query<{ clients: number; people: number; unfit: string[] | null }>(
    `select (select count(*) from clients) as clients, (select count(*) from users where active) as people,
       (select array_agg(indexrelid::regclass::text) from pg_index where not indisvalid) as unfit`,
  )
  const { clients, people, unfit } = counted.rows[0]!
  const free = freeMegabytes(config.dataDir)
  const known = await knownSchema()
  return [
    { check: 'doctor-program', ok: true, value: `${productVersion}, Node ${process.versions.node}` },
    { check: 'doctor-folder', ok: true, value: config.dataDir },
    {
      check: 'doctor-running',
      ok: true,
      value: holder?.url ?? (shared && config.databaseUrl ? 'DATABASE_URL' : '–'),
    },
    { check: 'doctor-database', ok: true, value: `PostgreSQL ${server!.version}, ${server!.size}` },
    { check: 'doctor-schema', ok: server!.schema === known, value: `${server!.schema} / ${known}` },
    { check: 'doctor-letters', ok: server!.letters, value: server!.letters ? 'ok' : 'show_trgm = {}' },
    { check: 'doctor-indexes', ok: unfit === null, value: unfit?.join(', ') ?? 'ok' },
    { check: 'doctor-disk', ok: free > 500, value: `${free} MB` },
    { check: 'doctor-screens', ok: screensBuilt(), value: screensBuilt() ? 'ok' : 'npm start' },
    { check: 'doctor-filled', ok: people > 0, value: `${people} / ${clients}` },
    ...(await lookOutside(config.outside)),
  ]
}

/** Whether who else vouches for people answers as configured; nothing where nobody does. */
async function lookOutside({ provider, directory }: OutsideSettings): Promise<Finding[]> {
  const findings: Finding[] = []
  const look = async (check: Word, ask: () => Promise<string>) => {
    const found = await ask().then(
      (value) => ({ ok: true, value }),
      (error: Error) => ({ ok: false, value: error.message }),
    )
    findings.push({ check, ...found })
  }
  if (provider) await look('doctor-provider', async () => (await discover(provider)).serverMetadata().issuer)
  if (directory)
    await look('doctor-directory', async () => {
      const people = await countPeople(directory)
      if (people === 0) throw new Error(`${directory.filter} finds nobody below ${directory.base}`)
      return `${directory.urls.join(' ')}: ${people === 100 ? '100+' : people}`
    })
  return findings
}

const screensBuilt = () => existsSync(join(import.meta.dirname, '../../../dist/web/index.html'))

function freeMegabytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder)
  return Math.floor((bavail * bsize) / 1024 / 1024)
}
