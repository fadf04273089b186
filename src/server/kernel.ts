import type { OutsideSettings } from '#server/auth/outside/settings.ts'
import type { TokenAddresses } from '#server/auth/token-addresses.ts'
import type { Database } from '#server/db/database.ts'
import type { JobQueue } from '#server/jobs/queue.ts'
import type { Hub } from '#server/live/hub.ts'
import type { Reading } from '#server/taking/reading.ts'

/** The office network: whether colleagues reach this server, and at which addresses. */
export interface Network {
  /** Listens on the network at once and at every later start. */
  open(): Promise<void>
  /** Back to this computer alone. */
  close(): Promise<void>
  /** `http://192.168.1.10:3000`; none while it is closed. */
  addresses(): string[]
  isOpen(): boolean
}

/** What the process is made of; features reach it only through what `route` and jobs hand them. */
export interface Kernel {
  database: Database
  /** Key material of this installation: signs links and cookies, derives the database login's password. */
  secret: Buffer
  /** Address people reach the product at, without a slash at the end; null: taken from the request. */
  publicUrl: string | null
  jobs: JobQueue
  /** Counts what people read. */
  reading: Reading
  /** The live streams of this process. */
  live: Hub
  /** Where API tokens are used from. */
  tokenAddresses: TokenAddresses
  /** Code the wizard asks for of whoever does not sit at this computer; null: not asked. */
  setupCode: string | null
  /** Host and port the server listens on (as configured). */
  listen: { host: string; port: number; tls: boolean }
  network: Network
  version: string
  /** What time it is. The database goes by the same clock (`product_now()`). */
  now(): Date
  /** Whether that clock is not the computer's: a test around midnight. */
  ownClock: boolean
  /** Who else vouches for people. */
  outside: OutsideSettings
  /** The data folder, for `kartoteka.env`. */
  dataDir: string
}
