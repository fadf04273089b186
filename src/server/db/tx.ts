import type pg from 'pg'
import { sendBatch, type Statement } from './as-caller.ts'

/** Who a transaction runs for. `token` (sha256 of cookie or bearer) is looked up by the database with the first statement. */
export type Identity = { token: Buffer } | { userId: string }

/** Raised where the token or person of an identity is not alive: signed out, expired, dismissed. */
export class NoIdentityError extends Error {}

/** Runs hand-written statements in one round trip; columns come back under the names the SQL gives them. */
export function send(tx: Tx, ...statements: Statement[]): Promise<pg.Result[]> {
  return tx.send(statements)
}

/** Rows of one hand-written statement. */
export async function rowsOf<Row>(tx: Tx, text: string, values: readonly unknown[] = []): Promise<Row[]> {
  const [result] = await tx.send([{ text, values }])
  return result!.rows as Row[]
}

/** The only row of one hand-written statement, or undefined. */
export async function rowOf<Row>(
  tx: Tx,
  text: string,
  values: readonly unknown[] = [],
): Promise<Row | undefined> {
  return (await rowsOf<Row>(tx, text, values))[0]
}

/**
 * A transaction opened as the caller: row-level security has the last word on every statement.
 * `read`: each round trip is an implicit transaction of its own. `write`: the first round trip begins a transaction
 * that `asCaller` ends.
 */
export class Tx {
  private client: pg.PoolClient | undefined
  private changes = false
  private readonly pool: pg.Pool
  private readonly identity: Identity
  private readonly mode: 'read' | 'write'
  private readonly roleHint: string
  private readonly now: Date | undefined

  constructor(pool: pg.Pool, identity: Identity, mode: 'read' | 'write', roleHint: string, now?: Date) {
    this.now = now
    this.pool = pool
    this.identity = identity
    this.mode = mode
    this.roleHint = roleHint
  }

  async send(statements: readonly Statement[]): Promise<pg.Result[]> {
    this.changes ||= statements.some(({ opensChangeSet }) => opensChangeSet)
    if (this.client) return sendBatch(this.client, statements, this.roleHint)
    const who = [...(this.now ? [goBy(this.now)] : []), identify(this.identity)]
    const prefix = this.mode === 'write' ? [begin, ...who] : who
    const client = await this.pool.connect()
    if (this.mode === 'write') this.client = client
    try {
      const results = await sendBatch(client, [...prefix, ...statements], this.roleHint)
      if (results[prefix.length - 1]!.rowCount === 0) throw new NoIdentityError()
      return results.slice(prefix.length)
    } catch (error) {
      const results = (error as { results?: pg.Result[] }).results
      if (results && results[prefix.length - 1]?.command && results[prefix.length - 1]!.rowCount === 0) {
        throw new NoIdentityError()
      }
      throw error
    } finally {
      if (this.mode === 'read') client.release()
    }
  }

  async end(outcome: 'commit' | 'rollback') {
    const client = this.client
    this.client = undefined
    if (!client) return
    try {
      await client.query(outcome)
      client.release()
      if (outcome === 'commit' && this.changes) told.get(this.pool)?.()
    } catch (error) {
      client.release(error as Error)
      if (outcome === 'commit') throw error
    }
  }
}

const told = new WeakMap<pg.Pool, () => void>()

/** Calls `listener` after every transaction of this pool that committed a change-set. */
export const afterCommits = (pool: pg.Pool, listener: () => void) => void told.set(pool, listener)

const begin: Statement = { text: 'begin' }
const goBy = (now: Date): Statement => ({
  text: `select set_config('app.now', $1, true)`,
  values: [now.toISOString()],
})

function identify(identity: Identity): Statement {
  const columns = `set_config('role', db_role, true), set_config('app.user_id', user_id::text, true), set_config('app.role', role, true), set_config('app.visible', visible::text, true), set_config('app.standing_in', standing_in::text, true)`
  return 'token' in identity
    ? {
        // Who looks through another's eyes writes nothing, by whatever road.
        text: `select ${columns}, case when looker_id is not null then set_config('transaction_read_only', 'on', true) end from auth.live where token_hash = $1`,
        values: [identity.token],
        quiet: true,
      }
    : { text: `select ${columns} from auth.identity_of($1)`, values: [identity.userId], quiet: true }
}

/**
 * Runs `work` in one transaction as this caller and commits, or rolls everything back if it throws.
 * @throws NoIdentityError
 */
export async function asCaller<T>(
  pool: pg.Pool,
  identity: Identity,
  work: (tx: Tx) => Promise<T>,
  { mode = 'write', roleHint = '', now }: { mode?: 'read' | 'write'; roleHint?: string; now?: Date } = {},
): Promise<T> {
  const tx = new Tx(pool, identity, mode, roleHint, now)
  try {
    const value = await work(tx)
    await tx.end('commit')
    return value
  } catch (error) {
    await tx.end('rollback')
    throw error
  }
}
