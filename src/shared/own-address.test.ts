import { expect, test } from 'vitest'
import { ownAddress } from './own-address.ts'

test.each([
  ['/clients?search=Ромашка#notes', '/clients?search=%D0%A0%D0%BE%D0%BC%D0%B0%D1%88%D0%BA%D0%B0#notes'],
  ['/clients/1', '/clients/1'],
  ['/', '/'],
])('an address of the product is kept: %s', (given, kept) => {
  expect(ownAddress(given)).toBe(kept)
})

test.each([
  undefined,
  '',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/\n/evil.example',
  '/.//evil.example',
  '/a/..//evil.example',
  'javascript:alert(1)',
  'clients',
])('any other leads to the first screen: %j', (given) => {
  expect(ownAddress(given)).toBe('/')
})
