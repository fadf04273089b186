import { expect, test } from 'vitest'
import { contactsText } from './cell-text.ts'
import { withCell } from './contact-cells.ts'
import type { ContactDraft } from './contract.ts'

const draft = (id: string, kind: ContactDraft['kind'], value: string, label: string | null = null) => ({
  id,
  kind,
  value,
  label,
})
const before = [
  draft('a', 'phone', '8 495 700-11-22', 'офис'),
  draft('b', 'email', 'a@example.ru'),
  draft('c', 'phone', '8 916 123-45-67'),
]
const typed = (text: string, drafts = before, field = 'phone') =>
  withCell(drafts, field, text, '495').map(({ id, value }) => [id, value])

test.each<[string, [string | undefined, string][]]>([
  // Cleared.
  ['', [['b', 'a@example.ru']]],
  // As it was.
  [
    '8 495 700-11-22; 8 916 123-45-67',
    [
      ['a', '8 495 700-11-22'],
      ['c', '8 916 123-45-67'],
      ['b', 'a@example.ru'],
    ],
  ],
  // Written otherwise, twice: still one contact each.
  [
    '+7 (495) 700-11-22; 8 495 7001122',
    [
      ['a', '+7 (495) 700-11-22'],
      [undefined, '8 495 7001122'],
      ['b', 'a@example.ru'],
    ],
  ],
  // The same value twice is there once.
  [
    '8 495 700-11-22; 8 495 700-11-22',
    [
      ['a', '8 495 700-11-22'],
      ['b', 'a@example.ru'],
    ],
  ],
  // Several telephones as people write them in one cell.
  [
    '+7 (812) 300-40-50, 300-40-51\nмоб.: 8-921-555-66-77',
    [
      [undefined, '+7 (812) 300-40-50'],
      [undefined, '300-40-51'],
      [undefined, 'моб.: 8-921-555-66-77'],
      ['b', 'a@example.ru'],
    ],
  ],
])('a cell of telephones that says %j', (text, contacts) => {
  expect(typed(text)).toEqual(contacts)
})

test('a number as a spreadsheet keeps it is a telephone', () => {
  expect(typed('79161234567', [])).toEqual([[undefined, '79161234567']])
})

test('one value typed over one value is that contact corrected', () => {
  expect(typed('b@example.ru', before, 'email')).toContainEqual(['b', 'b@example.ru'])
})

test('an address of several lines stays one address', () => {
  expect(typed('г. Тверь,\nул. Советская, д. 5', [], 'address')).toHaveLength(1)
})

test('a cell of one label is about contacts of that label', () => {
  expect(contactsText(before, 'phone:офис')).toBe('8 495 700-11-22')
  const drafts = withCell(before, 'phone:офис', '8 495 700-11-33; 8 495 700-11-22', '495')
  expect(drafts.map(({ id, label }) => [id, label])).toEqual([
    [undefined, 'офис'],
    ['a', 'офис'],
    ['b', null],
    ['c', null],
  ])
})
