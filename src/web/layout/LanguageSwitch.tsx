import { SegmentedControl } from '@mantine/core'
import { changeLanguage } from '#web/i18n/i18n.ts'
import type { Language } from '#web/i18n/language.ts'
import { useTranslation } from '#web/i18n/translation.ts'

/** Each language is named in itself, so that he who reads only one finds the way. */
const LANGUAGES = [
  { value: 'ru', label: 'Русский' },
  { value: 'en', label: 'English' },
]

/** Switches the page at once; `onLanguage` is told what was chosen. */
export function LanguageSwitch({ onLanguage }: { onLanguage?: (language: Language) => void }) {
  const { t, i18n } = useTranslation()
  const choose = (language: Language) => {
    void changeLanguage(language)
    onLanguage?.(language)
  }
  return (
    <SegmentedControl
      fullWidth
      size="xs"
      data={LANGUAGES}
      value={i18n.language}
      onChange={(value) => choose(value as Language)}
      aria-label={t('shell.language')}
    />
  )
}
