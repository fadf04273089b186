import type { Sentence } from '#server/http/problem.ts'
import { rowProblemWordsEn } from './reading/problem-words.en.ts'
import { rowProblemWordsRu } from './reading/problem-words.ru.ts'

const matched: Record<string, Sentence> = {
  merged: {
    ru: 'Тот же клиент уже есть выше в этом файле: сведения объединены',
    en: 'The same client stands above in this file: what both say is put together',
  },
  here: { ru: 'Уже есть в базе, нового ничего нет', en: 'Here already, and nothing new is said' },
  'same.inn': {
    ru: 'Такой ИНН уже есть: будет дополнен этот клиент',
    en: 'The same tax number: that client is added to',
  },
  'same.code': {
    ru: 'Такой код уже есть: будет дополнен этот клиент',
    en: 'The same code: that client is added to',
  },
  'same.contact': {
    ru: 'То же название и тот же телефон или почта: будет дополнен этот клиент',
    en: 'The same name and phone or e-mail: that client is added to',
  },
  'owner.not-allowed': {
    ru: 'Ответственный — другой сотрудник: загрузить клиента на него может руководитель',
    en: 'The owner is another person: a head may load clients for him',
  },
  'twin.hidden': {
    ru: 'Похоже, такой клиент уже есть у другого сотрудника',
    en: 'A colleague seems to have this client already',
  },
  'twin.archived': { ru: 'Похожий клиент лежит в корзине', en: 'A client like this is in the archive' },
  'twin.contact': {
    ru: 'Тот же телефон или почта у клиента с другим названием',
    en: 'A client of another name has the same phone or e-mail',
  },
  'twin.code': {
    ru: 'Тот же код у клиента с другим названием',
    en: 'A client of another name has the same code',
  },
  'twin.name': {
    ru: 'Клиент с таким названием уже есть, но больше ничего не совпадает',
    en: 'A client of this name is here, but nothing else is the same',
  },
}

/** One sentence for a person about what becomes of a row. */
export function reasonSentence(code: string | null): Sentence | null {
  if (code === null) return null
  const known = matched[code]
  if (known) return known
  const problem = code as keyof typeof rowProblemWordsRu
  return { ru: rowProblemWordsRu[problem] ?? code, en: rowProblemWordsEn[problem] ?? code }
}
