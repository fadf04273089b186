import type { MappingColumn } from '#features/imports/mapping.ts'
import type { ParsedContact } from '#shared/contact.ts'
import { parseContacts } from '#shared/contacts.ts'
import { fold } from '#shared/text.ts'
import { isPlaceholder } from '#shared/verdict.ts'

/** The parts of an address in the order they are written on an envelope; `address` stands where the street does. */
const ORDER = ['index', 'country', 'region', 'district', 'city', 'street', 'house', 'flat']

export interface AddressCell {
  column: MappingColumn
  raw: string
}

/** The addresses of a row: one for every label, joined of its parts; a whole one with nothing beside it is read as it is. */
export function addressesOfRow(cells: AddressCell[]): ParsedContact[] {
  const groups = Map.groupBy(
    cells.filter(({ raw }) => !isPlaceholder(raw)),
    ({ column }) => column.label ?? '',
  )
  return [...groups.entries()].flatMap(([label, group]) => {
    const contacts =
      group.length === 1 && group[0]!.column.target === 'address'
        ? parseContacts('address', group[0]!.raw)
        : parseJoined(group)
    for (const contact of contacts) contact.label ??= label === '' ? null : label
    return contacts
  })
}

function parseJoined(cells: AddressCell[]): ParsedContact[] {
  const sorted = cells.toSorted(
    (a, b) => orderOf(a.column) - orderOf(b.column) || a.column.index - b.column.index,
  )
  const parts: string[] = []
  // «Москва» beside «г. Москва, ул. Полевая, 1» says nothing new.
  const whole = cells.filter(({ column }) => column.target === 'address').map(({ raw }) => ` ${fold(raw)} `)
  for (const { column, raw } of sorted) {
    const text = raw.trim()
    const repeated =
      column.target !== 'address' && whole.some((address) => address.includes(` ${fold(text)} `))
    if (!repeated) parts.push(partText(column, text))
  }
  const joined = parts.join(', ')
  const [first, ...more] = parseContacts('address', joined)
  if (!first) return []
  return more.length === 0 ? [first] : [{ ...first, value: joined, normalized: joined }]
}

function orderOf({ target }: MappingColumn): number {
  return target === 'address' ? ORDER.indexOf('street') : ORDER.indexOf(target!.slice('address.'.length))
}

/** A bare number needs its word: «5» is a house only as «д. 5». */
function partText({ target }: MappingColumn, text: string): string {
  if (target === 'address.house' && /^\d/.test(text)) return `д. ${text}`
  return target === 'address.flat' && /^\d/.test(text) ? `кв. ${text}` : text
}
