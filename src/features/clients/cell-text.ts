import { ContactKind } from '#shared/verdict.ts'
import type { Client, ClientPatch, Contact, ContactDraft } from './contract.ts'

/** A client as far as its cells go. */
export type CellClient = Pick<
  Client,
  | 'kind'
  | 'name'
  | 'fullName'
  | 'inn'
  | 'kpp'
  | 'ogrn'
  | 'okpo'
  | 'isBuyer'
  | 'isSupplier'
  | 'ownerId'
  | 'source'
  | 'stage'
  | 'region'
  | 'categories'
  | 'comment'
  | 'externalCode'
  | 'timeZone'
  | 'custom'
  | 'contacts'
>

/** Fields of one plain line. */
export const lineFields = [
  'fullName',
  'inn',
  'kpp',
  'ogrn',
  'okpo',
  'externalCode',
  'region',
  'stage',
  'source',
] as const
const plain = new Set<string>([
  'name',
  ...lineFields,
  'comment',
  'timeZone',
  'kind',
  'owner',
  'isBuyer',
  'isSupplier',
  'categories',
])

export const isContacts = (field: string) => contactColumn(field) !== null

/** `custom.<key>` → key. */
export const customKey = (field: string): string | null =>
  field.startsWith('custom.') ? field.slice('custom.'.length) : null

/** Fields that are written as cells; the others of a row are looked at only. */
export const isWritable = (field: string) =>
  plain.has(field) || isContacts(field) || customKey(field) !== null

/** The field of the contract a cell belongs to. */
export function propertyOf(field: string): keyof ClientPatch {
  if (isContacts(field)) return 'contacts'
  if (customKey(field) !== null) return 'custom'
  return field === 'owner' ? 'ownerId' : (field as keyof ClientPatch)
}

/** What stands in a cell while it is edited: values as entered, the id of an owner, the key of a choice. */
export function cellText(client: CellClient, field: string): string {
  if (isContacts(field)) return contactsText(client.contacts, field)
  const key = customKey(field)
  const value = key === null ? client[propertyOf(field) as keyof CellClient] : client.custom[key]
  if (Array.isArray(value)) return value.join('; ')
  return value === null || value === undefined ? '' : String(value)
}

/** Words of a cell of tags, each once. */
export const splitTags = (text: string): string[] => [
  ...new Set(
    text
      .split(/[,;\n]/)
      .map((tag) => tag.trim())
      .filter((tag) => tag !== ''),
  ),
]

/** Contacts as drafts that keep them. */
export const draftsOf = (contacts: readonly Contact[]): ContactDraft[] =>
  contacts.map(({ id, kind, value, label, note, primary, doNotCall }) => ({
    id,
    kind,
    value,
    label,
    note,
    primary,
    doNotCall,
  }))

/** What a column of contacts is of: `phone`, or `phone:мобильный` for one label; null: it is of something else. */
export function contactColumn(field: string): { kind: ContactKind; label?: string } | null {
  const colon = field.indexOf(':')
  const kind = ContactKind.safeParse(colon < 0 ? field : field.slice(0, colon))
  if (!kind.success) return null
  return colon < 0 ? { kind: kind.data } : { kind: kind.data, label: field.slice(colon + 1) }
}

type Of = Pick<ContactDraft, 'kind' | 'label'>
export const isOf = (column: { kind: ContactKind; label?: string }, { kind, label }: Of) =>
  kind === column.kind && (column.label === undefined || (label ?? '') === column.label)

/** What stands in a cell of the client's own contacts while it is edited: values as entered. */
export const contactsText = (contacts: readonly (Of & { value: string })[], field: string): string => {
  const column = contactColumn(field)!
  return contacts
    .filter((contact) => isOf(column, contact))
    .map(({ value }) => value)
    .join('; ')
}
