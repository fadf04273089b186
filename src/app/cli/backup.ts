import {
  mkdirSync,
  openSync,
  closeSync,
  fsyncSync,
  createWriteStream,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import { dirname, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { productVersion } from '#app/kernel.ts'
import { encodeFrame, formatVersion, magic, TableSummer } from './archive-format.ts'
import { Failure } from './failure.ts'
import { withBase } from './open-base.ts'
import { progressLine } from './progress.ts'
import { schemaOf, storedSequences, storedTables } from './stored-tables.ts'
import { say } from './words.ts'

export interface BackupSummary {
  file: string
  bytes: number
  schema: number
  tables: number
  rows: number
}

/** Writes the whole base to one file, as of one moment, while people work. */
export async function backup(file: string, { json }: { json?: boolean }): Promise<void> {
  const target = resolve(file)
  const summary = await withBase('backup', ({ database, signal }) =>
    writeBackup(database.ownerConfig, target, signal),
  )
  const { rows, bytes } = summary
  process.stdout.write(
    json
      ? `${JSON.stringify(summary)}\n`
      : `${say('backup-done', { file: target, rows, size: megabytes(bytes) })}\n`,
  )
}

/** Writes beside the target and moves into place: under the given name there is never half a backup. */
export async function writeBackup(
  owner: pg.ClientConfig,
  target: string,
  signal?: AbortSignal,
): Promise<BackupSummary> {
  const draft = `${target}.part`
  const client = new pg.Client(owner)
  try {
    mkdirSync(dirname(target), { recursive: true })
    await client.connect()
    await client.query(`begin isolation level repeatable read read only; set local datestyle = 'ISO, YMD'`)
    const counted = { schema: await schemaOf(client), tables: 0, rows: 0 }
    // People's data and password hashes: for the owner's eyes only.
    const file = createWriteStream(draft, { mode: 0o600 })
    file.write(`${magic}${formatVersion}\n`)
    await pipeline(
      Readable.from(frames(client, counted)),
      createGzip({ level: 4 }),
      file,
      signal ? { signal } : {},
    )
    flush(draft)
    renameSync(draft, target)
    return { file: target, bytes: statSync(target).size, ...counted }
  } catch (error) {
    rmSync(draft, { force: true })
    throw explain(error, target)
  } finally {
    await client.end()
  }
}

async function* frames(
  client: pg.Client,
  counted: { schema: number; tables: number; rows: number },
): AsyncGenerator<Buffer> {
  const sequences = await storedSequences(client)
  const { schema } = counted
  yield encodeFrame({
    kind: 'H',
    body: { kartoteka: productVersion, schema, writtenAt: new Date().toISOString(), sequences },
  })
  const tables = await storedTables(client)
  const progress = progressLine(tables.reduce((sum, { estimate }) => sum + estimate, 0))
  for (const { name, columns } of tables) {
    yield encodeFrame({ kind: 'T', body: { name, columns } })
    const summer = new TableSummer()
    for await (const chunk of client.query(
      copyTo(`copy (select ${columns.join(', ')} from ${name}) to stdout`),
    )) {
      summer.add(chunk as Buffer)
      yield encodeFrame({ kind: 'D', body: chunk as Buffer })
    }
    const sum = summer.sum()
    yield encodeFrame({ kind: 'E', body: sum })
    counted.tables += 1
    counted.rows += sum.rows
    progress.at(counted.rows, name)
  }
  progress.end()
  yield encodeFrame({ kind: 'Z', body: { tables: counted.tables } })
}

function flush(file: string): void {
  const handle = openSync(file, 'r+')
  fsyncSync(handle)
  closeSync(handle)
}

function explain(error: unknown, file: string): unknown {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'ENOSPC') return new Failure('file-no-space', { file })
  if (['EACCES', 'EROFS', 'EPERM', 'ENOTDIR', 'EISDIR', 'EEXIST'].includes(code ?? ''))
    return new Failure('file-not-written', { file, code: code! })
  return error
}

const megabytes = (bytes: number) => (bytes / 1024 / 1024).toFixed(1)
