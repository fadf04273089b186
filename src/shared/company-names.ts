import { legalFormAt, type LegalForm } from './legal-forms.ts'
import { repairMojibake } from './mojibake.ts'
import { parsePersonName } from './person-names.ts'
import { withoutMarkup } from './markup.ts'
import { cleanText, fixMixedScript, fold, skeleton } from './text.ts'
import { isPlaceholder, type Verdict, type VerdictReason } from './verdict.ts'

export interface CompanyName {
  kind: 'organization' | 'entrepreneur' | 'person'
  /** The legal form in short: ООО, АО, ИП …; null when the cell names none. */
  form: string | null
  /** The name without form and outer quotes. */
  core: string
  /** For exact comparison: the core by its skeleton, then the form after «|». */
  key: string
  /** Forms that are one for fuzzy matching: all joint-stock companies are «АО»; '' without a form. */
  formClass: string
  note: string | null
  verdict: Verdict
  reason: VerdictReason | null
}

const BRANCH = /^(филиал|обособленное подразделение|представительство)(?=\s+(?:[А-ЯA-Z]{2,5}[\s"]|["]))/iu
/** A city the person put into the name: marked («г. Казань») or, after a comma, one of the big ones. */
const CITY_AT_END =
  /(?:[\s,]+(?:в\s)?(?:г\.?|гор\.|город|пос\.|пгт|с\.|д\.)\s*\p{Lu}\p{Ll}[\p{L}-]*(?:\s\p{Lu}\p{Ll}[\p{L}-]*)?|,\s*(?:Москва|Мск|СПб|Санкт-Петербург|Новосибирск|Екатеринбург|Казань|Нижний Новгород|Красноярск|Челябинск|Самара|Уфа|Ростов-на-Дону|Краснодар|Омск|Воронеж|Пермь|Волгоград|Саратов|Тюмень|Тольятти|Барнаул|Махачкала|Ижевск|Хабаровск|Ульяновск|Иркутск|Владивосток|Ярославль|Севастополь|Томск|Ставрополь|Кемерово|Набережные Челны|Оренбург|Новокузнецк|Балашиха|Рязань|Чебоксары|Пенза|Липецк|Калининград|Киров|Астрахань|Тула|Сочи|Курск|Улан-Удэ|Тверь|Магнитогорск|Сургут|Брянск|Иваново|Белгород|Владимир|Калуга|Смоленск|Вологда|Орёл|Орел|Мурманск|Архангельск|Минск|Алматы))\.?$/u

/** Bodies whose name ends with the town they are of: «Администрация г. Энгельса». */
const OF_A_CITY =
  /^(?:администрац|мэри|управлен|департамент|комитет|совет|дума|прокуратур|отдел|суд|поликлиник|больниц|школ|детский сад|глава)/i
const PRIVATE_PERSON = /^(физ\.?\s*лицо|физлицо|частное лицо|ч\/л|самозанят\p{L}+)[\s:,-]+(?=\p{L})/iu
const BRACKETED = /(?<=^|\s|")\(([^()]*)\)?(?=[\s",.;]|$)/g

interface Parts {
  form: LegalForm | null
  rest: string
  notes: string[]
}

const QUOTES = /[«»„“”‟‹›]|''|``|,,(?=\S)|(?<![\p{L}\d])['`’‘](?=\S)|(?<=\S)['`’‘](?![\p{L}\d])/gu
/** A longer cell is a text: it is kept as it stands. */
const LONGEST_NAME = 1000
/** «ООО <Ромашка>»: angles for quotes. */
const ANGLED = /<(?=\p{L})([^<>]{2,})>/gu
const ANY_QUOTE = /[«»„“”‟‹›'`’‘"<]|,,/
/** «1. ООО Ромашка»: a numbered list. */
const NUMBERED = /^\d{1,4}[.)] (?=(?:ООО|АО|ПАО|ЗАО|ОАО|ИП)(?!\p{L}))/u
const LOOKS_LIKE_CONTACT = /^\s*(?:[^\s@]+@[^\s@]+\.[^\s@]+|\+?[\d\s()-]{10,18})\s*$/

