/** A day as people write it → `YYYY-MM-DD`, null when it is none. Day before month unless only the other order makes a date. */
export function parseDay(raw: string): string | null {
  const text = raw.trim().toLowerCase()
  const iso = /^(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[t ].*)?$/.exec(text)
  if (iso) return dayOf(Number(iso[1]), Number(iso[2]), Number(iso[3]))
  const plain = /^(\d{1,2})[-./\s](\d{1,2})[-./\s](\d{4}|\d{2})(?:\s*г\.?)?(?:[ ,].*)?$/.exec(text)
  if (plain) {
    const [first, second, year] = [Number(plain[1]), Number(plain[2]), fullYear(plain[3]!)]
    return dayOf(year, second, first) ?? dayOf(year, first, second)
  }
  const words = /^(\d{1,2})\s+(\p{L}{3,})\.?\s+(\d{4})/u.exec(text)
  const month = words ? MONTHS.findIndex((start) => words[2]!.startsWith(start)) : -1
  return month < 0 ? null : dayOf(Number(words![3]), (month % 12) + 1, Number(words![1]))
}

/** A day, or an instant of it: `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM:SS`; null when it is none. */
export function parseMoment(raw: string): string | null {
  const day = parseDay(raw)
  const clock = /\D(\d{1,2}):(\d\d)(?::(\d\d))?/.exec(raw)
  if (day === null || !clock || Number(clock[1]) > 23 || Number(clock[2]) > 59) return day
  return `${day}T${clock[1]!.padStart(2, '0')}:${clock[2]}:${clock[3] ?? '00'}`
}

const MONTHS =
  'янв фев мар апр мая июн июл авг сен окт ноя дек jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** Two digits: up to ten years ahead are of this century. */
function fullYear(written: string): number {
  const year = Number(written)
  if (written.length === 4) return year
  const now = new Date().getUTCFullYear()
  return 2000 + year > now + 10 ? 1900 + year : 2000 + year
}

function dayOf(year: number, month: number, day: number): string | null {
  if (year < 1000 || month < 1 || month > 12 || day < 1) return null
  if (day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
