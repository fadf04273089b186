/** A microsecond earlier: the journal tells acts apart by them, a browser's clock does not. */
export function momentBefore(iso: string): string {
  const [, seconds, fraction = ''] = /^(.*?)(?:\.(\d+))?Z$/.exec(iso)!
  const micros = Number(fraction.padEnd(6, '0'))
  if (micros > 0) return `${seconds}.${String(micros - 1).padStart(6, '0')}Z`
  const earlier = new Date(`${seconds}Z`)
  earlier.setSeconds(earlier.getSeconds() - 1)
  return earlier.toISOString().replace(/\.\d+Z$/, '.999999Z')
}
