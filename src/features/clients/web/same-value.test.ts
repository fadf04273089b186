import { expect, test } from 'vitest'
import { isSameValue } from './same-value.ts'

const contact = {
  id: 'x',
  kind: 'phone',
  label: null,
  value: '8 495 000-00-01',
  normalized: '+74950000001',
  extension: null,
  verdict: 'ok',
  reason: null,
  note: null,
  primary: false,
  doNotCall: false,
  personId: null,
  checkedAt: 'now',
  checkedBy: 'me',
}

test.each([
  ['a list sent a second time', [contact], [{ kind: 'phone', value: '8 495 000-00-01' }], true],
  ['another value', [contact], [{ kind: 'phone', value: '8 495 000-00-02' }], false],
  ['a note more', [contact], [{ kind: 'phone', value: '8 495 000-00-01', note: 'вечером' }], false],
  ['one more line', [contact, contact], [{ kind: 'phone', value: '8 495 000-00-01' }], false],
  ['blank is null', null, '', true],
  ['blank is not a word', null, 'нет', false],
  ['false is not true', false, true, false],
  [
    'a person by name',
    [
      {
        id: 'p',
        name: 'Вера Громова',
        lastName: 'Громова',
        firstName: 'Вера',
        gender: 'female',
        contacts: [contact],
      },
    ],
    [{ name: 'Вера Громова', contacts: [{ kind: 'phone', value: '8 495 000-00-01' }] }],
    true,
  ],
] as const)('%s', (_, base, sent, same) => {
  expect(isSameValue(base, sent)).toBe(same)
})
