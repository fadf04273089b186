import { Worker } from 'node:worker_threads'
import type { FromReader, ToReader } from './reader-messages.ts'
import { Refusal } from './refusal.ts'
import type { Row, Table } from './table.ts'

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
  const inbox = new Inbox(worker, patience, signal)
  const close = async () => {
    inbox.detach()
    await worker.terminate()
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
  inbox: Inbox,
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

/** The worker's answers in order; its death, its silence and the caller's abort arrive here as errors. */
class Inbox {
  private readonly waiting: FromReader[] = []
  private failure: unknown = null
  private wake = () => {}
  private readonly patience: number
  private readonly signal: AbortSignal | undefined

  constructor(worker: Worker, patience: number, signal: AbortSignal | undefined) {
    this.patience = patience
    this.signal = signal
    worker.on('message', (message: FromReader) => {
      this.waiting.push(message)
      this.wake()
    })
    worker.on('error', (error: NodeJS.ErrnoException) => {
      this.fail(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new Refusal('file.too-large-inside', 'memory') : error,
      )
    })
    worker.on('exit', (code) => this.fail(new Error(`the reading worker ended with ${code}`)))
    signal?.addEventListener('abort', this.onAbort)
  }

  async next(): Promise<FromReader> {
    while (this.waiting.length === 0) {
      if (this.failure) throw this.failure
      await this.wait()
    }
    const message = this.waiting.shift()!
    if (message.kind === 'refused') throw new Refusal(message.code, message.detail)
    if (message.kind === 'failed') throw new Error(message.message)
    return message
  }

  detach() {
    this.signal?.removeEventListener('abort', this.onAbort)
    this.fail(new Error('the table is closed'))
  }

  private readonly onAbort = () => this.fail(this.signal!.reason)

  private fail(error: unknown) {
    this.failure ??= error
    this.wake()
  }

  private async wait() {
    const patience = setTimeout(() => this.fail(new Refusal('file.took-too-long')), this.patience)
    await new Promise<void>((resolve) => (this.wake = resolve))
    clearTimeout(patience)
  }
}
