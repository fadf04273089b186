import { setFormatLanguage } from '#web/format.ts'
import { type Language, preferredLanguage, rememberLanguage } from './language.ts'
import { showWords, t, type Words } from './translation.ts'

type LoadWords = (language: Language) => Promise<Words>

let loadWords: LoadWords

/** Starts translation in the preferred language; `load` brings a catalogue, only the one in use is fetched. */
export async function startTranslation(load: LoadWords): Promise<void> {
  loadWords = load
  await applyLanguage(preferredLanguage())
}

/** Switches the whole page to a language and remembers it on this device. */
export async function changeLanguage(language: Language): Promise<void> {
  rememberLanguage(language)
  await applyLanguage(language)
}

/** Shows the language of the person's own setting without making it this device's choice. */
export async function applyLanguage(language: Language): Promise<void> {
  const words = await loadWords(language)
  setFormatLanguage(language)
  showWords(language, words)
  document.documentElement.lang = language
  document.title = t('shell.product')
}