/** What a company cell says: legal form (before or after the name, short or in full), the name itself, notes. */
export function parseCompanyName(raw: string): CompanyName {
  if (isPlaceholder(raw))
    return { ...named('organization', null, ''), verdict: 'junk', reason: 'placeholder' }
  if (raw.length > LONGEST_NAME) return named('organization', null, cleanText(raw))
  const readable = repairMojibake(raw)
  const text = plainQuotes(withoutMarkup(cleanText(readable)).replace(NUMBERED, ''))
  const privately = PRIVATE_PERSON.exec(text)?.[0]
  if (privately) return person(null, text.slice(privately.length), [trimEdges(privately)], readable !== raw)
  const { form, rest, notes } = takeParts(text)
  if (form?.entrepreneur || (!form && isPerson(rest))) return person(form, rest, notes, readable !== raw)
  const unquoted = takeQuotes(rest)
  const core = /[a-z]/i.test(unquoted.core)
    ? unquoted.core.split(' ').map(fixMixedScript).join(' ')
    : unquoted.core
  const note = [...unquoted.notes, ...notes].join(', ') || null
  const repair = repairOf(readable !== raw, form, unquoted.unclosed, core !== unquoted.core)
  const company = { ...named('organization', form, core), note }
  if (!/\p{L}/u.test(core) && !(form && /\d/.test(core)))
    return { ...company, verdict: 'doubtful', reason: 'name.no-letters' }
  if (LOOKS_LIKE_CONTACT.test(raw))
    return { ...company, verdict: 'doubtful', reason: 'name.looks-like-contact' }
  return repair ? { ...company, verdict: 'fixed', reason: repair } : company
}

function plainQuotes(text: string): string {
  if (!ANY_QUOTE.test(text)) return text
  return text
    .replace(ANGLED, '"$1"')
    .replace(QUOTES, '"')
    .replace(/"{2,}/g, (run) => '"'.repeat(run.length > 2 ? 2 : 1))
}

function named(kind: CompanyName['kind'], form: LegalForm | null, core: string): CompanyName {
  const key = `${skeleton(core)}|${form?.form ?? ''}`
  return {
    kind,
    form: form?.form ?? null,
    core,
    key,
    formClass: form?.formClass ?? '',
    note: null,
    verdict: 'ok',
    reason: null,
  }
}

function repairOf(
  recoded: boolean,
  form: LegalForm | null,
  unclosed: boolean,
  mixed: boolean,
): VerdictReason | null {
  if (recoded) return 'encoding'
  if (form?.mended || mixed) return 'name.mixed-script'
  return unclosed ? 'name.unclosed-quote' : null
}

/** ИП and people: the core is the name in the order Фамилия Имя Отчество. */
function person(form: LegalForm | null, rest: string, notes: string[], recoded: boolean): CompanyName {
  const name = parsePersonName(rest.replace(/^"|"$/g, ''))
  const core = name.display || rest.replaceAll('"', '').trim()
  const note = [name.note, ...notes].filter(Boolean).join(', ') || null
  const repair = repairOf(recoded, form, false, false)
  const result = { ...named(form ? 'entrepreneur' : 'person', form, core), note }
  if (!/\p{L}/u.test(core)) return { ...result, verdict: 'doubtful', reason: 'name.no-letters' }
  return repair ? { ...result, verdict: 'fixed', reason: repair } : result
}

/** A cell without a form is a person when it is surely a full name: Фамилия Имя, with initials or patronymic. */
function isPerson(text: string): boolean {
  if (/["\d&+]/.test(text)) return false
  const name = parsePersonName(text)
  return (
    name.confidence === 'high' &&
    name.firstName !== null &&
    (name.lastName ?? name.middleName) !== null &&
    name.gender !== null
  )
}

/** Takes notes (brackets, branch, city) and the legal form off a text whose quotes are all «"». */
function takeParts(text: string): Parts {
  const notes: string[] = []
  const branch = BRANCH.exec(text)?.[1] ?? ''
  if (branch !== '') notes.push(branch.toLowerCase())
  const { open, form } = takeBrackets(text.slice(branch.length), notes)
  const cityless = takeCity(open.trim(), notes)
  const whole = /^"([^"]*)"$/.exec(cityless)?.[1]
  const bare = whole !== undefined && startsOrEndsWithForm(whole) ? whole : cityless
  const taken = form ? { form, rest: bare } : takeForm(bare)
  return { form: taken.form, rest: takeCity(trimEdges(taken.rest), notes), notes }
}

/** «(бывш. Лютик)» is a note, «(ООО)» the form, brackets inside quotes are the name's own. */
function takeBrackets(text: string, notes: string[]): { open: string; form: LegalForm | null } {
  if (!text.includes('(')) return { open: text, form: null }
  let form: LegalForm | null = null
  const farm = text.replace(/\((фермерск\p{L}+|ф(?=\)х))\)/giu, '$1')
  const open = farm.replace(BRACKETED, (bracketed: string, inside: string, at: number) => {
    if (isInsideQuotes(farm, at)) return bracketed
    const inBrackets = exactForm(inside)
    if (inBrackets) form = inBrackets
    else if (/[\p{L}\d]/u.test(inside)) notes.push(inside.trim())
    return ' '
  })
  return { open, form }
}

