import { contactOf, type ParsedContact } from './contact.ts'
import { isPlaceholder } from './verdict.ts'

/** Every address of one cell, in its order; [] for a placeholder. */
export function parseAddresses(raw: string): ParsedContact[] {
  if (isPlaceholder(raw)) return []
  return [contactOf('address', raw.trim(), 'ok', { normalized: raw.trim() })]
}
