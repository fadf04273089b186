import type { Worker } from 'node:worker_threads'
import { Refusal, type RefusalCode } from './refusal.ts'

type Failing = { kind: 'refused'; code: RefusalCode; detail: string } | { kind: 'failed'; message: string }

/** The worker's answers in order; its death, its silence and the caller's abort arrive here as errors. */
export class Inbox<Message extends { kind: string }> {
  private readonly waiting: (Message | Failing)[] = []
  private failure: unknown = null
  private wake = () => {}
  private readonly patience: number
  private readonly signal: AbortSignal | undefined

  constructor(worker: Worker, patience: number, signal: AbortSignal | undefined) {
    this.patience = patience
    this.signal = signal
    worker.on('message', (message: Message | Failing) => {
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

  async next(): Promise<Message> {
    while (this.waiting.length === 0) {
      if (this.failure) throw this.failure
      await this.wait()
    }
    const message = this.waiting.shift()!
    if (message.kind === 'refused' && 'code' in message) throw new Refusal(message.code, message.detail)
    if (message.kind === 'failed' && 'message' in message) throw new Error(message.message)
    return message as Message
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
