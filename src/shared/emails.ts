import { contactOf, type ParsedContact } from './contact.ts'
import { isPlaceholder } from './verdict.ts'

/** Every e-mail address of one cell, in its order; [] for a placeholder. */
export function parseEmails(raw: string): ParsedContact[] {
  if (isPlaceholder(raw)) return []
  return raw
    .split(/[;,\s]+/)
    .filter((part) => part !== '')
    .map((part) =>
      part.includes('@')
        ? contactOf('email', part, 'ok', { normalized: part.toLowerCase() })
        : contactOf('email', part, 'junk', { reason: 'email.no-at' }),
    )
}
