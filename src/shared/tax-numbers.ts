import { accountHolds, innHolds, ogrnHolds, okpoHolds } from './check-digits.ts'
import { readNumberCell, type NumberCell } from './number-cell.ts'
import { isPlaceholder, type Verdict, type VerdictReason } from './verdict.ts'

export interface JudgedNumber {
  /** The cleaned number, or what was entered (trimmed) when it cannot be cleaned; null when the cell holds nothing. */
  value: string | null
  verdict: Verdict
  reason: VerdictReason | null
  /** The КПП of an «ИНН/КПП» cell. */
  kpp?: string
}

const KPP = /^\d{4}[\dA-Z]{2}\d{3}$/
/** Old 1C keeps both in one field: «7707083893/770701001», also with a backslash, blanks or the word КПП between. */
const INN_WITH_KPP =
  /^\D{0,12}?(\d{9,12})\s*(?:[/\\|;,(]|\s|кпп|kpp)+[:\s№.-]*(\d{4}[\dA-Z]{2}\d{3}|\d{8})\D{0,3}$/iu
const INN_WITHOUT_KPP = /^\D{0,12}?(\d{9,12})\s*[/\\|]\s*[-–—0]*$/

/** ИНН of an organization (10 digits) or a person (12); 9 and 11 get back the zero Excel ate if the sum then holds. */
export function judgeInn(raw: string): JudgedNumber {
  if (raw.length === 10 && /^\d{10}$/.test(raw)) return judgeInnDigits(raw, raw, null)
  if (isPlaceholder(raw)) return nothing()
  const pair = INN_WITH_KPP.exec(raw)
  if (pair) return judgePair(raw, pair[1]!, pair[2]!)
  const cell = readNumberCell(INN_WITHOUT_KPP.exec(raw)?.[1] ?? raw)
  if (cell.problem || cell.text.length > 12) return findRight(raw, cell, [10, 12], judgeInn)
  return judgeInnDigits(
    raw,
    cell.text,
    cell.text === raw.trim() ? null : (cell.repair ?? 'number.separators'),
  )
}

function judgePair(raw: string, inn: string, kpp: string): JudgedNumber {
  const judged = judgeInnDigits(raw, inn, 'inn.with-kpp')
  return judged.verdict === 'junk' ? judged : { ...judged, kpp: kpp.padStart(9, '0').toUpperCase() }
}

function judgeInnDigits(raw: string, digits: string, repair: VerdictReason | null): JudgedNumber {
  if (isRepeated(digits)) return junk(raw, 'number.repeated')
  if (digits.length === 9 || digits.length === 11) {
    const padded = `0${digits}`
    return innHolds(padded) && !padded.startsWith('00')
      ? judged(padded, 'number.leading-zero')
      : junk(raw, 'number.length')
  }
  if (digits.length !== 10 && digits.length !== 12) return junk(raw, 'number.length')
  if (innHolds(digits)) return digits.startsWith('00') ? unpad(digits) : judged(digits, repair)
  return digits.startsWith('00') && innHolds(digits.slice(2))
    ? judged(digits.slice(2), 'number.extra-zeros')
    : junk(raw, 'number.checksum')
}

/** No tax office has a number from 00: such a twelve is an organization's ИНН filled with zeros, as state registers print it. */
function unpad(digits: string): JudgedNumber {
  if (innHolds(digits.slice(2))) return judged(digits.slice(2), 'number.extra-zeros')
  return { value: digits, verdict: 'doubtful', reason: 'number.bad-start' }
}

/** КПП: NNNN office, PP reason (may hold Latin capitals), XXX; it has no check digit. A person's ИНН beside it makes it doubtful. */
export function judgeKpp(raw: string, { inn }: { inn?: string | null } = {}): JudgedNumber {
  if (isPlaceholder(raw)) return nothing()
  const pair = INN_WITH_KPP.exec(raw)
  const cell = pair ? readKppCell(pair[2]!) : readKppCell(raw)
  if (cell.problem || cell.text.length > 9) return findRight(raw, cell, [9], judgeKpp)
  const zeroEaten = /^[1-9]\d{7}$/.test(cell.text)
  const kpp = zeroEaten ? `0${cell.text}` : cell.text
  if (!KPP.test(kpp)) return junk(raw, 'number.length')
  if (isRepeated(kpp)) return junk(raw, 'number.repeated')
  if (kpp.startsWith('00')) return { value: kpp, verdict: 'doubtful', reason: 'number.bad-start' }
  if (inn && inn.length === 12) return { value: kpp, verdict: 'doubtful', reason: 'kpp.of-entrepreneur' }
  return judged(kpp, pair ? 'inn.with-kpp' : zeroEaten ? 'number.leading-zero' : cell.repair)
}

/** Letters of the reason code are kept; letters elsewhere are digits mistyped. */
function readKppCell(raw: string): NumberCell {
  const plain = readNumberCell(raw, { letters: true })
  const mistyped = /^\d{4}(?:[OI]\d|\d[OI])\d{3}$/.test(plain.text)
  if (plain.problem || /^\d+$/.test(plain.text) || (KPP.test(plain.text) && !mistyped)) return plain
  return readNumberCell(plain.text)
}

/** ОГРН (13 digits, from 1 or 5) or ОГРНИП (15, from 3). */
export function judgeOgrn(raw: string): JudgedNumber {
  if (isPlaceholder(raw)) return nothing()
  const cell = readNumberCell(raw)
  if (cell.problem) return findRight(raw, cell, [13, 15], judgeOgrn)
  const ogrn = cell.text
  if (ogrn.length !== 13 && ogrn.length !== 15) return junk(raw, 'number.length')
  if (isRepeated(ogrn)) return junk(raw, 'number.repeated')
  if (!ogrnHolds(ogrn)) return junk(raw, 'number.checksum')
  if (!(ogrn.length === 13 ? /^[15]/ : /^3/).test(ogrn))
    return { value: ogrn, verdict: 'doubtful', reason: 'number.bad-start' }
  return judged(ogrn, cell.repair)
}

/** ОКПО of 8 digits (organization), 10 (entrepreneur) or 14 (branch: its first 8 are the organization's). */
export function judgeOkpo(raw: string): JudgedNumber {
  if (isPlaceholder(raw)) return nothing()
  const cell = readNumberCell(raw)
  if (cell.problem) return findRight(raw, cell, [8, 10], judgeOkpo)
  const okpo = cell.text
  if (isRepeated(okpo)) return junk(raw, 'number.repeated')
  if (okpo.length === 14)
    return okpoHolds(okpo.slice(0, 8)) ? judged(okpo, cell.repair) : junk(raw, 'number.checksum')
  if (okpo.length === 8 || okpo.length === 10)
    return okpoHolds(okpo) ? judged(okpo, cell.repair) : junk(raw, 'number.checksum')
  const padded = okpo.padStart(okpo.length < 8 ? 8 : 10, '0')
  if (okpo.length >= 5 && okpo.length <= 9 && okpoHolds(padded)) return judged(padded, 'number.leading-zero')
  return junk(raw, 'number.length')
}

/** БИК: 9 digits, banks from 04, treasury bodies from 00, 01, 02. */
export function judgeBic(raw: string): JudgedNumber {
  if (isPlaceholder(raw)) return nothing()
  const cell = readNumberCell(raw)
  if (cell.problem) return junk(raw, cell.problem)
  if (/^4\d{7}$/.test(cell.text)) return judged(`0${cell.text}`, 'number.leading-zero')
  if (cell.text.length !== 9) return junk(raw, 'number.length')
  if (isRepeated(cell.text)) return junk(raw, 'number.repeated')
  if (!/^0[0124]/.test(cell.text))
    return { value: cell.text, verdict: 'doubtful', reason: 'number.bad-start' }
  return judged(cell.text, cell.repair)
}

/** A client's account, 20 digits; its key is checked only beside the БИК of a bank. */
export function judgeAccount(raw: string, { bic }: { bic?: string | null } = {}): JudgedNumber {
  return judgeTwenty(raw, bic, false)
}

/** A bank's own account at the Bank of Russia, 20 digits. */
export function judgeCorrespondentAccount(raw: string, { bic }: { bic?: string | null } = {}): JudgedNumber {
  return judgeTwenty(raw, bic, true)
}

function judgeTwenty(raw: string, bic: string | null | undefined, correspondent: boolean): JudgedNumber {
  if (isPlaceholder(raw)) return nothing()
  const cell = readNumberCell(raw)
  if (cell.problem) return findRight(raw, cell, [20], (run) => judgeTwenty(run, bic, correspondent))
  if (cell.text.length !== 20) return junk(raw, 'number.length')
  if (isRepeated(cell.text)) return junk(raw, 'number.repeated')
  const bank = bic ? judgeBic(bic).value : null
  if (bank && /^04\d{7}$/.test(bank) && !accountHolds(cell.text, bank, correspondent))
    return { value: cell.text, verdict: 'doubtful', reason: 'account.bic-mismatch' }
  return judged(cell.text, cell.repair)
}

/** The one right number among other words, «7707083893 (проверить)»; else the cell stays junk. */
function findRight(
  raw: string,
  cell: NumberCell,
  lengths: readonly number[],
  judge: (run: string) => JudgedNumber,
): JudgedNumber {
  if (cell.problem === 'number.digits-lost') return junk(raw, cell.problem)
  const runs = Array.from(new Set(raw.match(/\d+/g)))
  const right = runs.filter((run) => lengths.includes(run.length) && judge(run).verdict === 'ok')
  return right.length === 1
    ? judged(right[0]!, 'number.separators')
    : junk(raw, cell.problem ?? 'number.length')
}

function isRepeated(digits: string): boolean {
  for (let index = 1; index < digits.length; index++) if (digits[index] !== digits[0]) return false
  return true
}

const nothing = (): JudgedNumber => ({ value: null, verdict: 'junk', reason: 'placeholder' })
const junk = (raw: string, reason: VerdictReason): JudgedNumber => ({
  value: raw.trim(),
  verdict: 'junk',
  reason,
})
const judged = (value: string, repair: VerdictReason | null): JudgedNumber => ({
  value,
  verdict: repair ? 'fixed' : 'ok',
  reason: repair,
})
