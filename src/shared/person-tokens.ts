import { cleanText, fixMixedScript } from './text.ts'

export interface PersonTokens {
  /** Name words with repaired case; initials as «И.». */
  names: string[]
  notes: string[]
}

const ROLE_WORDS =
  /^(?:бух|бухг|бухгалтер|гл|главбух|главный|директор|дир|ген|гендир|менеджер|мен|секретарь|секр|снабженец|инженер|инж|завхоз|зам|нач|начальник|руководитель|юрист|водитель|кладовщик|логист|закупки|закупщик|снабжение|приемная|приёмная|отдел|жена|муж|сын|дочь|мама|папа|брат|сестра|помощник|ассистент|технолог|прораб|мастер|кассир|администратор|админ|учредитель|собственник|владелец|г-н|г-жа|господин|госпожа|гр|тов|mr|mrs|ms|dr)\.?$/i
const INITIALS = /^(?:[А-ЯЁA-Z]\.?-?){1,3}$/i
const GLUED_INITIALS = /^((?:[А-ЯЁA-Z]\.){1,2})([А-ЯЁA-Z][а-яёa-z-]{2,})$/i
const GLUED_TO_SURNAME = /^([А-ЯЁ][а-яё-]{2,})((?:[А-ЯЁ]\.){1,2}|[А-ЯЁ]\.[А-ЯЁ])$/

/** The words of a name cell: brackets, roles and what follows a comma or a dash become notes. */
export function readPersonTokens(raw: string): PersonTokens {
  const notes: string[] = []
  const text = cleanText(raw)
    .replace(/[([{]([^)\]}]*)[)\]}]?/g, (_, inside: string) => (keep(notes, inside), ' '))
    .replace(/["«»“”„]/g, ' ')
  const [head = '', ...tails] = splitTail(text)
  tails.forEach((tail) => keep(notes, tail))
  const names: string[] = []
  for (const word of head.split(/\s+/)) {
    if (word === '') continue
    if (/\d|@/.test(word) || ROLE_WORDS.test(word)) keep(notes, word)
    else names.push(...nameWords(word))
  }
  return { names, notes }
}

/** «Иванова Мария, бухгалтер», «Иванова Мария - бух.»; but «Иванов, Иван Ильич» is a name turned round. */
function splitTail(text: string): string[] {
  const turned = /^\s*([\p{L}-]{2,})\s*,\s*(\p{Lu}[\p{L}.-]*(?:\s+\p{Lu}[\p{L}.-]*)?)\s*$/u.exec(text)
  if (turned && !ROLE_WORDS.test(turned[2]!)) return [`${turned[1]} ${turned[2]}`]
  return text.split(/[,;/|]|\s[-–—:]\s|:\s/)
}

function nameWords(word: string): string[] {
  const glued = GLUED_INITIALS.exec(word)
  if (glued) return [...initials(glued[1]!), cased(glued[2]!)]
  const tail = GLUED_TO_SURNAME.exec(word)
  if (tail) return [cased(tail[1]!), ...initials(tail[2]!)]
  if (/^\p{L}\.?$/u.test(word) || (INITIALS.test(word) && word.includes('.'))) return initials(word)
  const bare = word.replace(/^[^\p{L}]+|[^\p{L}]+$/gu, '')
  return bare === '' ? [] : [cased(fixMixedScript(bare))]
}

function initials(word: string): string[] {
  return Array.from(word.matchAll(/\p{L}/gu), ([letter]) => `${letter.toUpperCase()}.`)
}

/** Case is repaired only where it says nothing: all capital or all small; each part of a double name by itself. */
export function cased(word: string): string {
  if (/^(?:оглы|кызы|гызы|улы|угли|де|фон|ван|аль|ибн)$/i.test(word)) return word.toLowerCase()
  if (word !== word.toUpperCase() && word !== word.toLowerCase()) return word
  return word.toLowerCase().replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase())
}

function keep(notes: string[], text: string): void {
  const note = text.trim().replace(/^[\s.,;:-]+/, '')
  if (/[\p{L}\d]/u.test(note)) notes.push(note)
}
