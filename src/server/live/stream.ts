import type { ServerResponse } from 'node:http'
import type { Position } from './position.ts'

export interface Listener {
  sessionId: string
  userId: string
}

/** What a reader may be behind by, in bytes, before he is dropped; he comes back and goes on from the last event he has got. */
const mostBehind = 1024 * 1024

/** One open stream of Server-Sent Events. */
export class Stream {
  readonly listener: Listener
  /** Where he stands when he comes: undefined for who wants what happens from now on. */
  readonly since: Position | undefined
  /** For whom he stood in at the last look. */
  standing: string | null | undefined
  private readonly response: ServerResponse

  constructor(listener: Listener, since: Position | undefined, response: ServerResponse) {
    this.listener = listener
    this.since = since
    this.response = response
  }

  /** Answers with the headers; `onEnd` is called once, whoever ends the stream. */
  begin(onEnd: () => void) {
    const { response } = this
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-store, no-transform',
      // Said to nginx and its like, which would keep events back until a buffer is full.
      'x-accel-buffering': 'no',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
    })
    response.socket?.setNoDelay(true)
    response.flushHeaders()
    response.once('close', onEnd)
    response.on('error', () => {})
  }

  send(text: string) {
    if (this.response.writableLength > mostBehind) return this.drop()
    if (!this.response.writableEnded) this.response.write(text)
  }

  end() {
    this.response.end()
  }

  /** Without waiting for what he has not read. */
  drop() {
    this.response.destroy()
  }
}
