import { setTimeout as pause } from 'node:timers/promises'
import { type Config, readConfig } from '#server/config.ts'
import { closeDatabase, type Database, openDatabase } from '#server/db/database.ts'
import { migrate } from '#server/db/migrate.ts'
import { joinDatabase, startDatabase, type StartedDatabase } from '#server/db/start-database.ts'
import { holderOf, takeFolder } from '#server/folder-lock.ts'
import { onClosing } from './closing.ts'
import { asNewerFolder, checkFolderVersion } from './folder-version.ts'
import { say } from './words.ts'

export interface Base {
  config: Config
  database: Database
  /** Aborts when the command is told to end. */
  signal: AbortSignal
  /** Whether a server of this folder runs beside us (always true where the database is one of the user's own). */
  shared: boolean
}

/**
 * Runs one command on the base: on the running server's database, or on the folder's own, started for the command
 * and stopped after it.
 */
export async function withBase<T>(command: string, work: (base: Base) => Promise<T>): Promise<T> {
  const config = readConfig()
  const ending = new AbortController()
  onClosing(() => ending.abort())
  if (config.databaseUrl) return onOpened(config, await startDatabase(config), true, ending.signal, work)
  if (holderOf(config.dataDir)?.command === 'start')
    return onOpened(config, await joinRunning(config), true, ending.signal, work)
  return onStopped(config, command, ending.signal, work)
}

async function onStopped<T>(
  config: Config,
  command: string,
  signal: AbortSignal,
  work: (base: Base) => Promise<T>,
): Promise<T> {
  const told = setTimeout(() => process.stderr.write(`${say('waiting')}\n`), 1000)
  const lock = await takeFolder(config.dataDir, command, 10 * 60_000).finally(() => clearTimeout(told))
  try {
    await checkFolderVersion(config.dataDir)
    const started = await startDatabase(config)
    try {
      return await onOpened(config, started, false, signal, work)
    } finally {
      await started.stop()
    }
  } finally {
    lock.release()
  }
}

async function onOpened<T>(
  config: Config,
  started: StartedDatabase,
  shared: boolean,
  signal: AbortSignal,
  work: (base: Base) => Promise<T>,
): Promise<T> {
  await migrate(started.owner).catch((error: unknown) => {
    throw asNewerFolder(error, config.dataDir)
  })
  const database = openDatabase(started, { app: 2, owner: 3 })
  try {
    return await work({ config, database, signal, shared })
  } finally {
    await closeDatabase(database)
  }
}

/** The server may be starting this very moment: its database is ready within seconds, or it ends. */
async function joinRunning(config: Config): Promise<StartedDatabase> {
  for (;;) {
    const joined = joinDatabase(config)
    if (joined) return joined
    if (!holderOf(config.dataDir)) return startDatabase(config)
    await pause(100)
  }
}
