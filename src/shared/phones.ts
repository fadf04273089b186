import { withoutMarkup } from './markup.ts'
import { contactOf, LONGEST_CELL, unreadable, type ContactContext, type ParsedContact } from './contact.ts'
import { readNumberCell } from './number-cell.ts'
import { readPhoneCell, type PhoneToken } from './phone-cell.ts'
import { planOf } from './phone-plan.ts'
import { readPhoneDigits, type PhoneReading } from './phone-number.ts'
import { readPhoneWords, type PhoneWords } from './phone-words.ts'
import { isPlaceholder, type VerdictReason } from './verdict.ts'

const CLEAN = /^(?:\+7|[78])?[ -]?\(?\d{3,5}\)?[ -]?\d{1,3}[ -]?\d\d[ -]?\d\d$/
const EXPONENT = /^\d(?:[.,]\d*)?[eе]\+?\d\d?$/i
const EXCEL_FRACTION = /^(\+?\d{10,12})[.,]0{1,2}$/
const INVISIBLE = /[\u00AD\u200B-\u200F\u202A-\u202E\u2060\uFEFF]/g

/** Every phone of one cell, in its order; [] for a placeholder. Words beside a number become its label and note. */
export function parsePhones(raw: string, context: ContactContext = {}): ParsedContact[] {
  if (CLEAN.test(raw)) {
    const reading = readPhoneDigits(raw.replace(/\D/g, ''), raw.startsWith('+'), '')
    if (reading.verdict === 'ok') return [contactOf('phone', raw, 'ok', { normalized: reading.normalized })]
  }
  if (raw.length > LONGEST_CELL) return unreadable('phone', raw)
  if (isPlaceholder(raw)) return []
  const value = raw.replace(INVISIBLE, '').trim()
  const exponent = EXPONENT.test(value) ? readNumberCell(value).text : null
  if (exponent === '') return [contactOf('phone', value, 'junk', { reason: 'phone.digits-lost' })]
  const fromExcel = exponent ?? EXCEL_FRACTION.exec(value)?.[1]
  const source = fromExcel ?? withoutMarkup(value)
  return readCell(source, value, context, fromExcel ? 'phone.excel-number' : null)
}

const NO_WORDS: PhoneWords = { label: null, note: null, doNotCall: false }

interface Draft {
  contact: ParsedContact
  reading: PhoneReading
  start: number
  end: number
  words: string[]
}

function readCell(
  source: string,
  value: string,
  context: ContactContext,
  repair: VerdictReason | null,
): ParsedContact[] {
  const plain = plainSigns(source)
  const text = lettersToDigits(plain)
  const tokens = readPhoneCell(text)
  const cityCode = cityCodeOf(context)
  const drafts: Draft[] = []
  const draftOf = new Map<PhoneToken, Draft>()
  for (const token of tokens) {
    const last = drafts.at(-1)
    if (token.type === 'extension' && last && last.contact.extension === null) addExtension(last, token)
    else if (token.type === 'number') {
      const draft = token.isTail && last ? tailDraft(last, token, cityCode) : numberDraft(token, cityCode)
      drafts.push(draft)
      draftOf.set(token, draft)
    }
  }
  if (drafts.length === 0) return [withoutNumber(value, tokens)]
  giveWords(tokens, drafts, draftOf)
  const cellRepair = repair ?? (text === plain ? null : 'phone.letter-for-digit')
  return drafts.map((draft) =>
    finish(draft, drafts.length === 1 ? value : source.slice(draft.start, draft.end), cellRepair),
  )
}

/** People set the default as «495», «8495», «+7 495» or «(8452)»: the 8 or 7 goes unless the code itself begins so. */
function cityCodeOf({ cityCode }: ContactContext): string {
  const digits = (cityCode ?? '').replace(/\D/g, '')
  return digits.length > 3 && /^[78]/.test(digits) && planOf(digits) !== 'russian' ? digits.slice(1) : digits
}

function numberDraft(token: PhoneToken, cityCode: string): Draft {
  const reading = readPhoneDigits(token.text, token.hasPlus, cityCode, token.shape)
  return draft(token, token.repair ? repaired(reading, token.repair) : reading)
}

/** «…00-01/02»: the tail replaces the last digits; after «доб. 12» it is one more extension; five to seven after a mobile are a local number. */
function tailDraft(last: Draft, token: PhoneToken, cityCode: string): Draft {
  const { base } = last.reading
  const length = token.text.length
  if (last.contact.extension !== null && length < 5) {
    const next = draft(token, repaired(last.reading, 'phone.tail'))
    next.contact.extension = token.text
    return next
  }
  const isLocal = length >= 5 && (base.length < 10 || base.startsWith('9') || base.startsWith('80'))
  if (isLocal || base === '') return draft(token, readPhoneDigits(token.text, false, cityCode))
  const whole = base.slice(0, -length) + token.text
  return draft(token, repaired(readPhoneDigits(whole, false, cityCode), 'phone.tail'))
}

function repaired(reading: PhoneReading, reason: VerdictReason): PhoneReading {
  return reading.verdict === 'ok' || reading.verdict === 'fixed'
    ? { ...reading, verdict: 'fixed', reason }
    : reading
}

