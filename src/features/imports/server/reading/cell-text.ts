/** How a number format shows a number: as it is, as a date, or padded with zeros to a width (ИНН, postal codes). */
export interface NumberLook {
  date: boolean
  /** Elapsed time ([h]:mm): hours may exceed 24. */
  elapsed: boolean
  width: number
}

export const PLAIN: NumberLook = { date: false, elapsed: false, width: 0 }
const DATE: NumberLook = { date: true, elapsed: false, width: 0 }

/** The look of a number format by its code, e.g. `dd.mm.yyyy`, `[$-419]D MMMM YYYY`, `0000000000`. */
export function lookOfFormat(code: string): NumberLook {
  const first = code.split(';')[0]!
  const bare = first.replace(/"[^"]*"|\\.|_.|\*./g, '').replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
  if (/\[(h+|m+|s+)\]/i.test(bare)) return { date: true, elapsed: true, width: 0 }
  if (/general|standard/i.test(bare)) return PLAIN
  if (/[dyhs]|m/i.test(bare) && !/[0#?]/.test(bare.replace(/s\.0+/gi, ''))) return DATE
  return /^0+$/.test(bare) && bare.length > 1 ? { date: false, elapsed: false, width: bare.length } : PLAIN
}

/** Formats every spreadsheet program knows by number; 27–36 and 50–58 are dates in the East Asian editions. */
export function lookOfBuiltIn(id: number): NumberLook {
  if (id === 46) return { date: true, elapsed: true, width: 0 }
  const date =
    (id >= 14 && id <= 22) || (id >= 27 && id <= 36) || (id >= 45 && id <= 47) || (id >= 50 && id <= 58)
  return date ? DATE : PLAIN
}

/** A number as written in the file → the text a person sees: no exponent, no binary noise, dates as ISO text. */
export function numberText(written: string, look: NumberLook, from1904: boolean): string {
  if (look.date) {
    const serial = Number(written)
    const date = Number.isFinite(serial) ? serialToIso(serial, from1904, look.elapsed) : null
    if (date !== null) return date
  }
  const text = plainNumber(written)
  return look.width > text.length && /^\d+$/.test(text) ? text.padStart(look.width, '0') : text
}

function plainNumber(written: string): string {
  if (/^-?\d{1,15}$/.test(written)) return written
  const value = Number(written)
  if (!Number.isFinite(value) || written.trim() === '') return written
  if (Number.isInteger(value) && Math.abs(value) < 1e21)
    return /[.e]/i.test(written) ? BigInt(value).toString() : written
  // 15 significant digits are what Excel itself keeps: 0.30000000000000004 is 0.3.
  const text = String(Number(value.toPrecision(15)))
  return /e/i.test(text) && Math.abs(value) < 1 ? value.toFixed(20).replace(/\.?0+$/, '') : text
}

const DAY_SECONDS = 86_400
/** 9999-12-31, the last day a spreadsheet knows. */
const LAST_SERIAL = 2_958_465

/**
 * A spreadsheet's day number → `YYYY-MM-DD`, `YYYY-MM-DD HH:MM[:SS]` or, below one day, `HH:MM[:SS]`; null when it is no
 * date. Rounded to the second, as the fraction drifts by microseconds. Day 60 of the 1900 system (29 February 1900) never was.
 */
export function serialToIso(serial: number, from1904 = false, elapsed = false): string | null {
  if (serial < 0 || serial > LAST_SERIAL + 1) return null
  const seconds = Math.round(serial * DAY_SECONDS)
  const clock = seconds % DAY_SECONDS
  const days = (seconds - clock) / DAY_SECONDS
  if (elapsed) return clockText(seconds)
  if (days === 0 && !from1904) return clockText(clock)
  const shifted = from1904 ? days + 1462 : days < 60 ? days + 1 : days
  const date = new Date((shifted - 25_569) * DAY_SECONDS * 1000).toISOString().slice(0, 10)
  return clock === 0 ? date : `${date} ${clockText(clock)}`
}

function clockText(seconds: number): string {
  const part = (value: number) => String(value).padStart(2, '0')
  const rest = seconds % 60
  const text = `${part(Math.floor(seconds / 3600))}:${part(Math.floor(seconds / 60) % 60)}`
  return rest === 0 ? text : `${text}:${part(rest)}`
}

/** Excel writes control characters in text as _x000D_; line ends become \n, other control characters go. */
export function cellString(text: string): string {
  if (!text.includes('_x')) return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  const decoded = text.replace(/_x([0-9a-f]{4})_/gi, (_, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  )
  return withoutControls(decoded).replace(/\r\n?/g, '\n').toWellFormed()
}

/** PostgreSQL takes no NUL, and a person no other control characters, inside a text; tab and line ends stay. */
export function withoutControls(text: string): string {
  // oxlint-disable-next-line no-control-regex
  return text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '')
}
