import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Config, readConfig } from '#server/config.ts'
import { migrate } from '#server/db/migrate.ts'
import { startDatabase } from '#server/db/start-database.ts'
import { holderOf, takeFolder } from '#server/folder-lock.ts'
import { checkArchive } from './archive-check.ts'
import { writeBackup } from './backup.ts'
import { Failure } from './failure.ts'
import { noteFolderVersion } from './folder-version.ts'
import { withBase } from './open-base.ts'
import { readBackup, type RestoreSummary } from './restore.ts'
import { say } from './words.ts'

/**
 * Copies the base to another data folder or to a PostgreSQL of the user's own (`postgres://…`). What is here stays as it is;
 * nobody may work meanwhile, or the last entries would stay behind.
 */
export async function move(to: string, { json }: { json?: boolean }): Promise<void> {
  const here = readConfig()
  if (holderOf(here.dataDir)?.command === 'start') throw new Failure('move-running')
  const foreign = /^postgres(ql)?:/.test(to)
  const target = foreign ? { ...here, databaseUrl: to } : targetFolder(here, resolve(to))
  const summary = await withBase('move', async ({ database, config, signal }) => {
    const folder = mkdtempSync(join(config.dataDir, 'move-'))
    try {
      const file = join(folder, 'base')
      await writeBackup(database.ownerConfig, file, signal)
      return await restoreInto(target, file, foreign)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  })
  const next = foreign ? 'DATABASE_URL' : 'KARTOTEKA_DATA'
  process.stdout.write(
    json
      ? `${JSON.stringify({ to, ...summary })}\n`
      : `${say('move-done', { to, rows: summary.rows, next })}\n`,
  )
}

/** The key comes along: without it links sent in letters would end. */
function targetFolder(here: Config, folder: string): Config {
  if (folder === here.dataDir) throw new Failure('move-same')
  mkdirSync(folder, { recursive: true })
  return readConfig({ ...process.env, KARTOTEKA_DATA: folder, DATABASE_URL: '' })
}

async function restoreInto(target: Config, file: string, foreign: boolean): Promise<RestoreSummary> {
  const checked = await checkArchive(file)
  const lock = foreign ? null : await takeFolder(target.dataDir, 'move')
  try {
    const database = await startDatabase(target)
    try {
      const schema = await migrate(database.owner)
      const summary = await readBackup(database.owner, file, checked)
      if (!foreign) noteFolderVersion(target.dataDir, schema)
      return summary
    } finally {
      await database.stop()
    }
  } finally {
    lock?.release()
  }
}
