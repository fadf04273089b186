import { parseCompanyName, type CompanyName } from './company-names.ts'
import { skeleton } from './text.ts'

/** Words half of all firms have: they tell little about which one it is. */
const COMMON = new Set(
  'торговый дом тд компания группа гк фирма завод центр предприятие производственное производственно коммерческая торговая нпо нпп пкф тк ук чоп агрофирма магазин салон филиал и'
    .split(' ')
    .map(skeleton),
)

interface Word {
  text: string
  weight: number
}

/** How alike two company (or person) names are, 0 to 1: word order, look-alikes and slips of one letter count little, forms less. */
export function nameSimilarity(a: string, b: string): number {
  return companySimilarity(parseCompanyName(a), parseCompanyName(b))
}

/** The same for names already parsed. */
export function companySimilarity(a: CompanyName, b: CompanyName): number {
  if (a.core === '' || b.core === '') return 0
  if (a.key === b.key) return 1
  const [left, right] = [wordsOf(a.core), wordsOf(b.core)]
  const total = weigh(left) + weigh(right)
  if (total === 0) return 0
  const shared = matchedWeight(left, right) + matchedWeight(right, left)
  const formsDiffer = a.formClass !== '' && b.formClass !== '' && a.formClass !== b.formClass
  return Math.min(1, (shared / total) * (formsDiffer ? 0.85 : 1) * (numbersDiffer(left, right) ? 0.6 : 1))
}

/** «Школа № 5» and «Школа № 6» differ by all that matters. */
function numbersDiffer(left: Word[], right: Word[]): boolean {
  const numbers = (words: Word[]) => words.flatMap(({ text }) => (/\d/.test(text) ? [text] : [])).join(' ')
  return numbers(left) !== '' && numbers(right) !== '' && numbers(left) !== numbers(right)
}

function wordsOf(core: string): Word[] {
  const words = skeleton(core).split(' ').filter(Boolean)
  return words.map((text) => ({ text, weight: COMMON.has(text) ? 0.2 : Math.min(1, 0.4 + text.length / 10) }))
}

function weigh(words: Word[]): number {
  return words.reduce((sum, word) => sum + word.weight, 0)
}

function matchedWeight(from: Word[], to: Word[]): number {
  return from.reduce(
    (sum, word) => sum + word.weight * Math.max(...to.map(({ text }) => wordLikeness(word.text, text)), 0),
    0,
  )
}

/** 1 for the same word, less for an initial («и» for «ильич») or one slip in a long word, else 0. */
function wordLikeness(a: string, b: string): number {
  if (a === b) return 1
  if (a.length === 1 || b.length === 1) return a[0] === b[0] && !/\d/.test(a + b) ? 0.9 : 0
  if (/\d/.test(a + b)) return 0
  const length = Math.max(a.length, b.length)
  if (Math.abs(a.length - b.length) > 1 || length < 4) return 0
  return isOneSlip(a, b) ? 1 - 1.2 / length : 0
}

/** One letter replaced, lost, added or swapped with its neighbour. */
function isOneSlip(a: string, b: string): boolean {
  let start = 0
  while (start < a.length && a[start] === b[start]) start++
  let end = 0
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end) === b.at(-1 - end)) end++
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)]
  if (left.length <= 1 && right.length <= 1) return true
  return left.length === 2 && right.length === 2 && left[0] === right[1] && left[1] === right[0]
}
