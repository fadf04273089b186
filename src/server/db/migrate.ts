import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'

const folder = join(import.meta.dirname, '../../../db/migrations')

/** The base was written by a newer version of the product than this one. */
export class NewerSchemaError extends Error {
  readonly found: number
  readonly known: number
  constructor(found: number, known: number) {
    super(`schema ${found} is newer than ${known}`)
    this.found = found
    this.known = known
  }
}

/** Names of all migrations in order, `0001_people.sql` first. */
export async function migrationNames(): Promise<string[]> {
  return (await readdir(folder)).filter((name) => /^\d{4}_.+\.sql$/.test(name)).toSorted()
}

/** The number of the newest migration this version knows. */
export async function knownSchema(): Promise<number> {
  return Number((await migrationNames()).at(-1)!.slice(0, 4))
}

/**
 * Brings the schema up to date, each migration in a transaction of its own; several processes may start at once.
 * @param upTo stops at this number: the schema a backup of an older program fits
 * @returns the number of the schema
 * @throws NewerSchemaError
 */
export async function migrate(config: pg.ClientConfig, upTo = Infinity): Promise<number> {
  const client = new pg.Client(config)
  await client.connect()
  try {
    await client.query('select pg_advisory_lock(5278413)')
    await client.query(
      'create table if not exists schema_migrations (number int primary key, name text not null, at timestamptz not null default now())',
    )
    const { rows } = await client.query<{ number: number }>('select number from schema_migrations')
    const applied = new Set(rows.map((row) => row.number))
    const names = await migrationNames()
    const known = Number(names.at(-1)!.slice(0, 4))
    const newest = Math.max(0, ...applied)
    if (newest > known) throw new NewerSchemaError(newest, known)
    for (const name of names) {
      const number = Number(name.slice(0, 4))
      if (number <= upTo && !applied.has(number)) await apply(client, number, name)
    }
    await client.query('select ensure_change_partitions()')
    // Of a schema that is as old as a backup there is none yet.
    await client.query(
      `do $$ begin if to_regprocedure('write_journal_functions()') is not null then perform write_journal_functions(); end if; end $$`,
    )
    return Math.min(known, upTo)
  } finally {
    await client.end()
  }
}

async function apply(client: pg.Client, number: number, name: string) {
  await client.query('begin')
  try {
    await client.query('insert into schema_migrations (number, name) values ($1, $2)', [number, name])
    await client.query(await readFile(join(folder, name), 'utf8'))
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw new Error(`migration ${name}: ${(error as Error).message}`, { cause: error })
  }
}
