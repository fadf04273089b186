import { expect, test } from 'vitest'
import { clockOf, type Life, nextAsk, warnsAt } from './idle-life.ts'

const minute = 60_000
const life = (more: Partial<Life> = {}): Life => ({
  secondsLeft: 3600,
  idleSeconds: 3600,
  askedAt: 0,
  ...more,
})

test('a window somebody works in tells the server now and then, not with every touch', () => {
  expect(nextAsk(life(), 1 * minute, 2 * minute)).toBeNull()
  expect(nextAsk(life(), 1 * minute, 7 * minute)).toBe('tell')
})

test('a window nobody touches keeps still until the end is near, then looks: another one may have moved it on', () => {
  expect(nextAsk(life(), -1, 50 * minute)).toBeNull()
  expect(nextAsk(life(), -1, 58.5 * minute)).toBe('look')
  expect(nextAsk(life({ secondsLeft: 90, askedAt: 58.5 * minute }), -1, 58.6 * minute)).toBe('look')
})

test('a touch near the end is told at once', () => {
  expect(nextAsk(life({ secondsLeft: 100, askedAt: 58 * minute }), 58.1 * minute, 58.2 * minute)).toBe('tell')
})

test('a token’s life does not end, and a short session is warned of in its last quarter', () => {
  expect(nextAsk(life({ secondsLeft: null }), -1, 1e12)).toBeNull()
  expect(warnsAt(life())).toBe(120)
  expect(warnsAt(life({ idleSeconds: 300 }))).toBe(75)
})

test('what is left is said in minutes and seconds', () => {
  expect([clockOf(65), clockOf(8.2), clockOf(-3)]).toEqual(['1:05', '0:09', '0:00'])
})
