let last = 0
let sequence = 0
/** Chance is drawn for many ids at once: asked for one by one it is most of their price. */
const chance = new Uint8Array(16 * 256)
let used = chance.length
const hex = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

/** A uuid version 7 made on this side, so that an act can name its rows before it writes them. Later ids sort after earlier ones. */
export function newId(): string {
  if (used === chance.length) {
    crypto.getRandomValues(chance)
    used = 0
  }
  const bytes = chance.subarray(used, (used += 16))
  const now = Date.now()
  sequence = now <= last ? sequence + 1 : 0
  last = Math.max(last, now)
  for (let at = 5, rest = last; at >= 0; at -= 1, rest = Math.floor(rest / 256)) bytes[at] = rest % 256
  bytes[6] = 0x70 | ((sequence >> 8) & 0x0f)
  bytes[7] = sequence & 0xff
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const part = (from: number, to: number) => {
    let text = ''
    for (let at = from; at < to; at += 1) text += hex[bytes[at]!]
    return text
  }
  return `${part(0, 4)}-${part(4, 6)}-${part(6, 8)}-${part(8, 10)}-${part(10, 16)}`
}
