import type { Language } from '#server/http/problem.ts'

interface Words {
  greeting: (name: string) => string
  asks: (name: string) => string
  decided: { approved: string; refused: string }
  rows: string
  reason: string
  answer: string
  open: string
}

/** What letters about requests say, in the language of the one who reads them. */
export const requestWords: Record<Language, Words> = {
  ru: {
    greeting: (name) => `Здравствуйте, ${name}!`,
    asks: (name) => `${name} просит разрешения на выгрузку`,
    decided: { approved: 'Выгрузка разрешена', refused: 'В выгрузке отказано' },
    rows: 'строк',
    reason: 'Причина',
    answer: 'Ответ руководителя',
    open: 'Открыть «Кто что уносит»',
  },
  en: {
    greeting: (name) => `Good day, ${name}!`,
    asks: (name) => `${name} asks for an export`,
    decided: { approved: 'The export was allowed', refused: 'The export was refused' },
    rows: 'rows',
    reason: 'Reason',
    answer: 'The head’s answer',
    open: 'Open Who takes what',
  },
}
