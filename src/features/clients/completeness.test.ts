import { expect, test } from 'vitest'
import { missingKinds, requiredKinds } from './completeness.ts'

const rules = {
  required: ['phone', 'email'],
  choices: [
    { field: 'stage', name: 'постоянный', requiredKinds: ['address'] },
    { field: 'category', name: 'A', requiredKinds: ['website', 'phone'] },
    { field: 'source', name: 'A', requiredKinds: ['messenger'] },
  ],
}
const contact = (kind: string, verdict = 'ok') => ({ kind, verdict }) as never
const client = { stage: 'постоянный', categories: ['A'], contacts: [], people: [] }

test('required are the kinds of the company and those its stage and categories ask on top', () => {
  expect(requiredKinds(client, rules)).toEqual(['phone', 'email', 'address', 'website'])
  expect(requiredKinds({ stage: null, categories: [] }, rules)).toEqual(['phone', 'email'])
})

test('a contact of a person counts, one that is junk or doubtful does not', () => {
  const people = [{ contacts: [contact('phone')] }] as never
  expect(
    missingKinds(
      { ...client, contacts: [contact('email', 'junk'), contact('website', 'doubtful')], people },
      rules,
    ),
  ).toEqual(['email', 'address', 'website'])
})
