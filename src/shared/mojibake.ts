type CodePage = 'windows-1251' | 'windows-1252' | 'ibm866' | 'koi8-r'

/** How Russian text gets spoilt: its bytes (right page) were read as another page (wrong page). */
const MISREADINGS: readonly { wrong: CodePage; right: CodePage | 'utf-8' }[] = [
  { wrong: 'windows-1251', right: 'utf-8' },
  { wrong: 'windows-1252', right: 'utf-8' },
  { wrong: 'ibm866', right: 'utf-8' },
  { wrong: 'windows-1252', right: 'windows-1251' },
  { wrong: 'ibm866', right: 'windows-1251' },
  { wrong: 'windows-1251', right: 'ibm866' },
  { wrong: 'windows-1252', right: 'ibm866' },
  { wrong: 'windows-1251', right: 'koi8-r' },
]

/** Signs no Russian cell holds by itself: halves of other encodings, frames, capitals in the middle of a word, a word from ъ ы ь. */
const SUSPICIOUS =
  /[\u0080-\u009F\u2500-\u259F\uFFFDЂЃѓЉЊЌЋЏђљњќћџЎўЈҐЄЇ]|[À-ÿ].?[À-ÿ]|[РС][\u0080-\u00BF‚„…†‡€‰‹‘’“”•–—™›Ёё№єјЅѕїІіґ](?:.?[РС][^а-я]|$)|[а-яё][А-ЯЁ][А-ЯЁ]|(?:^|[^А-яЁё]|[аеёиоуэюя])[ъыьЪЫЬ][А-яЁё]|[іґ][А-ЯЁ]/
/** Signs that Russian cells are made of; text of these alone is spoilt only if the order of its letters is odd. */
const USUAL = /^[\t\n\r -~\u00A0А-яЁё«»№–—“”„’…]*$/
const ODD_ORDER = /[а-яё][А-ЯЁ][А-ЯЁ]|(?:^|[^А-яЁё]|[аеёиоуэюя])[ъыьЪЫЬ][А-яЁё]|[іґ][А-ЯЁ]/

/** Text whose bytes were once read in a wrong code page, read again in the right one; fine text comes back as it is. */
export function repairMojibake(text: string): string {
  if (USUAL.test(text) ? !ODD_ORDER.test(text) : !SUSPICIOUS.test(text)) return text
  let best = text
  for (let pass = 0; pass < 2; pass++) {
    const next = bestReading(best)
    if (next === best) break
    best = next
  }
  return best
}

function bestReading(text: string): string {
  let best = text
  let bestScore = scoreOf(text) + MARGIN
  for (const { wrong, right } of MISREADINGS) {
    const candidate = reread(text, wrong, right)
    if (candidate === null || candidate === text) continue
    const score = scoreOf(candidate)
    if (score > bestScore) [best, bestScore] = [candidate, score]
  }
  return best
}

/** Stretches the wrong page can have produced are read again; the rest (already right) stays. Null when the bytes make no text. */
function reread(text: string, wrong: CodePage, right: CodePage | 'utf-8'): string | null {
  const codes = encoder(wrong)
  let result = ''
  let bytes: number[] = []
  const flush = () => {
    const read = bytes.length === 0 ? '' : decode(bytes, right)
    bytes = []
    return read
  }
  for (const letter of text) {
    const code = codes.get(letter)
    if (code !== undefined) bytes.push(code)
    else {
      const read = flush()
      if (read === null) return null
      result += read + letter
    }
  }
  const read = flush()
  return read === null ? null : result + read
}

/** UTF-8 loses bytes A0 and 98 on its way (a no-break space becomes a space, an unassigned code a question mark): they come back. */
function decode(bytes: number[], page: CodePage | 'utf-8'): string | null {
  if (page !== 'utf-8') return new TextDecoder(page).decode(Uint8Array.from(bytes))
  const mended = bytes.map((byte, index) => {
    const lead = bytes[index - 1]
    if (lead !== 0xd0 && lead !== 0xd1) return byte
    return byte === 0x20 ? 0xa0 : byte === 0x3f ? 0x98 : byte
  })
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(mended))
  } catch {
    return null // not UTF-8: this misreading did not happen
  }
}

const encoders = new Map<CodePage, Map<string, number>>()

function encoder(page: CodePage): Map<string, number> {
  const known = encoders.get(page)
  if (known) return known
  const letters = Array.from(
    new TextDecoder(page).decode(Uint8Array.from({ length: 256 }, (_, code) => code)),
  )
  const codes = new Map(
    Array.from({ length: 32 }, (_, index) => [String.fromCharCode(0x80 + index), 0x80 + index]),
  )
  letters.forEach((letter, code) => codes.set(letter, code))
  encoders.set(page, codes)
  return codes
}

/** A reading must be better by more than one letter's worth, or the text stays. */
const MARGIN = 3
const VOWELS = 'аеёиоуыэюя'
const NEVER_AFTER: Record<string, string> = { ъ: VOWELS, ь: VOWELS + 'й', ы: VOWELS + 'гкхжчшщй', й: 'й' }

/** How Russian a text looks: a point for a letter, minus for signs and pairs of letters that Russian does not have. */
function scoreOf(text: string): number {
  let score = 0
  let before = ' '
  let startedSmall = false
  for (const letter of text) {
    if (russian(letter)) {
      const small = letter !== letter.toUpperCase()
      if (!russian(before)) startedSmall = small
      score += 1 + pairScore(before, letter) - (startedSmall && !small ? 1 : 0)
    } else score += otherScore(before, letter)
    before = letter
  }
  return score
}

function pairScore(before: string, letter: string): number {
  if (/[A-Za-z]/.test(before)) return -3
  if (!russian(before)) return 'ъыьЪЫЬ'.includes(letter) ? -4 : 0
  const lower = letter.toLowerCase()
  const caseBreak = before !== before.toUpperCase() && letter !== lower ? -3 : 0
  return caseBreak + (NEVER_AFTER[lower]?.includes(before.toLowerCase()) ? -4 : 0)
}

function otherScore(before: string, letter: string): number {
  if (letter <= '\u007E') return /[A-Za-z]/.test(letter) && russian(before) ? -3 : 0
  if ('«»№–—…“”„’'.includes(letter))
    return russian(before) && letter !== '»' && letter !== '“' && letter !== '”' ? -1 : 0
  if (letter === '\u00A0') return russian(before) ? -1 : 0
  return /[À-ÿ]/.test(letter) ? -2 : -3
}

function russian(letter: string): boolean {
  return (letter >= 'А' && letter <= 'я') || letter === 'ё' || letter === 'Ё'
}
