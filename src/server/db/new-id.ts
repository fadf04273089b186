import { randomFillSync } from 'node:crypto'

let last = 0
let sequence = 0
/** Chance is drawn for many ids at once: asked for one by one it is most of their price. */
const chance = Buffer.alloc(16 * 256)
let used = chance.length

/** A uuid version 7 made on this side, so that an act can name its rows before it writes them. Later ids sort after earlier ones. */
export function newId(): string {
  if (used === chance.length) {
    randomFillSync(chance)
    used = 0
  }
  const bytes = chance.subarray(used, (used += 16))
  const now = Date.now()
  sequence = now <= last ? sequence + 1 : 0
  last = Math.max(last, now)
  bytes.writeUIntBE(last, 0, 6)
  bytes.writeUInt16BE(0x7000 | (sequence & 0xfff), 6)
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = bytes.toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`
}
