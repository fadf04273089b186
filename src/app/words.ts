import type { Language } from '#web/i18n/language.ts'
import type { Words } from '#web/i18n/translation.ts'
import type { ru as web } from '#web/i18n/words.ru.ts'
import type { ru } from './words.ru.ts'

declare module '#web/i18n/translation.ts' {
  interface Catalogs {
    words: typeof ru
    groups: Exclude<keyof typeof ru, keyof typeof web | 'app'>
  }
}

const files = import.meta.glob<Record<Language, Words>>([
  './frame/words.*.ts',
  '../web/i18n/words.*.ts',
  '../features/*/web/words.*.ts',
])

/**
 * Brings the words every screen has and those of these features, in one language; nothing else is downloaded.
 * `words.ru.ts` and `words.en.ts` know them all, for types and tests.
 */
export async function loadWords(language: Language, features: readonly string[]): Promise<Words> {
  const bring = async (folder: string) => (await files[`${folder}/words.${language}.ts`]!())[language]
  const [web, app, ...others] = await Promise.all([
    bring('../web/i18n'),
    bring('./frame'),
    ...features.map((name) => bring(`../features/${name}/web`)),
  ])
  return { ...web, app: app!, ...Object.fromEntries(others.map((words, at) => [features[at], words])) }
}
