import type { MappingColumn } from '#features/imports/mapping.ts'
import { contactOf, type ContactContext, type ParsedContact } from '#shared/contact.ts'
import { parseContacts } from '#shared/contacts.ts'
import { isPlaceholder } from '#shared/verdict.ts'

const EMAIL = /[^\s,;<>()[\]"']+@[^\s,;<>()[\]"']+/g
const SITE = /(?:https?:\/\/|www\.)[^\s,;<>()"']+/gi

/** Every contact of a cell of a contact column; the column's label serves where the cell names none. */
export function contactsOfCell(column: MappingColumn, raw: string, context: ContactContext): ParsedContact[] {
  const contacts = parseColumn(column, raw, context)
  if (column.label === null || column.target === 'messenger') return contacts
  for (const contact of contacts) contact.label ??= column.label
  return contacts
}

function parseColumn(
  { target, label }: MappingColumn,
  raw: string,
  context: ContactContext,
): ParsedContact[] {
  switch (target) {
    case 'phone':
      return /@[^@]*\./.test(raw) ? parseMixed(raw, context) : parseContacts('phone', raw, context)
    case 'email':
      return isPhoneInstead(raw) ? parseContacts('phone', raw, context) : parseContacts('email', raw)
    case 'website':
      return parseContacts('website', raw)
    case 'messenger':
      return parseMessenger(raw, label)
    case 'contacts':
      return parseMixed(raw, context)
    default:
      return parseContacts('other', raw)
  }
}

/** A cell of everything at once: e-mails and sites are cut out, numbers in the rest are phones, other words stay as they are. */
export function parseMixed(raw: string, context: ContactContext): ParsedContact[] {
  if (isPlaceholder(raw)) return []
  const found: ParsedContact[] = []
  let rest = raw.replace(SITE, (site) => {
    found.push(...parseContacts('website', site))
    return ' '
  })
  rest = rest.replace(EMAIL, (email) => {
    found.push(...parseContacts('email', email))
    return ' '
  })
  rest = rest.replace(/(?:e-?mail|почта|сайт|email)\s*[:.]?/gi, ' ').trim()
  const digits = rest.replace(/\D/g, '').length
  if (digits >= 5) return [...parseContacts('phone', rest, context), ...found]
  if (/\p{L}{2}/u.test(rest)) found.push(contactOf('other', rest, 'ok', { normalized: rest }))
  return found
}

function isPhoneInstead(raw: string): boolean {
  return !/[@]|\p{L}{3}/u.test(raw) && raw.replace(/\D/g, '').length >= 10
}

/** «Telegram» over «@ivan» means the same as «Telegram: @ivan» in one cell. */
function parseMessenger(raw: string, service: string | null): ParsedContact[] {
  if (service === null || isPlaceholder(raw)) return parseContacts('messenger', raw)
  const named = parseContacts('messenger', `${service}: ${raw.trim()}`)
  const [only] = named
  if (named.length === 1 && only) return [{ ...only, label: only.label ?? service, value: raw.trim() }]
  return named.map((contact) => ({ ...contact, label: contact.label ?? service }))
}
