const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/g
const ODD_SPACE = /[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g
const NOT_WORD = /[^\p{L}\p{N}]+/gu
const PLAIN_FOLDED = /^[a-zа-я0-9]+(?: [a-zа-я0-9]+)*$/
/** Of plain text, the letters that are neither Russian nor Latin. */
const OTHER_CYRILLIC = /[\u0400\u0402-\u040F\u0450\u0452-\u045F]/
const NOT_PLAIN_WORD = /[^a-zа-я0-9]+/g
const PLAIN_TEXT =
  /^[\u0021-\u007E\u0400-\u045F№«»](?:[\u0020-\u007E\u0400-\u045F№«»]*[\u0021-\u007E\u0400-\u045F№«»])?$/

/** The text as a person meant it: NFC, without invisible characters, with plain spaces, trimmed. Line breaks stay. */
export function cleanText(raw: string): string {
  if (PLAIN_TEXT.test(raw)) return raw
  return raw.normalize('NFC').replace(INVISIBLE, '').replace(ODD_SPACE, ' ').trim()
}

/**
 * The text for keys and search, never for storage: lower case, ё as е, everything but letters and digits as one space.
 * «ООО "Ёлка-2"» → «ооо елка 2».
 */
export function fold(text: string): string {
  if (PLAIN_FOLDED.test(text)) return text
  if (PLAIN_TEXT.test(text) && !OTHER_CYRILLIC.test(text))
    return text.toLowerCase().replaceAll('ё', 'е').replace(NOT_PLAIN_WORD, ' ').trim()
  return text
    .normalize('NFC')
    .replace(INVISIBLE, '')
    .toLowerCase()
    .replaceAll('ё', 'е')
    .replace(NOT_WORD, ' ')
    .trim()
}

/** The words of `fold(text)`, in order. */
export function foldedWords(text: string): string[] {
  const folded = fold(text)
  return folded === '' ? [] : folded.split(' ')
}

const LATIN_KEYS = "`qwertyuiop[]asdfghjkl;'zxcvbnm,."
const CYRILLIC_KEYS = 'ёйцукенгшщзхъфывапролджэячсмитьбю'
const LATIN_SHIFTED = '~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>'
const toCyrillicKey = keyMap(LATIN_KEYS + LATIN_SHIFTED, CYRILLIC_KEYS + CYRILLIC_KEYS.toUpperCase())
const toLatinKey = keyMap(CYRILLIC_KEYS + CYRILLIC_KEYS.toUpperCase(), LATIN_KEYS + LATIN_SHIFTED)

/** The same keys in the other keyboard layout (htrkfvf → реклама and back); null where no letter tells the layout, or both do. */
export function otherLayout(text: string): string | null {
  const latin = /[a-z]/i.test(text)
  const cyrillic = /[а-яё]/i.test(text)
  if (latin === cyrillic) return null
  const map = latin ? toCyrillicKey : toLatinKey
  return Array.from(text, (letter) => map.get(letter) ?? letter).join('')
}

const LOOKALIKE_CYRILLIC = 'АВЕКМНОРСТХУаеорсху'
const LOOKALIKE_LATIN = 'ABEKMHOPCTXYaeopcxy'
const toLatinTwin = keyMap(LOOKALIKE_CYRILLIC, LOOKALIKE_LATIN)
const toCyrillicTwin = keyMap(LOOKALIKE_LATIN, LOOKALIKE_CYRILLIC)
const SKELETON = keyMap('авекмнорстху', 'abekmhopctxy')

/** `fold(text)` with letters that look alike in both scripts made one: «COPA» in Latin equals «СОРА» in Cyrillic. */
export function skeleton(text: string): string {
  const folded = fold(text)
  let twin = ''
  for (let index = 0; index < folded.length; index++) {
    const letter = folded[index]!
    twin += SKELETON.get(letter) ?? letter
  }
  return twin
}

/** A word that mixes Latin and Cyrillic, in the script of its unambiguous letters; others come back as they are. */
export function fixMixedScript(token: string): string {
  if (!/[a-z]/i.test(token) || !/[а-яё]/i.test(token)) return token
  const letters = Array.from(token)
  const onlyLatin = letters.some((letter) => /[a-z]/i.test(letter) && !toCyrillicTwin.has(letter))
  const onlyCyrillic = letters.some((letter) => /[а-яё]/i.test(letter) && !toLatinTwin.has(letter))
  if (onlyLatin && onlyCyrillic) return token
  const map = onlyLatin ? toLatinTwin : toCyrillicTwin
  return letters.map((letter) => map.get(letter) ?? letter).join('')
}

/** Cyrillic letters that look Latin, made Latin: for e-mail addresses and domains. */
export function toLatinTwins(text: string): string {
  return Array.from(text, (letter) => toLatinTwin.get(letter) ?? letter).join('')
}

function keyMap(from: string, to: string): Map<string, string> {
  const target = Array.from(to)
  return new Map(Array.from(from, (letter, index) => [letter, target[index] ?? letter]))
}
