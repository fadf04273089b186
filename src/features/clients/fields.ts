import type { Client, Contact, Person } from './contract.ts'
import { formatPhone } from '#shared/phone-format.ts'
import type { ContactKind } from '#shared/verdict.ts'

type Sentence = Record<'ru' | 'en', string>

/** What a cell's text needs to know beside the client. */
export interface CellContext {
  language: 'ru' | 'en'
  nameOfUser(id: string): string
  /** `2026-11-23T10:00:00Z` → text for a person in the company's time zone. */
  formatInstant(iso: string): string
}

export interface ClientField {
  id: string
  title: Sentence
  text(client: Client, context: CellContext): string
  width?: number
}

const yesNo = (value: boolean, { language }: CellContext) =>
  language === 'ru' ? (value ? 'Да' : 'Нет') : value ? 'Yes' : 'No'

export const kindTitles: Record<Client['kind'], Sentence> = {
  organization: { ru: 'Организация', en: 'Organization' },
  entrepreneur: { ru: 'ИП', en: 'Sole trader' },
  person: { ru: 'Физлицо', en: 'Person' },
}

export const contactKindTitles: Record<ContactKind, Sentence> = {
  phone: { ru: 'Телефон', en: 'Phone' },
  email: { ru: 'Почта', en: 'E-mail' },
  address: { ru: 'Адрес', en: 'Address' },
  website: { ru: 'Сайт', en: 'Website' },
  messenger: { ru: 'Мессенджер', en: 'Messenger' },
  other: { ru: 'Другое', en: 'Other' },
}

/** A contact as it is read: a good phone in the common form, anything else as entered. */
export function contactText(
  contact: Pick<Contact, 'kind' | 'value' | 'normalized' | 'extension' | 'verdict'>,
): string {
  if (contact.normalized === null || contact.verdict === 'junk' || contact.verdict === 'doubtful')
    return contact.value
  if (contact.kind === 'phone') return formatPhone(contact.normalized, contact.extension)
  return contact.kind === 'email' ? contact.normalized : contact.value
}

/** The client's own contacts of a kind, then those of its people with their names. */
export function contactsText(client: Client, kind: ContactKind, label?: string): string {
  const fits = (contact: Contact) => contact.kind === kind && (label === undefined || contact.label === label)
  const own = client.contacts.filter(fits).map(contactText)
  const ofPeople = client.people.flatMap((person) =>
    person.contacts.filter(fits).map((contact) => `${contactText(contact)} (${person.name})`),
  )
  return [...own, ...ofPeople].join('; ')
}

export const personText = (person: Person) =>
  person.position ? `${person.name}, ${person.position}` : person.name

const plain = (id: keyof Client & string, ru: string, en: string, width?: number): ClientField => ({
  id,
  title: { ru, en },
  text: (client) => {
    const value = client[id]
    return value === null || value === undefined ? '' : String(value)
  },
  ...(width !== undefined && { width }),
})

/** Every built-in field of a client as a column: the grid and the export read this list. Widths in letters. */
export const clientFields: readonly ClientField[] = [
  plain('name', 'Наименование', 'Name', 34),
  plain('no', 'Код', 'Code', 9),
  {
    id: 'kind',
    title: { ru: 'Тип', en: 'Type' },
    text: (client, { language }) => kindTitles[client.kind][language],
    width: 13,
  },
  plain('fullName', 'Полное наименование', 'Full name', 34),
  plain('inn', 'ИНН', 'INN', 14),
  plain('kpp', 'КПП', 'KPP', 11),
  plain('ogrn', 'ОГРН', 'OGRN', 16),
  plain('okpo', 'ОКПО', 'OKPO', 12),
  ...(Object.keys(contactKindTitles) as ContactKind[]).map((kind): ClientField => ({
    id: kind,
    title: contactKindTitles[kind],
    text: (client) => contactsText(client, kind),
    width: kind === 'address' ? 36 : 26,
  })),
  {
    id: 'people',
    title: { ru: 'Контактные лица', en: 'People' },
    text: (client) => client.people.map(personText).join('; '),
    width: 30,
  },
  {
    id: 'owner',
    title: { ru: 'Ответственный', en: 'Owner' },
    text: (client, context) => (client.ownerId ? context.nameOfUser(client.ownerId) : ''),
    width: 22,
  },
  {
    id: 'managers',
    title: { ru: 'Ещё работают', en: 'Shared with' },
    text: (client, context) => client.managerIds.map((id) => context.nameOfUser(id)).join('; '),
    width: 22,
  },
  plain('region', 'Регион', 'Region', 18),
  plain('source', 'Источник', 'Source', 18),
  plain('stage', 'Стадия', 'Stage', 16),
  {
    id: 'categories',
    title: { ru: 'Категории', en: 'Categories' },
    text: (client) => client.categories.join('; '),
    width: 18,
  },
  {
    id: 'isBuyer',
    title: { ru: 'Покупатель', en: 'Buyer' },
    text: (client, context) => yesNo(client.isBuyer, context),
    width: 12,
  },
  {
    id: 'isSupplier',
    title: { ru: 'Поставщик', en: 'Supplier' },
    text: (client, context) => yesNo(client.isSupplier, context),
    width: 12,
  },
  plain('comment', 'Комментарий', 'Comment', 40),
  plain('externalCode', 'Внешний код', 'External code', 14),
  {
    id: 'nextPlan',
    title: { ru: 'Ближайший план', en: 'Next plan' },
    text: (client, { formatInstant }) => (client.nextPlanAt ? formatInstant(client.nextPlanAt) : ''),
    width: 18,
  },
  {
    id: 'lastContact',
    title: { ru: 'Последний контакт', en: 'Last contact' },
    text: (client, { formatInstant }) => (client.lastContactAt ? formatInstant(client.lastContactAt) : ''),
    width: 18,
  },
  plain('timeZone', 'Часовой пояс', 'Time zone', 18),
  {
    id: 'created',
    title: { ru: 'Создан', en: 'Created' },
    text: (client, { formatInstant }) => formatInstant(client.createdAt),
    width: 18,
  },
  {
    id: 'changed',
    title: { ru: 'Изменён', en: 'Changed' },
    text: (client, { formatInstant }) => formatInstant(client.updatedAt),
    width: 18,
  },
]

const byId = new Map(clientFields.map((field) => [field.id, field]))

/** Columns by their ids: built-in, `phone:мобильный` (a kind and a label), `custom.<key>`. Unknown ones are left out. */
export function fieldsOf(
  ids: readonly string[],
  customFields: readonly { key: string; title: string }[],
): ClientField[] {
  return ids.flatMap((id) => {
    const known = byId.get(id)
    if (known) return [known]
    if (id.startsWith('custom.'))
      return customFields.filter(({ key }) => id === `custom.${key}`).map(customField)
    const [kind, label] = id.split(':')
    if (label && kind && kind in contactKindTitles) return [labelledField(kind as ContactKind, label)]
    return []
  })
}

/** A field of the head's own as a column. */
export const customField = ({ key, title }: { key: string; title: string }): ClientField => ({
  id: `custom.${key}`,
  title: { ru: title, en: title },
  text: (client, context) => {
    const value = client.custom[key]
    if (value === null || value === undefined) return ''
    return typeof value === 'boolean' ? yesNo(value, context) : String(value)
  },
})

const labelledField = (kind: ContactKind, label: string): ClientField => ({
  id: `${kind}:${label}`,
  title: { ru: `${contactKindTitles[kind].ru}, ${label}`, en: `${contactKindTitles[kind].en}, ${label}` },
  text: (client) => contactsText(client, kind, label),
  width: 24,
})
