import { innHolds, ogrnHolds } from '#shared/check-digits.ts'
import { isPlaceholder } from '#shared/verdict.ts'

/** What the cells of a column look like, whatever its header says; shares are of the filled cells. */
export interface ColumnContent {
  filled: number
  distinct: number
  /** Mean length of the filled cells. */
  length: number
  share: Record<Look, number>
}

export type Look =
  | 'email'
  | 'phone'
  | 'inn'
  | 'kpp'
  | 'ogrn'
  | 'bic'
  | 'account'
  | 'website'
  | 'date'
  | 'address'
  | 'company'
  | 'personName'
  | 'words'
  | 'number'
  | 'digits'
  | 'nameAndPhone'

const LOOKS: Record<Look, (text: string) => boolean> = {
  email: (text) => /^[^\s@]+@[^\s@]+[.,][^\s@]+$|[\w.-]+@[\w-]+\.\w+/.test(text),
  phone: looksLikePhone,
  inn: (text) => /^(?:\d{10}|\d{12})(?:\.0)?$/.test(text) && innHolds(text.replace('.0', '')),
  kpp: (text) => /^\d{4}(?:0[1-9]|4[3-5]|50)\d{3}$/.test(text),
  ogrn: (text) => /^(?:[15]\d{12}|3\d{14})$/.test(text) && ogrnHolds(text),
  bic: (text) => /^04\d{7}$/.test(text),
  account: (text) => /^[34]\d{19}$/.test(text.replace(/[\s.]/g, '')),
  website: (text) =>
    /^(?:https?:\/\/|www\.)\S+$/i.test(text) ||
    /^[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:ru|рф|com|su|net|org|info|biz|pro)\/?$/i.test(text),
  date: (text) => /^\d{4}-\d\d-\d\d(?:[T ].*)?$|^\d{1,2}[./]\d{1,2}[./](?:\d{4}|\d\d)(?: .*)?$/.test(text),
  address: looksLikeAddress,
  company: (text) => COMPANY.test(text) || /\p{L} ?(?:"[^"]{2,}"|«[^»]{2,}»)/u.test(text),
  personName: looksLikePersonName,
  words: (text) => /\p{L}{2}/u.test(text) && /\p{Ll}| /u.test(text) && !/[@{}]|:\/\//.test(text),
  number: (text) => /^-?[\d\s.,%]+$/.test(text),
  digits: (text) => text.replace(/\D/g, '').length >= 5,
  nameAndPhone: (text) =>
    /\p{L}{3}/u.test(text) && /(?:\+?7|8)[ (-]*\d{3}[ )-]*\d{3}[ -]?\d\d[ -]?\d\d(?!\d)/.test(text),
}

/** Looks at up to `limit` filled cells of a column. */
export function describeContent(cells: Iterable<string>, limit = 300): ColumnContent {
  const counts = Object.fromEntries(Object.keys(LOOKS).map((look) => [look, 0])) as Record<Look, number>
  const distinct = new Set<string>()
  let filled = 0
  let length = 0
  for (const cell of cells) {
    const text = cell.trim()
    if (text === '' || isPlaceholder(text)) continue
    filled++
    length += text.length
    distinct.add(text)
    for (const look of Object.keys(LOOKS) as Look[]) if (LOOKS[look](text)) counts[look]++
    if (filled >= limit) break
  }
  const share = Object.fromEntries(
    Object.entries(counts).map(([look, count]) => [look, filled === 0 ? 0 : count / filled]),
  ) as Record<Look, number>
  return { filled, distinct: distinct.size, length: filled === 0 ? 0 : length / filled, share }
}

/** «1 000,50», «12 300 ₽», «1,200.00» */
const MONEY = /^-?\d{1,3}(?:[\s,]\d{3})*(?:[.,]\d{1,2})?\s*(?:₽|р\.?|руб\.?|\$|€)?$/i

