import { setTimeout as pause } from 'node:timers/promises'
import type pg from 'pg'
import type { Logger } from 'pino'

const restMs = 2_000
// A batch holds its documents locked: whoever edits one of them again waits for it, a tenth of a second.
const batch = 250

/**
 * Takes freshly written documents into the search index, a batch at a time, as long as the process lives. Until then they are found by
 * reading, so a batch late costs time, never a hit. Processes on one base take turns.
 */
export function startSearchIndex(owner: pg.Pool, log: Logger): { stop(): Promise<void> } {
  const ending = new AbortController()
  const work = async () => {
    while (!ending.signal.aborted) {
      const moved = await indexBatch(owner).catch((error: Error) => {
        log.warn(`search index: ${error.message}`)
        return 0
      })
      if (moved < batch) await pause(restMs, undefined, { signal: ending.signal, ref: false }).catch(() => {})
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

async function indexBatch(owner: pg.Pool): Promise<number> {
  const { rows } = await owner.query<{ moved: number }>('select index_search($1) as moved', [batch])
  return rows[0]!.moved
}
