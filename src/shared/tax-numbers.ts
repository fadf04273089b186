import { isPlaceholder, type Verdict, type VerdictReason } from './verdict.ts'

export interface JudgedNumber {
  /** The cleaned number, or what was entered (trimmed) when it cannot be cleaned; null when the cell holds nothing. */
  value: string | null
  verdict: Verdict
  reason: VerdictReason | null
  /** The КПП of an «ИНН/КПП» cell. */
  kpp?: string
}

export function judgeInn(raw: string): JudgedNumber {
  return thin(raw, /^\d{10}(\d\d)?$/)
}
export function judgeKpp(raw: string): JudgedNumber {
  return thin(raw, /^\d{4}[0-9A-Z]{2}\d{3}$/)
}
export function judgeOgrn(raw: string): JudgedNumber {
  return thin(raw, /^\d{13}(\d\d)?$/)
}
export function judgeOkpo(raw: string): JudgedNumber {
  return thin(raw, /^\d{8}(\d\d)?$/)
}
export function judgeBic(raw: string): JudgedNumber {
  return thin(raw, /^\d{9}$/)
}
export function judgeAccount(raw: string, _context: { bic?: string | null } = {}): JudgedNumber {
  return thin(raw, /^\d{20}$/)
}
export function judgeCorrespondentAccount(raw: string, _context: { bic?: string | null } = {}): JudgedNumber {
  return thin(raw, /^\d{20}$/)
}

function thin(raw: string, shape: RegExp): JudgedNumber {
  if (isPlaceholder(raw)) return { value: null, verdict: 'junk', reason: 'placeholder' }
  const value = raw.trim()
  return shape.test(value)
    ? { value, verdict: 'ok', reason: null }
    : { value, verdict: 'junk', reason: 'number.length' }
}
