import { cellText, isContacts, isWritable } from '#features/clients/cell-text.ts'
import type { Client } from '#features/clients/contract.ts'
import { Condition } from '#features/clients/filter.ts'

/** The condition that finds clients with the same in this cell; undefined where no filter could. */
export function conditionOfCell(field: string, client: Client): Condition | undefined {
  const found = Condition.safeParse({ field, ...sameAs(field, client) })
  return found.success ? found.data : undefined
}

function sameAs(field: string, client: Client): Partial<Condition> {
  if (isContacts(field)) {
    const first = client.contacts.find(({ kind }) => kind === field)
    return first ? { op: 'contains', value: first.normalized ?? first.value } : { op: 'empty' }
  }
  if (field === 'owner') return { op: 'is', value: [client.ownerId ?? 'none'] }
  if (field === 'people')
    return client.people[0]
      ? { field: 'person', op: 'contains', value: client.people[0].name }
      : { field: 'person', op: 'empty' }
  if (!isWritable(field)) return {}
  if (field === 'categories')
    return client.categories.length > 0 ? { op: 'is', value: client.categories } : { op: 'empty' }
  const text = cellText(client, field)
  return text === '' ? { op: 'empty' } : { op: 'is', value: [text] }
}
