/**
 * Calls `close` once when this process is told to end: a signal, or its launcher gone (the channel between them breaks).
 * Later signals of the same wish are ignored; a launcher and a terminal send one each.
 */
export function onClosing(close: () => void): void {
  let asked = false
  const once = () => {
    if (asked) return
    asked = true
    close()
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, once)
  if (!process.channel) return
  process.on('disconnect', once)
  // The channel alone must not keep a finished command alive.
  process.channel.unref()
}
