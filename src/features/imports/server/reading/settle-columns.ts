import type { Target } from '#features/imports/mapping.ts'
import { headerWords } from './header-words.ts'
import type { Column } from './recognise-columns.ts'

/** Targets a row can hold once; a second column of such a kind is left to the person. */
const SINGLE: Target[] = [
  'name',
  'fullName',
  'inn',
  'kpp',
  'innKpp',
  'ogrn',
  'okpo',
  'kind',
  'region',
  'source',
  'stage',
  'owner',
  'headClient',
  'createdAt',
  'externalCode',
  'isBuyer',
  'isSupplier',
]

const CONTACTS: Target[] = ['phone', 'email', 'messenger', 'website', 'contacts', 'phone.extension']

/** Makes one proposal of columns that were recognised each for itself: who names the client, which person, whose phone. */
export function settleColumns(columns: Column[]): Column[] {
  leaveSecondTable(columns)
  settleNames(columns)
  settleNameParts(columns)
  numberPeople(columns)
  proposeName(columns)
  leaveOtherParties(columns)
  keepSingles(columns)
  settleRegion(columns)
  giveContactsToPeople(columns)
  return columns
}

const of = (columns: Column[], target: Target) => columns.filter((column) => column.target === target)

/** Two tables side by side, an empty column between them and a name in each: the second one is not about these clients. */
function leaveSecondTable(columns: Column[]) {
  const gap = columns.findIndex(
    ({ index, header, content }) => index > 0 && header === '' && content.filled === 0,
  )
  const isNamed = (part: Column[]) =>
    part.some(({ match }) => typeof match === 'object' && match?.target === 'name')
  if (gap < 0 || !isNamed(columns.slice(0, gap)) || !isNamed(columns.slice(gap + 1))) return
  for (const column of columns.slice(gap + 1)) column.target = null
}

/** «Name» beside «Company» is a person; a second name is the full one, or one that only repeats the first. */
function settleNames(columns: Column[]) {
  const names = of(columns, 'name')
  if (names.length < 2) return
  const generic = names.filter((column) => /^(?:name|имя)$/i.test(column.header.trim()))
  const company = names.some((column) => column.confidence >= 0.9 && !generic.includes(column))
  const people =
    generic.length > 0 && company ? generic : names.filter(({ content }) => content.share.personName > 0.5)
  if (people.length < names.length)
    for (const column of people) Object.assign(column, { target: 'person.name', of: 'person' })
  const rest = of(columns, 'name').toSorted((a, b) => b.confidence - a.confidence || a.index - b.index)
  for (const column of rest.slice(1)) {
    const full = /полн|официальн|юрид|legal|full/i.test(column.header) && of(columns, 'fullName').length === 0
    column.target = full ? 'fullName' : null
  }
}

/** «lastname, firstname, surname» of a Russian table ends with the patronymic; «Имя» beside «ФИО» says nothing new. */
function settleNameParts(columns: Column[]) {
  const [, second] = of(columns, 'person.lastName')
  const sameGroup = second && prefixOf(second) === prefixOf(of(columns, 'person.lastName')[0]!)
  if (sameGroup && of(columns, 'person.middleName').length === 0) second.target = 'person.middleName'
  const hasFull = of(columns, 'person.name').length > 0
  const hasLast = of(columns, 'person.lastName').length > 0
  if (hasLast) return
  for (const column of of(columns, 'person.firstName')) column.target = hasFull ? null : 'person.name'
}

/** Columns of one person share a prefix («Consumer …», «Subscriber …») or a number («Контакт 1», «Контакт 2»). */
function numberPeople(columns: Column[]) {
  const known = new Map<string, number>()
  let current = 0
  for (const column of columns) {
    if (!column.target?.startsWith('person.')) continue
    const ordinal = typeof column.match === 'object' ? (column.match?.ordinal ?? 0) : 0
    const group = `${prefixOf(column)}#${ordinal}`
    const repeated = columns.some(
      (other) => other.index < column.index && other.person === current && other.target === column.target,
    )
    const found = known.get(group)
    if (found !== undefined && !(group === '#0' && repeated)) current = found
    else if (namesPerson(column) && (repeated || group !== '#0' || known.size === 0)) {
      current = repeated || known.size > 0 ? Math.max(-1, ...known.values()) + 1 : 0
    }
    column.person = current
    if (namesPerson(column)) known.set(group, current)
    column.of = 'person'
  }
}