function takeCity(text: string, notes: string[]): string {
  const city = /[,.]|\sг(?:ор)?(?:од)?\s/.test(text) ? CITY_AT_END.exec(text) : null
  if (!city || city.index === 0 || isInsideQuotes(text, city.index) || OF_A_CITY.test(text)) return text
  notes.unshift(trimEdges(city[0]))
  return text.slice(0, city.index)
}

function exactForm(text: string): LegalForm | null {
  const words = fold(text).split(' ')
  const found = legalFormAt(words, false)
  return found && found.length === words.length ? found.form : null
}

function startsOrEndsWithForm(text: string): boolean {
  const words = fold(text).split(' ')
  return legalFormAt(words, false) !== null || legalFormAt(words, true) !== null
}

/** The form and what is left; a form alone («ООО») is a name, not a form. */
function takeForm(text: string): { form: LegalForm | null; rest: string } {
  const words = Array.from(text.matchAll(/[\p{L}\d](?:\.(?=[\p{L}\d]\.)|[\p{L}\d])*/gu), (match) => ({
    folded: fold(match[0].replaceAll('.', '')),
    start: match.index,
    end: match.index + match[0].length,
  }))
  const folded = words.map((word) => word.folded)
  const first = legalFormAt(folded, false)
  if (
    first &&
    first.length < words.length &&
    !breaksInside(text, words[0]!.start, words[first.length - 1]!.end)
  )
    return { form: first.form, rest: text.slice(words[first.length - 1]!.end) }
  const last = legalFormAt(folded, true)
  if (!last || last.length >= words.length || last.form.form === 'ПК') return { form: null, rest: text }
  if (last.form.mended && /^\d+$/.test(folded.at(-1)!)) return { form: null, rest: text }
  return { form: last.form, rest: text.slice(0, words[words.length - last.length]!.start) }
}

function breaksInside(text: string, start: number, end: number): boolean {
  return text.slice(start, end).includes('"')
}

function takeQuotes(rest: string): { core: string; notes: string[]; unclosed: boolean } {
  const count = rest.split('"').length - 1
  if (count === 0) return { core: rest, notes: [], unclosed: false }
  if (count === 1) return oneQuote(rest)
  const last = rest.lastIndexOf('"')
  const tail = rest.slice(last + 1)
  const glued = tail !== '' && !/^[\s,.;]/.test(tail)
  const notes = glued ? [] : [trimEdges(tail)].filter((note) => note !== '')
  const kept = glued ? rest : rest.slice(0, last + 1)
  const apart = /^"[^"]*\S"\s.*\s"\S[^"]*"$/.test(kept)
  if (!kept.startsWith('"') || glued || apart) return { core: kept, notes, unclosed: false }
  const inside = kept.slice(1, -1).trim()
  const odd = (inside.split('"').length - 1) % 2 === 1
  return { core: odd ? `${inside}"` : inside, notes, unclosed: false }
}

/** One quote has lost its pair: at the edge it goes, within the name the pair is put back. */
function oneQuote(rest: string): { core: string; notes: string[]; unclosed: boolean } {
  const inner = !rest.startsWith('"') && !rest.endsWith('"')
  return { core: inner ? `${rest}"` : rest.replace('"', '').trim(), notes: [], unclosed: true }
}

function trimEdges(text: string): string {
  return text.replace(/^[\s,.;:/_–—-]+|[\s,;:/_–—-]+$/g, '').replace(/\s+/g, ' ')
}

function isInsideQuotes(text: string, at: number): boolean {
  const before = text.slice(0, at).split('"').length - 1
  return before % 2 === 1 && text.includes('"', at)
}
