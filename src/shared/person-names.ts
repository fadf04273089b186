import { genderOfGivenName, isGivenName, type Gender } from './given-names.ts'
import { repairMojibake } from './mojibake.ts'
import { readPersonTokens } from './person-tokens.ts'
import { cleanText } from './text.ts'

export interface PersonName {
  lastName: string | null
  firstName: string | null
  middleName: string | null
  gender: Gender | null
  /** What the cell said beside the name: «бух.», «жена». */
  note: string | null
  confidence: 'high' | 'low'
  /** The parts in the order Фамилия Имя Отчество, with the case repaired where all was capital or all small. */
  display: string
}

/** A longer cell is a text about somebody: it is kept as a note. */
const LONGEST_NAME = 500
const NOBODY: PersonName = {
  lastName: null,
  firstName: null,
  middleName: null,
  gender: null,
  note: null,
  confidence: 'low',
  display: '',
}

interface Order {
  lastName?: string | undefined
  firstName?: string | undefined
  middleName?: string | undefined
  sure: boolean
  rest?: string[]
}

const MALE_PATRONYMIC = /(?:[ое]вич|ёвич|ьич|[кмтвн]ич|ыч)$/i
const FEMALE_PATRONYMIC = /(?:[оеё]вна|[иь]нична|[кмтвн]ична|ьична)$/i
const TURKIC = /^(?:оглы|улы|угли|кызы|гызы)$/i
const MALE_SURNAME = /(?:[оеё]в|[иы]н|[сц]кий|[сц]кой|ый|.{3,}ой)$/i
const FEMALE_SURNAME = /(?:[оеё]ва|[иы]на|[сц]кая|ая)$/i
const OTHER_SURNAME = /(?:ко|юк|ук|чук|[ое]вич|ян|дзе|швили|ия|ец|ых|их|аго|янц|ер|ман|штейн|берг|ский)$/i

/** The parts of a person's name as people type it, in any order, with initials, roles and notes beside it. */
export function parsePersonName(raw: string): PersonName {
  if (raw.length > LONGEST_NAME) return { ...NOBODY, note: cleanText(raw) }
  const { names, notes } = readPersonTokens(repairMojibake(raw))
  const order = orderOf(names)
  const notesWithRest = [...(order.rest ?? []), ...notes]
  const { lastName = null, firstName = null, middleName = null } = order
  return {
    lastName,
    firstName,
    middleName,
    gender: genderOf(lastName, firstName, middleName),
    note: notesWithRest.length > 0 ? notesWithRest.join(', ') : null,
    confidence: order.sure ? 'high' : 'low',
    display: [lastName, firstName, middleName]
      .filter(Boolean)
      .join(' ')
      .replace(/(?<=\s|^)(\p{L}\.) (?=\p{L}\.)/gu, '$1'),
  }
}

function orderOf(names: string[]): Order {
  const [first, second, third, fourth] = names
  if (fourth && TURKIC.test(fourth))
    return {
      lastName: first,
      firstName: second,
      middleName: `${third} ${fourth}`,
      sure: true,
      rest: names.slice(4),
    }
  if (names.length >= 3)
    return { ...orderOfThree(first!, second!, third!), ...(fourth && { rest: names.slice(3) }) }
  if (names.length === 2) return orderOfTwo(first!, second!)
  if (!first) return { sure: false }
  if (isGivenName(first)) return { firstName: first, sure: true }
  if (FEMALE_PATRONYMIC.test(first)) return { middleName: first, sure: false }
  return { lastName: first, sure: false }
}

function orderOfThree(first: string, second: string, third: string): Order {
  const direct = { lastName: first, firstName: second, middleName: third }
  const turned = { firstName: first, middleName: second, lastName: third }
  if (isInitial(first) && isInitial(second)) return { ...turned, sure: !isInitial(third) }
  if (isInitial(second) && isInitial(third)) return { ...direct, sure: true }
  if (isPatronymic(second) && isPatronymic(third))
    return { ...(isGivenName(first) ? turned : direct), sure: true }
  if (isPatronymic(third)) return { ...direct, sure: !isPatronymic(first) || isGivenName(second) }
  if (isPatronymic(second)) return { ...turned, sure: true }
  return isGivenName(first) && !isGivenName(second) && looksLikeSurname(third)
    ? { ...turned, sure: false }
    : { ...direct, sure: false }
}

/** Two words: initials and patronymics decide, then the dictionary of first names, then the endings of surnames. */
function orderOfTwo(first: string, second: string): Order {
  const direct = { lastName: first, firstName: second }
  const turned = { firstName: first, lastName: second }
  if (isInitial(first) !== isInitial(second)) return { ...(isInitial(first) ? turned : direct), sure: true }
  const [firstGiven, secondGiven] = [isGivenName(first), isGivenName(second)]
  if (isPatronymic(second) && firstGiven) return { firstName: first, middleName: second, sure: true }
  if (FEMALE_PATRONYMIC.test(first) && secondGiven)
    return { firstName: second, middleName: first, sure: false }
  if (firstGiven !== secondGiven) {
    const surname = firstGiven ? second : first
    return { ...(firstGiven ? turned : direct), sure: looksLikeSurname(surname) }
  }
  if (FEMALE_PATRONYMIC.test(second)) return { firstName: first, middleName: second, sure: false }
  const secondIsSurname = looksLikeSurname(second) && !looksLikeSurname(first)
  return { ...(secondIsSurname || /^[A-Za-z-]+$/.test(first) ? turned : direct), sure: false }
}

/** Patronymic first, then the first name, then the surname's ending; where the first two disagree nobody knows. */
function genderOf(
  lastName: string | null,
  firstName: string | null,
  middleName: string | null,
): Gender | null {
  const byMiddle = middleName ? genderOfPatronymic(middleName) : null
  const byFirst = firstName ? genderOfGivenName(firstName) : null
  if (byMiddle && byFirst && byMiddle !== byFirst) return null
  const bySurname = lastName ? genderOfSurname(lastName) : null
  if (byMiddle) return byMiddle
  if (byFirst && bySurname && byFirst !== bySurname) return null
  return byFirst ?? bySurname
}

function genderOfPatronymic(word: string): Gender | null {
  if (/(?:оглы|улы|угли)$/i.test(word) || MALE_PATRONYMIC.test(word)) return 'male'
  return /(?:кызы|гызы)$/i.test(word) || FEMALE_PATRONYMIC.test(word) ? 'female' : null
}

function genderOfSurname(word: string): Gender | null {
  if (MALE_SURNAME.test(word)) return 'male'
  return FEMALE_SURNAME.test(word) ? 'female' : null
}

function isPatronymic(word: string): boolean {
  return word.length >= 5 && (MALE_PATRONYMIC.test(word) || FEMALE_PATRONYMIC.test(word))
}

function isInitial(word: string): boolean {
  return word.endsWith('.')
}

function looksLikeSurname(word: string): boolean {
  return (
    word.length >= 3 && (MALE_SURNAME.test(word) || FEMALE_SURNAME.test(word) || OTHER_SURNAME.test(word))
  )
}