function draft(token: PhoneToken, reading: PhoneReading): Draft {
  const { normalized, verdict, reason } = reading
  const contact = contactOf('phone', '', verdict, { normalized, reason })
  return { contact, reading, start: token.start, end: token.end, words: [] }
}

function addExtension(last: Draft, token: PhoneToken): void {
  last.contact.extension = token.text
  last.end = token.end
  if (!token.repair || last.contact.verdict === 'junk') return
  last.contact.verdict = 'doubtful'
  last.contact.reason = token.repair
}

/** Words go to the number they touch; between two numbers to the one before, unless the cell began with words («моб. … раб. …»). */
function giveWords(tokens: PhoneToken[], drafts: Draft[], draftOf: Map<PhoneToken, Draft>): void {
  const opening = tokens.find(({ type }) => type === 'words' || type === 'number')
  let before: Draft | undefined
  tokens.forEach((token, index) => {
    before = draftOf.get(token) ?? before
    if (token.type !== 'words' || /^(?:и|или|and|or)$/i.test(token.text)) return
    const next = tokens.slice(index + 1).find(({ type }) => type === 'number')
    const after = next && draftOf.get(next)
    const target = before && after ? nearer(tokens, index, before, after, opening) : (before ?? after)
    if (!target) return
    target.words.push(token.text)
    target.start = Math.min(target.start, token.start)
    target.end = Math.max(target.end, token.end)
  })
}

function nearer(
  tokens: PhoneToken[],
  index: number,
  before: Draft,
  after: Draft,
  opening?: PhoneToken,
): Draft {
  const breakBefore = tokens[index - 1]?.type === 'break'
  const breakAfter = tokens[index + 1]?.type === 'break'
  if (breakBefore !== breakAfter) return breakBefore ? after : before
  const { text } = tokens[index]!
  if (tokens[index + 1]?.start === tokens[index]!.end && !text.startsWith('(')) return after
  if (opening?.type !== 'words' || text.startsWith('(')) return before
  const isLabel = readPhoneWords(text).note === null
  const openedByWords = readPhoneWords(opening.text)
  return isLabel || openedByWords.label !== null || openedByWords.note !== null ? after : before
}

function withoutNumber(value: string, tokens: PhoneToken[]): ParsedContact {
  const extension = tokens.find(({ type }) => type === 'extension')?.text
  if (extension) return contactOf('phone', value, 'doubtful', { extension, reason: 'phone.only-extension' })
  const { note, doNotCall } = readPhoneWords(value)
  const reason = /^\d+$/.test(value) ? 'phone.too-short' : 'phone.no-number'
  return contactOf('phone', value, 'junk', { reason, note: note === value ? null : note, doNotCall })
}

function finish(draft: Draft, value: string, repair: VerdictReason | null): ParsedContact {
  const { label, note, doNotCall } =
    draft.words.length === 0 ? NO_WORDS : readPhoneWords(draft.words.join(', '))
  const contact = {
    ...draft.contact,
    value: value.trim(),
    label,
    note,
    doNotCall,
  }
  return repair && contact.verdict === 'ok' ? { ...contact, verdict: 'fixed', reason: repair } : contact
}

/** Odd blanks, dashes, brackets and wide signs as plain ones; the length stays, so that offsets hold. */
function plainSigns(source: string): string {
  return source
    .replace(/[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g, ' ')
    .replace(/[\uFF01-\uFF5E]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(/[‐-―−]|(?<=\d)_(?=\d)/g, '-')
    .replace(/[[{](?=\d{3,5}[\]}])/g, '(')
    .replace(/(?<=\(\d{3,5})[\]}]/g, ')')
    .replace(/(?<!\d)\+?7(?= ?\+7)/g, (prefix) => ' '.repeat(prefix.length))
    .replace(/(?<=\+\d{1,3} ?)\(0\)/g, '---')
}

const DIGIT_LOOKALIKES: Record<string, string> = {
  О: '0',
  о: '0',
  O: '0',
  o: '0',
  З: '3',
  з: '3',
  б: '6',
  I: '1',
  l: '1',
}

/** «8-9I6-OOO-OO-O1»: letters among digits of one word are digits; a word of O alone is, between digits. */
function lettersToDigits(text: string): string {
  if (!/[ОоOoЗзбIl]/.test(text)) return text
  return text
    .replace(/(?<![^\s;,/|])[+(]*[\dОоOoЗзбIl().+-]*\d[\dОоOoЗзбIl().+-]*(?![^\s;,/|])/g, (word) =>
      word.length >= 3 && word.replace(/\D/g, '').length >= (word.includes('б') ? 4 : 2)
        ? word.replace(/[ОоOoЗзбIl]/g, (letter) => DIGIT_LOOKALIKES[letter]!)
        : word,
    )
    .replace(/(?<=\d )[ОоOo]{2,3}(?= \d)/g, (word) => '0'.repeat(word.length))
}

/** The digits of a search text that looks like (a part of) a phone, without the 8 or +7 in front; '' when it does not. */
export function phoneSearchDigits(text: string): string {
  if (/[^\d\s()+\-–—.]/.test(text)) return ''
  const digits = text.replace(/\D/g, '')
  if (digits.length < 3) return ''
  if (/^\s*\+\s*7/.test(text) || (digits.length === 11 && /^[78]/.test(digits))) return digits.slice(1)
  return digits
}
