import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { exists, showWords } from '#web/i18n/translation.ts'
import { en } from './words.en.ts'
import { ru } from './words.ru.ts'

type Catalogue = { [key: string]: string | Catalogue }

/** `shell.save` → «Сохранить». */
const flatten = (words: Catalogue, prefix = ''): [string, string][] =>
  Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[prefix + key, value] as [string, string]]
      : flatten(value, `${prefix}${key}.`),
  )

const russian = new Map(flatten(ru))
const english = new Map(flatten(en))
const PLURAL = /_(one|few|many|other)$/
const base = (key: string) => key.replace(PLURAL, '')
const keysOf = (words: Map<string, string>) => [...new Set([...words.keys()].map(base))].toSorted()

test('English has exactly the words Russian has', () => {
  expect(keysOf(english)).toEqual(keysOf(russian))
})

test.each([
  ['ru', ru],
  ['en', en],
] as const)('every word of %s is found by its key', (language, words) => {
  showWords(language, words)
  expect([...new Map(flatten(words)).keys()].filter((key) => !exists(key))).toEqual([])
})

test('no word is blank', () => {
  const blank = [...russian, ...english].filter(([, text]) => text.trim() === '').map(([key]) => key)
  expect(blank).toEqual([])
})

test.each([
  ['Russian', russian, ['few', 'many', 'one', 'other']],
  ['English', english, ['one', 'other']],
])('a counted %s word has every plural form of its language', (_, words, forms) => {
  const counted = [...words.keys()].filter((key) => PLURAL.test(key))
  for (const key of new Set(counted.map(base))) {
    const found = counted.filter((other) => base(other) === key).map((other) => other.replace(/^.*_/, ''))
    expect(found.toSorted(), key).toEqual(forms)
  }
})

test('both languages fill in the same places of a sentence', () => {
  const placesOf = (text = '') =>
    [...new Set(text.match(/\{\{\s*(\w+)/g)?.map((place) => place.replace(/\W/g, '')))].toSorted()
  for (const [key, text] of english) {
    const twin = russian.get(key) ?? russian.get(`${base(key)}_other`)
    // One form may say «one» in words instead of the number.
    if (!PLURAL.test(key)) expect(placesOf(text), key).toEqual(placesOf(twin))
  }
})

/** Names, abbreviations and samples that stay in Latin letters in a Russian sentence. */
const LATIN =
  /\b([\w+]+@\w+\.ru|E-mail|Excel|Ctrl|Alt|xlsx|csv|tsv|txt|xls|ods|dbf|DBF|CSV|HTTP|API|PDF|QR|UTF|E\.164|WhatsApp|Telegram|Viber|Bearer|Windows|Enter|Esc|Tab|Kartoteka|VIP|CRM|Wi-Fi|Authorization|HOST|npm|windows-1251|example\.ru|KARTOTEKA_\w+|BIC|URL|IP|English|info|Skype|MAX|ABC|SMTP|TLS|STARTTLS)\b/g

test('a Russian word holds no English', () => {
  const foreign = [...russian].filter(([, text]) =>
    /[A-Za-z]{2,}/.test(text.replace(/\{\{[^}]*\}\}|<[^>]*>/g, '').replace(LATIN, '')),
  )
  expect(foreign).toEqual([])
})

test('an English word holds no Russian but the terms of Russian papers', () => {
  const terms = /ИНН|КПП|ОГРН|ОКПО|БИК|ИП|ООО|АО|ФИО|Контрагенты|«[^»]*»|Русский/g
  const foreign = [...english].filter(([, text]) => /[а-яё]/i.test(text.replace(terms, '')))
  expect(foreign).toEqual([])
})

test('every word the screens ask for exists', () => {
  const missing = globSync('src/{app,web,features/*/web}/**/*.{ts,tsx}')
    .filter((file) => !file.includes('.test.'))
    .flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\bt\(\s*'([\w.-]+)'/g)]
        .map(([, key]) => key ?? '')
        .filter((key) => !russian.has(key) && !russian.has(`${key}_other`))
        .map((key) => `${file}: ${key}`),
    )
  expect(missing).toEqual([])
})
