import { expect, test } from 'vitest'
import { keyFromTitle } from './key-from-title.ts'

test.each([
  ['Дата договора', 'data_dogovora'],
  ['  Скидка, %', 'skidka'],
  ['1С код', 's_kod'],
  ['№', 'field'],
  ['Щ'.repeat(60), 'sch'.repeat(20).slice(0, 40)],
])('«%s» becomes %s', (title, key) => {
  expect(keyFromTitle(title)).toBe(key)
})
