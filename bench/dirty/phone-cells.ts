import type { Verdict } from '#shared/verdict.ts'
import type { CellMaker, DirtyCell } from './cell.ts'
import {
  ABROAD,
  CITIES,
  FAR,
  NAMES,
  OPERATORS,
  type Phone,
  WRITINGS,
  dashed,
  full,
  normal,
  prefixed,
  russian,
} from './made-up-phones.ts'

function cell(
  raw: string,
  error: string,
  contacts: NonNullable<DirtyCell['expected']['contacts']>,
  more: Partial<DirtyCell> = {},
): DirtyCell {
  const valid = contacts.every(({ verdict }) => verdict === 'ok' || verdict === 'fixed')
  return { kind: 'phone', raw, error, expected: { contacts }, valid, ...more }
}
const one = (phone: Phone, verdict: Verdict = 'ok', extension: string | null = null) => ({
  normalized: normal(phone),
  extension,
  verdict,
})

const plain: CellMaker = (chance) => {
  const phone = russian(chance)
  return cell(full(chance, phone), 'none', [one(phone)])
}

const tollFree: CellMaker = (chance) => {
  const phone = { code: '800', rest: `${2 + chance.below(7)}${chance.digits(5)}3` }
  return cell(prefixed(chance, phone), 'none', [one(phone)])
}

const extension: CellMaker = (chance) => {
  const phone = russian(chance, CITIES)
  const inner = `${1 + chance.below(9)}${chance.digits(chance.below(4))}`
  const written = chance.pick([
    ' доб. #',
    ' доб.#',
    ' доб #',
    ' (доб. #)',
    ', доб. #',
    ' вн. #',
    ' вн.#',
    ' внутр. #',
    ' доб: #',
    ' ext. #',
    ' ext #',
    '(доб.#)',
    ' #\u0023',
    ' добавочный #',
    ', вн #',
  ])
  const tail = written === ' #\u0023' ? ` #${inner}` : written.replace('#', inner)
  return cell(prefixed(chance, phone) + tail, 'extension', [one(phone, 'ok', inner)])
}

const labelled: CellMaker = (chance) => {
  const phone = russian(chance)
  const [word, label] = chance.pick([
    ['тел. ', ''],
    ['Тел: ', ''],
    ['т. ', ''],
    ['моб. ', 'мобильный'],
    ['моб: ', 'мобильный'],
    ['сот. ', 'мобильный'],
    ['раб. ', 'рабочий'],
    ['раб.тел. ', 'рабочий'],
    ['дом. ', 'домашний'],
    ['факс ', 'факс'],
    ['факс: ', 'факс'],
    ['WhatsApp ', 'WhatsApp'],
    ['мобильный ', 'мобильный'],
  ] as const)
  return cell(word + full(chance, phone), 'label', [label === '' ? one(phone) : { ...one(phone), label }])
}

const noted: CellMaker = (chance) => {
  const phone = russian(chance)
  const note = chance.pick([
    ...NAMES,
    'после 18',
    'с 9 до 18',
    'пн-пт 9:00-18:00',
    'каб. 305',
    '2 этаж',
    'до 18-00',
    'не звонить!',
  ])
  const number = full(chance, phone).trim()
  return cell(
    chance.pick([
      `${number} (${note})`,
      `${number} ${note}`,
      `${number}, ${note}`,
      `${number} - ${note}`,
      `${number}; ${note}`,
    ]),
    'note',
    [one(phone)],
  )
}

const several: CellMaker = (chance) => {
  const phones = Array.from({ length: 2 + chance.below(2) }, () => russian(chance))
  const sign = chance.pick([', ', '; ', '\n', ' / ', ' | ', '  ', ' и ', ';', ' или ', ', '])
  return cell(
    phones.map((phone) => prefixed(chance, phone).trim()).join(sign),
    'several',
    phones.map((phone) => one(phone)),
  )
}

/** Everything at once, as a long-kept cell looks: labels, an extension, notes, numbers with and without 8. */
const composed: CellMaker = (chance) => {
  const [desk, mobile] = [russian(chance, CITIES), russian(chance, OPERATORS)]
  const inner = `${1 + chance.below(9)}${chance.digits(2)}`
  const parts = [
    `${chance.pick(['раб. ', 'тел. ', '', 'р.т. '])}${full(chance, desk).trim()} ${chance.pick(['доб. ', 'вн. ', 'доб.'])}${inner}`,
    `${chance.pick(['моб. ', '', 'сот. '])}${full(chance, mobile).trim()}${chance.pick(['', ` (${chance.pick(NAMES)})`, ' не звонить!'])}`,
  ]
  const contacts = [one(desk, 'ok', inner), one(mobile)]
  const sign = chance.pick(['; ', ', ', '\n', ' / '])
  if (chance.maybe(0.5)) return cell(parts.join(sign), 'everything at once', contacts)
  return cell(parts.toReversed().join(sign), 'everything at once', contacts.toReversed())
}

