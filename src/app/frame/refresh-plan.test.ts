import { expect, test } from 'vitest'
import { isGone, isTouched, subjectOf } from './refresh-plan.ts'

const query = (path: string, input: object = {}, data: unknown = {}) => ({
  queryKey: [`GET ${path}`, input],
  state: { data },
})
const change = (more: object = {}) => ({
  changeSetId: 's',
  entity: 'clients',
  id: 'a',
  clientId: 'a',
  version: 3,
  ...more,
})

test.each([
  ['/clients/:id', { id: 'a' }, 'records'],
  ['/activities', { client: 'a' }, 'records'],
  ['/activities', { user: 'me' }, 'sums'],
  ['/clients/count', {}, 'sums'],
  ['/reports/contact-info', {}, 'sums'],
  ['/my-day/news', {}, 'sums'],
  ['/me', {}, 'nothing'],
  ['/dictionaries', {}, 'nothing'],
  ['/clients', { sort: 'name' }, 'nothing'],
])('%s %j is about %s', (path, input, subject) => {
  expect(subjectOf(query(path, input))).toBe(subject)
})

test('a list read many pages deep is left as it is', () => {
  expect(subjectOf(query('/change-sets', {}, { pages: [1, 2, 3, 4] }))).toBe('nothing')
})

test('a card is read again for a newer version, for an entry of the client, for an act of many rows', () => {
  const card = query('/clients/:id', { id: 'a' }, { version: 3 })
  expect(isTouched(card, [change()])).toBe(false)
  expect(isTouched(card, [change({ version: 4 })])).toBe(true)
  expect(isTouched(card, [change({ entity: 'activities', id: 'e', version: 1 })])).toBe(true)
  expect(isTouched(card, [change({ id: null, clientId: null, version: null })])).toBe(true)
  expect(isTouched(card, [change({ id: 'b', clientId: 'b', version: 9 })])).toBe(false)
})

test('files are read again for files, a timeline for its entries', () => {
  const file = change({ entity: 'files', id: 'f', version: null })
  expect(isTouched(query('/clients/:id/files', { id: 'a' }), [file])).toBe(true)
  expect(isTouched(query('/activities', { client: 'a' }), [file])).toBe(false)
})

test('of a client that is gone every record goes', () => {
  const gone = [{ ...change({ version: null }), gone: true as const }]
  expect(isGone(query('/clients/:id/history', { id: 'a' }), gone)).toBe(true)
  expect(isGone(query('/clients/:id/history', { id: 'b' }), gone)).toBe(false)
})
