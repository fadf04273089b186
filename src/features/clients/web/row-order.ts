import type { Client } from '#features/clients/contract.ts'
import { fold } from '#shared/text.ts'

type Compare = (a: Client, b: Client) => number
const last = '\uFFFF'
const by =
  (key: (client: Client) => string): Compare =>
  (a, b) =>
    key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0

/** The named orders as the server keeps them; a name the database collates otherwise stands a little off until the list is read again. */
const orders: Record<string, (nameOfUser: (id: string) => string) => Compare> = {
  name: () => by((client) => fold(client.name)),
  region: () => by((client) => client.region ?? last),
  stage: () => by((client) => client.stage ?? last),
  changed: () => by((client) => client.updatedAt),
  nextPlan: () => by((client) => client.nextPlanAt ?? last),
  created: () => by((client) => client.id),
  owner: (nameOfUser) => by((client) => (client.ownerId ? fold(nameOfUser(client.ownerId)) : last)),
}

/** Which of two rows stands first under this order; undefined where only the server can tell: by search, by any other column. */
export function compareBy(sort: string, nameOfUser: (id: string) => string): Compare | undefined {
  const compare = orders[sort.replace(/^-/, '')]?.(nameOfUser)
  if (!compare) return undefined
  const sign = sort.startsWith('-') ? -1 : 1
  return (a, b) => sign * (compare(a, b) || (a.id < b.id ? -1 : 1))
}
