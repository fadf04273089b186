import { z } from 'zod'

export const Language = z.enum(['ru', 'en'])
export type Language = z.infer<typeof Language>

const KEY = 'kartoteka.language'

/** The language to start in: the one chosen here before, else the browser's, else Russian. */
export function preferredLanguage(): Language {
  const stored = Language.safeParse(localStorage.getItem(KEY))
  if (stored.success) return stored.data
  const wanted = navigator.languages.map((tag) => tag.slice(0, 2)).find((tag) => tag === 'ru' || tag === 'en')
  return wanted === 'en' ? 'en' : 'ru'
}

export const rememberLanguage = (language: Language) => localStorage.setItem(KEY, language)
