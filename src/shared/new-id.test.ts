import { expect, test } from 'vitest'
import { newId } from './new-id.ts'

test('ids are uuids of version 7, each one later than the one before', () => {
  const ids = Array.from({ length: 4_000 }, newId)
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids.toSorted()).toEqual(ids)
  const said = Number.parseInt(ids[0]!.replaceAll('-', '').slice(0, 12), 16)
  expect(Math.abs(said - Date.now())).toBeLessThan(60_000)
})
