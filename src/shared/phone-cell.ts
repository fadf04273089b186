import { planOf } from './phone-plan.ts'
import type { VerdictReason } from './verdict.ts'

/** A stretch of a phone cell. Offsets are into the text given to `readPhoneCell`, which is as long as what the person typed. */
export interface PhoneToken {
  type: 'number' | 'extension' | 'words' | 'break'
  start: number
  end: number
  /** number, extension: the digits; words: the text; break: the sign. */
  text: string
  /** The same stretch as written, from its first digit on: «8 (495) 000-00-01». */
  shape: string
  hasPlus: boolean
  /** What had to be mended to read the number: parts joined over a sign that divides numbers, «+8» for «8». */
  repair: VerdictReason | null
  /** The number follows a full one and replaces its last digits: «…01/02». */
  isTail: boolean
}

/** Digits that are no phone: office hours, dates, rooms, and the numbers before the entries of a list. */
const NO_PHONE = new RegExp(
  [
    // «9.00-18.00», «после 18:00», «после 15.00», «(9-18)»
    String.raw`(?<![\d.-])\d{1,2}[.:][0-5]\d ?- ?\d{1,2}[.:][0-5]\d(?![\d.-])`,
    String.raw`(?<!\d)\d{1,2}:[0-5]\d(?!\d)`,
    String.raw`(?<=(?:после|до|от|по) )\d{1,2}\.[0-5]\d(?![\d.-])`,
    String.raw`(?<=\( ?)(?:[01]?\d|2[0-4]) ?- ?(?:[01]?\d|2[0-4])(?= ?\))`,
    // «01.02.2024», «от 25.12.23»
    String.raw`(?<!\d)\d{1,2}\.\d{1,2}\.(?:19|20)\d\d(?!\d)`,
    String.raw`(?<=(?:от|до|на|по) )\d{1,2}\.(?:0?[1-9]|1[0-2])\.\d\d(?![\d.-])`,
    // «каб. 305, 236-17-42», «кв.12 236-17-42»
    String.raw`(?<=(?<!\p{L})(?:кв|каб|кабинет|комн|комната|этаж|подъезд|пом)\.? ?№? ?)\d{1,4}(?=[ ,;])`,
    // «1) 8-916-…», «1. 8 916 …», «№1 8916…»: only before something as long as a phone
    String.raw`(?<=^|[ ;,\n])\d{1,2}[.)] (?=[+(]?\d(?:[ ().-]*\d){6})`,
    String.raw`(?<=№ ?)\d{1,2}[.)]? (?=[+(]?\d(?:[ ().-]*\d){6})`,
  ].join('|'),
  'giu',
)
const MAY_HOLD_THEM = /\d[.:]\d\d|\d-\d{1,2} ?\)|(?:^|[ ;,\n№])\d{1,2}[.)]? |[кэп]\p{L}+\.? ?№? ?\d/iu

const TOKEN = new RegExp(
  [
    String.raw`(?<words>\S+@\S+|(?<!\p{L})(?:тел(?:ефон)?|т)\.?\s?[/\\]\s?ф(?:акс)?(?!\p{L})\.?)`,
    String.raw`(?<extension>\(?(?<!\p{L})(?:(?:доб(?:авочный|ав)?|доп|вн(?:утр(?:енний)?)?|ext(?:ension)?|тон|x|х) ?\.? ?(?:номер|тел\.?)? ?[:№#]? ?|[#*] ?)(?<inner>\d-\d\d|\d{1,6})(?!\d)\)?)`,
    String.raw`(?<number>\+? ?\(?\+? ?\d(?: ?(?:(?:[).-]|\((?=[\d -]+\))) ?)*\d)*)`,
    String.raw`(?<break>[;,|/\\\n\r\t]|  +)`,
    String.raw`(?<rest>[^\s\d;,|/\\+@]+|[@+])`,
  ].join('|'),
  'giu',
)

