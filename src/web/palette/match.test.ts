import { expect, test } from 'vitest'
import { fits } from './match.ts'

test.each([
  ['Мой день', '', true],
  ['Мой день', 'день', true],
  ['Мой день', 'ден мо', true],
  ['Отчёт о контактах', 'отчет', true],
  ['Загрузки', 'pfuh', true],
  ['Журнал', 'нал', false],
])('«%s» for «%s»: %s', (title, query, expected) => {
  expect(fits(title, query)).toBe(expected)
})
