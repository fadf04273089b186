import { isGivenName } from './given-names.ts'
import { cleanText, fixMixedScript } from './text.ts'

export interface PersonTokens {
  /** Name words with repaired case; initials as «И.». */
  names: string[]
  notes: string[]
}

const ROLE_WORDS =
  /^(?:бух|бухг|бухгалтер|гл|главбух|главный|директор|дир|ген|гендир|менеджер|мен|секретарь|секр|снабженец|инженер|инж|завхоз|зам|нач|начальник|руководитель|юрист|водитель|кладовщик|логист|закупки|закупщик|снабжение|приемная|приёмная|отдел|жена|муж|сын|дочь|мама|папа|брат|сестра|помощник|ассистент|технолог|прораб|мастер|кассир|администратор|админ|учредитель|собственник|владелец|г-н|г-жа|господин|госпожа|гр|тов|тел|моб|телефон|mr|mrs|ms|dr)\.?$/i
/** «Иванов,Иван,Иванович»: three columns of a table joined. */
const LISTED = /^\s*[А-ЯЁ][а-яё-]+\s*,\s*[А-ЯЁ][а-яё]+\s*,\s*[А-ЯЁ][а-яё]+(?:вич|вна|ич|ична)\s*$/
/** «Римская - Корсакова Анна»: a double name with blanks about its hyphen. */
const LOOSE_HYPHEN = /^(\p{Lu}\p{Ll}+) ?- ?(\p{Lu}\p{Ll}+)(?= \p{Lu}\p{Ll}+)/u
const INITIALS = /^(?:\p{L}\.-?){1,3}$|^\p{L}\.\p{L}$/u
/** A department where a person is expected: nothing in it is a name. */
const DEPARTMENT =
  /^(?:отдел|при[её]мная|бухгалтерия|склад|офис|касса|ресепшн|секретариат|закупки|снабжение|магазин)(?!\p{L})/iu
/** «Иванова Мария Петровна»: nothing to part, nothing to mend. */
const PLAIN_NAME = /^[А-ЯЁ][а-яё]+(?: (?!Оглы|Кызы|Гызы|Улы|Угли)[А-ЯЁ][а-яё]+){1,2}$/
const GLUED_INITIALS = /^((?:[А-ЯЁA-Z]\.){1,2})([А-ЯЁA-Z][а-яёa-z-]{2,})$/i
const GLUED_TO_SURNAME = /^([А-ЯЁ][а-яё-]{2,})((?:[А-ЯЁ]\.){1,2}|[А-ЯЁ]\.[А-ЯЁ])$/

/** The words of a name cell: brackets, roles and what follows a comma or a dash become notes. */
export function readPersonTokens(raw: string): PersonTokens {
  if (PLAIN_NAME.test(raw)) {
    const names = raw.split(' ')
    if (!DEPARTMENT.test(raw) && names.every((name) => !ROLE_WORDS.test(name))) return { names, notes: [] }
  }
  const notes: string[] = []
  const text = cleanText(raw)
    .replace(/[([{]([^)\]}]*)[)\]}]?/g, (_, inside: string) => (keep(notes, inside), ' '))
    .replace(/["«»“”„]/g, ' ')
    .replace(LOOSE_HYPHEN, (whole, first: string, second: string) =>
      isGivenName(second) || ROLE_WORDS.test(second) ? whole : `${first}-${second}`,
    )
  const [head = '', ...tails] = splitTail(text)
  tails.forEach((tail) => keep(notes, tail))
  if (DEPARTMENT.test(head.trim()) && !head.split(/\s+/).some(isGivenName))
    return { names: [], notes: [head.trim(), ...notes] }
  return {
    names: head.split(/\s+/).filter(isNameWord).flatMap(nameWords),
    notes: [...asides(head), ...notes],
  }
}

function isNameWord(word: string): boolean {
  return word !== '' && !/\d|@/.test(word) && !ROLE_WORDS.test(word)
}

/** Neighbouring words that are no name stay together: «гл. бухгалтер», «тел 8 916 …». */
function asides(head: string): string[] {
  const runs: string[] = []
  let open = false
  for (const word of head.split(/\s+/)) {
    if (word === '' || isNameWord(word)) open = false
    else if (open) runs.push(`${runs.pop()} ${word}`)
    else {
      runs.push(word)
      open = true
    }
  }
  return runs
}

/** «Иванова Мария, бухгалтер», «Иванова Мария - бух.»; but «Иванов, Иван Ильич» is a name turned round. */
function splitTail(text: string): string[] {
  const [title, name] = text.split(/:\s/, 2)
  if (name !== undefined && ROLE_WORDS.test(title!.trim())) return [name, title!]
  if (LISTED.test(text)) return [text.replaceAll(',', ' ')]
  const turned = /^\s*([\p{L}-]{2,})\s*,\s*(\p{Lu}[\p{L}.-]*(?:\s+\p{Lu}[\p{L}.-]*)?)\s*$/u.exec(text)
  if (turned && !ROLE_WORDS.test(turned[2]!) && !isGivenName(turned[1]!)) return [`${turned[1]} ${turned[2]}`]
  return text.split(/[,;/|]|\s[-–—:]\s|:\s|(?<=\p{L}{3})\sи\s(?=\p{L}{3})/u)
}

function nameWords(word: string): string[] {
  const glued = GLUED_INITIALS.exec(word)
  if (glued) return [...initials(glued[1]!), cased(glued[2]!)]
  const tail = GLUED_TO_SURNAME.exec(word)
  if (tail) return [cased(tail[1]!), ...initials(tail[2]!)]
  if (/^\p{L}\.?$/u.test(word) || INITIALS.test(word)) return initials(word)
  const bare = word.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return bare === '' ? [] : [cased(fixMixedScript(bare))]
}

function initials(word: string): string[] {
  return Array.from(word.matchAll(/\p{L}/gu), ([letter]) => `${letter.toUpperCase()}.`)
}

/** Case is repaired only where it says nothing: all capital or all small; each part of a double name by itself. */
export function cased(word: string): string {
  if (/^(?:оглы|кызы|гызы|улы|угли)$/i.test(word)) return word.toLowerCase()
  if (/^(?:де|фон|ван|аль|ибн)$/.test(word)) return word
  if (word !== word.toUpperCase() && word !== word.toLowerCase()) return word
  return word.toLowerCase().replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase())
}

function keep(notes: string[], text: string): void {
  const note = text.trim().replace(/^[\s.,;:-]+/, '')
  if (/[\p{L}\d]/u.test(note)) notes.push(note)
}
