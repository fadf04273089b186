import type { Client, ClientPatch, Contact, ContactDraft } from '#features/clients/contract.ts'
import { parseContacts } from '#shared/contacts.ts'
import { ContactKind } from '#shared/verdict.ts'
import { isOf, partsOf } from './contact-cells.ts'

const isKind = (field: string): field is ContactKind => ContactKind.safeParse(field).success

/**
 * What is sent when cells of one row were edited: field → value, a cell of contacts as the whole list of the client's own
 * contacts with those of that kind replaced by what the cell says now.
 */
export function patchOf(client: Client, changes: Record<string, unknown>, cityCode: string): ClientPatch {
  const patch: Record<string, unknown> = {}
  let contacts: ContactDraft[] | undefined
  for (const [field, value] of Object.entries(changes)) {
    if (isKind(field))
      contacts = replaceCell(contacts ?? draftsOf(client.contacts), field, String(value ?? ''), cityCode)
    else if (field === 'owner') patch.ownerId = value
    else if (field.startsWith('custom.'))
      patch.custom = { ...(patch.custom as object), [field.slice(7)]: value }
    else patch[field] = value
  }
  if (contacts) patch.contacts = contacts
  return patch as ClientPatch
}

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

/** The client's own contacts with those of a column replaced by what its cell says now. */
export const contactsWithCell = (client: Client, column: string, text: string, cityCode: string) =>
  replaceCell(draftsOf(client.contacts), column, text, cityCode)

function replaceCell(drafts: ContactDraft[], column: string, text: string, cityCode: string): ContactDraft[] {
  const [kind, asked] = partsOf(column)
  const others = drafts.filter((draft) => !isOf(column, draft))
  const before = drafts.filter((draft) => isOf(column, draft))
  const whole = before.find((draft) => draft.value === text.trim())
  if (whole) return [...others, whole]
  const values = text.split(';').flatMap((part) => {
    const known = before.find((draft) => draft.value === part.trim())
    return known
      ? [known]
      : parseContacts(kind, part, { cityCode }).map(({ value, label, note }) => ({
          kind,
          value,
          label: asked === undefined ? label : asked || null,
          note,
        }))
  })
  // A cell retyped by one value is that contact corrected, not another one: its label and history stay.
  const retyped =
    before.length === 1 && values.length === 1 && !values[0]!.id
      ? [{ ...before[0]!, value: values[0]!.value }]
      : values
  return [...others, ...retyped]
}
