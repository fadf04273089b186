import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import pg from 'pg'
import { readConfig } from '#server/config.ts'
import { migrate, migrationNames } from '#server/db/migrate.ts'
import { startDatabase } from '#server/db/start-database.ts'
import { generateBase, type BenchUser } from './generate.ts'

export type Size = 'small' | 'big'
export const clientsOf: Record<Size, number> = { small: 20_000, big: 1_000_000 }
/** Events of a year, a client, where the caller names no number. The big base takes minutes longer with them. */
export const activitiesOf: Record<Size, number> = { small: 5, big: 0 }

export interface BenchBase {
  folder: string
  users: BenchUser[]
  /** Whether it was made now or found from an earlier run. */
  fresh: boolean
  /** Seconds the generator took when it was made. */
  made: number
}

const root = join(import.meta.dirname, '..')
const pristine = 'kartoteka_pristine'

/** A data folder with the generated base, as the generator left it: made where there is none of this schema, else restored. */
export async function readyBase(
  size: Size,
  activities: number,
  say: (line: string) => void,
): Promise<BenchBase> {
  const folder = join(resolve(process.env.KARTOTEKA_BENCH ?? join(tmpdir(), 'kartoteka-bench')), size)
  const note = join(folder, 'bench.json')
  if (existsSync(note)) {
    const kept = JSON.parse(readFileSync(note, 'utf8')) as Note
    if ((kept.activities ?? 0) >= activities && (await stillHolds(kept.signs))) {
      await restore(folder)
      return { folder, users: kept.users, fresh: false, made: kept.made }
    }
  }
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o755 })
  const signs = await signsOf(await dependencies())
  const { users, made } = await make(folder, size, activities, say)
  writeFileSync(note, JSON.stringify({ signs, users, made, activities } satisfies Note))
  return { folder, users, fresh: true, made }
}

interface Note {
  signs: Signs
  users: BenchUser[]
  made: number
  activities?: number
}

async function make(folder: string, size: Size, activities: number, say: (line: string) => void) {
  const config = readConfig({ KARTOTEKA_DATA: folder })
  const database = await startDatabase(config)
  try {
    await migrate(database.owner)
    const { runMigrations } = await import('graphile-worker')
    const pool = new pg.Pool(database.owner)
    await runMigrations({ pgPool: pool })
    await pool.end()
    const began = performance.now()
    const users = await generateBase(database.owner, { clients: clientsOf[size], activities, say })
    const made = (performance.now() - began) / 1000
    await copyDatabase(database.owner, String(database.owner.database), pristine)
    return { users, made }
  } finally {
    await database.stop()
  }
}

/** Every run begins with the same rows: what the last one entered and imported is thrown away. */
async function restore(folder: string) {
  const config = readConfig({ KARTOTEKA_DATA: folder })
  const database = await startDatabase(config)
  try {
    await copyDatabase(database.owner, pristine, String(database.owner.database))
  } finally {
    await database.stop()
  }
  // The login's right to connect belongs to the database that was replaced.
  await (await startDatabase(config)).stop()
}

async function copyDatabase(owner: pg.ClientConfig, from: string, to: string) {
  const client = new pg.Client({ ...owner, database: 'postgres' })
  await client.connect()
  try {
    await client.query(`drop database if exists ${to} with (force)`)
    await client.query(`create database ${to} template ${from} strategy file_copy`)
  } finally {
    await client.end()
  }
}

/** File → hash of what the rows were made by. */
type Signs = Record<string, string>

/** Schema and generator. */
async function dependencies(): Promise<string[]> {
  const generator = [
    'generate',
    'generate-activities',
    'generate-rows',
    'made-up-client',
    'made-up-names',
    'made-up-numbers',
  ]
  return [
    ...(await migrationNames()).map((name) => `db/migrations/${name}`),
    ...generator.map((name) => `bench/${name}.ts`),
  ]
}

async function signsOf(files: string[]): Promise<Signs> {
  const signs: Signs = {}
  for (const file of files)
    signs[file] = createHash('sha256')
      .update(await readFile(join(root, file)))
      .digest('hex')
  return signs
}

/** Migrations written since are no matter: the product applies them at its start. */
async function stillHolds(signs: Signs | undefined): Promise<boolean> {
  if (!signs) return false
  const now = await signsOf(Object.keys(signs)).catch(() => ({}) as Signs)
  return Object.entries(signs).every(([file, sign]) => now[file] === sign)
}
