import { accountDigits } from './made-up-numbers.ts'
import * as words from './made-up-names.ts'
import type { Random } from './random.ts'

export interface MadeUpPerson {
  lastName: string
  firstName: string
  middleName: string
  gender: 'male' | 'female'
  position: string
  birthday: string | null
}

export interface MadeUpContact {
  kind: 'phone' | 'email' | 'address' | 'website' | 'messenger'
  label: string | null
  value: string
  normalized: string
  /** Index in `people`; null: the client's own. */
  person: number | null
}

export interface MadeUpClient {
  kind: 'organization' | 'entrepreneur' | 'person'
  name: string
  fullName: string | null
  inn: string | null
  kpp: string | null
  ogrn: string | null
  region: string | null
  stage: string
  source: string | null
  categories: string[]
  comment: string | null
  people: MadeUpPerson[]
  contacts: MadeUpContact[]
}

/** A clean made-up client: about 0.9 persons and 2.6 contacts. `number` keeps names, e-mails and sites from meeting. */
export function madeUpClient(random: Random, number: number): MadeUpClient {
  const place = random.pick(words.PLACES)
  const roll = random.next()
  const kind = roll < 0.78 ? 'organization' : roll < 0.93 ? 'entrepreneur' : 'person'
  const people = peopleOf(random, kind)
  const { core, ...named } = kind === 'organization' ? organization(random) : byPerson(people[0]!, kind)
  const domain = `${latin(core.split(' ').slice(0, 2).join('-'))}${number % 97}.example`
  return {
    kind,
    ...named,
    inn: random.chance(0.85)
      ? accountDigits.inn(place[3], random.digits(kind === 'organization' ? 7 : 8), kind)
      : null,
    kpp: kind === 'organization' && random.chance(0.6) ? `${place[3]}${random.digits(2)}01001` : null,
    ogrn: random.chance(0.4) ? accountDigits.ogrn(place[3], random, kind) : null,
    region: random.chance(0.92) ? place[0] : null,
    stage: random.pick(words.STAGES),
    source: random.chance(0.8) ? random.pick(words.SOURCES) : null,
    categories: random.chance(0.5) ? [random.pick(words.CATEGORIES)] : [],
    comment: random.chance(0.35) ? random.pick(words.COMMENTS) : null,
    people,
    contacts: contactsOf(random, people, domain, place, number),
  }
}

function organization(random: Random) {
  const form = random.chance(0.85) ? 'ООО' : random.chance(0.5) ? 'АО' : 'ПАО'
  const third = random.chance(0.6) ? ` ${random.pick(words.COMPANY_THIRD)}` : ''
  const core = random.chance(0.5)
    ? `${random.pick(words.COMPANY_FIRST)} ${random.pick(words.COMPANY_SECOND)}${third}`
    : `${random.pick(words.COMPANY_HEADS)}${random.pick(words.COMPANY_MIDDLES)}${random.pick(words.COMPANY_TAILS)}${third}`
  const long = {
    ООО: 'Общество с ограниченной ответственностью',
    АО: 'Акционерное общество',
    ПАО: 'Публичное акционерное общество',
  }
  return {
    name: `${form} «${core}»`,
    fullName: random.chance(0.5) ? `${long[form]} «${core}»` : null,
    core: core.toLowerCase().replaceAll('ё', 'е'),
  }
}

function byPerson(person: MadeUpPerson, kind: 'entrepreneur' | 'person') {
  const name = `${person.lastName} ${person.firstName} ${person.middleName}`
  return {
    name: kind === 'entrepreneur' ? `ИП ${name}` : name,
    fullName: kind === 'entrepreneur' ? `Индивидуальный предприниматель ${name}` : null,
    core: name.toLowerCase().replaceAll('ё', 'е'),
  }
}

function peopleOf(random: Random, kind: MadeUpClient['kind']): MadeUpPerson[] {
  const roll = random.next()
  const count = kind !== 'organization' ? 1 : roll < 0.35 ? 0 : roll < 0.82 ? 1 : roll < 0.96 ? 2 : 3
  return Array.from({ length: count }, () => madeUpPerson(random))
}

