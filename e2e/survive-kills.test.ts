import { expect, test } from 'vitest'
import { surviveKills } from './survive-kills.ts'

test('five kills during writes lose no acknowledged write, and every next start needs no hand', async () => {
  const { acknowledged, lost } = await surviveKills(5)
  expect(lost).toEqual([])
  expect(acknowledged).toBeGreaterThan(50)
})
