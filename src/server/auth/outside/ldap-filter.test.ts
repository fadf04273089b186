import { expect, test } from 'vitest'
import { fillFilter, openFilter } from './ldap-filter.ts'

test.each([
  ['*', '(uid=\\2a)'],
  ['a)(uid=b', '(uid=a\\29\\28uid=b)'],
  ['\\2a', '(uid=\\5c2a)'],
  ['a\0b', '(uid=a\\00b)'],
  ['{dn}', '(uid={dn})'],
  ['Пётр', '(uid=Пётр)'],
])('what was typed stays one value: %j', (login, filter) => {
  expect(fillFilter('(uid={login})', { login, dn: 'cn=x' })).toBe(filter)
})

test('the filter for everybody keeps its own conditions', () => {
  expect(openFilter('(&(uid={login})(!(employeeType=ex)))')).toBe('(&(uid=*)(!(employeeType=ex)))')
})
