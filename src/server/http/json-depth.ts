/** A body no contract has a place for; parsing it, and looking into what it holds, would go this deep. */
export const deepestJson = 32

const [quote, backslash] = [0x22, 0x5c]
const opens = new Set([0x5b, 0x7b])
const closes = new Set([0x5d, 0x7d])

/** Whether JSON nests deeper than a contract does: looked at in its bytes, before anything is made of it. */
export function isTooDeep(body: Uint8Array): boolean {
  let depth = 0
  let inText = false
  for (let at = 0; at < body.length; at++) {
    const byte = body[at]!
    if (inText) {
      if (byte === backslash) at++
      else if (byte === quote) inText = false
    } else if (byte === quote) inText = true
    else if (opens.has(byte)) {
      if (++depth > deepestJson) return true
    } else if (closes.has(byte)) depth--
  }
  return false
}
