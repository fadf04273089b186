import { z } from 'zod'

/** How good a value is: fine as entered, repaired with certainty, a person should look, or unusable. */
export const Verdict = z.enum(['ok', 'fixed', 'doubtful', 'junk'])
export type Verdict = z.infer<typeof Verdict>

export const ContactKind = z.enum(['phone', 'email', 'address', 'website', 'messenger', 'other'])
export type ContactKind = z.infer<typeof ContactKind>

/** Why a verdict is not a plain `ok`; each has a sentence in verdict-words.*.ts. */
export const VERDICT_REASONS = [
  'placeholder',
  'several-values',
  'encoding',
  'phone.letter-for-digit',
  'phone.excel-number',
  'phone.city-code-added',
  'phone.tail',
  'phone.prefix',
  'phone.regrouped',
  'phone.extension-guessed',
  'phone.incomplete',
  'phone.only-extension',
  'phone.fake',
  'phone.unknown-code',
  'phone.country-guessed',
  'phone.digits-lost',
  'phone.too-short',
  'phone.too-long',
  'phone.no-number',
  'email.lookalike-letters',
  'email.comma-for-dot',
  'email.spaces',
  'email.punctuation',
  'email.at-sign',
  'email.layout',
  'email.domain-typo',
  'email.fake',
  'email.no-at',
  'email.bad-domain',
  'email.bad-local',
  'website.repaired',
  'website.is-email',
  'website.bad-domain',
  'messenger.unknown-service',
  'messenger.bad-name',
  'address.too-short',
  'address.no-house',
  'number.leading-zero',
  'number.extra-zeros',
  'number.excel-number',
  'number.letter-for-digit',
  'number.separators',
  'number.checksum',
  'number.length',
  'number.repeated',
  'number.digits-lost',
  'number.not-number',
  'number.bad-start',
  'inn.with-kpp',
  'kpp.of-entrepreneur',
  'account.bic-mismatch',
  'name.mixed-script',
  'name.no-letters',
  'name.unclosed-quote',
  'name.looks-like-contact',
] as const
export type VerdictReason = (typeof VERDICT_REASONS)[number]

/** Folded; a cell of nothing else is empty. */
const PLACEHOLDER_WORDS = new Set(
  [
    'нет|нету|пока нет|не имеется|отсутствует|отсутств|без телефона|без почты|без сайта|ничего|пусто|прочерк',
    'нет данных|нет телефона|нет тел|тел нет|телефона нет|нет мобильного|нет факса|нет почты|нет эл почты|почты нет|нет email|нет e mail',
    'нет имейла|нет адреса|нет инн|нет сайта|не указан|не указана|не указано|не задан|не задано|не заполнено|не определен|не определено',
    'неизвестен|неизвестно|не известен|не известно|неизв|не знаю|не помню|не дал|не дали|не дает|не дают|не оставил|не оставила',
    'не предоставил|не предоставлен|не сообщил|не назвал|отказ|отказался|отказалась|уточнить|уточняется|уточнять|узнать|выяснить',
    'спросить|запросить|нд|н д|н у|н а|б н|бн|xxx|ххх|тест|no|none|null|nil|nan|na|n a|nd|n d|empty|unknown|undefined|tbd|todo|test',
    'no phone|no email|not set',
  ].flatMap((words) => words.split('|')),
)

/** An input mask nobody filled in: «+7», «+7 (___) ___-__-__», «8(___)». */
const EMPTY_MASK = /^\s*(?:\+\s?7?|[78]?(?=[\s(-]*_))[\s()_.-]*$/

/** Whether a cell only says that there is nothing: counts as missing, never as a value. */
export function isPlaceholder(raw: string): boolean {
  if (raw.length > 24) return false
  if (/[2-69]|[a-zа-я0-9]@/i.test(raw)) return false
  if (/[78]/.test(raw)) return EMPTY_MASK.test(raw)
  const text = raw.toLowerCase().replaceAll('ё', 'е')
  if (/^[^\p{L}\p{N}]*$/u.test(text)) return true
  if (/^[01]$|^0+$/.test(text.trim())) return true
  return PLACEHOLDER_WORDS.has(text.replace(/[^\p{L}\p{N}]+/gu, ' ').trim())
}
