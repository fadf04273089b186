import { describe, expect, test } from 'vitest'
import { formatPhone } from './phone-format.ts'
import { parsePhones, phoneSearchDigits } from './phones.ts'
import type { Verdict } from './verdict.ts'

type Row = [raw: string, ...contacts: [normalized: string | null, verdict: Verdict, extension?: string][]]
const read = (raw: string, cityCode?: string) =>
  parsePhones(raw, { cityCode }).map(({ normalized, verdict, extension }) => [
    normalized,
    verdict,
    ...(extension ? [extension] : []),
  ])

describe('one number', () => {
  test.each<Row>([
    ['+7 (495) 000-00-01', ['+74950000001', 'ok']],
    ['8-495-000-00-01', ['+74950000001', 'ok']],
    ['84950000001', ['+74950000001', 'ok']],
    ['4950000001', ['+74950000001', 'ok']],
    ['79160000001', ['+79160000001', 'ok']],
    ['8\u00A0(916)\u00A0000–00–01', ['+79160000001', 'ok']],
    ['８９１６００００００１', ['+79160000001', 'ok']],
    ['(8452) 00-00-01', ['+78452000001', 'ok']],
    ['8-800-2000-600', ['+78002000600', 'ok']],
    ['+7 701 000 00 01', ['+77010000001', 'ok']],
    ['+375 29 000-00-01', ['+375290000001', 'ok']],
    ['375290000001', ['+375290000001', 'ok']],
    ['8 10 375 29 0000001', ['+375290000001', 'ok']],
    ['+49 30 901820', ['+4930901820', 'ok']],
    ['79160000001.0', ['+79160000001', 'fixed']],
    ['7.9160000001E10', ['+79160000001', 'fixed']],
    ['8-9I6-OOO-OO-O1', ['+79160000001', 'fixed']],
    ['8-916-000-00-О1', ['+79160000001', 'fixed']],
    ['+8 (495) 000-00-01', ['+74950000001', 'fixed']],
    ['+7 8 916 000 00 01', ['+79160000001', 'fixed']],
    ['495/000-00-01', ['+74950000001', 'fixed']],
    ['8916000000', [null, 'junk']],
    ['8 (343) 12-34-5', [null, 'junk']],
    ['8 916 000 00 011', [null, 'junk']],
    ['7,9E+10', [null, 'junk']],
    ['спросить у Анны', [null, 'junk']],
    ['12', [null, 'junk']],
    ['+7 900 000-00-00', ['+79000000000', 'doubtful']],
    ['+7 999 999-99-99', ['+79999999999', 'doubtful']],
    ['8 (495) 123-45-67', ['+74951234567', 'doubtful']],
    ['8 (495) 777-77-77', ['+74957777777', 'ok']],
    ['8 (123) 000-00-01', ['+71230000001', 'doubtful']],
    ['000-00-01', [null, 'doubtful']],
    ['(304) 233-6784', [null, 'doubtful']],
    ['030-0074321', [null, 'doubtful']],
    ['88.60.15.31', [null, 'doubtful']],
    ['734.936.5094', [null, 'doubtful']],
    ['доб. 105', [null, 'doubtful', '105']],
  ])('%j', (raw, ...contacts) => expect(read(raw)).toEqual(contacts))
})

