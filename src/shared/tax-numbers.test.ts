import { describe, expect, test } from 'vitest'
import {
  judgeAccount,
  judgeBic,
  judgeCorrespondentAccount,
  judgeInn,
  judgeKpp,
  judgeOgrn,
  judgeOkpo,
  type JudgedNumber,
} from './tax-numbers.ts'
import type { Verdict, VerdictReason } from './verdict.ts'

type Row = [raw: string, value: string | null, verdict: Verdict, reason: VerdictReason | null]
const shortly = ({ value, verdict, reason }: JudgedNumber) => [value, verdict, reason]

describe('ИНН', () => {
  test.each<Row>([
    ['7707083893', '7707083893', 'ok', null],
    ['500100732259', '500100732259', 'ok', null],
    ['7700000016', '7700000016', 'ok', null],
    ['770000000156', '770000000156', 'ok', null],
    [' 7707083893\u00A0', '7707083893', 'ok', null],
    ['7707083893.0', '7707083893', 'fixed', 'number.excel-number'],
    ['7,707083893E+09', '7707083893', 'fixed', 'number.excel-number'],
    ['7707 083 893', '7707083893', 'fixed', 'number.separators'],
    ['77О7083893', '7707083893', 'fixed', 'number.letter-for-digit'],
    ['77O7О8З893', '7707083893', 'fixed', 'number.letter-for-digit'],
    ['007707083893', '7707083893', 'fixed', 'number.extra-zeros'],
    ['ИНН: 7707083893', '7707083893', 'fixed', 'number.separators'],
    ['7707083893 (проверить)', '7707083893', 'fixed', 'number.separators'],
    ['7,70708E+09', '7,70708E+09', 'junk', 'number.digits-lost'],
    ['7707083890', '7707083890', 'junk', 'number.checksum'],
    ['77070838', '77070838', 'junk', 'number.length'],
    ['1111111111', '1111111111', 'junk', 'number.repeated'],
    ['0', null, 'junk', 'placeholder'],
    ['нет', null, 'junk', 'placeholder'],
    ['физлицо', 'физлицо', 'junk', 'number.not-number'],
  ])('%j', (raw, ...expected) => expect(shortly(judgeInn(raw))).toEqual(expected))

  test('gets back the zero Excel ate, ten digits and twelve', () => {
    expect(shortly(judgeInn('100000016'))).toEqual(['100000016', 'junk', 'number.length'])
    expect(shortly(judgeInn('101000021'))).toEqual(['0101000021', 'fixed', 'number.leading-zero'])
  })

  test.each([
    '7707083893/770701001',
    '7707083893\\770701001',
    '7707083893 / 770701001',
    'ИНН 7707083893 КПП 770701001',
    '7707083893 770701001',
  ])('%j is ИНН and КПП', (raw) =>
    expect(judgeInn(raw)).toEqual({
      value: '7707083893',
      verdict: 'fixed',
      reason: 'inn.with-kpp',
      kpp: '770701001',
    }),
  )
})

test.each<Row>([
  ['770701001', '770701001', 'ok', null],
  ['7707AB001', '7707AB001', 'ok', null],
  ['70701001', '070701001', 'fixed', 'number.leading-zero'],
  ['7707О1001', '770701001', 'fixed', 'number.letter-for-digit'],
  ['7707083893/770701001', '770701001', 'fixed', 'inn.with-kpp'],
  ['7707', '7707', 'junk', 'number.length'],
  ['-', null, 'junk', 'placeholder'],
])('КПП %j', (raw, ...expected) => expect(shortly(judgeKpp(raw))).toEqual(expected))

test('an entrepreneur has no КПП', () => {
  expect(judgeKpp('770701001', { inn: '770000000156' })).toEqual({
    value: '770701001',
    verdict: 'doubtful',
    reason: 'kpp.of-entrepreneur',
  })
})

test.each<Row>([
  ['1027700132195', '1027700132195', 'ok', null],
  ['1027700000019', '1027700000019', 'ok', null],
  ['304500116000157', '304500116000157', 'ok', null],
  ['1027700132194', '1027700132194', 'junk', 'number.checksum'],
  ['1,0277E+12', '1,0277E+12', 'junk', 'number.digits-lost'],
])('ОГРН %j', (raw, ...expected) => expect(shortly(judgeOgrn(raw))).toEqual(expected))

test.each<Row>([
  ['00032537', '00032537', 'ok', null],
  ['32537', '00032537', 'fixed', 'number.leading-zero'],
  ['00032538', '00032538', 'junk', 'number.checksum'],
])('ОКПО %j', (raw, ...expected) => expect(shortly(judgeOkpo(raw))).toEqual(expected))

test.each<Row>([
  ['044525225', '044525225', 'ok', null],
  ['44525225', '044525225', 'fixed', 'number.leading-zero'],
  ['994525225', '994525225', 'doubtful', 'number.bad-start'],
  ['0445', '0445', 'junk', 'number.length'],
])('БИК %j', (raw, ...expected) => expect(shortly(judgeBic(raw))).toEqual(expected))

describe('accounts', () => {
  const bic = '044525225'
  test.each<Row>([
    ['40702810200000000001', '40702810200000000001', 'ok', null],
    ['40702 810 2 00000000001', '40702810200000000001', 'fixed', 'number.separators'],
    ['40702810200000000002', '40702810200000000002', 'doubtful', 'account.bic-mismatch'],
    ['4,07028E+19', '4,07028E+19', 'junk', 'number.digits-lost'],
    ['4070281020000000000', '4070281020000000000', 'junk', 'number.length'],
  ])('%j at the bank', (raw, ...expected) => expect(shortly(judgeAccount(raw, { bic }))).toEqual(expected))

  test('without a БИК nothing contradicts twenty digits', () =>
    expect(judgeAccount('40702810200000000002').verdict).toBe('ok'))
  test('a correspondent account is keyed by the centre', () => {
    expect(judgeCorrespondentAccount('30101810400000000225', { bic }).verdict).toBe('ok')
    expect(judgeCorrespondentAccount('30101810400000000226', { bic }).verdict).toBe('doubtful')
  })
})
