import { contactOf, LONGEST_CELL, unreadable, type ContactContext, type ParsedContact } from './contact.ts'
import { parsePhones } from './phones.ts'
import { cleanText } from './text.ts'
import { isPlaceholder } from './verdict.ts'

interface Service {
  label: string
  words: RegExp
  /** The name alone, without service words, @ and address. */
  name: RegExp
}

const SERVICES: readonly Service[] = [
  {
    label: 'Telegram',
    words:
      /(?:https?:\/\/)?(?:www\.)?(?:t\.me|telegram\.me)\/|(?<!\p{L})(?:telegram|телеграм+|тг|tg)(?!\p{L})/iu,
    name: /^[a-z]\w{3,31}$/i,
  },
  {
    label: 'WhatsApp',
    words: /(?:https?:\/\/)?wa\.me\/|(?<!\p{L})(?:whats\s?app|в[ао]тс?[ао]п+|вацап|wa)(?!\p{L})/iu,
    name: /^(?!)/,
  },
  { label: 'Viber', words: /(?<!\p{L})(?:viber|вайбер)(?!\p{L})/iu, name: /^(?!)/ },
  {
    label: 'VK',
    words:
      /(?:https?:\/\/)?(?:m\.)?(?:vk\.com|vk\.ru|vkontakte\.ru)\/|(?<!\p{L})(?:vk|вк|вконтакте)(?!\p{L})/iu,
    name: /^[a-z][\w.]{2,31}$/i,
  },
  {
    label: 'Skype',
    words: /(?<!\p{L})(?:skype|скайп)(?!\p{L})/iu,
    name: /^(?:live:)?[a-z.][\w.,:-]{4,31}$/i,
  },
  {
    label: 'MAX',
    words: /(?:https?:\/\/)?max\.ru\/|(?<!\p{L})(?:max|макс)(?=\s*[:+\d])/iu,
    name: /^[a-z]\w{3,31}$/i,
  },
]

/** Every messenger of one cell, in its order; [] for a placeholder. Normalized: `telegram:name` or `whatsapp:+7…`. */
export function parseMessengers(raw: string, context: ContactContext = {}): ParsedContact[] {
  if (raw.length > LONGEST_CELL) return unreadable('messenger', raw)
  if (isPlaceholder(raw)) return []
  const parts = cleanText(raw)
    .split(/[;|\n]|,\s+/)
    .filter((part) => /[\p{L}\d]/u.test(part))
  const contacts = parts.map((part) => readMessenger(part.trim(), context))
  return contacts.length === 1 ? [{ ...contacts[0]!, value: raw.trim() }] : contacts
}

function readMessenger(part: string, context: ContactContext): ParsedContact {
  const service = SERVICES.find(({ words }) => words.test(part))
  const rest = (service ? part.replace(service.words, ' ') : part).replace(/^[\s:@/=-]+|[\s/?.]+$/g, '')
  const label = service?.label ?? null
  const [phone] = /\d{5}|\d\D\d{2}/.test(rest) && !/[a-z]/i.test(rest) ? parsePhones(rest, context) : []
  if (phone) {
    const normalized =
      phone.normalized && (service ? `${service.label.toLowerCase()}:${phone.normalized}` : phone.normalized)
    const known = { label, normalized, note: phone.note }
    if (service) return contactOf('messenger', part, phone.verdict, { ...known, reason: phone.reason })
    return contactOf('messenger', part, 'doubtful', { ...known, reason: 'messenger.unknown-service' })
  }
  return readName(part, rest, service)
}

function readName(part: string, rest: string, service: Service | undefined): ParsedContact {
  const assumed = service ?? (/^@\w/.test(part) ? SERVICES[0] : undefined)
  if (!assumed)
    return contactOf('messenger', part, 'doubtful', {
      normalized: part.toLowerCase(),
      reason: 'messenger.unknown-service',
    })
  const [name = '', ...words] = rest.replace(/@/g, '').split(/\s+/)
  if (!assumed.name.test(name))
    return contactOf('messenger', part, 'junk', { label: assumed.label, reason: 'messenger.bad-name' })
  const note = words.join(' ').replace(/^[\s(]+|[\s)]+$/g, '') || null
  const normalized = `${assumed.label.toLowerCase()}:${name.toLowerCase()}`
  return contactOf('messenger', part, 'ok', { label: assumed.label, normalized, note })
}
