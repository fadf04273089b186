import type { Client } from './contract.ts'
import { ContactKind } from '#shared/verdict.ts'

interface Rules {
  /** Kinds every client of the company must have. */
  required: readonly string[]
  /** What categories and stages ask on top. */
  choices: readonly { field: string; name: string; requiredKinds: readonly string[] }[]
}

type Subject = Pick<Client, 'stage' | 'categories' | 'contacts' | 'people'>

/** Kinds a client must have, in the order of the kinds. */
export function requiredKinds(
  client: Pick<Client, 'stage' | 'categories'>,
  { required, choices }: Rules,
): ContactKind[] {
  const asked = choices.filter(
    ({ field, name }) =>
      (field === 'stage' && name === client.stage) ||
      (field === 'category' && client.categories.includes(name)),
  )
  const wanted = new Set([...required, ...asked.flatMap((choice) => choice.requiredKinds)])
  return ContactKind.options.filter((kind) => wanted.has(kind))
}

/** Required kinds of which there is no valid contact. The same rule as `gapsOf` and the report's headline on the server. */
export function missingKinds(client: Subject, rules: Rules): ContactKind[] {
  const contacts = [...client.contacts, ...client.people.flatMap((person) => person.contacts)]
  return requiredKinds(client, rules).filter(
    (kind) =>
      !contacts.some(({ kind: own, verdict }) => own === kind && (verdict === 'ok' || verdict === 'fixed')),
  )
}
