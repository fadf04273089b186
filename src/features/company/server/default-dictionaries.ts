import type { ContactKind } from '#shared/verdict.ts'
import type { Language } from '#server/http/problem.ts'

/** [name, …synonyms]; the Russian names are also those the rules of `src/shared` read out of cells. */
type Named = readonly [name: string, ...synonyms: string[]]

interface Dictionaries {
  labels: Record<Exclude<ContactKind, 'other'>, readonly Named[]>
  choices: Record<'stage' | 'source' | 'category' | 'person-role', readonly string[]>
  /** The stage at which a client is lost. */
  lostStage: string
  outcomes: readonly Outcome[]
}

/** Of a call or of anything, and whether somebody answered. */
type Outcome = readonly [name: string, reached: boolean, of: 'call' | 'all']

/** What a new company starts with; the head changes all of it. Regions come with the data. */
export const defaultDictionaries: Record<Language, Dictionaries> = {
  ru: {
    labels: {
      phone: [
        ['рабочий', 'раб', 'служебный', 'офис', 'work', 'office'],
        ['мобильный', 'моб', 'сотовый', 'сот', 'mobile', 'cell'],
        ['домашний', 'дом', 'home'],
        ['факс', 'fax'],
        ['тел./факс', 'телефон/факс', 'т/ф', 'phone/fax'],
        ['приемная', 'секретарь', 'ресепшн', 'reception'],
        ['бухгалтерия', 'бух', 'accounts'],
      ],
      email: [
        ['рабочий', 'раб', 'служебный', 'work'],
        ['личный', 'личная', 'домашний', 'personal', 'home'],
        ['общий', 'info', 'инфо', 'general'],
        ['бухгалтерия', 'бух', 'accounts'],
      ],
      address: [
        ['юридический', 'юр', 'юр. адрес', 'registered', 'legal'],
        ['фактический', 'факт', 'физический', 'actual', 'office'],
        ['почтовый', 'почта', 'postal', 'mailing'],
        ['доставки', 'доставка', 'склад', 'delivery', 'shipping'],
      ],
      website: [
        ['сайт', 'www', 'веб-страница', 'website'],
        ['магазин', 'интернет-магазин', 'shop'],
      ],
      messenger: [
        ['Telegram', 'телеграм', 'телеграмм', 'тг', 'tg'],
        ['WhatsApp', 'ватсап', 'вотсап', 'вацап', 'wa'],
        ['Viber', 'вайбер'],
        ['MAX', 'макс'],
        ['VK', 'вк', 'вконтакте'],
        ['Skype', 'скайп'],
      ],
    },
    choices: {
      stage: ['потенциальный', 'разовый', 'постоянный', 'потерянный'],
      source: [
        'рекомендация',
        'сайт',
        'реклама',
        'входящий звонок',
        'холодный звонок',
        'выставка',
        'тендер',
        'соцсети',
      ],
      category: ['A', 'B', 'C'],
      'person-role': [
        'принимает решение',
        'влияет на решение',
        'закупки',
        'бухгалтерия',
        'технический специалист',
        'секретарь',
      ],
    },
    lostStage: 'потерянный',
    outcomes: [
      ['дозвонился', true, 'call'],
      ['договорились', true, 'all'],
      ['просит перезвонить', true, 'call'],
      ['не дозвонился', false, 'call'],
      ['отказ', true, 'all'],
      ['неверный номер', false, 'call'],
    ],
  },
  en: {
    labels: {
      phone: [
        ['work', 'office', 'рабочий', 'раб', 'служебный'],
        ['mobile', 'cell', 'мобильный', 'моб', 'сотовый'],
        ['home', 'домашний', 'дом'],
        ['fax', 'факс'],
        ['phone/fax', 'тел./факс', 'т/ф'],
        ['reception', 'front desk', 'приемная', 'секретарь'],
        ['accounts', 'accounting', 'бухгалтерия'],
      ],
      email: [
        ['work', 'office', 'рабочий'],
        ['personal', 'home', 'личный', 'домашний'],
        ['general', 'info', 'общий'],
        ['accounts', 'accounting', 'бухгалтерия'],
      ],
      address: [
        ['registered', 'legal', 'юридический', 'юр'],
        ['actual', 'office', 'фактический', 'факт'],
        ['postal', 'mailing', 'почтовый'],
        ['delivery', 'shipping', 'доставки', 'доставка'],
      ],
      website: [
        ['website', 'www', 'сайт'],
        ['shop', 'магазин'],
      ],
      messenger: [
        ['Telegram', 'tg', 'телеграм', 'тг'],
        ['WhatsApp', 'wa', 'ватсап', 'вотсап'],
        ['Viber', 'вайбер'],
        ['MAX', 'макс'],
        ['VK', 'вк'],
        ['Skype', 'скайп'],
      ],
    },
    choices: {
      stage: ['potential', 'one-off', 'regular', 'lost'],
      source: [
        'referral',
        'website',
        'advertising',
        'inbound call',
        'cold call',
        'trade fair',
        'tender',
        'social media',
      ],
      category: ['A', 'B', 'C'],
      'person-role': ['decides', 'influences', 'purchasing', 'accounting', 'technical', 'secretary'],
    },
    lostStage: 'lost',
    outcomes: [
      ['reached', true, 'call'],
      ['agreed', true, 'all'],
      ['call back later', true, 'call'],
      ['no answer', false, 'call'],
      ['refused', true, 'all'],
      ['wrong number', false, 'call'],
    ],
  },
}

/** Values for seeding in two statements: the rows of `labels` and of `choices` as JSON. */
export function dictionaryRows(language: Language) {
  const { labels, choices, outcomes, lostStage } = defaultDictionaries[language]
  return {
    labels: Object.entries(labels).flatMap(([kind, named]) =>
      named.map(([name, ...synonyms], position) => ({ kind, name, synonyms, position })),
    ),
    choices: [
      ...Object.entries(choices).flatMap(([field, names]) =>
        names.map((name, position) => ({
          field,
          name,
          position,
          lost: field === 'stage' && name === lostStage,
        })),
      ),
      ...outcomes.map(([name, reached, of], position) => ({
        field: 'outcome',
        name,
        position,
        reached,
        kinds: of === 'all' ? [] : [of],
      })),
    ],
  }
}
