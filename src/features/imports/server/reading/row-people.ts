import type { MappingColumn } from '#features/imports/mapping.ts'
import type { ContactContext } from '#shared/contact.ts'
import { parseContacts } from '#shared/contacts.ts'
import { parsePersonName } from '#shared/person-names.ts'
import { cleanText } from '#shared/text.ts'
import { isPlaceholder, type Verdict, type VerdictReason } from '#shared/verdict.ts'
import { parseDay } from '#shared/days.ts'
import type { DraftPerson } from './draft.ts'

export interface PersonCells {
  /** Text of the cells of one person by target, joined where several columns have the same. */
  text: Map<string, string>
  /** The role its column tells: «директор». */
  role: string | null
}

export interface DayVerdict {
  day: string | null
  verdict: Verdict
  reason: VerdictReason | null
}

/** Adds a cell of a `person.*` column to its person. */
export function addPersonCell(people: Map<number, PersonCells>, column: MappingColumn, raw: string) {
  const person = people.get(column.person) ?? { text: new Map<string, string>(), role: null }
  people.set(column.person, person)
  const known = person.text.get(column.target!)
  person.text.set(column.target!, known === undefined ? raw : `${known} ${raw}`)
  if (column.target === 'person.name') person.role ??= column.label
}

/** The persons of a row's person cells: several names in one cell are several persons; [] when nobody is named. */
export function peopleOf(cells: PersonCells, context: ContactContext): DraftPerson[] {
  const get = (target: string) => {
    const text = cleanText(cells.text.get(target) ?? '')
    return text === '' || isPlaceholder(text) ? null : text
  }
  const parts = [get('person.lastName'), get('person.firstName'), get('person.middleName')]
  const people = parts.some((part) => part !== null)
    ? [personOfParts(parts)]
    : namesIn(get('person.name')).map((name) => personOf(name, context))
  const [first] = people
  if (!first) return []
  first.position ??= get('person.position')
  first.role ??= get('person.role') ?? cells.role
  first.comment = joinLines(first.comment, get('person.comment'))
  const birthday = cells.text.get('person.birthday')
  if (birthday !== undefined) {
    const { day } = judgeBirthday(birthday)
    first.birthday = day
    if (day === null && !isPlaceholder(birthday)) first.comment = joinLines(first.comment, birthday.trim())
  }
  return people
}

/** A birthday: unreadable is junk, the zero date of a program or one in the future is doubtful. */
export function judgeBirthday(raw: string): DayVerdict {
  const day = parseDay(raw)
  if (day === null) return { day, verdict: 'junk', reason: 'number.not-number' }
  const odd =
    /^(?:1900-01-01|1899-12-30|0001-01-01|1970-01-01)$/.test(day) ||
    day > new Date().toISOString().slice(0, 10)
  return { day, verdict: odd ? 'doubtful' : 'ok', reason: null }
}

/** Columns of their own are trusted; a whole name squeezed into one of them is read as such. */
function personOfParts(parts: (string | null)[]): DraftPerson {
  const joined = parts.filter((part) => part !== null).join(' ')
  const read = parsePersonName(joined)
  if (parts.some((part) => part?.includes(' '))) return personOfName(read, joined)
  const [lastName = null, firstName = null, middleName = null] = parts
  return { ...EMPTY, contacts: [], name: joined, lastName, firstName, middleName, gender: read.gender }
}

/** «Анна 8-916-000-00-01»: a number beside a name is that person's phone. */
function personOf(raw: string, context: ContactContext): DraftPerson {
  const number = /[+(]?\d[\d\s().-]{5,}\d/.exec(raw)
  if (!number || number[0].replace(/\D/g, '').length < 7) return personOfName(parsePersonName(raw), raw)
  const rest = cleanText(raw.replace(number[0], ' ').replace(/\b(?:тел|моб)\.?/giu, ' ')).replace(
    /[\s,;:-]+$/,
    '',
  )
  if (!/\p{L}/u.test(rest)) return personOfName(parsePersonName(raw), raw)
  const person = personOfName(parsePersonName(rest), rest)
  person.contacts = parseContacts('phone', number[0], context)
  return person
}

function personOfName(read: ReturnType<typeof parsePersonName>, raw: string): DraftPerson {
  const { lastName, firstName, middleName, gender, note, display } = read
  const name = display === '' ? cleanText(raw) : display
  return { ...EMPTY, contacts: [], name, lastName, firstName, middleName, gender, comment: note }
}

const EMPTY = { position: null, role: null, birthday: null, comment: null }

/** Parts a cell of several people by lines and semicolons, by commas and slashes only between whole names. */
function namesIn(cell: string | null): string[] {
  if (cell === null) return []
  const lines = cell.split(/[\n;]+/).map((part) => part.trim())
  return lines.flatMap(splitWholeNames).filter((part) => /\p{L}/u.test(part) && !isPlaceholder(part))
}

function splitWholeNames(text: string): string[] {
  const parts = text.split(/\s*[,/]\s*/)
  const whole =
    parts.length > 1 && parts.every((part) => /^\p{Lu}[\p{L}-]+(?: \p{Lu}[\p{L}.-]*)+$/u.test(part))
  return whole ? parts : [text]
}

export function joinLines(...lines: (string | null | undefined)[]): string | null {
  const kept = lines.filter((line) => line !== null && line !== undefined && line !== '')
  return kept.length === 0 ? null : kept.join('\n')
}
