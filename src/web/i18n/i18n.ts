import i18next, { changeLanguage as showLanguage, type ResourceLanguage, t, use } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { setFormatLanguage } from '#web/format.ts'
import { type Language, preferredLanguage, rememberLanguage } from './language.ts'

type LoadWords = (language: Language) => Promise<ResourceLanguage>

let loadWords: LoadWords

/** Starts translation in the preferred language; `load` brings a catalogue, only the one in use is fetched. */
export async function startTranslation(load: LoadWords): Promise<void> {
  loadWords = load
  await use(initReactI18next).init({
    resources: {},
    lng: preferredLanguage(),
    fallbackLng: false,
    interpolation: { escapeValue: false },
    returnNull: false,
    partialBundledLanguages: true,
    react: { useSuspense: false, bindI18nStore: 'added' },
  })
  await applyLanguage(preferredLanguage())
}

/** Switches the whole page to a language and remembers it on this device. */
export async function changeLanguage(language: Language): Promise<void> {
  rememberLanguage(language)
  await applyLanguage(language)
}

/** Shows the language of the person's own setting without making it this device's choice. */
export async function applyLanguage(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, 'translation'))
    i18next.addResourceBundle(language, 'translation', await loadWords(language))
  setFormatLanguage(language)
  await showLanguage(language)
  document.documentElement.lang = language
  document.title = t('shell.product')
}
