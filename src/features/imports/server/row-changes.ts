import type { Client } from '#features/clients/contract.ts'
import type { RowChange } from '#features/imports/contract.ts'
import type { DraftClient, DraftContact } from './reading/draft.ts'

const FIELDS = [
  'fullName',
  'inn',
  'kpp',
  'ogrn',
  'okpo',
  'region',
  'source',
  'stage',
  'comment',
  'externalCode',
] as const

/** What a row says beside a client: what would be filled or added, and what differs and is kept. The same rule as in the base (0012). */
export function changesOf(draft: DraftClient, client: Client, onlyKept: boolean): RowChange[] {
  const changes = [...ofFields(draft, client), ...ofChildren(draft, client)]
  return onlyKept ? changes.filter(({ written }) => !written) : changes
}

function* ofFields(draft: DraftClient, client: Client): Generator<RowChange> {
  if (draft.name !== client.name && draft.nameKey !== '')
    yield { field: 'name', before: client.name, after: draft.name, written: false }
  for (const field of FIELDS) {
    const after = draft[field]
    if (after === null || after === client[field]) continue
    yield { field, before: client[field], after, written: client[field] === null }
  }
  if (draft.categories.length > 0 && draft.categories.some((name) => !client.categories.includes(name)))
    yield {
      field: 'categories',
      before: client.categories.join(', ') || null,
      after: draft.categories.join(', '),
      written: client.categories.length === 0,
    }
  for (const [key, value] of Object.entries(draft.custom)) {
    const before = client.custom[key]
    if (String(before ?? '') === String(value)) continue
    const field = `custom.${key}`
    yield {
      field,
      before: before === undefined ? null : String(before),
      after: String(value),
      written: before === undefined,
    }
  }
}

function* ofChildren(draft: DraftClient, client: Client): Generator<RowChange> {
  const known = [...client.contacts, ...client.people.flatMap((person) => person.contacts)]
  const seen = new Set(known.map(keyOf))
  const names = new Set(client.people.map(({ name }) => name.toLowerCase()))
  const accounts = new Set(client.accounts.map(({ account }) => account))
  const added = (field: string, after: string): RowChange => ({ field, before: null, after, written: true })
  for (const { name } of draft.people) if (!names.has(name.toLowerCase())) yield added('people', name)
  for (const contact of [...draft.contacts, ...draft.people.flatMap((person) => person.contacts)])
    if (!seen.has(keyOf(contact))) yield added('contacts', contact.value)
  for (const { account } of draft.accounts) if (!accounts.has(account)) yield added('accounts', account)
}

const keyOf = ({
  kind,
  normalized,
  extension,
  value,
}: Pick<DraftContact, 'kind' | 'normalized' | 'extension' | 'value'>) =>
  `${kind} ${(normalized ?? value).toLowerCase()} ${extension ?? ''}`
