import { foldedWords, otherLayout } from '#shared/text.ts'

/** Does every word of the query start a word of the title, in either keyboard layout? A blank query fits everything. */
export function fits(title: string, query: string): boolean {
  const other = otherLayout(query)
  return fitsAsTyped(title, query) || (other !== null && fitsAsTyped(title, other))
}

function fitsAsTyped(title: string, query: string): boolean {
  const words = foldedWords(title)
  return foldedWords(query).every((wanted) => words.some((word) => word.startsWith(wanted)))
}
