import type { Client } from '#features/clients/contract.ts'
import { clientFields, kindTitles } from '#features/clients/fields.ts'
import { t } from '#web/i18n/translation.ts'
import type { Language } from '#web/i18n/language.ts'
import type { Dictionaries } from './use-dictionaries.ts'

interface Words {
  language: Language
  dictionaries: Pick<Dictionaries, 'nameOfUser' | 'customFields'>
}

const cardTitles = { contacts: 'contacts', people: 'people', accounts: 'accounts' } as const
const otherNames: Record<string, string> = { ownerId: 'owner', managerIds: 'managers' }

/** What a field of a client is called on the screen. */
export function titleOf(field: string, language: Language): string {
  if (field in cardTitles) return t(`clients.card.${cardTitles[field as keyof typeof cardTitles]}`)
  const id = otherNames[field] ?? field
  return clientFields.find((known) => known.id === id)?.title[language] ?? t('clients.conflict-field')
}

interface Line {
  value?: string
  label?: string | null
  note?: string | null
  name?: string | null
  lastName?: string | null
  firstName?: string | null
  middleName?: string | null
  position?: string | null
  account?: string
  bank?: string | null
  contacts?: Line[]
}

/** A field's value in words: a list line by line, people with what they are reached by. */
export function wordsOf(field: string, value: unknown, words: Words): string {
  if (value === null || value === undefined || value === '') return t('clients.blank')
  if (Array.isArray(value)) {
    const lines = value.map((item) => lineOf(field, item, words)).filter(Boolean)
    return lines.length === 0 ? t('clients.blank') : lines.join('\n')
  }
  if (field === 'ownerId') return words.dictionaries.nameOfUser(String(value))
  if (field === 'kind') return kindTitles[value as Client['kind']]?.[words.language] ?? String(value)
  if (typeof value === 'boolean') return t(value ? 'clients.yes' : 'clients.no')
  if (typeof value === 'object') return customOf(value as Record<string, unknown>, words)
  return String(value)
}

function lineOf(field: string, item: unknown, words: Words): string {
  if (typeof item !== 'object' || item === null)
    return field === 'managerIds' ? words.dictionaries.nameOfUser(String(item)) : String(item)
  const line = item as Line
  if (line.value !== undefined) return withNote(line.value, [line.label, line.note])
  if (line.account !== undefined) return withNote(line.account, [line.bank])
  const name = line.name ?? [line.lastName, line.firstName, line.middleName].filter(Boolean).join(' ')
  const contacts = (line.contacts ?? []).map((contact) => lineOf('contacts', contact, words)).join(', ')
  return [withNote(name, [line.position]), contacts].filter(Boolean).join(': ')
}

const withNote = (text: string, notes: (string | null | undefined)[]) => {
  const said = notes.filter(Boolean).join(', ')
  return said === '' ? text : `${text} (${said})`
}

const customOf = (custom: Record<string, unknown>, { language, dictionaries }: Words) =>
  Object.entries(custom)
    .map(([key, value]) => {
      const title = dictionaries.customFields.find((field) => field.key === key)?.title ?? key
      return `${title}: ${wordsOf('', value, { language, dictionaries })}`
    })
    .join('\n')
