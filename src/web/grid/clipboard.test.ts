import { expect, test } from 'vitest'
import { markOf, writeHtml } from './clipboard-html.ts'
import { readTsv, writeTsv } from './clipboard-tsv.ts'
import { readHtml } from './read-clipboard.ts'

const awkward = [
  ['ООО «Ромашка»', '0012', 'две\nстроки'],
  ['', 'a\tb', '"в кавычках"'],
  ['ООО "Лютик"', '=1+1', '<b>&nbsp;</b>; x'],
]

test('what is written as plain text is read back cell for cell', () => {
  expect(readTsv(writeTsv(awkward))).toEqual(awkward)
})

test('what is written as a table is read back cell for cell', () => {
  const html = writeHtml(awkward.map((row) => row.map((text) => ({ text }))))
  expect(readHtml(html)!.map((row) => row.map(({ text }) => text))).toEqual(awkward)
})

test('a cell of ours brings what stands in its editor; its table bears a mark', () => {
  const html = writeHtml([[{ text: '+7 (495) 700-11-22', edited: '8 "495" 700-11-22' }]], 'm1')
  expect(readHtml(html)).toEqual([[{ text: '8 "495" 700-11-22' }]])
  expect(markOf(html)).toBe('m1')
  expect(markOf('<table><tr><td>x</td></tr></table>')).toBeUndefined()
})

test.each([
  [
    'a\tb\r\nc\td\r\n',
    [
      ['a', 'b'],
      ['c', 'd'],
    ],
  ],
  ['"1\n2"\t"a ""b"" c"\n', [['1\n2', 'a "b" c']]],
  // Quotes of a name are no quotes of a cell.
  ['"Ромашка" ООО\tx', [['"Ромашка" ООО', 'x']]],
  ['"не закрыта\tx', [['"не закрыта', 'x']]],
  ['a\n\nb', [['a'], [''], ['b']]],
  ['', [['']]],
])('plain text %j', (text, rows) => {
  expect(readTsv(text)).toEqual(rows)
})

test('merged cells leave what they cover empty', () => {
  const html =
    '<table><tr><td colspan=2 rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr><tr><td>d</td><td>e</td></tr></table>'
  expect(readHtml(html)!.map((row) => row.map(({ text }) => text))).toEqual([
    ['a', '', 'b'],
    ['', '', 'c'],
    ['d', 'e', ''],
  ])
})

test('a letter with a table in it is a letter', () => {
  expect(readHtml('<p>Здравствуйте!</p><table><tr><td>a</td></tr></table>')).toBeUndefined()
  expect(readHtml('<p>просто текст</p>')).toBeUndefined()
})
