import { describe, expect, test } from 'vitest'
import { cleanText, fixMixedScript, fold, foldedWords, otherLayout, skeleton } from './text.ts'

test.each([
  ['ООО «Ёлка-2»', 'ооо елка 2'],
  ['Пётр', 'петр'],
  ['ПЁТР'.normalize('NFD'), 'петр'],
  ['  Рога\u00A0и   Копыта! ', 'рога и копыта'],
  ['Info@Example.test', 'info example test'],
  ['йод'.normalize('NFD'), 'йод'],
  ['Ром\u00ADашка\u200B', 'ромашка'],
  ['', ''],
  ['—', ''],
])('%j folds to %j', (text, folded) => expect(fold(text)).toBe(folded))

test('folded words come in order, none for signs alone', () => {
  expect(foldedWords('ООО «Ёлка-2»')).toEqual(['ооо', 'елка', '2'])
  expect(foldedWords(' — ')).toEqual([])
})

test.each([
  ['htrkfvf', 'реклама'],
  ['реклама', 'htrkfvf'],
  ['j,kfcnm', 'область'],
  ['Bdfyjd', 'Иванов'],
  ['123', null],
  ['реклама ads', null],
])('%j in the other layout is %j', (typed, meant) => expect(otherLayout(typed)).toBe(meant))

describe('look-alikes of the two scripts', () => {
  test('one skeleton for Latin COPA and Cyrillic СОРА', () => expect(skeleton('COPA')).toBe(skeleton('СОРА')))
  test.each([
    ['Рoмашка', 'Ромашка'],
    ['Samsunг', 'Samsunг'],
    ['Wоrld', 'World'],
    ['COPA', 'COPA'],
    ['WEBмастер', 'WEBмастер'],
    ['ООO', 'ООО'],
  ])('%j is written %j', (token, fixed) => expect(fixMixedScript(token)).toBe(fixed))
})

test('cleaning composes letters and takes off what nobody sees, and nothing else', () => {
  expect(cleanText(' Йод\u200B\u00A0и ёлка\n'.normalize('NFD'))).toBe('Йод и ёлка')
  expect(cleanText('строка 1\nстрока  2')).toBe('строка 1\nстрока  2')
})
