import { expect, test } from 'vitest'
import { shortened } from './draw.ts'

/** Letters of ten pixels. */
const width = (text: string) => [...text].length * 10

test.each([
  ['Отдел продаж', 60, 'Отдел…'],
  ['Отдел продаж', 70, 'Отдел…'],
  ['Отдел продаж', 80, 'Отдел п…'],
  ['Отдел', 10, '…'],
])('«%s» in %d px is «%s»', (line, room, expected) => {
  expect(shortened(line, room, width)).toBe(expected)
})
