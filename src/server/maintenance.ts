import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import type { Logger } from 'pino'

const restMs = 10 * 60_000

/** What a base that is never stopped needs every few minutes; several processes may do it at once. */
const steps = [
  'select drop_expired_snapshots()',
  'select note_completeness()',
  'select keep_journal()',
  // What letters said is a copy of clients' data: it does not outlive its use.
  `delete from letters where status in ('sent', 'failed') and created_at < now() - interval '14 days'`,
]

export function startMaintenance(owner: pg.Pool, log: Logger): { stop(): Promise<void> } {
  const ending = new AbortController()
  const work = async () => {
    while (!ending.signal.aborted) {
      for (const step of steps)
        await owner.query(step).catch((error: Error) => log.warn(`maintenance: ${error.message}`))
      await pause(restMs, undefined, { signal: ending.signal, ref: false }).catch(() => {})
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
