import { isForeignNumber, isNeighbourNumber, planOf } from './phone-plan.ts'
import type { Verdict, VerdictReason } from './verdict.ts'

/** What one run of digits means as a phone. */
export interface PhoneReading {
  normalized: string | null
  verdict: Verdict
  reason: VerdictReason | null
  /** The digits a following «/02» replaces the end of: ten for +7, the local ones without a code; '' where none may follow. */
  base: string
}

/**
 * Reads digits (as written, without signs) as a phone of Russia unless they say another country. `cityCode` completes local ones;
 * `shape`, the digits with their signs, tells «8 (343) 12-34-5», a digit short, from «(8343) 12-34-5…».
 */
export function readPhoneDigits(
  written: string,
  hasPlus: boolean,
  cityCode: string,
  shape = written,
): PhoneReading {
  const digits =
    written.startsWith('810') && written.length > 12 ? written.slice(3) : written.replace(/^00(?=[1-9])/, '')
  const international = hasPlus || digits !== written
  if (digits.length < 5) return unread('phone.too-short')
  if (digits.length <= 7 && !international) return readLocal(digits, cityCode)
  return (
    readRussian(digits, international, shape) ??
    readForeign(digits, international) ??
    unreadable(digits, international, shape)
  )
}

/**
 * A Russian prefix and code with a digit lost or added is junk, and so is an impossible country. Eight to twelve digits in another
 * land's writing, «(304) 233-6784», «030-0074321», may well be a number: only its country is missing.
 */
function unreadable(digits: string, international: boolean, shape: string): PhoneReading {
  const { length } = digits
  const american = /^\d{3}\D+\d{3}\D+\d{4}$/.test(shape)
  const miscounted = /^[78]/.test(digits) && length > 8 && planOf(digits.slice(1)) === 'russian' && !american
  if (!international && length >= 8 && length <= 12 && !miscounted)
    return { normalized: null, verdict: 'doubtful', reason: 'phone.unknown-code', base: '' }
  return unread(length < 11 ? 'phone.too-short' : 'phone.too-long')
}

function readRussian(digits: string, international: boolean, shape: string): PhoneReading | null {
  const rest = digits.slice(1)
  if (digits.length === 10 && /^[78]\D/.test(shape)) return null
  if (digits.length === 11 && digits[0] === '7') return national(rest, null)
  if (digits.length === 11 && digits[0] === '8') {
    if (!international) return national(rest, null)
    return isForeignNumber(digits) || planOf(rest) === 'unknown' ? null : national(rest, 'phone.prefix')
  }
  if (digits.length === 10 && planOf(digits) === 'russian' && !(international && isForeignNumber(digits)))
    return national(digits, international ? 'phone.prefix' : null)
  if (digits.length === 10 && planOf(digits) === 'kazakh' && !international)
    return { normalized: `+7${digits}`, verdict: 'doubtful', reason: 'phone.country-guessed', base: digits }
  if (
    digits.length === 12 &&
    /^(?:7[78]|8[78])/.test(digits) &&
    planOf(digits.slice(2)) === 'russian' &&
    (digits[2] === '9' || /^\d\D+\d\D/.test(shape))
  )
    return national(digits.slice(2), 'phone.prefix')
  return null
}

function readForeign(digits: string, international: boolean): PhoneReading | null {
  if (digits[0] === '7' || !isForeignNumber(digits)) return null
  const reading = { normalized: `+${digits}`, base: '' }
  if (international) return { ...reading, verdict: 'ok', reason: null }
  if (digits.length >= 11 && isNeighbourNumber(digits)) return { ...reading, verdict: 'ok', reason: null }
  return digits.length >= 11 && digits[0] !== '8'
    ? { ...reading, verdict: 'doubtful', reason: 'phone.country-guessed' }
    : null
}

function readLocal(digits: string, cityCode: string): PhoneReading {
  const whole = cityCode + digits
  const completed = cityCode !== '' && whole.length === 10
  const reading = { normalized: completed ? `+7${whole}` : null, base: completed ? whole : digits }
  if (isMadeUp(digits)) return { ...reading, verdict: 'doubtful', reason: 'phone.fake' }
  return completed
    ? { ...reading, verdict: 'fixed', reason: 'phone.city-code-added' }
    : { ...reading, verdict: 'doubtful', reason: 'phone.incomplete' }
}

function national(ten: string, repair: VerdictReason | null): PhoneReading {
  const reading = { normalized: `+7${ten}`, base: ten }
  if (isMadeUp(ten) || isMadeUp(ten.slice(3), true))
    return { ...reading, verdict: 'doubtful', reason: 'phone.fake' }
  if (planOf(ten) === 'unknown') return { ...reading, verdict: 'doubtful', reason: 'phone.unknown-code' }
  return { ...reading, verdict: repair ? 'fixed' : 'ok', reason: repair }
}

/** One digit all over or the keys in a row. Real lines do end in 777-77-77, so after a code only zeros and the row count. */
function isMadeUp(digits: string, afterCode = false): boolean {
  if ('01234567890'.includes(digits) || digits === '9876543210') return true
  return afterCode ? digits === '0000000' : digits.split(digits[0]!).join('') === ''
}

function unread(reason: VerdictReason): PhoneReading {
  return { normalized: null, verdict: 'junk', reason, base: '' }
}
