import type pg from 'pg'
import type { Logger } from 'pino'
import { networkOf } from './attempts.ts'

const flushMs = 5_000
const mostRemembered = 20_000

interface Use {
  sessionId: string
  address: string
  agent: string | null
}

/**
 * Notes the networks API tokens are used from; one not seen before stands in the journal of sign-ins. A request costs a look into
 * memory, and what is new is written together every few seconds.
 */
export class TokenAddresses {
  private readonly pool: pg.Pool
  private readonly log: Logger
  private readonly ownMoment: () => Date | null
  private readonly known = new Set<string>()
  private pending: Use[] = []
  private readonly timer: NodeJS.Timeout

  /** @param ownMoment another clock than the database's, or null */
  constructor(pool: pg.Pool, log: Logger, ownMoment: () => Date | null) {
    this.pool = pool
    this.log = log
    this.ownMoment = ownMoment
    this.timer = setInterval(() => void this.flush(), flushMs)
    this.timer.unref()
  }

  note(sessionId: string, address: string, agent: string | undefined) {
    const network = networkOf(address)
    const key = `${sessionId} ${network}`
    if (this.known.has(key)) return
    if (this.known.size >= mostRemembered) this.known.clear()
    this.known.add(key)
    this.pending.push({ sessionId, address: network, agent: agent?.slice(0, 300) ?? null })
  }

  /** Writes what has gathered; what cannot be written is noted again by its next use. */
  async flush() {
    const uses = this.pending
    if (uses.length === 0) return
    this.pending = []
    try {
      await this.pool.query(
        `with used as (select * from unnest($1::uuid[], $2::text[], $3::text[]) u (session_id, address, agent)),
         fresh as (
           insert into auth.token_addresses (session_id, address)
           select u.session_id, u.address from used u join auth.sessions s on s.id = u.session_id and s.kind = 'token'
           on conflict do nothing returning session_id, address)
         insert into sign_in_events (at, user_id, kind, address, agent, session_id, details)
         select coalesce($4::timestamptz, now()), s.user_id, 'token-new-address', f.address, u.agent, s.id, jsonb_build_object('name', s.name)
         from fresh f join used u using (session_id, address) join auth.sessions s on s.id = f.session_id`,
        [
          uses.map(({ sessionId }) => sessionId),
          uses.map(({ address }) => address),
          uses.map(({ agent }) => agent),
          this.ownMoment(),
        ],
      )
    } catch (error) {
      for (const { sessionId, address } of uses) this.known.delete(`${sessionId} ${address}`)
      this.log.warn(`token addresses: ${(error as Error).message}`)
    }
  }

  async stop() {
    clearInterval(this.timer)
    await this.flush()
  }
}
