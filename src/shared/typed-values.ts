import { fold } from './text.ts'

/** A number as people write it, `1 234,50` or `1,234.50`; null when it is none. The last sign of both stands before the fraction. */
export function parseNumber(raw: string): number | null {
  const text = raw.replace(/[\s\u00a0\u202f']/g, '').replace(/^[−–]/, '-')
  const isThousands = text.lastIndexOf('.') > text.lastIndexOf(',')
  const plain = isThousands ? text.replaceAll(',', '') : text.replaceAll('.', ',').replace(/,(?=.*,)/g, '')
  const number = plain.replace(',', '.')
  return /^[-+]?\d+(\.\d+)?$/.test(number) ? Number(number) : null
}

const yes = new Set(['да', 'д', 'есть', 'истина', 'yes', 'y', 'true', '1', '+', '✓', '✔', 'x', 'х'])
const no = new Set(['нет', 'н', 'ложь', 'no', 'n', 'false', '0', '-', '−', '–', '—'])

/** Yes or no in the words of either language and of Excel; null when it is neither. */
export function parseFlag(raw: string): boolean | null {
  const text = raw.trim().toLowerCase()
  if (yes.has(text)) return true
  return no.has(text) ? false : null
}

/** The item whose name is this text, letter by letter first, then whatever the case and the spaces. Two of one name: null. */
export function byName<Item>(
  items: readonly Item[],
  text: string,
  nameOf: (item: Item) => string,
): Item | null {
  const exact = items.filter((item) => nameOf(item) === text)
  const wanted = fold(text)
  const found = exact.length > 0 ? exact : items.filter((item) => fold(nameOf(item)) === wanted)
  return found.length === 1 ? found[0]! : null
}
