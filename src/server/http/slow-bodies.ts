import type { IncomingMessage } from 'node:http'

interface Patience {
  /** How often is looked. */
  everyMs: number
  /** So many bytes a second a sender must bring; below it he holds a connection and brings nothing. */
  bytesPerSecond: number
}

/** A telephone on the edge of its network brings several times as much. */
const usual: Patience = { everyMs: 30_000, bytesPerSecond: 256 }

/** Ends a request whose body trickles: an upload of gigabytes may take its hours, a slow one may not hold a place for ever. */
export function endSlowBody(request: IncomingMessage, { everyMs, bytesPerSecond }: Patience = usual): void {
  const { headers, socket } = request
  if (headers['transfer-encoding'] === undefined && !(Number(headers['content-length']) > 0)) return
  let before = socket.bytesRead
  const watch = setInterval(() => {
    if (request.complete || socket.destroyed) return clearInterval(watch)
    // What waits to be read by us is not the sender's delay.
    const waits = request.readableLength >= request.readableHighWaterMark
    if (!waits && socket.bytesRead - before < (bytesPerSecond * everyMs) / 1000) {
      clearInterval(watch)
      socket.destroy()
    }
    before = socket.bytesRead
  }, everyMs)
  watch.unref()
  request.once('close', () => clearInterval(watch))
}
