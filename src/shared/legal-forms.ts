import { skeleton } from './text.ts'

export interface LegalForm {
  /** Short name: ООО, АО, ИП … */
  form: string
  /** Forms that are one for fuzzy matching share it: every joint-stock company is «АО». */
  formClass: string
  entrepreneur: boolean
  /** Typed in look-alikes of the other script or zeros: «OOO», «000». */
  mended: boolean
}

const ORGANIZATIONS: Record<string, string> = {
  ООО: 'общество с ограниченной ответственностью|общество с ограниченной отвественностью|общество с ограниченной ответственость|общество с ограниченой ответственностью|общество с ограниченной отв|общество с огр отв|общ с огр отв|о о о',
  АО: 'акционерное общество',
  ПАО: 'публичное акционерное общество',
  НАО: 'непубличное акционерное общество',
  ЗАО: 'закрытое акционерное общество|3ао',
  ОАО: 'открытое акционерное общество',
  ОДО: 'общество с дополнительной ответственностью',
  ТОО: 'товарищество с ограниченной ответственностью',
  НКО: 'некоммерческая организация',
  АНО: 'автономная некоммерческая организация',
  'АНО ДПО': 'автономная некоммерческая организация дополнительного профессионального образования',
  НП: 'некоммерческое партнерство',
  ФГУП: 'федеральное государственное унитарное предприятие',
  ГУП: 'государственное унитарное предприятие',
  МУП: 'муниципальное унитарное предприятие',
  ГБУ: 'государственное бюджетное учреждение',
  ГБУЗ: 'государственное бюджетное учреждение здравоохранения',
  ГБОУ: 'государственное бюджетное общеобразовательное учреждение|государственное бюджетное образовательное учреждение',
  ГКУ: 'государственное казенное учреждение',
  ГАУ: 'государственное автономное учреждение',
  ФГБУ: 'федеральное государственное бюджетное учреждение',
  ФГБОУ: 'федеральное государственное бюджетное образовательное учреждение',
  ФКУ: 'федеральное казенное учреждение',
  МБУ: 'муниципальное бюджетное учреждение',
  МКУ: 'муниципальное казенное учреждение',
  МАУ: 'муниципальное автономное учреждение',
  МБОУ: 'муниципальное бюджетное общеобразовательное учреждение',
  МАОУ: 'муниципальное автономное общеобразовательное учреждение',
  МБДОУ: 'муниципальное бюджетное дошкольное образовательное учреждение',
  МАДОУ: 'муниципальное автономное дошкольное образовательное учреждение',
  ЧОУ: 'частное образовательное учреждение',
  ЧУ: 'частное учреждение',
  ТСЖ: 'товарищество собственников жилья',
  ТСН: 'товарищество собственников недвижимости',
  СНТ: 'садоводческое некоммерческое товарищество|садовое некоммерческое товарищество',
  ЖСК: 'жилищно строительный кооператив',
  ГСК: 'гаражно строительный кооператив|гаражный кооператив',
  СПК: 'сельскохозяйственный производственный кооператив',
  ПК: 'производственный кооператив',
  LLC: '',
  LTD: 'limited',
  LLP: '',
  GMBH: '',
  INC: 'incorporated',
  JSC: '',
  OJSC: '',
  PJSC: '',
}
const ENTREPRENEURS: Record<string, string> = {
  ИП: 'индивидуальный предприниматель|индивид предприниматель|индивидуальныи предприниматель|предприниматель',
  ЧП: 'частный предприниматель|частное предприятие',
  ПБОЮЛ: 'предприниматель без образования юридического лица',
  КФХ: 'крестьянское фермерское хозяйство|крестьянско фермерское хозяйство|глава кфх|ип глава кфх|ип гкфх|глава крестьянского фермерского хозяйства',
}
const JOINT_STOCK = new Set(['АО', 'ПАО', 'НАО', 'ЗАО', 'ОАО', 'JSC', 'OJSC', 'PJSC'])
const LIMITED = new Set(['ООО', 'LLC', 'LTD'])

const forms = new Map<string, LegalForm>()
for (const [form, words] of Object.entries(ORGANIZATIONS)) declare(form, words, false)
for (const [form, words] of Object.entries(ENTREPRENEURS)) declare(form, words, true)
/** Zeros for the letters; taken only where a name follows. */
forms.set('000', { form: 'ООО', formClass: 'ООО', entrepreneur: false, mended: true })

/** Longest form in words, bounding how far a name is searched. */
const LONGEST = 9

/** The form a folded word sequence is, exactly; «ооо», «общество с ограниченной ответственностью». */
export function legalFormOf(words: string): LegalForm | null {
  const known = forms.get(words)
  if (known) return known
  const twin = words.length <= 5 ? formsBySkeleton.get(skeleton(words)) : undefined
  return twin ? { ...twin, mended: true } : null
}

/** The longest form among the first (or last) words: how many words it takes. */
export function legalFormAt(
  words: readonly string[],
  atEnd: boolean,
): { form: LegalForm; length: number } | null {
  const edge = (atEnd ? words.at(-1) : words[0]) ?? ''
  if (!(atEnd ? lastWords : firstWords).has(edge)) return shortFormAt(edge)
  for (let length = Math.min(LONGEST, words.length); length > 0; length--) {
    const form = legalFormOf((atEnd ? words.slice(-length) : words.slice(0, length)).join(' '))
    if (form) return { form, length }
  }
  return null
}

/** One short word, perhaps in look-alikes of the other script. */
function shortFormAt(word: string): { form: LegalForm; length: number } | null {
  const form = word.length <= 5 ? legalFormOf(word) : null
  return form && { form, length: 1 }
}

function declare(form: string, words: string, entrepreneur: boolean): void {
  const formClass = JOINT_STOCK.has(form) ? 'АО' : LIMITED.has(form) ? 'ООО' : entrepreneur ? 'ИП' : form
  const legal = { form, formClass, entrepreneur, mended: false }
  for (const name of [form.toLowerCase(), ...words.split('|')]) if (name !== '') forms.set(name, legal)
}

const formsBySkeleton = new Map(
  Array.from(forms).flatMap(([name, form]): [string, LegalForm][] =>
    /^[аовекмнрстху]{2,5}$/.test(name) ? [[skeleton(name), form]] : [],
  ),
)

const firstWords = new Set(Array.from(forms.keys(), (name) => name.split(' ')[0]!))
const lastWords = new Set(Array.from(forms.keys(), (name) => name.split(' ').at(-1)!))
