import { z } from 'zod'
import type { Language, Sentence } from './problem.ts'

type Issue = z.core.$ZodRawIssue

const locales = { ru: z.locales.ru().localeError, en: z.locales.en().localeError }

/** What is wrong with a field, as one would tell a person; what has no words of ours is said as the schema library says it. */
export const issueWords = (language: Language) =>
  ((issue: Issue) => wordsOf(issue)?.[language] ?? locales[language](issue as never)) as z.core.$ZodErrorMap

function wordsOf(issue: Issue): Sentence | undefined {
  switch (issue.code) {
    case 'invalid_type':
      if (issue.input === undefined) return { ru: 'Обязательное поле.', en: 'This is required.' }
      return typeWords[issue.expected]
    case 'too_small':
      return tooSmall(issue.origin, Number(issue.minimum))
    case 'too_big':
      return tooBig(issue.origin, Number(issue.maximum))
    case 'invalid_value': {
      const list = issue.values.map(String).join(', ')
      return { ru: `Одно из: ${list}.`, en: `One of: ${list}.` }
    }
    case 'invalid_format':
      return formatWords[issue.format]
  }
  return undefined
}

const typeWords: Record<string, Sentence> = {
  string: { ru: 'Здесь должен быть текст.', en: 'Text is expected.' },
  number: { ru: 'Здесь должно быть число.', en: 'A number is expected.' },
  int: { ru: 'Здесь должно быть целое число.', en: 'A whole number is expected.' },
  boolean: { ru: 'Здесь должно быть true или false.', en: 'True or false is expected.' },
  array: { ru: 'Здесь должен быть список.', en: 'A list is expected.' },
  object: { ru: 'Здесь должен быть объект JSON.', en: 'A JSON object is expected.' },
  record: { ru: 'Здесь должен быть объект JSON.', en: 'A JSON object is expected.' },
}

const formatWords: Record<string, Sentence> = {
  uuid: { ru: 'Это не id записи.', en: 'This is not the id of a record.' },
  email: { ru: 'Это не адрес электронной почты.', en: 'This is not an e-mail address.' },
  regex: { ru: 'Так это не пишется: проверьте знаки.', en: 'It is not written so: check the characters.' },
  date: { ru: 'Здесь должна быть дата: 2026-01-31.', en: 'A date is expected: 2026-01-31.' },
  datetime: {
    ru: 'Здесь должны быть дата и время с поясом: 2026-01-31T10:00:00+03:00.',
    en: 'A date and time with a zone is expected: 2026-01-31T10:00:00+03:00.',
  },
}

function tooSmall(origin: string, least: number): Sentence {
  if (origin === 'string' && least === 1) return { ru: 'Не заполнено.', en: 'This is empty.' }
  if (origin === 'string') return { ru: `Знаков: не меньше ${least}.`, en: `Characters: ${least} at least.` }
  if (origin === 'array') return { ru: `Не меньше ${least}.`, en: `${least} at least.` }
  return { ru: `Не меньше ${least}.`, en: `Not less than ${least}.` }
}

function tooBig(origin: string, most: number): Sentence {
  if (origin === 'string') return { ru: `Знаков: не больше ${most}.`, en: `Characters: ${most} at most.` }
  if (origin === 'array') return { ru: `Не больше ${most}.`, en: `${most} at most.` }
  return { ru: `Не больше ${most}.`, en: `Not more than ${most}.` }
}