const mixedWritings: CellMaker = (chance) => {
  const phones = Array.from({ length: 2 + chance.below(3) }, () => russian(chance))
  return cell(
    phones.map((phone) => full(chance, phone).trim()).join(chance.pick([', ', '; ', '\n', ';'])),
    'several writings',
    phones.map((phone) => one(phone)),
  )
}

const severalBlank: CellMaker = (chance) => {
  const phones = [russian(chance), russian(chance)]
  return cell(
    phones.map(({ code, rest }) => `8${code}${rest}`).join(' '),
    'several by a blank',
    phones.map((phone) => one(phone)),
  )
}

const severalNamed: CellMaker = (chance) => {
  const phones = [russian(chance), russian(chance)]
  const [a, b] = phones.map((phone) => prefixed(chance, phone).trim())
  const [first, second] = [chance.pick(NAMES), chance.pick(NAMES)]
  const raw = chance.pick([
    `${a} ${first}, ${b} ${second}`,
    `${first} ${a}; ${second} ${b}`,
    `${a} (${first}), ${b} (${second})`,
    `моб. ${a}, раб. ${b}`,
    `моб ${a} раб ${b}`,
    `${a} ${first}\n${b}`,
  ])
  return cell(
    raw,
    'several with names',
    phones.map((phone) => one(phone)),
  )
}

/** «…-01,02,03»: the rest of the first number stays. */
const tails: CellMaker = (chance) => {
  const phone = russian(chance, CITIES)
  const ends = Array.from(
    { length: 1 + chance.below(2) },
    (_, index) => `${chance.below(5) + 5 * index}${chance.pick([1, 2, 6, 7, 8, 9])}`,
  )
  const sign = chance.pick([',', '/', ', ', ' / '])
  const variants = ends.map((end) => ({ code: phone.code, rest: phone.rest.slice(0, -2) + end }))
  return cell(`8-${phone.code}-${dashed(phone.rest)}${sign}${ends.join(sign)}`, 'tail', [
    one(phone),
    ...variants.map((variant) => one(variant, 'fixed')),
  ])
}

const sameCity: CellMaker = (chance) => {
  const phone = russian(chance, CITIES)
  const other = { code: phone.code, rest: russian(chance, [phone.code]).rest }
  return cell(`(${phone.code}) ${dashed(phone.rest)}, ${dashed(other.rest)}`, 'second without code', [
    one(phone),
    one(other, 'fixed'),
  ])
}

const local: CellMaker = (chance) => {
  const phone = russian(chance, CITIES)
  const raw = chance.pick([
    dashed(phone.rest),
    phone.rest,
    `тел. ${dashed(phone.rest)}`,
    dashed(phone.rest, ' '),
    `тел/факс ${dashed(phone.rest)}`,
  ])
  if (chance.maybe(0.5))
    return cell(raw, 'city code left out', [one(phone, 'fixed')], { cityCode: phone.code })
  return cell(raw, 'no city code', [{ normalized: null, verdict: 'doubtful' }])
}

const excel: CellMaker = (chance) => {
  const phone = russian(chance)
  const digits = `${chance.pick(['7', '8'])}${phone.code}${phone.rest}`
  if (chance.maybe(0.5)) return cell(`${digits}.0`, 'float', [one(phone, 'fixed')])
  const mantissa = `${digits[0]}${chance.pick([',', '.'])}${digits.slice(1, 2 + chance.below(4))}`
  return cell(`${mantissa}E+10`, 'digits lost to Excel', [{ normalized: null, verdict: 'junk' }])
}

/** O for 0 and З for 3, as typed by hand. */
const letters: CellMaker = (chance) => {
  const phone = russian(chance)
  const rest = `0${phone.rest.slice(1, -1)}3`
  const spoilt = `8-${phone.code}-${dashed(rest)}`
    .replace(/0/g, chance.pick(['О', 'O', 'о']))
    .replace(/3$/, chance.pick(['З', '3']))
  return cell(spoilt, 'letters for digits', [one({ code: phone.code, rest }, 'fixed')])
}

