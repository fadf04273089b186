import { expect, test } from 'vitest'
import { deepestJson, isTooDeep } from './json-depth.ts'

const nested = (depth: number) => Buffer.from(`${'['.repeat(depth)}${']'.repeat(depth)}`)

test('as deep as allowed is no matter, one more is too deep', () => {
  expect([isTooDeep(nested(deepestJson)), isTooDeep(nested(deepestJson + 1))]).toEqual([false, true])
})

test('brackets in texts do not count, nor behind a quotation mark in one', () => {
  const text = '['.repeat(100)
  expect(isTooDeep(Buffer.from(JSON.stringify({ a: text, b: `\\"${text}`, c: [`"${text}`] })))).toBe(false)
})

test('one beside another is not deeper', () => {
  expect(isTooDeep(Buffer.from(`[${Array.from({ length: 100 }, () => '{}').join(',')}]`))).toBe(false)
})
