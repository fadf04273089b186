import type { ClientDraft, ContactDraft } from '#features/clients/contract.ts'
import type { Habits } from './demo-people.ts'
import { madeUpClient, type MadeUpClient, type MadeUpContact } from './made-up-client.ts'
import type { Random } from './random.ts'

/** A client as this manager would have typed it: with his gaps and his dirt. */
export function demoClient(random: Random, number: number, habits: Habits): ClientDraft {
  const made = madeUpClient(random, number)
  const missing = { phone: random.chance(habits.noPhone), email: random.chance(habits.noEmail) }
  const people = random.chance(habits.noPerson) ? [] : made.people
  const draftsOf = (person: number | null) =>
    withUsualContacts(made, number, random)
      .filter((contact) => contact.person === person)
      .filter(({ kind }) => !(kind === 'phone' && missing.phone) && !(kind === 'email' && missing.email))
      .map((contact) => asTyped(contact, number, random, habits))
  return {
    kind: made.kind,
    name: random.chance(habits.dirt) ? made.name.toUpperCase().replaceAll(/[«»]/g, '"') : made.name,
    fullName: made.fullName,
    inn: made.inn && dirtyNumber(made.inn, random, habits),
    kpp: made.kpp,
    ogrn: made.ogrn,
    region: random.chance(habits.dirt) ? null : made.region,
    stage: made.stage,
    source: made.source,
    categories: made.categories,
    comment: made.comment,
    contacts: draftsOf(null),
    people: people.map((person, index) => ({
      lastName: person.lastName,
      firstName: person.firstName,
      middleName: random.chance(habits.dirt) ? null : person.middleName,
      position: person.position,
      birthday: person.birthday,
      contacts: draftsOf(index),
    })),
  }
}

/** Everybody who works with a client has a phone and an address of his once; what is missing is the manager's doing. */
function withUsualContacts(made: MadeUpClient, number: number, random: Random): MadeUpContact[] {
  const contacts = [...made.contacts]
  const has = (kind: string) => contacts.some((contact) => contact.kind === kind)
  if (!has('phone'))
    contacts.push({ kind: 'phone', label: 'рабочий', value: '', normalized: '+74950000000', person: null })
  if (!has('email')) {
    const address = `zakaz${number}@${random.pick(['example.test', 'pochta.example', 'firma.example'])}`
    contacts.push({ kind: 'email', label: 'общий', value: address, normalized: address, person: null })
  }
  return contacts
}

function asTyped(contact: MadeUpContact, number: number, random: Random, habits: Habits): ContactDraft {
  const { kind, label } = contact
  const clean = kind === 'phone' ? phoneOf(contact.normalized, number, random) : contact.value
  const value = random.chance(habits.dirt) ? dirty(kind, clean, random) : clean
  return { kind, label, value }
}

/** Numbers nobody has: subscriber numbers from 000 are not given out in Russia. */
function phoneOf(normalized: string, number: number, random: Random): string {
  const code = normalized.slice(2, 5)
  const tail = String((number * 7 + random.below(6_000)) % 10_000).padStart(4, '0')
  const [a, b] = [tail.slice(0, 2), tail.slice(2)]
  return random.pick([
    `+7 (${code}) 000-${a}-${b}`,
    `8 (${code}) 000-${a}-${b}`,
    `8${code}000${a}${b}`,
    `+7 ${code} 000 ${a} ${b}`,
    `8-${code}-000-${a}-${b} доб. ${1 + random.below(98)}`,
  ])
}

function dirty(kind: MadeUpContact['kind'], value: string, random: Random): string {
  if (random.chance(0.25)) return random.pick(['уточнить', 'нет', '-', '???', 'узнать'])
  if (kind === 'phone') {
    const digits = value.replace(/\D/g, '').slice(0, 11)
    return random.pick([
      digits.slice(0, 9),
      `${digits.slice(-7, -4)}-${digits.slice(-4, -2)}-${digits.slice(-2)}`,
      '8 (000) 000-00-00',
      `${value} спросить Анну`,
    ])
  }
  if (kind === 'email') {
    return random.pick([
      value.replace('@', ''),
      value.replace('@', ' @ '),
      value.replace(/o/, 'о'),
      value.replace('.', ','),
      `${value};`,
    ])
  }
  return kind === 'address' ? (value.split(',').at(-2)?.trim() ?? value) : value
}

function dirtyNumber(inn: string, random: Random, habits: Habits): string {
  if (!random.chance(habits.dirt)) return inn
  return random.pick([
    inn.slice(0, -1),
    ` ${inn.slice(0, 4)} ${inn.slice(4)}`,
    `${inn.slice(0, -1)}${(Number(inn.at(-1)) + 3) % 10}`,
    inn.replace(/0/, 'О'),
  ])
}
