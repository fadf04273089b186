import { expect, test } from 'vitest'
import { daysOf } from './indicators-view.ts'

test.each([
  ['week', '2026-03-11', '2026-03-09', '2026-03-11'],
  ['week', '2026-03-15', '2026-03-09', '2026-03-15'],
  ['last-week', '2026-03-09', '2026-03-02', '2026-03-08'],
  ['month', '2026-03-11', '2026-03-01', '2026-03-11'],
  ['last-month', '2026-01-31', '2025-12-01', '2025-12-31'],
  ['last-month', '2024-03-31', '2024-02-01', '2024-02-29'],
  ['quarter', '2026-06-30', '2026-04-01', '2026-06-30'],
  ['last-quarter', '2026-02-10', '2025-10-01', '2025-12-31'],
  ['year', '2026-02-10', '2026-01-01', '2026-02-10'],
] as const)('%s on %s is from %s to %s', (period, now, from, to) => {
  expect(daysOf({ period, from: undefined, to: undefined }, now)).toEqual({ from, to })
})