const prefixes: CellMaker = (chance) => {
  const phone = russian(chance, OPERATORS)
  const body = `(${phone.code}) ${dashed(phone.rest)}`
  return cell(
    chance.pick([`+8 ${body}`, `+7 8 ${body}`, `+7 8${phone.code}${phone.rest}`, `8 8 ${body}`, `+8${body}`]),
    'wrong prefix',
    [one(phone, 'fixed')],
  )
}

const slashed: CellMaker = (chance) => {
  const phone = russian(chance, CITIES)
  return cell(
    chance.pick([`${phone.code}/${dashed(phone.rest)}`, `8/${phone.code}/${phone.rest}`]),
    'slash after the code',
    [one(phone, 'fixed')],
  )
}

const neighbour: CellMaker = (chance) => {
  const { code, area, rest } = chance.pick(ABROAD)
  const end = `${2 + chance.below(7)}${chance.digits(rest - 2)}3`
  const raw = chance.pick([
    `+${code} ${area} ${dashed(end)}`,
    `+${code}${area}${end}`,
    `${code}${area}${end}`,
    `8 10 ${code} ${area} ${end}`,
    `+${code} (${area}) ${dashed(end)}`,
    `00${code}${area}${end}`,
  ])
  return cell(raw, 'neighbour', [{ normalized: `+${code}${area}${end}`, verdict: 'ok' }])
}

const abroad: CellMaker = (chance) => {
  const { code, area, rest } = chance.pick(FAR)
  const end = `${2 + chance.below(7)}${chance.digits(rest - 2)}3`
  return cell(
    chance.pick([
      `+${code} ${area} ${end}`,
      `+${code}${area}${end}`,
      `+${code} (${area}) ${end}`,
      `8-10-${code}-${area}-${end}`,
    ]),
    'abroad',
    [{ normalized: `+${code}${area}${end}`, verdict: 'ok' }],
  )
}

const kazakh: CellMaker = (chance) => {
  const phone = russian(chance, ['701', '702', '705', '707', '747', '771', '775', '777', '727', '717'])
  return cell(prefixed(chance, phone), 'Kazakhstan', [one(phone)])
}

const digitLost: CellMaker = (chance) => {
  const phone = russian(chance, OPERATORS)
  const cut = { code: phone.code, rest: phone.rest.slice(0, -1) }
  return cell(chance.pick(WRITINGS.slice(0, 10))(cut), 'a digit lost', [
    { normalized: null, verdict: 'junk' },
  ])
}

const digitAdded: CellMaker = (chance) => {
  const phone = russian(chance, OPERATORS)
  const longer = { code: phone.code, rest: phone.rest + chance.digits(1) }
  return cell(chance.pick(WRITINGS.slice(0, 10))(longer), 'a digit too many', [
    { normalized: null, verdict: 'junk' },
  ])
}

const fake: CellMaker = (chance) => {
  const phone = chance.pick([
    { code: chance.pick(OPERATORS), rest: '0000000' },
    { code: chance.pick(OPERATORS), rest: '1234567' },
    { code: '999', rest: '9999999' },
    { code: chance.pick(['495', '812']), rest: '0000000' },
  ])
  return cell(prefixed(chance, phone), 'made up', [one(phone, 'doubtful')])
}

const wordsOnly: CellMaker = (chance) => {
  const raw = chance.pick([
    'спросить у Ольги',
    'звонить жене',
    'Иванов',
    'см. почту',
    'только почта',
    'info@primer-firma.ru',
    'телефон у секретаря',
    'мобильный',
  ])
  return cell(raw, 'no number', [{ normalized: null, verdict: 'junk' }])
}

const extensionOnly: CellMaker = (chance) => {
  const inner = `${1 + chance.below(9)}${chance.digits(2)}`
  return cell(chance.pick([`доб. ${inner}`, `вн. ${inner}`, `внутр. ${inner}`]), 'extension alone', [
    { normalized: null, extension: inner, verdict: 'doubtful' },
  ])
}

export const PHONE_MAKERS: readonly CellMaker[] = [
  plain,
  plain,
  plain,
  tollFree,
  extension,
  labelled,
  noted,
  several,
  severalBlank,
  composed,
  composed,
  mixedWritings,
  severalNamed,
  tails,
  sameCity,
  local,
  excel,
  letters,
  prefixes,
  slashed,
  neighbour,
  abroad,
  kazakh,
  digitLost,
  digitAdded,
  fake,
  wordsOnly,
  extensionOnly,
]
