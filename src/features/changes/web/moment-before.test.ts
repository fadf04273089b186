import { expect, test } from 'vitest'
import { momentBefore } from './moment-before.ts'

test.each([
  ['2026-11-25T13:17:59.123456Z', '2026-11-25T13:17:59.123455Z'],
  ['2026-11-25T13:17:59.5Z', '2026-11-25T13:17:59.499999Z'],
  ['2026-11-25T13:17:00Z', '2026-11-25T13:16:59.999999Z'],
])('the microsecond before %s', (at, before) => {
  expect(momentBefore(at)).toBe(before)
})
