import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import type { Logger } from 'pino'

/** Nobody who waits for the first screen shares the base with it. */
const firstMs = 60_000
const restMs = 10 * 60_000

/** What a base that is never stopped needs every few minutes; several processes may do it at once. */
const steps = [
  'select drop_expired_snapshots()',
  'select note_completeness()',
  'select keep_journal()',
  // Who read how much is compared with a year ago, not with ten.
  `delete from reading_counts where hour < now() - interval '400 days'`,
  `delete from reading_alarms where hour < now() - interval '400 days'`,
  // Conditions on days come true by the clock alone.
  'select follow_parts(null)',
  // What letters said is a copy of clients' data: it does not outlive its use.
  `delete from letters where status in ('sent', 'failed') and created_at < now() - interval '14 days'`,
  `delete from sign_in_events where at < now() - interval '1 year'`,
  `delete from auth.denials where expires_at < now()`,
  `delete from auth.devices where seen_at < now() - interval '400 days'`,
  `delete from auth.sessions where kind = 'session' and expires_at < now() - interval '1 day'`,
]

export function startMaintenance(owner: pg.Pool, log: Logger): { stop(): Promise<void> } {
  const ending = new AbortController()
  const work = async () => {
    const rested = (ms: number) => pause(ms, true, { signal: ending.signal, ref: false }).catch(() => false)
    for (let going = await rested(firstMs); going; going = await rested(restMs)) {
      for (const step of steps)
        await owner.query(step).catch((error: Error) => log.warn(`maintenance: ${error.message}`))
    }
  }
  const working = work()
  return {
    stop: async () => {
      ending.abort()
      await working
    },
  }
}
