import { withoutMarkup } from './markup.ts'
import { cleanText } from './text.ts'
import type { VerdictReason } from './verdict.ts'

export interface NumberCell {
  /** Digits alone, or digits and Latin capitals where the rule allows letters; '' with a problem. */
  text: string
  repair: VerdictReason | null
  problem: VerdictReason | null
}

const LABEL =
  /^(?:инн|кпп|огрнип|огрн|окпо|бик|inn|kpp|ogrn|okpo|bic|р\/с|р\/сч|к\/с|рс|кс|счет|счёт|сч|номер)(?=[\s:№.=\-\d])[\s.:№=-]*/iu
const EXPONENT = /^(\d)[.,]?(\d*)[eе]\+?(\d{1,2})$/i
const EXCEL_FRACTION = /^(\d+)[.,]0+$/
/** «7 707 083 893,00»: a number Excel shows in thousands, with kopecks. */
const GROUPED_FRACTION = /(?<=^\d{1,3}(?:[\s'’]\d{3})+)[.,]0+$/
const SEPARATORS = /[\s'"`’‘«».,:;№_‐-―-]+/g
const DIGIT_LOOKALIKES: Record<string, string> = {
  О: '0',
  о: '0',
  O: '0',
  o: '0',
  З: '3',
  з: '3',
  б: '6',
  I: '1',
  l: '1',
  '|': '1',
  І: '1',
}

/**
 * The number of a cell as people and Excel spoil it: labels, blanks, «7707083893.0», «7,707083893E+09», letters for digits.
 * An exponent that has lost digits is a problem, never a guess. With `letters`, Latin capitals (and their Cyrillic twins) may stay.
 */
export function readNumberCell(raw: string, { letters = false } = {}): NumberCell {
  const unlabelled = withoutMarkup(cleanText(raw))
    .replace(/[０-９]/g, (digit) => String.fromCharCode(digit.charCodeAt(0) - 0xfee0))
    .replace(/^['`’]/, '')
    .replace(LABEL, '')
    .trim()
  const exponent = EXPONENT.exec(unlabelled)
  if (exponent) return expandExponent(exponent[1]! + exponent[2]!, Number(exponent[3]))
  const whole = EXCEL_FRACTION.exec(unlabelled)
  if (whole) return read(whole[1]!, 'number.excel-number')
  const joined = unlabelled.replace(GROUPED_FRACTION, '').replace(SEPARATORS, '')
  const repair = joined === raw.trim() ? null : 'number.separators'
  if (/^\d+$/.test(joined) || (letters && /^[\dA-Z]+$/.test(joined))) return read(joined, repair)
  const digits = joined.replace(/[ОоOoЗзбIl|І]/g, (letter) => DIGIT_LOOKALIKES[letter]!)
  if (/^\d+$/.test(digits)) return read(digits, 'number.letter-for-digit')
  return { text: '', repair: null, problem: 'number.not-number' }
}

function expandExponent(mantissa: string, exponent: number): NumberCell {
  if (mantissa.length < exponent + 1) return { text: '', repair: null, problem: 'number.digits-lost' }
  return read(mantissa.slice(0, exponent + 1), 'number.excel-number')
}

function read(text: string, repair: VerdictReason | null): NumberCell {
  return { text, repair, problem: null }
}
