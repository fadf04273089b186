import type { Client } from '#features/clients/contract.ts'
import type { ContactKind } from '#shared/verdict.ts'

/** What a cell of contacts shows while it is edited: values as entered. `column`: `phone`, or `phone:мобильный` for one label. */
export const contactsCellText = (client: Client, column: string) =>
  client.contacts
    .filter((contact) => isOf(column, contact))
    .map((contact) => contact.value)
    .join('; ')

/** Kind and label of a column of contacts: `phone`, or `phone:мобильный` for one label. */
export const partsOf = (column: string): [ContactKind, string | undefined] => {
  const colon = column.indexOf(':')
  return colon < 0
    ? [column as ContactKind, undefined]
    : [column.slice(0, colon) as ContactKind, column.slice(colon + 1)]
}

export function isOf(column: string, contact: { kind: string; label?: string | null | undefined }): boolean {
  const [kind, label] = partsOf(column)
  return contact.kind === kind && (label === undefined || (contact.label ?? '') === label)
}
