import type { Language } from '#web/i18n/language.ts'
import type { ru } from './words.ru.ts'

declare module '#web/i18n/translation.ts' {
  interface Catalogs {
    words: typeof ru
  }
}

/** Brings the whole catalogue of one language; the other one is not downloaded. */
export const loadWords = async (language: Language) =>
  language === 'ru' ? (await import('./words.ru.ts')).ru : (await import('./words.en.ts')).en
