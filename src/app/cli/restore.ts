import { resolve } from 'node:path'
import { Writable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { migrate } from '#server/db/migrate.ts'
import { checkArchive, type CheckedArchive } from './archive-check.ts'
import { type Frame, readFrames } from './archive-format.ts'
import { Failure } from './failure.ts'
import { withBase } from './open-base.ts'
import { progressLine } from './progress.ts'
import { restoreBare } from './restore-bare.ts'
import { schemaOf } from './stored-tables.ts'
import { say } from './words.ts'

export interface RestoreSummary {
  file: string
  schema: number
  writtenAt: string
  tables: number
  rows: number
}

/** Reads a backup into an empty base. The whole file is checked before the base is touched; then it is all or nothing. */
export async function restore(file: string, { json }: { json?: boolean }): Promise<void> {
  const source = resolve(file)
  const checked = await checkArchive(source)
  const summary = await withBase('restore', ({ database, signal }) =>
    readBackup(database.ownerConfig, source, checked, signal),
  )
  const { rows, writtenAt } = summary
  process.stdout.write(
    json ? `${JSON.stringify(summary)}\n` : `${say('restore-done', { file: source, rows, at: writtenAt })}\n`,
  )
}

/**
 * @param checked what `checkArchive` found in this very file
 * @throws Failure where the base holds anything
 */
export async function readBackup(
  owner: pg.ClientConfig,
  file: string,
  checked: CheckedArchive,
  signal?: AbortSignal,
): Promise<RestoreSummary> {
  const client = new pg.Client(owner)
  await client.connect()
  try {
    await refuseFilled(client)
    await fitSchema(client, owner, checked.header.schema)
    await client.query(`begin; set local lock_timeout = '60s'; set local datestyle = 'ISO, YMD'`)
    await refuseFilled(client)
    await restoreBare(client, checked, () => copyTables(client, file, checked, signal))
    await settle(client, checked)
    await client.query('commit')
    await migrate(owner)
    await client.query('analyze')
  } finally {
    // an open transaction ends with its connection
    await client.end()
  }
  const { header, tables } = checked
  const rows = tables.reduce((sum, table) => sum + table.rows, 0)
  return { file, schema: header.schema, writtenAt: header.writtenAt, tables: tables.length, rows }
}

async function refuseFilled(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ filled: boolean }>(
    'select exists (select from users) or exists (select from clients) as filled',
  )
  if (rows[0]!.filled) throw new Failure('base-not-empty')
}

/** A file of an older schema is read into that schema, and then migrated like any base of its age. */
async function fitSchema(client: pg.Client, owner: pg.ClientConfig, schema: number): Promise<void> {
  if ((await schemaOf(client)) === schema) return
  await client.query('drop schema auth cascade; drop schema public cascade; create schema public')
  await migrate(owner, schema)
}

async function copyTables(
  client: pg.Client,
  file: string,
  { tables }: CheckedArchive,
  signal?: AbortSignal,
): Promise<void> {
  const total = tables.reduce((sum, { rows }) => sum + rows, 0)
  const progress = progressLine(total)
  const frames = readFrames(file)
  let done = 0
  for (let next = await frames.next(); !next.done; next = await frames.next()) {
    if (next.value.kind !== 'T') continue
    const { name, columns } = next.value.body
    const copy = client.query(copyFrom(`copy ${name} (${columns.join(', ')}) from stdin`))
    await pipeline(rowsOf(frames), copy as Writable, signal ? { signal } : {})
    done += copy.rowCount
    progress.at(done, name)
  }
  progress.end()
  if (done !== total) throw new Failure('archive-damaged', { file })
}

/** The row chunks up to the end of this table. Taken by hand: leaving a `for await` would close the file. */
async function* rowsOf(frames: AsyncGenerator<Frame>): AsyncGenerator<Buffer> {
  for (let next = await frames.next(); !next.done && next.value.kind === 'D'; next = await frames.next())
    yield next.value.body
}

/** Counters go on where they stood; work that was under way in the copied base is nobody's now. */
async function settle(client: pg.Client, { header }: CheckedArchive): Promise<void> {
  for (const [name, { value, used }] of Object.entries(header.sequences)) {
    await client.query('select setval($1::regclass, $2::bigint, $3)', [name, value, used])
  }
  await client.query(
    `update jobs set status = 'failed', finished_at = now(), problem = $1 where status in ('queued', 'running')`,
    [
      {
        ru: 'База восстановлена из копии, сделанной во время этой работы.',
        en: 'The base was restored from a copy made during this work.',
      },
    ],
  )
}
