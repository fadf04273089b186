/** One line on a terminal that tells how far long work is; nothing where standard error is not a terminal. */
export function progressLine(total: number) {
  const shown = process.stderr.isTTY
  let last = 0
  return {
    at(done: number, what: string) {
      if (!shown || Date.now() - last < 200) return
      last = Date.now()
      const share = total > 0 ? `${Math.min(99, Math.floor((done / total) * 100))} %` : String(done)
      process.stderr.write(`\r\x1b[K${share}  ${what}`)
    },
    end() {
      if (shown) process.stderr.write('\r\x1b[K')
    },
  }
}
