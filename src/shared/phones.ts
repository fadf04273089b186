import { contactOf, type ContactContext, type ParsedContact } from './contact.ts'
import { isPlaceholder } from './verdict.ts'

/** Every phone of one cell, in its order; [] for a placeholder. */
export function parsePhones(raw: string, context: ContactContext = {}): ParsedContact[] {
  if (isPlaceholder(raw)) return []
  const digits = raw.replace(/\D/g, '')
  const national = digits.length === 11 ? digits.slice(1) : digits
  if (national.length === 10) return [contactOf('phone', raw.trim(), 'ok', { normalized: `+7${national}` })]
  const completed = (context.cityCode ?? '') + digits
  if (completed.length === 10)
    return [
      contactOf('phone', raw.trim(), 'fixed', {
        normalized: `+7${completed}`,
        reason: 'phone.city-code-added',
      }),
    ]
  return [contactOf('phone', raw.trim(), 'junk', { reason: 'phone.no-number' })]
}

/** A normalized number for a person: `+7 (495) 000-00-01 доб. 12`. */
export function formatPhone(normalized: string, extension: string | null = null): string {
  const tail = extension ? ` доб. ${extension}` : ''
  const match = /^\+7(\d{3})(\d{3})(\d{2})(\d{2})$/.exec(normalized)
  if (!match) return normalized + tail
  return `+7 (${match[1]}) ${match[2]}-${match[3]}-${match[4]}${tail}`
}

/** The digits of a search text that looks like (a part of) a phone, without the 8 or +7 in front; '' when it does not. */
export function phoneSearchDigits(text: string): string {
  if (/[^\d\s()+\-–—.]/.test(text)) return ''
  const digits = text.replace(/\D/g, '')
  if (digits.length < 3) return ''
  return digits.length === 11 && /^[78]/.test(digits) ? digits.slice(1) : digits
}
