import { FOREIGN, type Meaning, NOT_OURS, SYNONYMS } from './column-synonyms.ts'
import { isMarkLine } from '#shared/file-mark.ts'
import { fold } from '#shared/text.ts'
import { headerWords } from './header-words.ts'

export interface HeaderMatch extends Meaning {
  /** 0 … 1. */
  confidence: number
  /** Words in front of the known ones: «consumer first name» → «consumer»; columns of one person share them. */
  prefix: string
  /** «Телефон 2» → 2; 0 without a number. */
  ordinal: number
}

/** What a header says its column is; 'ignored' for columns that are surely not a client's, null when it says nothing. */
export function matchHeader(header: string): HeaderMatch | 'ignored' | null {
  // A file of ours that comes back says in a title who took it out.
  if (isMarkLine(header)) return 'ignored'
  const { text, ordinal } = headerWords(header)
  if (text === '' || text.length > 80 || isBlankedOut(header)) return null
  const exact = SYNONYMS.get(text) ?? SYNONYMS.get(fold(header))
  if (exact) return { ...exact, confidence: 1, prefix: '', ordinal }
  if (NOT_OURS.has(text)) return 'ignored'
  if (FOREIGN.test(text) && !/^(?:откуда|источник)/.test(text)) return 'ignored'
  const loose = byQualifiers(text) ?? byEdges(text) ?? byStem(text)
  return loose && { ...loose, ordinal }
}

/** «N_________», «*****», «???»: a name that a program could not write. */
export function isBlankedOut(header: string): boolean {
  return /[_*?#]{3}/.test(header) || !/\p{L}.*\p{L}|№/u.test(header.replaceAll('_', ' '))
}

type Loose = Omit<HeaderMatch, 'ordinal'>

const OF_CLIENT =
  /^(?:клиента|клиентов|контрагента|контрагентов|компании|организации|фирмы|покупателя|заказчика|поставщика|партнера|предприятия|юрлица|юридического|основной|основная|основное|главный|первый|актуальный|действующий|текущий|customer|client|company|organization|primary|main|firm|buyer|seller|lead|account)$/
const OF_PERSON =
  /^(?:контактного|лица|контакта|представителя|директора|руководителя|сотрудника|лпр|физлица|персоны|contact|person|человека|личный|личная|personal|private)$/
const NOISE =
  /^(?:и|или|the|of|для|связи|указать|обязательно|если|есть|через|запятую|номер|в|формате|s|нов|новый)$/
const LABEL_WORDS: [RegExp, string][] = [
  [/^(?:моб|мобильн|сот|сотов|mobile|cell)/, 'мобильный'],
  [/^(?:раб$|рабоч|служебн|офисн|офиса$|work|office|business)/, 'рабочий'],
  [/^(?:дом$|домашн|home)/, 'домашний'],
  [/^(?:юр$|юрид|legal|registered)/, 'юридический'],
  [/^(?:факт$|фактич|actual)/, 'фактический'],
  [/^(?:почтов|mailing|postal)/, 'почтовый'],
  [/^(?:доп$|дополнит|друг|other|additional)/, 'другой'],
  [/^(?:городск|стационарн)/, 'рабочий'],
]

/** «Телефон покупателя», «E-mail контактного лица (рабочий)»: the words around the known one say whose and which. */
function byQualifiers(text: string): Loose | null {
  const words = text.split(' ').filter((word) => !OF_CLIENT.test(word) && !NOISE.test(word))
  const rest = words.filter((word) => !OF_PERSON.test(word))
  const of = rest.length < words.length ? ('person' as const) : undefined
  const plain = SYNONYMS.get(rest.join(' '))
  if (plain) return owned(plain, of)
  const label = rest.map(labelOf).find((found) => found !== undefined)
  const meaning = SYNONYMS.get(rest.filter((word) => labelOf(word) === undefined).join(' '))
  if (!meaning || !/^(?:phone|email|address)$/.test(meaning.target)) return null
  return owned({ ...meaning, label: meaning.label ?? label! }, of)
}

function owned(meaning: Meaning, of: 'person' | undefined): Loose {
  const target = of && meaning.target === 'name' ? 'person.name' : meaning.target
  return { ...meaning, target, ...(of && { of }), confidence: 0.9, prefix: '' }
}

function labelOf(word: string): string | undefined {
  return LABEL_WORDS.find(([pattern]) => pattern.test(word))?.[1]
}

/** Targets whose word may begin a longer header; «Last meeting» and «Unit price» are not of them. */
const LEADING =
  /^(?:name|fullName|phone|email|address|source|comment|owner|inn|website|person\.name|stage|region)$/

/** «Consumer First Name», «Buyer_Phone», «Наименование отеля», «Откуда узнали об услугах». */
function byEdges(text: string): Loose | null {
  const words = text.split(' ')
  for (let from = 1; from < words.length; from++) {
    const meaning = SYNONYMS.get(words.slice(from).join(' '))
    if (meaning && meaning.target !== 'externalCode')
      return { ...meaning, confidence: 0.75, prefix: words.slice(0, from).join(' ') }
  }
  for (let to = words.length - 1; to > 0; to--) {
    const meaning = SYNONYMS.get(words.slice(0, to).join(' '))
    if (meaning && LEADING.test(meaning.target) && /[а-я]/.test(words[0]!))
      return { ...meaning, confidence: 0.65, prefix: '' }
  }
  return null
}

const STEMS: [RegExp, Meaning][] = [
  [/(?:^| )(?:e ?mail|емейл|имейл|мейл)|электрон/, { target: 'email' }],
  [/(?:^| )(?:тел|телеф\p{L}*|phone|telephone)(?: |$)|телефон/u, { target: 'phone' }],
  [/(?:^| )(?:моб|сот)/, { target: 'phone', label: 'мобильный' }],
  [/(?:^| )факс|(?:^| )fax/, { target: 'phone', label: 'факс' }],
  [/(?:^| )адрес|(?:^| )address/, { target: 'address' }],
  [/(?:^| )инн(?: |$)/, { target: 'inn' }],
  [/(?:^| )фио(?: |$)|контактн\p{L}* лиц/u, { target: 'person.name', of: 'person' }],
  [/(?:^| )сайт/, { target: 'website' }],
  [/(?:^| )(?:комментар|примечан)/, { target: 'comment' }],
  [/наименован|(?:^| )названи/, { target: 'name' }],
  [/дат\p{L} рожд|birth/u, { target: 'person.birthday', of: 'person' }],
]

function byStem(text: string): Loose | null {
  const found = STEMS.find(([pattern]) => pattern.test(text))
  return found ? { ...found[1], confidence: 0.55, prefix: '' } : null
}
