import { expect, test } from 'vitest'
import type { Client } from '#features/clients/contract.ts'
import { type CellContext, clientFields } from '#features/clients/fields.ts'
import { differingFields, paired } from './compare.ts'

const client = (fields: Partial<Client>): Client => ({
  id: '019aa000-0000-7000-8000-000000000001',
  no: 1,
  version: 1,
  kind: 'organization',
  name: 'ООО «Луч»',
  fullName: null,
  inn: null,
  kpp: null,
  ogrn: null,
  okpo: null,
  headClientId: null,
  isBuyer: true,
  isSupplier: false,
  ownerId: null,
  managerIds: [],
  source: null,
  stage: null,
  region: null,
  categories: [],
  comment: null,
  externalCode: null,
  custom: {},
  entered: {},
  contacts: [],
  people: [],
  accounts: [],
  nextPlanAt: null,
  lastContactAt: null,
  timeZone: null,
  createdAt: '2026-01-01T00:00:00Z',
  createdBy: null,
  updatedAt: '2026-01-01T00:00:00Z',
  updatedBy: null,
  archivedAt: null,
  ...fields,
})
const context: CellContext = { language: 'ru', nameOfUser: (id) => id, formatInstant: (iso) => iso }

test('what differs is told by fields a person wrote, not by the day of the change', () => {
  const was = client({ region: 'Тверь', categories: ['а', 'б'] })
  const now = client({ region: 'Псков', categories: ['а'], updatedAt: '2026-02-02T00:00:00Z', version: 9 })
  expect(differingFields(was, now, clientFields, context).map(({ id }) => id)).toEqual([
    'region',
    'categories',
  ])
  expect(differingFields(was, client({ ...was, nextPlanAt: 'x' }), clientFields, context)).toEqual([])
})

test('two lists are laid side by side by id: what was first, what came later last', () => {
  const [a, b, b2, c] = [
    { id: '1', v: 'a' },
    { id: '2', v: 'b' },
    { id: '2', v: 'b2' },
    { id: '3', v: 'c' },
  ]
  expect(paired([a!, b!], [c!, b2!])).toEqual([
    { was: a, now: null },
    { was: b, now: b2 },
    { was: null, now: c },
  ])
})
