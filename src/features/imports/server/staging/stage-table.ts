import { Worker } from 'node:worker_threads'
import { Inbox } from '#features/imports/server/reading/worker-inbox.ts'
import type { FromStager, StageTask } from './stage-messages.ts'

/**
 * Reads and judges a table file in a worker thread: what it finds comes as messages, rows as COPY text. The file may be endless or
 * hostile: that ends as a Refusal.
 */
export async function* stageTable(task: StageTask, signal: AbortSignal): AsyncGenerator<FromStager> {
  signal.throwIfAborted()
  const worker = new Worker(new URL('./stage.worker.ts', import.meta.url), {
    workerData: task,
    resourceLimits: { maxOldGenerationSizeMb: 320, maxYoungGenerationSizeMb: 64 },
    stdout: true,
    stderr: true,
  })
  const inbox = new Inbox<FromStager>(worker, 60_000, signal)
  try {
    for (;;) {
      const message = await inbox.next()
      yield message
      if (message.kind === 'end') return
      if (message.kind === 'batch') worker.postMessage({ kind: 'more' })
    }
  } finally {
    inbox.detach()
    await worker.terminate()
  }
}
