import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from '#web/i18n/translation.ts'
import type { ActivityKind } from '#features/activities/contract.ts'
import { getClient, type Client, type Contact } from '#features/clients/contract.ts'
import { contactText } from '#features/clients/fields.ts'
import type { ContactKind } from '#shared/verdict.ts'
import { query } from '#web/api.ts'

/** What a call or a letter goes to. */
const kindsOf: Record<ActivityKind, ContactKind[]> = {
  call: ['phone', 'messenger'],
  letter: ['email', 'messenger', 'address'],
  meeting: ['address'],
  task: [],
  note: [],
}

interface Reachable {
  contact: Contact
  personName: string | null
}

/** Where a client, or one person of his, can be reached by an entry of this kind: the main one first, the unusable last. */
export function reachableOf(client: Client, kind: ActivityKind, personId: string | null): Reachable[] {
  const all = [
    ...client.contacts.map((contact) => ({ contact, personName: null })),
    ...client.people.flatMap((person) =>
      person.contacts.map((contact) => ({ contact, personName: person.name })),
    ),
  ]
  const kinds = kindsOf[kind]
  const rank = ({ contact }: Reachable) =>
    kinds.indexOf(contact.kind) * 10 +
    (contact.doNotCall || contact.verdict === 'junk' ? 4 : contact.primary ? 0 : 1) +
    (personId !== null && contact.personId !== personId ? 2 : 0)
  // A masked one has to be opened first.
  return all
    .filter(({ contact }) => kinds.includes(contact.kind) && !contact.masked)
    .toSorted((a, b) => rank(a) - rank(b))
}

interface ContactSelectProps {
  clientId: string
  kind: ActivityKind
  personId: string | null
  value: string | null
  onChange: (id: string | null) => void
}

/** The phone, e-mail … used; nothing where the client has none for this kind. */
export function ContactSelect({ clientId, kind, personId, value, onChange }: ContactSelectProps) {
  const { t } = useTranslation()
  const client = useQuery(query(getClient, { id: clientId })).data
  const reachable = client ? reachableOf(client, kind, personId) : []
  if (reachable.length === 0) return null
  return (
    <Select
      aria-label={t('activities.contact')}
      placeholder={t('activities.contact')}
      clearable
      w={240}
      value={value}
      onChange={onChange}
      data={reachable.map(({ contact, personName }) => ({
        value: contact.id,
        label: [contactText(contact), personName ?? contact.label].filter(Boolean).join(' · '),
      }))}
    />
  )
}
