import { parseAddresses } from './addresses.ts'
import { contactOf, type ContactContext, type ParsedContact } from './contact.ts'
import { parseEmails } from './emails.ts'
import { parseMessengers } from './messengers.ts'
import { parsePhones } from './phones.ts'
import { isPlaceholder, type ContactKind } from './verdict.ts'
import { parseWebsites } from './websites.ts'

export type { ContactContext, ParsedContact } from './contact.ts'

/** Every contact of one cell of a known kind, in its order; [] for a placeholder. */
export function parseContacts(kind: ContactKind, raw: string, context: ContactContext = {}): ParsedContact[] {
  switch (kind) {
    case 'phone':
      return parsePhones(raw, context)
    case 'email':
      return parseEmails(raw)
    case 'website':
      return parseWebsites(raw)
    case 'messenger':
      return parseMessengers(raw)
    case 'address':
      return parseAddresses(raw)
    case 'other':
      return isPlaceholder(raw) ? [] : [contactOf('other', raw.trim(), 'ok', { normalized: raw.trim() })]
  }
}

/** Exactly one value of a form or an API call, never split: the whole value stays; several in one are doubtful. */
export function judgeContact(kind: ContactKind, value: string, context: ContactContext = {}): ParsedContact {
  const [first, second] = parseContacts(kind, value, context)
  if (!first) return contactOf(kind, value, 'junk', { reason: 'placeholder' })
  if (second) return { ...first, value, verdict: 'doubtful', reason: 'several-values' }
  return { ...first, value }
}

/** What two records share when they share this contact; `weak` keys (8-800, info@) are evidence only together with a name. */
export interface MatchKey {
  key: string
  weak: boolean
}

/** The key for finding duplicates, null when the value is not worth comparing: E.164 and extension, lower-case e-mail. */
export function matchKey(contact: Pick<ParsedContact, 'kind' | 'normalized' | 'extension'>): MatchKey | null {
  if (contact.normalized === null) return null
  const extension = contact.extension === null ? '' : `#${contact.extension}`
  return { key: contact.normalized + extension, weak: contact.normalized.startsWith('+780') }
}
