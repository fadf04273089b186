import type { Chance } from './random.ts'

/** City codes as people know them, with the length of the rest. */
export const CITIES = [
  '495',
  '499',
  '812',
  '343',
  '383',
  '846',
  '861',
  '342',
  '4852',
  '8452',
  '4212',
  '8442',
  '4932',
  '8332',
  '48762',
  '34634',
  '81378',
]
export const OPERATORS = [
  '903',
  '905',
  '909',
  '910',
  '912',
  '915',
  '916',
  '917',
  '920',
  '926',
  '931',
  '950',
  '953',
  '960',
  '964',
  '977',
  '980',
  '985',
  '999',
  '901',
]
export const ABROAD = [
  { code: '375', area: '29', rest: 7 },
  { code: '375', area: '17', rest: 7 },
  { code: '380', area: '67', rest: 7 },
  { code: '998', area: '90', rest: 7 },
  { code: '996', area: '555', rest: 6 },
  { code: '994', area: '50', rest: 7 },
  { code: '374', area: '91', rest: 6 },
  { code: '995', area: '599', rest: 6 },
]
export const FAR = [
  { code: '49', area: '30', rest: 8 },
  { code: '86', area: '138', rest: 8 },
  { code: '90', area: '532', rest: 7 },
  { code: '44', area: '20', rest: 8 },
  { code: '39', area: '06', rest: 8 },
  { code: '371', area: '29', rest: 6 },
  { code: '1', area: '212', rest: 7 },
]
export const NAMES = [
  'Анна',
  'спросить Ольгу',
  'жена',
  'бухгалтерия',
  'Иван Петрович',
  'секретарь',
  'после обеда',
  'склад',
  'Мария',
  'директор',
]

export interface Phone {
  code: string
  rest: string
}

/** A made-up number nobody would call a fake. */
export function russian(
  chance: Chance,
  codes: readonly string[] = chance.maybe(0.5) ? OPERATORS : CITIES,
): Phone {
  const code = chance.pick(codes)
  return { code, rest: `${2 + chance.below(7)}${chance.digits(8 - code.length)}${3 + chance.below(3)}` }
}

export const normal = ({ code, rest }: Phone) => `+7${code}${rest}`

/** «123-45-67», «12-34-56», «1-23-45». */
export function dashed(rest: string, sign = '-'): string {
  return [rest.slice(0, -4), rest.slice(-4, -2), rest.slice(-2)].join(sign)
}

export const WRITINGS: ((phone: Phone) => string)[] = [
  ({ code, rest }) => `+7 (${code}) ${dashed(rest)}`,
  ({ code, rest }) => `8 (${code}) ${dashed(rest)}`,
  ({ code, rest }) => `8(${code})${dashed(rest)}`,
  ({ code, rest }) => `8-${code}-${dashed(rest)}`,
  ({ code, rest }) => `8${code}${rest}`,
  ({ code, rest }) => `7${code}${rest}`,
  ({ code, rest }) => `+7${code}${rest}`,
  ({ code, rest }) => `+7 ${code} ${dashed(rest, ' ')}`,
  ({ code, rest }) => `8 ${code} ${dashed(rest)}`,
  ({ code, rest }) => `8 ${code} ${rest}`,
  ({ code, rest }) => `(${code}) ${dashed(rest)}`,
  ({ code, rest }) => `${code} ${dashed(rest)}`,
  ({ code, rest }) => `${code}${rest}`,
  ({ code, rest }) => `8.${code}.${dashed(rest, '.')}`,
  ({ code, rest }) => `+7(${code})${rest}`,
  ({ code, rest }) => `8\u00A0(${code})\u00A0${dashed(rest)}`,
  ({ code, rest }) => `+7 ${code} ${dashed(rest, '–')}`,
  ({ code, rest }) => ` 8 (${code}) ${dashed(rest)} `,
  ({ code, rest }) => `+7\u200B ${code} ${dashed(rest)}`,
]
export const full = (chance: Chance, phone: Phone) => chance.pick(WRITINGS)(phone)
/** With 8 or +7 in front, so that a digit more or less shows. */
export const prefixed = (chance: Chance, phone: Phone) => chance.pick(WRITINGS.slice(0, 10))(phone)