function namesPerson({ target }: Column): boolean {
  return target === 'person.name' || target === 'person.lastName' || target === 'person.firstName'
}

function prefixOf({ match }: Column): string {
  return match !== null && typeof match === 'object' ? match.prefix : ''
}

/** When no header names anybody: a column of companies, of persons, or the first column of words beside contacts. */
function proposeName(columns: Column[]) {
  if (
    columns.some((column) => column.target === 'name' || column.target === 'fullName' || namesPerson(column))
  )
    return
  const free = columns.filter(
    ({ target, match, content }) =>
      target === null && match !== 'ignored' && content.filled > 0 && content.share.nameAndPhone <= 0.6,
  )
  const company = free.find(({ content }) => content.share.company >= 0.25)
  const person = free.find(({ content }) => content.share.personName >= 0.4)
  if (company) Object.assign(company, { target: 'name', confidence: 0.6 })
  if (person && person !== company)
    Object.assign(person, { target: 'person.name', of: 'person', confidence: 0.6 })
  if (company || person || !columns.some(hasContact)) return
  const words = free.find(
    ({ content }) =>
      content.share.words >= 0.7 &&
      content.distinct >= content.filled * 0.6 &&
      content.length >= 3 &&
      content.length <= 80,
  )
  if (words) Object.assign(words, { target: 'name', confidence: 0.4 })
}

const PARTY =
  /^(?:buyer|seller|supplier|vendor|sender|receiver|consignee|shipper|sent from|prepared by|ship to|bill to|покупател|продав|поставщик|отправител|получател|грузоотправител|грузополучател)/

/** A deal names two sides: the columns of the other side («Seller_Phone» beside «Buyer_Name») are not this client's. */
function leaveOtherParties(columns: Column[]) {
  const partyOf = ({ header }: Column) => PARTY.exec(headerWords(header).text)?.[0]
  const [named] = of(columns, 'name').toSorted((a, b) => b.confidence - a.confidence || a.index - b.index)
  const own = named && partyOf(named)
  if (own === undefined) return
  for (const column of columns) {
    const party = partyOf(column)
    if (party !== undefined && party !== own) column.target = null
  }
}

export function hasContact({ target, content }: Column): boolean {
  return (
    target !== null &&
    content.filled > 0 &&
    (CONTACTS.includes(target) || target === 'inn' || target === 'innKpp' || target === 'address')
  )
}

function keepSingles(columns: Column[]) {
  for (const target of SINGLE) {
    const [, ...rest] = of(columns, target).toSorted(
      (a, b) => b.confidence - a.confidence || a.index - b.index,
    )
    for (const column of rest) column.target = null
  }
  // Of address columns with a prefix («Plan City», «Dependent City») each prefix is an address of its own.
  for (const column of columns) {
    if (column.target?.startsWith('address') && prefixOf(column) !== '')
      column.label ??= prefixOf(column).slice(0, 100)
  }
}

/** A town or «область» without any address is the client's region. */
function settleRegion(columns: Column[]) {
  if (of(columns, 'region').length > 0) return
  if (
    columns.some(
      ({ target }) => target === 'address' || target === 'address.street' || target === 'address.index',
    )
  )
    return
  const place = of(columns, 'address.region')[0] ?? of(columns, 'address.city')[0]
  if (place) place.target = 'region'
}

/**
 * A contact is the person's when its header says so, when the table lists people with their company behind them, or when
 * it is a mobile or private one beside a person; else it is the client's.
 */
function giveContactsToPeople(columns: Column[]) {
  const company = columns.find(({ target }) => target === 'name')
  const people = columns.filter(namesPerson)
  const first = people[0]
  for (const column of columns) {
    if (column.target === null || !CONTACTS.includes(column.target)) continue
    if (!company || !first) {
      column.of = 'client'
      continue
    }
    const ordinal = typeof column.match === 'object' ? (column.match?.ordinal ?? 0) : 0
    const nearest = people.findLast(({ index }) => index < column.index) ?? first
    const same = people.find(
      ({ match }) => typeof match === 'object' && ordinal > 0 && match?.ordinal === ordinal,
    )
    const personal = column.label === 'мобильный' || column.label === 'домашний' || column.label === 'личный'
    const ofPerson = column.of === 'person' || first.index < company.index || same !== undefined || personal
    column.of = ofPerson ? 'person' : 'client'
    if (ofPerson) column.person = (same ?? nearest).person
  }
}