/** A made-up person; names agree in gender. */
export function madeUpPerson(random: Random): MadeUpPerson {
  const female = random.chance(0.5)
  const last = lastName(random, female)
  const father = random.pick(words.PATRONYMICS)
  return {
    lastName: last,
    firstName: random.pick(female ? words.FEMALE_NAMES : words.MALE_NAMES),
    middleName: female ? `${father}на` : `${father}ич`,
    gender: female ? 'female' : 'male',
    position: random.pick(words.POSITIONS),
    birthday: random.chance(0.3)
      ? `${1955 + random.below(48)}-${pad(1 + random.below(12))}-${pad(1 + random.below(28))}`
      : null,
  }
}

/** A few hundred last names are common; most people share theirs with few. */
function lastName(random: Random, female: boolean): string {
  const common = random.pick(words.LAST_NAMES)
  if (random.chance(0.5)) return female ? `${common}а` : common
  const stem = common.replace(/(?:ов|ев|ёв|ин)$/, '')
  const [male, hers] = random.pick(words.LAST_NAME_ENDINGS)
  return stem + (female ? hers : male)
}

function contactsOf(
  random: Random,
  people: MadeUpPerson[],
  domain: string,
  [region, city, code]: (typeof words.PLACES)[number],
  number: number,
): MadeUpContact[] {
  const contacts: MadeUpContact[] = []
  const add = (
    kind: MadeUpContact['kind'],
    label: string | null,
    value: string,
    normalized = value,
    person: number | null = null,
  ) => contacts.push({ kind, label, value, normalized, person })
  if (random.chance(0.72)) add('phone', 'рабочий', ...landline(code, random))
  for (let index = 0; index < people.length; index++) {
    const { lastName, firstName } = people[index]!
    if (random.chance(0.55)) add('phone', 'мобильный', ...mobile(random), index)
    if (random.chance(0.35)) {
      const address = `${latin(firstName[0]!)}.${latin(lastName)}@${domain}`
      add('email', 'рабочий', address, address, index)
    }
  }
  if (random.chance(0.5))
    add('email', 'общий', `${random.pick(['info', 'office', 'zakaz', 'mail'])}@${domain}`)
  if (random.chance(0.42)) {
    const index = `${100 + random.below(560)}${random.digits(3)}`
    const house = `${1 + random.below(180)}`
    add(
      'address',
      'фактический',
      `${index}, ${city === region ? '' : `${region}, `}г. ${city}, ул. ${random.pick(words.STREETS)}, д. ${house}`,
    )
  }
  if (random.chance(0.15)) add('website', null, `www.${domain}`, domain)
  if (random.chance(0.06)) add('messenger', 'Telegram', `@client${number}`, `telegram:client${number}`)
  return contacts
}

function landline(code: string, random: Random): [string, string] {
  const digits = `${2 + random.below(7)}${random.digits(9 - code.length)}`
  return [`8 (${code}) ${digits.slice(0, 3)}-${digits.slice(3, 5)}-${digits.slice(5)}`, `+7${code}${digits}`]
}

const MOBILE_CODES = [
  '903',
  '905',
  '909',
  '910',
  '915',
  '916',
  '917',
  '921',
  '925',
  '926',
  '950',
  '960',
  '961',
  '977',
  '981',
  '985',
]
function mobile(random: Random): [string, string] {
  const digits = random.pick(MOBILE_CODES) + random.digits(7)
  return [
    `+7 ${digits.slice(0, 3)} ${digits.slice(3, 6)}-${digits.slice(6, 8)}-${digits.slice(8)}`,
    `+7${digits}`,
  ]
}

const LATIN: Record<string, string> = Object.fromEntries(
  'а a б b в v г g д d е e ё e ж zh з z и i й y к k л l м m н n о o п p р r с s т t у u ф f х h ц ts ч ch ш sh щ sch ы y э e ю yu я ya'
    .split(' ')
    .flatMap((letter, index, all) => (index % 2 ? [] : [[letter, all[index + 1]!]])),
)
/** Russian letters as people write them in e-mail addresses. */
export function latin(text: string): string {
  return Array.from(
    text.toLowerCase(),
    (letter) => LATIN[letter] ?? (/[a-z0-9-]/.test(letter) ? letter : ''),
  ).join('')
}

const pad = (number: number) => String(number).padStart(2, '0')
