import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { pino } from 'pino'
import { startDirectoryCheck } from '#server/auth/outside/directory-check.ts'
import { nothingOutside, type OutsideSettings } from '#server/auth/outside/settings.ts'
import { TokenAddresses } from '#server/auth/token-addresses.ts'
import { closeDatabase, openDatabase } from '#server/db/database.ts'
import { migrate } from '#server/db/migrate.ts'
import { startQueue } from '#server/jobs/queue.ts'
import type { Kernel } from '#server/kernel.ts'
import { mailWork } from '#server/mail/work.ts'
import { Hub } from '#server/live/hub.ts'
import { startMaintenance } from '#server/maintenance.ts'
import { Reading } from '#server/taking/reading.ts'
import { startSearchIndex } from '#server/search-index.ts'
import { jobKinds, dailyLetters, promptLetters } from './features.ts'
import { officeNetwork } from './network.ts'

export const productVersion: string = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8'),
).version

export interface KernelOptions {
  app: pg.ClientConfig
  owner: pg.ClientConfig
  /** Our own embedded server: no other process shares the base. */
  embedded: boolean
  secret: Buffer
  dataDir: string
  publicUrl?: string | null
  setupCode?: string | null
  listen?: Kernel['listen']
  /** Makes this process listen on another host; for "open to colleagues". */
  move?: (host: string) => Promise<void>
  outside?: OutsideSettings
  poolSizes?: { app?: number; owner?: number }
  /** Another clock than the computer's. */
  now?: () => Date
}

/** Migrates the base and brings up what the process is made of. */
export async function startKernel(options: KernelOptions): Promise<Kernel & { close(): Promise<void> }> {
  await migrate(options.owner)
  const database = openDatabase({ app: options.app, owner: options.owner }, options.poolSizes)
  const log = pino({ level: 'warn' }, pino.destination(2))
  const now = options.now ?? (() => new Date())
  const publicUrl = options.publicUrl ?? null
  const jobs = await startQueue(database, jobKinds, log, {
    alone: options.embedded,
    own: mailWork(
      { database, secret: options.secret, now, ownClock: options.now !== undefined, publicUrl, log },
      dailyLetters,
      promptLetters,
    ),
  })
  const ownMoment = () => (options.now ? options.now() : null)
  const live = new Hub(database, log, ownMoment)
  const tokenAddresses = new TokenAddresses(database.app, log, ownMoment)
  const reading = new Reading(database.owner, log, now)
  const searchIndex = startSearchIndex(database.owner, log)
  const maintenance = startMaintenance(database.owner, log)
  const outside = options.outside ?? nothingOutside
  const directoryCheck = startDirectoryCheck(database.app, outside.directory, log)
  const listen = options.listen ?? { host: '127.0.0.1', port: 0, tls: false }
  return {
    database,
    jobs,
    live,
    reading,
    tokenAddresses,
    secret: options.secret,
    dataDir: options.dataDir,
    publicUrl,
    setupCode: options.setupCode ?? null,
    listen,
    network: officeNetwork({ listen, dataDir: options.dataDir, publicUrl, move: options.move }),
    version: productVersion,
    outside,
    now,
    ownClock: options.now !== undefined,
    close: async () => {
      await live.stop()
      await reading.stop()
      await tokenAddresses.stop()
      await searchIndex.stop()
      await maintenance.stop()
      await directoryCheck.stop()
      await jobs.stop()
      await closeDatabase(database)
    },
  }
}
