import { expect, test } from 'vitest'
import { requestOf } from './api.ts'

test('path parameters leave the rest to the query of a GET', () => {
  expect(requestOf({ method: 'GET', path: '/clients/:id/history' }, { id: 'a/b', limit: 5 })).toEqual({
    url: '/api/clients/a%2Fb/history?limit=5',
    body: undefined,
  })
})

test('path parameters leave the rest to the body of a PATCH', () => {
  expect(requestOf({ method: 'PATCH', path: '/clients/:id' }, { id: '1', version: 2, region: null })).toEqual(
    {
      url: '/api/clients/1',
      body: { version: 2, region: null },
    },
  )
})

test('a missing path parameter is told by its name', () => {
  expect(() => requestOf({ method: 'GET', path: '/clients/:id' }, {})).toThrow('/clients/:id needs id')
})

test.each([
  [{ search: undefined, owner: null }, ''],
  [{ owner: ['me', 'none'] }, '?owner=me%2Cnone'],
  [{ owner: [] }, ''],
  [
    { stage: ['Новый, тёплый', 'Старый'] },
    `?${new URLSearchParams([
      ['stage', 'Новый, тёплый'],
      ['stage', 'Старый'],
    ])}`,
  ],
  [
    { stage: ['Новый, тёплый'] },
    `?${new URLSearchParams([
      ['stage', 'Новый, тёплый'],
      ['stage', ''],
    ])}`,
  ],
  [
    { where: [{ field: 'inn', op: 'empty' }] },
    `?${new URLSearchParams({ where: '[{"field":"inn","op":"empty"}]' })}`,
  ],
])('a query of %j is %s', (input, search) => {
  expect(requestOf({ method: 'GET', path: '/clients' }, input).url).toBe(`/api/clients${search}`)
})
