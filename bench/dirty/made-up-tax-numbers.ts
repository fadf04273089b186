import type { Chance } from './random.ts'

/* The sums are written here anew from the published rules, so that the cells do not inherit a mistake of src/shared. */

const dot = (digits: string, weights: string) =>
  weights.split(' ').reduce((sum, weight, index) => sum + Number(weight) * Number(digits[index]), 0)
const innKey = (digits: string, weights: string) => (dot(digits, weights) % 11) % 10

const TEN = '2 4 10 3 5 9 4 6 8'
const ELEVENTH = '7 2 4 10 3 5 9 4 6 8'
const TWELFTH = '3 7 2 4 10 3 5 9 4 6 8'

export function withKey(kind: 'inn' | 'person inn', head: string): string {
  if (kind === 'inn') return head + innKey(head, TEN)
  const eleven = head + innKey(head, ELEVENTH)
  return eleven + innKey(eleven, TWELFTH)
}
export const holdsInn = (inn: string) =>
  /^\d{10}$|^\d{12}$/.test(inn) &&
  inn === withKey(inn.length === 10 ? 'inn' : 'person inn', inn.slice(0, inn.length === 10 ? 9 : 10))

export function okpoKey(head: string): number {
  const step = (shift: number) =>
    Array.from(head).reduce((sum, digit, index) => sum + Number(digit) * (((index + shift) % 10) + 1), 0) % 11
  return step(0) < 10 ? step(0) : step(2) % 10
}
export const ogrnKey = (head: string) => Number(BigInt(head) % (head.length === 12 ? 11n : 13n)) % 10

const region = (chance: Chance, from = 1) => String(from + chance.below(90 - from)).padStart(2, '0')
export const inn = (chance: Chance, from = 10) =>
  withKey('inn', region(chance, from) + String(1 + chance.below(60)).padStart(2, '0') + chance.digits(5))
export const personInn = (chance: Chance, from = 10) =>
  withKey(
    'person inn',
    region(chance, from) + String(1 + chance.below(60)).padStart(2, '0') + chance.digits(6),
  )
export const kpp = (chance: Chance, from = 10) =>
  `${region(chance, from)}${String(1 + chance.below(60)).padStart(2, '0')}${chance.pick(['01', '43', '45', '50'])}00${1 + chance.below(9)}`
export const ogrn = (chance: Chance) => {
  const head = `1${String(2 + chance.below(22)).padStart(2, '0')}${region(chance)}${chance.digits(7)}`
  return head + ogrnKey(head)
}
export const ogrnip = (chance: Chance) => {
  const head = `3${String(4 + chance.below(20)).padStart(2, '0')}${region(chance)}${chance.digits(9)}`
  return head + ogrnKey(head)
}
export const okpo = (chance: Chance, length = chance.pick([8, 8, 10])) => {
  const head = `${1 + chance.below(9)}${chance.digits(length - 2)}`
  return head + okpoKey(head)
}

export const bic = (chance: Chance) => `04${chance.digits(4)}${3 + chance.below(7)}${chance.digits(2)}`
/** The key digit is the ninth; with it the weighted sum of БИК end and account ends in 0. */
export function accountAt(bank: string, chance: Chance): string {
  const parts = [`${chance.pick(['40702', '40703', '40802', '40817'])}810`, chance.digits(11)]
  for (let key = 0; ; key++) {
    const account = parts.join(String(key))
    if (accountSum(bank, account) === 0) return account
  }
}
export const accountSum = (bank: string, account: string) =>
  Array.from(bank.slice(-3) + account).reduce(
    (sum, digit, index) => sum + Number(digit) * [7, 1, 3][index % 3]!,
    0,
  ) % 10
