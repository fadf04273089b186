import pg from 'pg'

/** The two doors to PostgreSQL. Only the kernel opens them; features get a `Tx`. */
export interface Database {
  /** Bare login that owns nothing: requests take their identity on it, sign-in works through it. */
  app: pg.Pool
  /** Owner of the schema: migrations, job queue, backup. Never carries a request. */
  owner: pg.Pool
  appConfig: pg.ClientConfig
  ownerConfig: pg.ClientConfig
}

const builtins = pg.types.builtins
/** `2026-11-23 10:00:00.5+00` → `2026-11-23T10:00:00.5Z`; infinity (no plan, no contact yet) → null. Sessions run in UTC. */
const isoInstant = (text: string) =>
  text.endsWith('infinity') ? null : `${text.slice(0, 10)}T${text.slice(11).replace(/\+00$/, 'Z')}`
pg.types.setTypeParser(builtins.TIMESTAMPTZ, isoInstant as never)
pg.types.setTypeParser(builtins.DATE, (text) => text)
pg.types.setTypeParser(builtins.INT8, Number)

export function openDatabase(
  configs: { app: pg.ClientConfig; owner: pg.ClientConfig },
  sizes: { app?: number; owner?: number } = {},
): Database {
  return {
    app: poolOf(configs.app, sizes.app ?? 16),
    owner: poolOf(configs.owner, sizes.owner ?? 6),
    appConfig: configs.app,
    ownerConfig: configs.owner,
  }
}

/**
 * Reading ahead in a temporary table holds up to `effective_io_concurrency` × 16 of its buffers; of the usual 1,024 none is left to write
 * to, and an act that changes some ten thousand rows at once breaks off. They are taken as they are needed.
 */
const options = '-c timezone=UTC -c temp_buffers=64MB'

function poolOf(config: pg.ClientConfig, max: number) {
  const pool = new pg.Pool({ ...config, options, max, idleTimeoutMillis: 60_000 })
  // A connection that dies idle (database restarted) is dropped; the next request opens another.
  pool.on('error', () => {})
  // So is one that dies in a transaction between two statements: the next statement fails, the process must not.
  pool.on('connect', (client) => client.on('error', () => {}))
  return pool
}

export async function closeDatabase(database: Database) {
  await Promise.all([database.app.end(), database.owner.end()])
}
