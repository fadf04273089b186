import { useSyncExternalStore } from 'react'
import type { Language } from './language.ts'

/** What catalogs there are; `src/app/words.ts`, which knows them all, adds `words` and the names of those that come with their screens. */
// oxlint-disable-next-line typescript/no-empty-object-type
export interface Catalogs {}

/** Words by their names, in groups: `{ shell: { save: 'Сохранить' } }`. */
export interface Words {
  [name: string]: string | Words
}

type WithoutForm<Name extends string> = Name extends `${infer Base}_${Intl.LDMLPluralRule}` ? Base : Name

type KeyOf<All, Prefix extends string = ''> = {
  [Name in keyof All & string]: All[Name] extends string
    ? `${Prefix}${WithoutForm<Name>}`
    : KeyOf<All[Name], `${Prefix}${Name}.`>
}[keyof All & string]

/** `shell.save`; a counted word without its plural form. */
export type WordKey = Catalogs extends { words: infer All } ? KeyOf<All> : string

/** Words of one feature, brought with its screens: `imports`. */
export type WordGroup = Catalogs extends { groups: infer Names extends string } ? Names : string

type Values = { [place: string]: string | number }
type Translate = (key: WordKey, values?: Values) => string

interface Translation {
  /** Another function in another language, so that what was computed with it is computed anew. */
  t: Translate
  i18n: { language: Language }
}

let words: Words = {}
let translation = translationInto('ru')
const listeners = new Set<() => void>()

function translationInto(language: Language): Translation {
  const plural = new Intl.PluralRules(language)
  const t: Translate = (key, values) => {
    const counted = typeof values?.count === 'number' && find(`${key}_${plural.select(values.count)}`)
    const text = counted || find(key)
    if (text === undefined) return key
    return values
      ? text.replace(/\{\{\s*(\w+)\s*\}\}/g, (_, place: string) => `${values[place] ?? ''}`)
      : text
  }
  return { t, i18n: { language } }
}

/** «shell.theme.dark» may be a word of a group and a group of its own; a name may hold dots: «verdict.phone.too-short». */
function find(key: string): string | undefined {
  let group: string | Words | undefined = words
  let name = key
  while (typeof group === 'object') {
    const found: string | Words | undefined = group[name]
    if (typeof found === 'string') return found
    const dot = name.indexOf('.')
    if (dot < 0) return undefined
    group = group[name.slice(0, dot)]
    name = name.slice(dot + 1)
  }
  return undefined
}

/** The word of this key in the language shown; `{{place}}` takes its value, `count` the plural form. */
export const t: Translate = (key, values) => translation.t(key, values)

/** Is there a word of this key? For keys that come from the server. */
export const exists = (key: string): key is WordKey => find(key) !== undefined

export const shownLanguage = (): Language => translation.i18n.language

/** Shows a language from these words; every component that says something is drawn anew. */
export function showWords(language: Language, catalogue: Words): void {
  words = catalogue
  translation = translationInto(language)
  for (const listener of listeners) listener()
}

/** Adds words of more groups; of another language than the one shown, they are dropped. */
export function addWords(language: Language, catalogue: Words): void {
  if (language === shownLanguage()) words = { ...words, ...catalogue }
}

export const hasWords = (group: WordGroup): boolean => group in words

/** `t` for components: draws them anew when the language changes. */
export const useTranslation = (): Translation => useSyncExternalStore(subscribe, current)

const current = () => translation

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