/** «+8 (495) …»: a plus by mistake; without a blank after the 8 it may be Vietnam. */
const PLUS_EIGHT = /^\(?\+ ?8[ (-]/

/** The tokens of a phone cell: numbers (short ones inside words stay words), extensions, words, breaks. */
export function readPhoneCell(text: string): PhoneToken[] {
  const masked = MAY_HOLD_THEM.test(text)
    ? text.replace(NO_PHONE, (digits) => digits.replace(/\d/g, 'ч').replace(/-/g, '–'))
    : text
  return mergeWords(demoteShort(joinParts(scan(masked).flatMap(splitRun))), text)
}

function scan(text: string): PhoneToken[] {
  const tokens: PhoneToken[] = []
  for (const match of text.matchAll(TOKEN)) {
    const groups = match.groups!
    const type = groups['number']
      ? 'number'
      : groups['extension']
        ? 'extension'
        : groups['break']
          ? 'break'
          : 'words'
    const start = match.index + (match[0].length - match[0].trimStart().length) * (type === 'break' ? 0 : 1)
    tokens.push({
      type,
      start,
      end: match.index + match[0].length,
      text: type === 'extension' ? digitsOf(groups['inner']!) : match[0],
      shape: match[0].replace(/^\D+/, ''),
      hasPlus: type === 'number' && match[0].includes('+') && !PLUS_EIGHT.test(match[0]),
      repair: PLUS_EIGHT.test(match[0]) ? 'phone.prefix' : null,
      isTail: false,
    })
  }
  return tokens
}

/** Several numbers with only a blank between them come apart: «89160000001 89260000002», «8 916 000 00 01 8 926 000 00 02». */
function splitRun(token: PhoneToken): PhoneToken[] {
  if (token.type !== 'number') return [token]
  const digits = digitsOf(token.text)
  const whole = [{ ...token, text: digits }]
  const foreign = /^810|^00/.test(digits) || (token.hasPlus && !digits.startsWith('7') && digits.length < 16)
  if (foreign || digits.length < 11 || (digits.length === 11 && beginsWithPrefix(token, digits))) return whole
  const glued = /^([78]\d{10})([78]\d{10})$/.exec(token.text)
  if (glued)
    return glued.slice(1).map((text) => ({ ...token, text, shape: text, repair: 'phone.regrouped' as const }))
  const groups = groupDigits(token)
  const last = groups.at(-1)!
  if (groups.length === 1 || groups.some((group) => group.text.length > 12)) return whole
  if (groups.length === 2 && last.text.length <= 5)
    groups[1] = { ...last, type: 'extension', repair: 'phone.extension-guessed' }
  else if (digits.length < 14) return whole
  return groups
}

/** Blanks end a number once it is complete; two parts of five digits and more are never one number. */
function groupDigits(token: PhoneToken): PhoneToken[] {
  const groups: PhoneToken[] = []
  for (const match of token.text.matchAll(/\S+/g)) {
    const open = groups.at(-1)
    const text = digitsOf(match[0])
    const [start, end] = [token.start + match.index, token.start + match.index + match[0].length]
    if (
      open &&
      !isComplete(open) &&
      !(text.length >= 5 && open.text.length >= 6 && !open.shape.includes(' '))
    ) {
      open.text += text
      open.shape += ` ${match[0]}`
      open.end = end
    } else if (text !== '')
      groups.push({
        ...token,
        text,
        shape: match[0].replace(/^\D+/, ''),
        hasPlus: groups.length === 0 && token.hasPlus,
        start,
        end,
      })
  }
  return groups
}

function isComplete({ text, shape, hasPlus }: PhoneToken): boolean {
  if (hasPlus || beginsWithPrefix({ shape, hasPlus }, text)) return text.length >= 11
  const ends = /[-)]/.test(shape) || !shape.includes(' ')
  return text.length >= (/^[3489]/.test(text) && ends ? 10 : 12)
}

/** Whether the first digit is the 8 or 7 before a code, not of a code: «(8452) …» and «8123050254 2» begin with codes. */
function beginsWithPrefix(
  { shape, hasPlus }: Pick<PhoneToken, 'shape' | 'hasPlus'>,
  digits: string,
): boolean {
  if (!/^[78]/.test(digits)) return false
  const tenFirst = !hasPlus && /^\d{10}(?: |$)/.test(shape) && planOf(digits) === 'russian'
  return !tenFirst && !/^\d{4,5}\)/.test(shape)
}

/** «495/000-00-01», «8,916,000,00,01»: no part is a phone, all together are. */
function joinParts(tokens: PhoneToken[]): PhoneToken[] {
  const joined: PhoneToken[] = []
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index]!
    const end = token.type === 'number' && /^\d{1,5}$/.test(token.shape) ? endOfParts(tokens, index) : index
    if (end === index) joined.push(token)
    else {
      const parts = tokens.slice(index, end + 1).filter(({ type }) => type === 'number')
      const text = parts.map((part) => part.text).join('')
      joined.push({ ...token, text, end: tokens[end]!.end, repair: 'phone.regrouped' })
    }
    index = end
  }
  return joined
}

function endOfParts(tokens: PhoneToken[], first: number): number {
  let text = tokens[first]!.text
  for (let index = first + 1; index + 1 < tokens.length; index += 2) {
    const [sign, part] = [tokens[index]!, tokens[index + 1]!]
    if (sign.type !== 'break' || !/^[/\\,]$/.test(sign.text) || part.type !== 'number' || part.hasPlus) break
    if (tokens[first]!.text.length === 5 && part.text === part.shape) break
    text += part.text
    if (text.length > 11) break
    if (text.length === 11 ? /^[78]/.test(text) : text.length === 10 && /^[3489]/.test(text)) return index + 1
  }
  return first
}

/** One to four digits are a phone's tail right after a number and a break; elsewhere they belong to the words: «каб. 305». */
function demoteShort(tokens: PhoneToken[]): PhoneToken[] {
  let tailAllowed = false
  return tokens.map((token, index) => {
    const before = tokens[index - 1]
    const after = tokens[index + 1]
    if (token.type === 'break') return token
    if (token.type === 'extension' && token.repair && after?.type === 'words' && /^\p{L}/u.test(after.text))
      return { ...token, type: 'words' as const }
    if (token.type !== 'number') {
      tailAllowed = token.type === 'extension' || (tailAllowed && /^(?:и|или)$/i.test(token.text))
      return token
    }
    const isTail = tailAllowed && !token.hasPlus && before?.type !== 'number' && after?.type !== 'words'
    tailAllowed = token.text.length >= 5 || isTail || token.hasPlus
    if (!tailAllowed) return { ...token, type: 'words' as const }
    return { ...token, isTail: isTail && token.text.length <= 7 }
  })
}

function mergeWords(tokens: PhoneToken[], text: string): PhoneToken[] {
  const merged: PhoneToken[] = []
  for (const token of tokens) {
    const last = merged.at(-1)
    if (token.type === 'words' && last?.type === 'words')
      merged[merged.length - 1] = { ...last, end: token.end }
    else merged.push(token)
  }
  return merged.map((token) =>
    token.type === 'words' ? { ...token, text: text.slice(token.start, token.end) } : token,
  )
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '')
}
