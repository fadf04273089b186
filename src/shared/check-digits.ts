const INN_10 = [2, 4, 10, 3, 5, 9, 4, 6, 8]
const INN_11 = [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]
const INN_12 = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]
const OKPO_FIRST = [1, 2, 3, 4, 5, 6, 7, 8, 9]
const OKPO_SECOND = [3, 4, 5, 6, 7, 8, 9, 10, 1]
const ACCOUNT = [7, 1, 3]

/** ИНН of 10 digits (organizations) or 12 (people): the tax service's weights, sum mod 11 mod 10. */
export function innHolds(inn: string): boolean {
  if (inn.length === 10) return (weigh(inn, INN_10) % 11) % 10 === digitAt(inn, 9)
  if (inn.length !== 12) return false
  return (
    (weigh(inn, INN_11) % 11) % 10 === digitAt(inn, 10) && (weigh(inn, INN_12) % 11) % 10 === digitAt(inn, 11)
  )
}

/** ОГРН of 13 digits (remainder by 11) or ОГРНИП of 15 (by 13); both fit a safe integer. */
export function ogrnHolds(ogrn: string): boolean {
  if (ogrn.length !== 13 && ogrn.length !== 15) return false
  return (Number(ogrn.slice(0, -1)) % (ogrn.length - 2)) % 10 === digitAt(ogrn, ogrn.length - 1)
}

/** ОКПО of 8 or 10 digits: weights from 1, from 3 when the remainder is 10, and 0 when it is 10 again. */
export function okpoHolds(okpo: string): boolean {
  if (okpo.length !== 8 && okpo.length !== 10) return false
  const first = weigh(okpo, OKPO_FIRST.slice(0, okpo.length - 1)) % 11
  const key = first < 10 ? first : (weigh(okpo, OKPO_SECOND.slice(0, okpo.length - 1)) % 11) % 10
  return key === digitAt(okpo, okpo.length - 1)
}

/**
 * The key of a 20-digit account at a bank (Bank of Russia, weights 7-1-3 over 23 digits). Correspondent accounts and
 * accounts at cash settlement centres (БИК ending 000–002) are keyed by the centre, others by the end of the БИК.
 */
export function accountHolds(account: string, bic: string, correspondent = false): boolean {
  const atCentre = correspondent || /00[0-2]$/.test(bic)
  const prefixed = (atCentre ? `0${bic.slice(4, 6)}` : bic.slice(-3)) + account
  let sum = 0
  for (let index = 0; index < 23; index++) sum += (digitAt(prefixed, index) * ACCOUNT[index % 3]!) % 10
  return sum % 10 === 0
}

function weigh(digits: string, weights: readonly number[]): number {
  let sum = 0
  for (let index = 0; index < weights.length; index++) sum += digitAt(digits, index) * weights[index]!
  return sum
}

function digitAt(digits: string, index: number): number {
  return digits.charCodeAt(index) - 48
}
