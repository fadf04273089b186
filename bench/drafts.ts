import { madeUpClient } from './made-up-client.ts'
import { randomOf } from './random.ts'

/** A client as a program would post it, different for every number and `salt`; its ИНН, phone and e-mail are looked up as duplicates. */
export function clientDraftOf(number: number, salt: string) {
  const random = randomOf(number * 7919 + salt.length)
  const made = madeUpClient(random, 5_000_000 + number)
  return {
    name: made.name,
    inn: made.inn,
    region: made.region,
    stage: made.stage,
    contacts: made.contacts
      .filter((contact) => contact.person === null)
      .map(({ kind, label, value }) => ({ kind, label, value })),
    people: made.people.map((person, index) => ({
      lastName: person.lastName,
      firstName: person.firstName,
      middleName: person.middleName,
      position: person.position,
      contacts: made.contacts
        .filter((contact) => contact.person === index)
        .map(({ kind, label, value }) => ({ kind, label, value })),
    })),
  }
}

/** An edit of one field. */
export const updateOf = (number: number) => ({ comment: `Просили перезвонить, разговор ${number}` })
