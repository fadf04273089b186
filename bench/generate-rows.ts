import { parseCompanyName } from '#shared/company-names.ts'
import type { Cell } from './copy-rows.ts'
import type { MadeUpClient, MadeUpContact } from './made-up-client.ts'
import type { Random } from './random.ts'
import { timeOrderedId } from './time-ordered-id.ts'

export type Row = Record<string, Cell>

export interface Entry {
  number: number
  owner: string | null
  /** Milliseconds; `today` is the midnight the base is made on. */
  created: number
  today: number
}

const day = 86_400_000

/** Rows of one client by table, with the columns of each always in the same order. */
export function rowsOf(client: MadeUpClient, entry: Entry, random: Random): Record<string, Row[]> {
  const { number, owner, created, today } = entry
  const id = timeOrderedId(created, 0, number)
  const due =
    owner && random.chance(0.2)
      ? instant(today + (random.below(120) - 30) * day + random.below(36) * 900_000)
      : null
  const people = client.people.map((person, ordinal) => ({
    id: timeOrderedId(created, 1 + ordinal, number),
    client_id: id,
    ordinal,
    name: `${person.lastName} ${person.firstName} ${person.middleName}`,
    last_name: person.lastName,
    first_name: person.firstName,
    middle_name: person.middleName,
    gender: person.gender,
    position: person.position,
    birthday: person.birthday,
  }))
  const personIds = people.map((person) => person.id)
  return {
    clients: [clientRow(client, id, due, entry, random)],
    people,
    contacts: client.contacts.map((contact, ordinal) =>
      contactRow(contact, ordinal, id, personIds, entry, random),
    ),
    activities: activitiesOf(client, id, due, entry, random),
  }
}

function clientRow(client: MadeUpClient, id: string, due: string | null, entry: Entry, random: Random): Row {
  const { number, owner, created, today } = entry
  return {
    id,
    no: number,
    kind: client.kind,
    name: client.name,
    full_name: client.fullName,
    inn: client.inn,
    kpp: client.kpp,
    ogrn: client.ogrn,
    owner_id: owner,
    source: client.source,
    stage: client.stage,
    region: client.region,
    categories: `{${client.categories.join(',')}}`,
    comment: client.comment,
    name_core: parseCompanyName(client.name).key,
    next_plan_at: due ?? 'infinity',
    created_at: instant(created),
    created_by: owner,
    updated_at: instant(created + Math.floor((today - created) * random.next() ** 2)),
    updated_by: owner,
  }
}

function contactRow(
  contact: MadeUpContact,
  ordinal: number,
  client: string,
  personIds: string[],
  { number, created, today }: Entry,
  random: Random,
): Row {
  const { kind, label, value, person } = contact
  const roll = random.next()
  const verdict = roll < 0.8 ? 'ok' : roll < 0.92 ? 'fixed' : roll < 0.97 ? 'doubtful' : 'junk'
  const normalized = verdict === 'junk' ? null : contact.normalized
  const checked = verdict === 'ok' && random.chance(0.5)
  return {
    id: timeOrderedId(created, 20 + ordinal, number),
    client_id: client,
    person_id: person === null ? null : personIds[person]!,
    ordinal,
    kind,
    label,
    value,
    normalized,
    verdict,
    reason: verdict === 'ok' ? null : (REASONS[kind] ?? REASONS.address!)[verdict]!,
    match_key: kind === 'phone' || kind === 'email' ? normalized : null,
    checked_at: checked ? instant(created + Math.floor((today - created) * random.next())) : null,
    created_at: instant(created),
  }
}

const REASONS: Record<string, Record<string, string>> = {
  phone: { fixed: 'phone.city-code-added', doubtful: 'phone.unknown-code', junk: 'phone.too-short' },
  email: { fixed: 'email.comma-for-dot', doubtful: 'email.domain-typo', junk: 'email.no-at' },
  address: { fixed: 'encoding', doubtful: 'address.no-house', junk: 'address.too-short' },
}

function activitiesOf(
  client: MadeUpClient,
  id: string,
  due: string | null,
  entry: Entry,
  random: Random,
): Row[] {
  const { number, owner, created } = entry
  if (!owner) return []
  const activity = (row: number, kind: string, text: string, dueAt: string | null): Row => ({
    id: timeOrderedId(created, row, number),
    client_id: id,
    user_id: owner,
    kind,
    text,
    due_at: dueAt,
    created_at: instant(created),
    created_by: owner,
  })
  return [
    ...(due ? [activity(90, 'call', 'Позвонить', due)] : []),
    ...(random.chance(0.3) ? [activity(91, 'note', client.comment ?? 'Разговор о поставке', null)] : []),
  ]
}

const instant = (time: number) => new Date(time).toISOString()