/** Russian numbers of 10 or 11 digits, international ones, local ones written with dashes; bare counters are not phones. */
function looksLikePhone(text: string): boolean {
  if (/[@]|:\/\//.test(text)) return false
  const digits = text.replace(/\D/g, '')
  if (
    digits.length < 5 ||
    digits.length > 60 ||
    /^\d{4}-\d\d-\d\d/.test(text) ||
    /^\d{1,2}\.\d{1,2}\.\d{2,4}$/.test(text) ||
    MONEY.test(text)
  )
    return false
  if (/^(?:\+?7|8)9\d{9}(?:\.0)?$|^9\d{9}$|^(?:\+7|8)[3489]\d{9}$/.test(text)) return true
  const separated = /\d[\s()-]+\d/.test(text) || /^\+\d/.test(text) || /^\d+(?:\.\d{2,})+$/.test(text)
  const letters = text.replace(/[^\p{L}]/gu, '').length
  return separated && letters <= digits.length && digits.length >= 6
}

const COMPANY =
  /(?:^|[\s"«,(])(?:ООО|ОАО|ЗАО|ПАО|АО|НАО|ИП|ЧП|ЧУП|ТОО|ГУП|МУП|ФГУП|АНО|НКО|ТСЖ|СНТ|КФХ|ГБУ|МБУ|ФГБУ|МБОУ|ГБОУ|OOO|LLC|Ltd|Inc|GmbH|Corp|S\.A\.|Общество с|Индивидуальный предприниматель)(?=$|[\s"».,)])/u
const ADDRESS =
  /(?:^|[\s,.])(?:г|город|ул|улица|пр|пр-т|проспект|пер|переулок|ш|шоссе|пл|площадь|наб|бульвар|б-р|обл|область|край|р-н|район|мкр|пос|дер|с|д|дом|кв|оф|офис|корп|стр|str|street|st|ave|avenue|road|rd|blvd)\.?(?=[\s,.\d]|$)/giu

function looksLikeAddress(text: string): boolean {
  if (text.length < 8) return false
  const marks = text.match(ADDRESS)?.length ?? 0
  const index = /(?:^|\D)\d{6}(?:\D|$)/.test(text)
  return (
    /\d/.test(text) &&
    (marks >= 2 || (marks >= 1 && (index || text.includes(',') || /str|ave|rd|blvd|street/i.test(text))))
  )
}

const PATRONYMIC = /(?:ович|евич|ьич|кузьмич|ильич|лукич|овна|евна|ична|инична)$/iu

function looksLikePersonName(text: string): boolean {
  const words = text.split(/[\s,]+/)
  if (words.length < 2 || words.length > 4 || /\d|["«»@]/.test(text) || COMPANY.test(text)) return false
  if (words.some((word) => PATRONYMIC.test(word))) return true
  if (/^\p{Lu}[\p{Ll}-]+ \p{Lu}\. ?\p{Lu}\.?$/u.test(text)) return true
  const proper = words.every((word) => /^\p{Lu}[\p{L}'-]+$/u.test(word))
  return proper && words.some((word) => FIRST_NAMES.has(word.toLowerCase().replaceAll('ё', 'е')))
}

const FIRST_NAMES = new Set(
  (
    'александр алексей анатолий андрей антон аркадий артем артур борис вадим валентин валерий василий виктор виталий владимир владислав ' +
    'вячеслав геннадий георгий григорий даниил денис дмитрий евгений егор иван игорь илья кирилл константин леонид максим марат михаил ' +
    'никита николай олег павел петр роман руслан семен сергей станислав степан тимур федор эдуард юрий ярослав алла анастасия ангелина анна ' +
    'антонина валентина валерия вера вероника виктория галина дарья диана евгения екатерина елена елизавета жанна зоя инна ирина карина ' +
    'кристина ксения лариса лидия любовь людмила маргарита марина мария надежда наталья наталия нина оксана ольга полина раиса регина ' +
    'светлана софия софья тамара татьяна ульяна эльвира юлия яна john james robert michael william david mary patricia jennifer linda ' +
    'elizabeth barbara susan jessica sarah karen thomas charles daniel matthew anthony mark paul steven andrew kenneth maria anna ana ' +
    'jane peter hans christina martin victoria francisco peter sven laurence frank nancy janet margaret robin leah'
  ).split(' '),
)
