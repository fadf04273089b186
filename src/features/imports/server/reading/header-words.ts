import { cleanText, fold } from '#shared/text.ts'

export interface HeaderWords {
  /** The folded words of a header without its number: «Телефон_2*» → «телефон». */
  text: string
  /** The number at its end, 0 when there is none: «Контакт 2» → 2. */
  ordinal: number
}

/** The words of a header however they are glued: КодКлиента, first_name, «E-Mail Address:», «Тел. №2». */
export function headerWords(header: string): HeaderWords {
  const spaced = cleanText(header)
    .replaceAll('_', ' ')
    .replace(/(?<=\p{Ll})(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/gu, ' ')
  const folded = fold(spaced)
  const numbered = /^(.*?\p{L}.*?) ?(?:№|no|n)? ?(\d{1,2})$/u.exec(folded)
  return numbered ? { text: numbered[1]!, ordinal: Number(numbered[2]) } : { text: folded, ordinal: 0 }
}