describe('several numbers, tails and extensions in one cell', () => {
  test.each<Row>([
    ['8-495-000-00-01,02,03', ['+74950000001', 'ok'], ['+74950000002', 'fixed'], ['+74950000003', 'fixed']],
    ['8(916)0000001 Анна; 8-800-000-00-01', ['+79160000001', 'ok'], ['+78000000001', 'ok']],
    ['89160000001/89260000002 (жена)', ['+79160000001', 'ok'], ['+79260000002', 'ok']],
    ['+7 (8452) 00-00-01 вн.105', ['+78452000001', 'ok', '105']],
    ['8 (495) 000-00-01, доб. 12', ['+74950000001', 'ok', '12']],
    ['8 (495) 000-00-01 доб. 12, 13', ['+74950000001', 'ok', '12'], ['+74950000001', 'fixed', '13']],
    ['89160000001 89260000002', ['+79160000001', 'ok'], ['+79260000002', 'ok']],
    ['8 916 000 00 01 8 926 000 00 02', ['+79160000001', 'ok'], ['+79260000002', 'ok']],
    ['8916000000189260000002', ['+79160000001', 'fixed'], ['+79260000002', 'fixed']],
    ['+79160000001+79260000002', ['+79160000001', 'ok'], ['+79260000002', 'ok']],
    ['89160000001 и 89260000002', ['+79160000001', 'ok'], ['+79260000002', 'ok']],
    ['(495) 000-00-01, 000-00-02', ['+74950000001', 'ok'], ['+74950000002', 'fixed']],
    ['8 (495) 000-00-01 (125)', ['+74950000001', 'doubtful', '125']],
  ])('%j', (raw, ...contacts) => expect(read(raw)).toEqual(contacts))
})

test('a local number takes the default city code of whatever length', () => {
  expect(read('000-00-01', '495')).toEqual([['+74950000001', 'fixed']])
  expect(read('тел/факс 000-00-01', '+7 (495)')).toEqual([['+74950000001', 'fixed']])
  expect(read('00-00-01', '8452')).toEqual([['+78452000001', 'fixed']])
  expect(read('00-00-01', '495')).toEqual([[null, 'doubtful']])
})

describe('words beside a number', () => {
  const words = (raw: string) =>
    parsePhones(raw).map(({ label, note, doNotCall }) => ({ label, note, doNotCall }))
  test.each([
    ['моб. 8 916 000-00-01', [{ label: 'мобильный', note: null, doNotCall: false }]],
    ['тел/факс (495) 000-00-01', [{ label: 'тел./факс', note: null, doNotCall: false }]],
    [
      '8 916 000-00-01 после 18:00, не звонить!',
      [{ label: null, note: 'после 18:00, не звонить!', doNotCall: true }],
    ],
    ['8 916 000-00-01 каб. 305, 2 этаж', [{ label: null, note: 'каб. 305, 2 этаж', doNotCall: false }]],
    [
      '8 916 000-00-01 (Анна), раб. 8 495 000-00-02',
      [
        { label: null, note: 'Анна', doNotCall: false },
        { label: 'рабочий', note: null, doNotCall: false },
      ],
    ],
    [
      'Москва: 8 495 000-00-01, Казань: 8 843 000-00-02',
      [
        { label: null, note: 'Москва', doNotCall: false },
        { label: null, note: 'Казань', doNotCall: false },
      ],
    ],
    [
      'моб 89160000001 раб 84950000002',
      [
        { label: 'мобильный', note: null, doNotCall: false },
        { label: 'рабочий', note: null, doNotCall: false },
      ],
    ],
  ])('%j', (raw, expected) => expect(words(raw)).toEqual(expected))
})

test('every part of the cell is kept as it was entered', () => {
  expect(parsePhones('8(916)0000001 Анна; 8-800-000-00-01').map(({ value }) => value)).toEqual([
    '8(916)0000001 Анна',
    '8-800-000-00-01',
  ])
  expect(parsePhones(' тел. 8(916)0000001 (Анна)! ').map(({ value }) => value)).toEqual([
    'тел. 8(916)0000001 (Анна)!',
  ])
})

test.each([['нет'], ['-'], ['уточнить'], ['???'], ['+7 (___) ___-__-__']])('%j holds no phone', (raw) =>
  expect(parsePhones(raw)).toEqual([]),
)

test('a number is shown the way people read it', () => {
  expect(formatPhone('+74950000001', '12')).toBe('+7 (495) 000-00-01 доб. 12')
  expect(formatPhone('+375290000001')).toBe('+375290000001')
})

test.each([
  ['8 (916) 000-00-01', '9160000001'],
  ['+7916', '916'],
  ['000-00-01', '0000001'],
  ['00-01', '0001'],
  ['12', ''],
  ['ул. 1 Мая', ''],
])('searching %j looks for the digits %j', (text, digits) => expect(phoneSearchDigits(text)).toBe(digits))
