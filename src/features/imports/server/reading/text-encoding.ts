import { isUtf8 } from 'node:buffer'

export type TextEncodingName =
  | 'utf-8'
  | 'utf-16le'
  | 'utf-16be'
  | 'windows-1251'
  | 'ibm866'
  | 'koi8-r'
  | 'windows-1252'

/** How much of a file the letters are counted in; more changes no verdict. */
const SCORED = 256 * 1024

/**
 * The encoding of a text by its bytes. `sample` is the head of the file; `whole` says that nothing follows it.
 * Marks and zero patterns first, then valid UTF-8, then the code page whose letters look most like Russian.
 */
export function detectEncoding(sample: Buffer, whole: boolean): TextEncodingName {
  const marked = byMark(sample) ?? byZeros(sample)
  if (marked) return marked
  if (isUtf8(whole ? sample : withoutCutCharacter(sample))) return 'utf-8'
  if (shareOfValidSequences(sample) > 0.95) return 'utf-8'
  return bestCodePage(sample.subarray(0, SCORED))
}

function byMark(bytes: Buffer): TextEncodingName | null {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 'utf-8' : null
}

/** UTF-16 without a mark: ASCII and Cyrillic have the high byte 0 or 4, digits and delimiters make zeros certain. */
function byZeros(bytes: Buffer): TextEncodingName | null {
  const length = Math.min(bytes.length, 4096) & ~1
  const high = [0, 0]
  let zeros = 0
  for (let at = 0; at < length; at++) {
    const byte = bytes[at]!
    if (byte === 0) zeros++
    if (byte === 0 || byte === 4) high[at & 1]!++
  }
  if (zeros < length / 50) return null
  if (high[1]! > length * 0.35 && high[0]! < length * 0.1) return 'utf-16le'
  return high[0]! > length * 0.35 && high[1]! < length * 0.1 ? 'utf-16be' : null
}

/** The sample may end inside a character of up to four bytes. */
function withoutCutCharacter(bytes: Buffer): Buffer {
  let end = bytes.length
  for (let back = 0; back < 3 && end > 0 && (bytes[end - 1]! & 0xc0) === 0x80; back++) end--
  return end > 0 && bytes[end - 1]! >= 0xc0 ? bytes.subarray(0, end - 1) : bytes
}

/** Files glued from several sources are UTF-8 with a few foreign bytes. */
function shareOfValidSequences(bytes: Buffer): number {
  let valid = 0
  let broken = 0
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at]!
    if (byte < 0x80) continue
    const extra = byte >= 0xf0 ? 3 : byte >= 0xe0 ? 2 : byte >= 0xc2 ? 1 : 0
    let good = extra > 0
    for (let next = 1; next <= extra && good; next++) good = (bytes[at + next]! & 0xc0) === 0x80
    if (good) valid++
    else broken++
    if (good) at += extra
  }
  return valid + broken === 0 ? 1 : valid / (valid + broken)
}

const CODE_PAGES: TextEncodingName[] = ['windows-1251', 'ibm866', 'koi8-r', 'windows-1252']

function bestCodePage(bytes: Buffer): TextEncodingName {
  let best: TextEncodingName = 'windows-1251'
  let bestScore = -Infinity
  for (const encoding of CODE_PAGES) {
    const score = scoreText(new TextDecoder(encoding).decode(bytes))
    if (score > bestScore) [best, bestScore] = [encoding, score]
  }
  return best
}

/** Per mille in Russian prose, а…я. */
const FREQUENCY = [
  80, 16, 45, 17, 30, 85, 9, 17, 74, 12, 35, 44, 32, 67, 110, 28, 47, 55, 63, 26, 3, 10, 5, 14, 7, 4, 1, 19,
  17, 3, 6, 20,
]
const WESTERN = /[àâäáãåæçèéêëìíîïñòóôöõøùúûüýÿœßÀÂÄÁÃÅÆÇÈÉÊËÌÍÎÏÑÒÓÔÖÕØÙÚÛÜÝ]/

/** Higher is more like text a person wrote in Russian or, with letters beside ASCII ones, in a western language. */
function scoreText(text: string): number {
  let score = 0
  let counted = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code < 0x80) continue
    counted++
    score += scoreLetter(text, at, code)
  }
  return counted === 0 ? 0 : score / counted
}

function scoreLetter(text: string, at: number, code: number): number {
  const before = at > 0 ? text.charCodeAt(at - 1) : 32
  const besideLatin = isLatin(before) || isLatin(text.charCodeAt(at + 1))
  if (code >= 0x410 && code <= 0x44f) {
    const lower = code >= 0x430
    const frequency = FREQUENCY[lower ? code - 0x430 : code - 0x410]!
    // кОИ8 and cp1251 swap the cases of each other: a capital after a small letter gives the wrong one away.
    const caseBreak = !lower && before >= 0x430 && before <= 0x44f
    return Math.log2(1 + frequency) - (caseBreak ? 8 : 0) - (besideLatin ? 6 : 0)
  }
  if (code === 0x451 || code === 0x401) return 3
  if ('«»№—–…“”„’°\u00A0'.includes(text[at]!)) return 1
  if (WESTERN.test(text[at]!)) return besideLatin ? 5 : -3
  if (code >= 0x400 && code <= 0x45f) return 0
  return -6
}

function isLatin(code: number): boolean {
  return (code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)
}
