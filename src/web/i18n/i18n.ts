import { setFormatLanguage } from '#web/format.ts'
import { type Language, preferredLanguage, rememberLanguage } from './language.ts'
import { addWords, hasWords, shownLanguage, showWords, t, type WordGroup, type Words } from './translation.ts'

type LoadWords = (language: Language, groups: readonly WordGroup[]) => Promise<Words>

let loadWords: LoadWords
/** Groups of the screens and parts opened so far: another language brings them all. */
const wanted = new Set<WordGroup>()

/** Starts translation in the preferred language; `load` brings words, only what is asked for is fetched. */
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
  const words = await loadWords(language, [...wanted])
  setFormatLanguage(language)
  showWords(language, words)
  // A part opened meanwhile asked for its words in the language before.
  await bringWords([...wanted])
  document.documentElement.lang = language
  document.title = t('shell.product')
}

/**
 * A part of the product that is downloaded when it is opened, together with the words it says. Those that everybody says (`src/web`,
 * `src/app/frame`) are always there.
 * @returns the module, when it can be drawn
 */
export async function withWords<Module>(groups: WordGroup[], module: Promise<Module>): Promise<Module> {
  const [brought] = await Promise.all([module, bringWords(groups)])
  return brought
}

async function bringWords(groups: WordGroup[]): Promise<void> {
  for (const group of groups) wanted.add(group)
  while (!groups.every(hasWords)) {
    const language = shownLanguage()
    // Again where the language was switched meanwhile.
    addWords(language, await loadWords(language, groups))
  }
}
