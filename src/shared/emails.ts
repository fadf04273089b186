import { contactOf, LONGEST_CELL, unreadable, type ParsedContact } from './contact.ts'
import { inOtherLayout, readCleanEmail, readEmail, type EmailReading } from './email-address.ts'
import { COMMON_TLDS } from './email-domains.ts'
import { withoutMarkup } from './markup.ts'
import { cleanText } from './text.ts'
import { isPlaceholder } from './verdict.ts'

const CLEAN = /^[a-z\d]+(?:[._+-]+[a-z\d]+)*@(?:[a-z\d]+(?:-+[a-z\d]+)*\.)+[a-z]{2,24}$/i
/** What a link adds to its address: «mailto:info@firma.ru?subject=…». */
const QUERY = /(?<=@[^\s?]+)\?[a-z]+=[^\s]*/gi
/** «ivan@mail.ru8-916-…»: a phone begins where the address ends. */
const GLUED_PHONE = new RegExp(`(?<=@[a-z\\d.-]+\\.(?:${COMMON_TLDS}))(?=[+(]?\\d(?:[ ().-]*\\d){9})`, 'gi')
const SIGN = String.raw`[^\s;,|<>()\[\]"«»/\\:*@]`
/** One address with the slips that may sit inside it: blanks or «(at)» around the sign, a comma before the last part. */
const ADDRESS = new RegExp(
  `(?<!${SIGN})${SIGN}+(?:\\s*@+\\s*|\\s*[([](?:at|эт|собака|@)[)\\]]\\s*|\\s+(?:at|собака)\\s+)` +
    `${SIGN}+(?:\\s*[([](?:dot|точка)[)\\]]\\s*${SIGN}+)*(?:(?<!\\.(?:${COMMON_TLDS}))(?:\\s*[.,]\\s*|(?<=\\.)\\s+)(?:${COMMON_TLDS})(?![\\p{L}\\d@_.-]))?`,
  'giu',
)
const SERVICE_WORDS =
  /(?<![\p{L}\d])(?:https?|mailto|e-?mail|mail|эл(?:ектронная|\.)?|почта|адрес|имейл|мейл|и|или|and|or)(?![\p{L}\d@])[:.]*/giu
const EDGES = /^[\s.,:;|/<>()[\]"'«»-]+|[\s,:;|/<>()[\]"'«»-]+$/g

/** Every e-mail address of one cell, in its order; [] for a placeholder. Other words of the cell become notes. */
export function parseEmails(raw: string): ParsedContact[] {
  if (raw.length > LONGEST_CELL) return unreadable('email', raw)
  if (!CLEAN.test(raw)) return isPlaceholder(raw) ? [] : readCell(raw)
  const reading = readCleanEmail(raw)
  return [contactOf('email', raw, reading.verdict, reading)]
}

function readCell(raw: string): ParsedContact[] {
  const text = withoutMarkup(cleanText(raw))
    .replaceAll('＠', '@')
    .replace(QUERY, '')
    .replace(GLUED_PHONE, ' ')
  const matches = Array.from(text.matchAll(ADDRESS))
  if (matches.length === 0) return [withoutSign(raw, text)]
  const ends = matches.map((match) => match.index + match[0].length)
  const between = matches.map((match, index) =>
    divide(text.slice(ends[index - 1] ?? 0, match.index), index === 0),
  )
  return matches.map((match, index) => {
    const before = between[index]!.right
    const after = between[index + 1]?.left ?? text.slice(ends[index])
    const head = /[a-z\d][a-z\d._-]*(?=,$)/i.exec(text.slice(ends[index - 1] ?? 0, match.index))?.[0]
    const together = /^@+[\p{L}\d]/u.test(text.slice(ends[index]))
    const stray = /^@+/.exec(text.slice(ends[index]))?.[0] ?? ''
    const reading = together ? RUN_TOGETHER : head ? glued(head, match[0]) : readEmail(match[0] + stray)
    const value = matches.length === 1 ? raw.trim() : match[0].trim()
    const note = noteOf(head ? before.replace(`${head},`, '') : before, after)
    return contactOf('email', value, reading.verdict, { ...reading, note })
  })
}

/** Words between two addresses: up to a comma they belong to the one before, after it to the next. */
function divide(text: string, isFirst: boolean): { left: string; right: string } {
  if (isFirst) return { left: '', right: text }
  const sign = text.search(/[,;|\n/]/)
  if (sign >= 0) return { left: text.slice(0, sign), right: text.slice(sign + 1) }
  return /[<:]\s*$/.test(text) ? { left: '', right: text } : { left: text, right: '' }
}

/** «info@firma.ruinfo@firma.com»: where one ends nobody can say for sure. */
const RUN_TOGETHER: EmailReading = { normalized: null, verdict: 'doubtful', reason: 'several-values' }

/** «ivan,petrov@…»: a dot mistyped or two things in a row; a person must say. */
function glued(head: string, address: string): EmailReading {
  const reading = readEmail(`${head}.${address}`)
  return reading.normalized ? { ...reading, verdict: 'doubtful', reason: 'email.comma-for-dot' } : reading
}

function withoutSign(raw: string, text: string): ParsedContact {
  const reading = inOtherLayout(text) ?? { normalized: null, verdict: 'junk', reason: 'email.no-at' }
  return contactOf('email', raw.trim(), reading.verdict, reading)
}

function noteOf(...parts: string[]): string | null {
  const words = parts.map((part) => part.replace(SERVICE_WORDS, ' ').replace(/\s+/g, ' ').replace(EDGES, ''))
  const note = words.filter((part) => /[\p{L}\d]/u.test(part)).join(', ')
  return note === '' ? null : note
}
