import type { Language } from './i18n/language.ts'

/** How dates and numbers are written: the language on the screen and the company's time zone. */
const settings = { locale: 'ru-RU', timeZone: undefined as string | undefined }

const LOCALES: Record<Language, string> = { ru: 'ru-RU', en: 'en-GB' }

export const setFormatLanguage = (language: Language) => {
  settings.locale = LOCALES[language]
}

/** `timeZone` by its IANA name; without it the device's own. */
export const setFormatTimeZone = (timeZone: string | undefined) => {
  settings.timeZone = timeZone
}

const cache = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>()

/** Making a formatter costs some 50 µs, a grid asks for thousands. */
function cached<F extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>(
  name: string,
  make: () => F,
): F {
  const key = `${name} ${settings.locale} ${settings.timeZone}`
  const known = cache.get(key)
  if (known) return known as F
  const made = make()
  cache.set(key, made)
  return made
}

const dates = (name: string, options: Intl.DateTimeFormatOptions, timeZone = settings.timeZone) =>
  cached(
    `${name} ${timeZone}`,
    () => new Intl.DateTimeFormat(settings.locale, timeZone ? { ...options, timeZone } : options),
  )

const isDay = (iso: string) => /^\d{4}-\d{2}-\d{2}$/.test(iso)

const DAY: Intl.DateTimeFormatOptions = { day: '2-digit', month: '2-digit', year: 'numeric' }

/** `09.03.2026`, from an instant or from a calendar day `YYYY-MM-DD`, which no time zone moves. */
export const formatDate = (iso: string): string =>
  dates('day', DAY, isDay(iso) ? 'UTC' : settings.timeZone).format(new Date(iso))

/** `9 марта`, with the year when it is not this one. */
export function formatDayInWords(iso: string): string {
  const zone = isDay(iso) ? 'UTC' : settings.timeZone
  const sameYear = iso.slice(0, 4) === today().slice(0, 4)
  return sameYear
    ? dates('words', { day: 'numeric', month: 'long' }, zone).format(new Date(iso))
    : dates('words-year', { day: 'numeric', month: 'long', year: 'numeric' }, zone).format(new Date(iso))
}

/** `09.03.2026, 14:05` in the company's time zone. */
export const formatDateTime = (iso: string): string =>
  dates('moment', { ...DAY, hour: '2-digit', minute: '2-digit' }).format(new Date(iso))

/** `14:05` in the company's time zone. */
export const formatTime = (iso: string): string =>
  dates('time', { hour: '2-digit', minute: '2-digit' }).format(new Date(iso))

/** The company's calendar day `YYYY-MM-DD` of an instant, now by default. */
export function today(instant: Date = new Date()): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    ...DAY,
    ...(settings.timeZone ? { timeZone: settings.timeZone } : {}),
  }).format(instant)
  return parts
}

/** `12 345,6`; no more than `digits` digits after the comma. */
export const formatNumber = (value: number, digits = 2): string =>
  cached(
    `number ${digits}`,
    () => new Intl.NumberFormat(settings.locale, { maximumFractionDigits: digits }),
  ).format(value)

/** A share from 0 to 1 as `47 %`; never rounds up to a full 100 % nor down to an empty 0 %. */
export function formatShare(share: number): string {
  const percent = Math.round(share * 100)
  const honest = percent === 100 && share < 1 ? 99 : percent === 0 && share > 0 ? 1 : percent
  return cached('share', () => new Intl.NumberFormat(settings.locale, { style: 'percent' })).format(
    honest / 100,
  )
}

const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
]

/** `вчера`, `5 минут назад`, `через 3 дня`. */
export function formatRelative(iso: string, now: Date = new Date()): string {
  const seconds = (new Date(iso).getTime() - now.getTime()) / 1000
  const format = cached('relative', () => new Intl.RelativeTimeFormat(settings.locale, { numeric: 'auto' }))
  const [unit, size] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? ['second', 1]
  return format.format(unit === 'second' ? 0 : Math.round(seconds / size), unit)
}

const BYTES = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** `1,4 МБ`. */
export function formatBytes(bytes: number): string {
  const step = Math.min(3, Math.max(0, Math.floor(Math.log2(Math.max(1, bytes)) / 10)))
  const unit = BYTES[step] ?? 'byte'
  return new Intl.NumberFormat(settings.locale, {
    style: 'unit',
    unit,
    maximumFractionDigits: step ? 1 : 0,
  }).format(bytes / 1024 ** step)
}
