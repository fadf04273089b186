import { stat } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import { endWorker } from '#features/imports/server/reading/end-worker.ts'
import { Inbox } from '#features/imports/server/reading/worker-inbox.ts'
import type { FromStager, StageShare, StageTask } from './stage-messages.ts'

const MB = 1024 * 1024

/**
 * Reads and judges a table file in worker threads: what it finds comes as messages, rows as COPY text in no order. The file may be
 * endless or hostile: that ends as a Refusal.
 */
export async function* stageTable(task: StageTask, signal: AbortSignal): AsyncGenerator<FromStager> {
  const shares = await sharesOf(task.path)
  const ending = new AbortController()
  const either = AbortSignal.any([signal, ending.signal])
  const readers = Array.from({ length: shares }, (_, share) => stageShare({ ...task, share, shares }, either))
  const rows = readers.map(() => 0)
  const sum = () => rows.reduce((all, some) => all + some, 0)
  let drafts = 0
  for await (const [share, message] of merged(readers, ending)) {
    if (message.kind === 'opened') {
      if (share === 0) yield message
      continue
    }
    rows[share] = message.rows
    if (message.kind === 'end') drafts += message.drafts
    else yield { ...message, rows: sum() }
  }
  yield { kind: 'end', rows: sum(), drafts }
}

/** Judging a row costs ten times its reading: two threads read the same file and judge half of it each, where both fit in memory. */
async function sharesOf(path: string): Promise<number> {
  const { size } = await stat(path)
  return size > 0.5 * MB && size < 15 * MB && availableParallelism() > 1 ? 2 : 1
}

/** What several sources say, as it comes; when one fails, or nobody listens any more, the others are ended. */
async function* merged<T>(
  sources: AsyncGenerator<T>[],
  ending: AbortController,
): AsyncGenerator<[number, T]> {
  const next = async (index: number) => ({ index, result: await sources[index]!.next() })
  const waiting = new Map(sources.map((_, index) => [index, next(index)]))
  try {
    while (waiting.size > 0) {
      const { index, result } = await Promise.race(waiting.values())
      if (result.done) waiting.delete(index)
      else {
        yield [index, result.value]
        waiting.set(index, next(index))
      }
    }
  } finally {
    ending.abort()
    await Promise.allSettled([...waiting.values(), ...sources.map((source) => source.return(undefined))])
  }
}

async function* stageShare(task: StageShare, signal: AbortSignal): AsyncGenerator<FromStager> {
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
    await endWorker(worker)
  }
}
