import { expect, test } from 'vitest'
import { knownActs } from './known-acts.ts'
import { ru } from './words.ru.ts'

test('every act the journal can be narrowed to has its word, and every word its act', () => {
  expect(knownActs.map((act) => act.replace('.', '-')).toSorted()).toEqual(Object.keys(ru.acts).toSorted())
})
