import { contactOf, type ParsedContact } from './contact.ts'
import { isPlaceholder } from './verdict.ts'

/** Every messenger of one cell, in its order; [] for a placeholder. */
export function parseMessengers(raw: string): ParsedContact[] {
  if (isPlaceholder(raw)) return []
  return [contactOf('messenger', raw.trim(), 'ok', { normalized: raw.trim() })]
}
