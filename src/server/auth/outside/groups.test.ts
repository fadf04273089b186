import { expect, test } from 'vitest'
import { type GroupRule, placeOf } from './groups.ts'

const rule = (group: string, role: GroupRule['role'], teamId: string | null = null) => ({
  group,
  role,
  teamId,
})
const rules = [rule('Директора', 'head'), rule('Старшие', 'team-head'), rule('Север', 'manager', 'north')]
const place = (groups: string[], otherwise: GroupRule['role'] | null = null, isKnown = true) =>
  placeOf({ rules, otherwise }, groups, isKnown)

test('the first rule that fits gives the role, the first that names a team gives the team', () => {
  expect(place(['Север'])).toEqual({ role: 'manager', teamId: 'north' })
  expect(place(['Север', 'Старшие'])).toEqual({ role: 'team-head', teamId: 'north' })
  expect(place(['старшие', 'ДИРЕКТОРА'])).toEqual({ role: 'head' })
})

test('a group fits by its name, by its distinguished name and by the first part of one', () => {
  expect(place(['CN=Север, OU=Группы,DC=x'])?.teamId).toBe('north')
  expect(place(['cn=\\D0\\A1\\D0\\B5\\D0\\B2\\D0\\B5\\D1\\80,dc=x'])?.teamId).toBe('north')
  const admission = { rules: [rule('CN=A\\,B,DC=x', 'manager'), rule('C,D', 'head')], otherwise: null }
  expect(placeOf(admission, ['cn=A\\,B, dc=x'], true)).toEqual({ role: 'manager' })
  expect(placeOf(admission, ['cn=C\\,D,dc=x'], true)).toEqual({ role: 'head' })
})

test('another part of a distinguished name gives nothing', () => {
  expect(place(['CN=Гости,OU=Директора,DC=x'])).toBeNull()
  expect(place(['CN=Гости\\,CN=Директора,DC=x'])).toBeNull()
})

test('who matches none is not let in, or gets the role for the rest', () => {
  expect(place(['Гости'])).toBeNull()
  expect(place([], 'manager')).toEqual({ role: 'manager' })
})

test('while there are no rules, roles are set by hand', () => {
  expect(placeOf({ rules: [], otherwise: 'manager' }, [], true)).toEqual({})
  expect(placeOf({ rules: [], otherwise: 'manager' }, [], false)).toEqual({ role: 'manager' })
  expect(placeOf({ rules: [], otherwise: null }, [], false)).toBeNull()
})
