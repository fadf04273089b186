import { contactOf, type ParsedContact } from './contact.ts'
import { cleanText } from './text.ts'
import { isPlaceholder } from './verdict.ts'

/** The address of a cell, tidied but never split: one cell is one address. [] for a placeholder. */
export function parseAddresses(raw: string): ParsedContact[] {
  if (isPlaceholder(raw)) return []
  const normalized = tidy(raw)
  const letters = normalized.replace(/[^\p{L}]/gu, '').length
  if (letters < 3) return [contactOf('address', raw.trim(), 'junk', { reason: 'address.too-short' })]
  if (!/[\s,]/.test(normalized))
    return [contactOf('address', raw.trim(), 'doubtful', { normalized, reason: 'address.too-short' })]
  const withoutIndex = normalized.replace(/^\d{6}\b/, '')
  if (!/\d/.test(withoutIndex))
    return [contactOf('address', raw.trim(), 'doubtful', { normalized, reason: 'address.no-house' })]
  return [contactOf('address', raw.trim(), 'ok', { normalized })]
}

/** 1C writes empty parts («101000, , Москва г, , Полевая ул, 1, , »): they go, blanks and line breaks become one. */
function tidy(raw: string): string {
  return cleanText(raw)
    .split(/\s*(?:[,\n;]\s*)+/)
    .filter((part) => part !== '')
    .join(', ')
    .replace(/\s+/g, ' ')
}
