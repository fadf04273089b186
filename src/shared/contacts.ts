import { parseAddresses } from './addresses.ts'
import { contactOf, type ContactContext, type ParsedContact } from './contact.ts'
import { isSharedBox } from './email-domains.ts'
import { parseEmails } from './emails.ts'
import { parseMessengers } from './messengers.ts'
import { isServiceLine } from './phone-plan.ts'
import { parsePhones } from './phones.ts'
import { fold } from './text.ts'
import { isPlaceholder, type ContactKind } from './verdict.ts'
import { parseWebsites } from './websites.ts'

export type { ContactContext, ParsedContact } from './contact.ts'

/** Every contact of one cell of a known kind, in its order, each once; [] for a placeholder. */
export function parseContacts(kind: ContactKind, raw: string, context: ContactContext = {}): ParsedContact[] {
  const contacts = parseCell(kind, raw, context)
  return contacts.length < 2
    ? contacts
    : contacts.filter((contact, index) => !isRepeated(contacts, contact, index))
}

/** The same value again in one cell says nothing new, unless it brings words of its own. */
function isRepeated(contacts: ParsedContact[], contact: ParsedContact, index: number): boolean {
  if (contact.normalized === null || contact.note !== null || contact.label !== null) return false
  const first = contacts.findIndex(
    ({ normalized, extension }) => normalized === contact.normalized && extension === contact.extension,
  )
  return first < index
}

function parseCell(kind: ContactKind, raw: string, context: ContactContext): ParsedContact[] {
  switch (kind) {
    case 'phone':
      return parsePhones(raw, context)
    case 'email':
      return parseEmails(raw)
    case 'website':
      return parseWebsites(raw)
    case 'messenger':
      return parseMessengers(raw, context)
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

/**
 * The key for finding duplicates: E.164 with the extension after «#», lower-case e-mail, `service:name`, site, folded address.
 * Null when nothing trustworthy is there; junk has no normalized value and so no key.
 */
export function matchKey(contact: Pick<ParsedContact, 'kind' | 'normalized' | 'extension'>): MatchKey | null {
  const { kind, normalized, extension } = contact
  if (normalized === null || normalized === '') return null
  switch (kind) {
    case 'phone':
      return { key: extension ? `${normalized}#${extension}` : normalized, weak: isServiceLine(normalized) }
    case 'email':
      return { key: normalized, weak: isSharedBox(normalized) }
    case 'address':
    case 'other':
      return { key: fold(normalized), weak: true }
    case 'website':
    case 'messenger':
      return { key: normalized, weak: kind === 'website' }
  }
}
