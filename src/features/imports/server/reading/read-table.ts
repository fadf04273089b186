import { Worker } from 'node:worker_threads'
import { endWorker } from './end-worker.ts'
import type { FromReader, ToReader } from './reader-messages.ts'
import type { Row, Table } from './table.ts'
import { Inbox } from './worker-inbox.ts'

export interface ReadOptions {
  signal?: AbortSignal
  /** Milliseconds the worker may be silent while it is asked for something; 60,000 unless told. */
  patience?: number
  /** Megabytes of heap the worker may take; SheetJS needs some 300 for 100,000 × 10 cells of an .xls. */
  heapMb?: number
}

/**
 * Opens a table file in a worker thread: the server's own thread never parses, and a file that is too large inside,
 * hostile or endless ends as a Refusal while the process lives. Close it, or abort the signal, to free the worker.
 */
export async function readTable(path: string, options: ReadOptions = {}): Promise<Table> {
  const { signal, patience = 60_000, heapMb = 320 } = options
  signal?.throwIfAborted()
  const worker = new Worker(new URL('./reader.worker.ts', import.meta.url), {
    workerData: { path },
    resourceLimits: { maxOldGenerationSizeMb: heapMb, maxYoungGenerationSizeMb: 32 },
    // SheetJS talks to the console about odd number formats.
    stdout: true,
    stderr: true,
  })
  const inbox = new Inbox<FromReader>(worker, patience, signal)
  const close = async () => {
    inbox.detach()
    await endWorker(worker)
  }
  try {
    const opened = await inbox.next()
    if (opened.kind !== 'opened') throw new Error(`unexpected ${opened.kind}`)
    return { ...opened.table, rows: (sheet) => rowsOf(worker, inbox, sheet, close), close }
  } catch (error) {
    await close()
    throw error
  }
}

let runs = 0

async function* rowsOf(
  worker: Worker,
  inbox: Inbox<FromReader>,
  sheet: number,
  close: () => Promise<void>,
): AsyncGenerator<Row[]> {
  const run = ++runs
  const tell = (message: ToReader) => worker.postMessage(message)
  tell({ kind: 'rows', run, sheet })
  try {
    for (;;) {
      const message = await inbox.next()
      if (!('run' in message) || message.run !== run) continue
      if (message.kind === 'end') return
      tell({ kind: 'more', run })
      yield message.rows
    }
  } catch (error) {
    await close()
    throw error
  } finally {
    tell({ kind: 'stop', run })
  }
}
