import pg from 'pg'
import { type EmbeddedOptions, runningEmbedded, startEmbedded } from './embedded.ts'
import { checkForeign, rolesOfAnother } from './foreign.ts'
import { ensureRoles, loginOf, loginPassword } from './roles.ts'

export interface StartedDatabase {
  /** Owner of the schema: migrations, jobs, backup. */
  owner: pg.ClientConfig
  /** The login that owns nothing and carries requests. */
  app: pg.ClientConfig
  embedded: boolean
  /** Ends the embedded server; does nothing to one of the user's own. */
  stop(): Promise<void>
}

/** Which database: the embedded one of a data folder, or one of the user's own where `databaseUrl` is set. */
export interface DatabaseChoice {
  dataDir: string
  secret: Buffer
  databaseUrl?: string | null
}

/**
 * The database this configuration means, ready for migrating: the embedded one started, or the one of `DATABASE_URL` checked.
 * @throws Refusal
 */
export async function startDatabase(config: DatabaseChoice & EmbeddedOptions): Promise<StartedDatabase> {
  if (config.databaseUrl) {
    const owner = await checkForeign(config.databaseUrl)
    return { owner, app: await loginFor(owner, config.secret), embedded: false, stop: async () => {} }
  }
  const { owner, stop } = await startEmbedded(config.dataDir, config.secret, config)
  try {
    return { owner, app: await loginFor(owner, config.secret), embedded: true, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The embedded database another process of this folder runs; null when none is ready. */
export function joinDatabase(config: DatabaseChoice): StartedDatabase | null {
  const owner = runningEmbedded(config.dataDir, config.secret)
  if (!owner) return null
  return { owner, app: asLogin(owner, config.secret), embedded: true, stop: async () => {} }
}

async function loginFor(owner: pg.ClientConfig, secret: Buffer): Promise<pg.ClientConfig> {
  const client = new pg.Client(owner)
  await client.connect()
  try {
    await ensureRoles(client, { database: String(client.database), secret })
    return asLogin({ ...owner, database: String(client.database) }, secret)
  } catch (error) {
    if ((error as pg.DatabaseError).code === '42501') throw await rolesOfAnother(client)
    throw error
  } finally {
    await client.end()
  }
}

const asLogin = (owner: pg.ClientConfig, secret: Buffer): pg.ClientConfig => ({
  ...owner,
  user: loginOf(String(owner.database)),
  password: loginPassword(secret),
})
