import { expect, test } from 'vitest'
import { base32, codeAt, fromBase32, newTotpSecret, stepOf, totp, totpUri } from './totp.ts'

/** Appendix B of RFC 6238, SHA-1. */
const rfcKey = Buffer.from('12345678901234567890')
test.each([
  [59, '94287082'],
  [1_111_111_109, '07081804'],
  [1_111_111_111, '14050471'],
  [1_234_567_890, '89005924'],
  [2_000_000_000, '69279037'],
  [20_000_000_000, '65353130'],
])('RFC 6238: at %i seconds the code is %s', (seconds, code) => {
  expect(totp(rfcKey, Math.floor(seconds / 30), 8)).toBe(code)
  expect(stepOf(base32(rfcKey), code.slice(2), new Date(seconds * 1000))).toBe(Math.floor(seconds / 30))
})

/** Section 10 of RFC 4648, without padding. */
test.each([
  ['f', 'MY'],
  ['fo', 'MZXQ'],
  ['foo', 'MZXW6'],
  ['foob', 'MZXW6YQ'],
  ['fooba', 'MZXW6YTB'],
  ['foobar', 'MZXW6YTBOI'],
])('RFC 4648: %s is %s', (text, encoded) => {
  expect(base32(Buffer.from(text))).toBe(encoded)
  expect(fromBase32(encoded).toString()).toBe(text)
})

test('a clock may be off by one step and no more', () => {
  const secret = newTotpSecret()
  const at = new Date('2026-11-25T12:00:10Z')
  const now = Math.floor(at.getTime() / 30_000)
  const code = (by: number) => codeAt(secret, new Date(at.getTime() + by * 30_000))
  expect([-1, 0, 1].map((by) => stepOf(secret, code(by), at))).toEqual([now - 1, now, now + 1])
  for (const by of [-3, -2, 2, 3]) {
    const found = stepOf(secret, code(by), at)
    // One code in a million is another step's too.
    if (found !== undefined) expect(codeAt(secret, new Date(found * 30_000))).toBe(code(by))
  }
  for (const odd of ['', '12345', '1234567', 'abcdef', '１２３４５６'])
    expect(stepOf(secret, odd, at)).toBeUndefined()
})

test('a secret has 160 bits, and the picture says what an authenticator needs', () => {
  const secret = newTotpSecret()
  expect(secret).toMatch(/^[A-Z2-7]{32}$/)
  expect(totpUri(secret, 'anna@example.test', 'ООО «Ель» & Ко')).toBe(
    `otpauth://totp/${encodeURIComponent('ООО «Ель» & Ко')}:anna%40example.test?secret=${secret}&issuer=%D0%9E%D0%9E%D0%9E%20%C2%AB%D0%95%D0%BB%D1%8C%C2%BB%20%26%20%D0%9A%D0%BE`,
  )
})
