import { contactOf, type ParsedContact } from './contact.ts'
import { isPlaceholder } from './verdict.ts'

/** Every website of one cell, in its order; [] for a placeholder. */
export function parseWebsites(raw: string): ParsedContact[] {
  if (isPlaceholder(raw)) return []
  return [contactOf('website', raw.trim(), 'ok', { normalized: raw.trim() })]
}
