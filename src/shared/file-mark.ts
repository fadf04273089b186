/** What every file of the product says of itself: who took it out and when. */
export interface FileMark {
  /** Number of the taking in «Кто что уносит». */
  id: string
  by: string
  /** ISO instant. */
  at: string
  /** The line for people, in the language of the file. */
  line: string
}

/** «Выгрузка: Иван Петров, 25.11.2026, 19:30, № …»: begins so in both languages, so that a file that comes back is known by it. */
export const markLine = (words: { by: string; at: string; id: string; language: 'ru' | 'en' }) =>
  words.language === 'ru'
    ? `Выгрузка: ${words.by}, ${words.at}, № ${words.id}`
    : `Export: ${words.by}, ${words.at}, no. ${words.id}`

/** Whether a column's title is such a line: the column is no data. */
export const isMarkLine = (text: string) =>
  /^(Выгрузка|Export): .+, (№|no\.) [0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text.trim())
