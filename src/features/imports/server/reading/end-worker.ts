import { setTimeout as pause } from 'node:timers/promises'
import type { Worker } from 'node:worker_threads'

const patienceMs = 1_000

/**
 * Ends a worker thread. It is asked to leave first: Node can die as a whole when a thread is stopped in the middle of its own work while
 * another one starts (nodejs/node#56312). One that does not hear, busy with an endless file, is stopped all the same.
 */
export async function endWorker(worker: Worker): Promise<void> {
  const left = new AbortController()
  worker.once('exit', () => left.abort())
  worker.postMessage({ kind: 'leave' })
  // -1: it has left already
  if (worker.threadId !== -1) await pause(patienceMs, undefined, { signal: left.signal }).catch(() => {})
  await worker.terminate()
}
