import type { Verdict } from '#shared/verdict.ts'
import type { CellMaker, DirtyCell } from './cell.ts'
import type { Chance } from './random.ts'

interface Person {
  last: string
  first: string
  middle: string
  gender: 'male' | 'female'
}

const MALE = [
  'Иван',
  'Пётр',
  'Сергей',
  'Алексей',
  'Дмитрий',
  'Никита',
  'Илья',
  'Олег',
  'Руслан',
  'Фёдор',
  'Лев',
  'Тимур',
  'Глеб',
  'Кузьма',
  'Эдуард',
]
const FEMALE = [
  'Мария',
  'Анна',
  'Ольга',
  'Наталья',
  'Екатерина',
  'Любовь',
  'Светлана',
  'Гульнара',
  'Алёна',
  'Зоя',
  'Юлия',
  'Татьяна',
  'Инна',
  'Марина',
]
const FATHERS: [string, string][] = [
  ['Иванович', 'Ивановна'],
  ['Петрович', 'Петровна'],
  ['Сергеевич', 'Сергеевна'],
  ['Ильич', 'Ильинична'],
  ['Кузьмич', 'Кузьминична'],
  ['Юрьевич', 'Юрьевна'],
  ['Никитич', 'Никитична'],
  ['Львович', 'Львовна'],
  ['Фёдорович', 'Фёдоровна'],
  ['Маратович', 'Маратовна'],
  ['Андреевич', 'Андреевна'],
  ['Геннадьевич', 'Геннадьевна'],
]
/** Surnames a man and a woman write differently, then those they write alike. */
const SURNAMES: [string, string][] = [
  ['Иванов', 'Иванова'],
  ['Кузнецов', 'Кузнецова'],
  ['Соловьёв', 'Соловьёва'],
  ['Белинский', 'Белинская'],
  ['Пушкин', 'Пушкина'],
  ['Сидоров', 'Сидорова'],
  ['Лебедев', 'Лебедева'],
  ['Салтыков-Щедрин', 'Салтыкова-Щедрина'],
  ['Гаврилов', 'Гаврилова'],
  ['Мельников', 'Мельникова'],
  ['Трубецкой', 'Трубецкая'],
  ['Шевченко', 'Шевченко'],
  ['Рабинович', 'Рабинович'],
  ['Ковальчук', 'Ковальчук'],
  ['Черных', 'Черных'],
  ['Оганесян', 'Оганесян'],
  ['Бондаренко', 'Бондаренко'],
  ['Цой', 'Цой'],
]
const ROLES = ['бух.', 'бухгалтер', 'директор', 'менеджер', 'секретарь', 'снабжение', 'жена']

function person(chance: Chance, surnames = SURNAMES): Person {
  const female = chance.maybe(0.5)
  const side = female ? 1 : 0
  return {
    last: chance.pick(surnames)[side],
    first: chance.pick(female ? FEMALE : MALE),
    middle: chance.pick(FATHERS)[side],
    gender: female ? 'female' : 'male',
  }
}

function cell(raw: string, error: string, expected: NonNullable<DirtyCell['expected']['person']>): DirtyCell {
  return { kind: 'person name', raw, error, expected: { person: expected }, valid: true }
}
const parts = ({ last, first, middle, gender }: Person) => ({
  lastName: last,
  firstName: first,
  middleName: middle,
  gender,
})

const whole =
  (error: string, write: (person: Person, chance: Chance) => string): CellMaker =>
  (chance) => {
    const given = person(chance)
    return cell(write(given, chance), error, parts(given))
  }
const initials =
  (error: string, write: (last: string, first: string, middle: string) => string): CellMaker =>
  (chance) => {
    const given = person(chance, SURNAMES.slice(0, 11))
    const [first, middle] = [`${given.first[0]}.`, `${given.middle[0]}.`]
    return cell(write(given.last, first, middle), error, {
      lastName: given.last,
      firstName: first,
      middleName: middle,
      gender: given.gender,
    })
  }

export const PERSON_MAKERS: readonly CellMaker[] = [
  whole('none', ({ last, first, middle }) => `${last} ${first} ${middle}`),
  whole('И О Ф', ({ last, first, middle }) => `${first} ${middle} ${last}`),
  whole('all capitals', ({ last, first, middle }) => `${last} ${first} ${middle}`.toUpperCase()),
  whole('all small', ({ last, first, middle }) => `${last} ${first} ${middle}`.toLowerCase()),
  whole('surname in capitals', ({ last, first, middle }) => `${last.toUpperCase()} ${first} ${middle}`),
  whole('blanks', ({ last, first, middle }) => ` ${last}  ${first}\u00A0${middle} `),
  whole('comma after the surname', ({ last, first, middle }) => `${last}, ${first} ${middle}`),
  whole('decomposed', ({ last, first, middle }) => `${last} ${first} ${middle}`.normalize('NFD')),
  whole('Latin twins', ({ last, first, middle }) =>
    `${last} ${first} ${middle}`.replace('о', 'o').replace('е', 'e').replace('а', 'a'),
  ),
  (chance) => {
    const given = person(chance)
    const note = chance.pick(ROLES)
    const name = `${given.last} ${given.first} ${given.middle}`
    return cell(
      chance.pick([`${name} (${note})`, `${name}, ${note}`, `${name} - ${note}`, `${note} ${name}`]),
      'role',
      { ...parts(given), note },
    )
  },
  (chance) => {
    const given = person(chance)
    return cell(`${given.first} ${given.middle}`, 'И О', {
      lastName: null,
      firstName: given.first,
      middleName: given.middle,
      gender: given.gender,
    })
  },
  (chance) => {
    const given = person(chance, SURNAMES.slice(0, 11))
    const raw = chance.maybe(0.5) ? `${given.last} ${given.first}` : `${given.first} ${given.last}`
    return cell(raw, 'Ф И or И Ф', {
      lastName: given.last,
      firstName: given.first,
      middleName: null,
      gender: given.gender,
    })
  },
  (chance) => {
    const given = person(chance)
    return cell(given.first, 'first name alone', {
      lastName: null,
      firstName: given.first,
      middleName: null,
      gender: given.gender,
    })
  },
  initials('Иванов И.И.', (last, first, middle) => `${last} ${first}${middle}`),
  initials('Иванов И. И.', (last, first, middle) => `${last} ${first} ${middle}`),
  initials('И.И. Иванов', (last, first, middle) => `${first}${middle} ${last}`),
  initials('И.И.Иванов', (last, first, middle) => `${first}${middle}${last}`),
  initials('иванов и.и.', (last, first, middle) => `${last} ${first}${middle}`.toLowerCase()),
  (chance) => {
    const female = chance.maybe(0.5)
    const first = chance.pick(female ? ['Лейла', 'Севиль', 'Гюнель'] : ['Вагиф', 'Эльчин', 'Рауф'])
    const last = chance.pick(['Алиев', 'Мамедов', 'Гасанов']) + (female ? 'а' : '')
    const middle = `${chance.pick(['Гасан', 'Вели', 'Самед'])} ${female ? 'кызы' : 'оглы'}`
    return cell(`${last} ${first} ${middle}`, 'Turkic', {
      lastName: last,
      firstName: first,
      middleName: middle,
      gender: female ? 'female' : 'male',
    })
  },
]

const CORES = [
  'Ромашка',
  'Лютик',
  'Северный ветер',
  'ТехноСтрой',
  'Рога и Копыта',
  'Альфа-Трейд',
  'Ёлочка',
  'Вектор-М',
  'Стройсервис 52',
  'Золотой ключик',
  'Волга',
  'Уют',
  'Сокол',
  'Мир окон',
  '1000 мелочей',
]
const FORMS = ['ООО', 'АО', 'ПАО', 'ЗАО', 'ОАО', 'МУП', 'ТСЖ', 'АНО']
const IN_FULL: Record<string, string> = {
  ООО: 'Общество с ограниченной ответственностью',
  АО: 'Акционерное общество',
  ПАО: 'Публичное акционерное общество',
  ЗАО: 'Закрытое акционерное общество',
  ОАО: 'Открытое акционерное общество',
  МУП: 'Муниципальное унитарное предприятие',
  ТСЖ: 'Товарищество собственников жилья',
  АНО: 'Автономная некоммерческая организация',
}
const NOTES = ['бывш. Василёк', 'старый клиент', 'Казань', 'не работают']

const company =
  (
    error: string,
    verdict: Verdict,
    write: (form: string, core: string, chance: Chance) => string,
    changes: (core: string) => string = (core) => core,
  ): CellMaker =>
  (chance) => {
    const [form, core] = [chance.pick(FORMS), chance.pick(CORES)]
    const raw = write(form, core, chance)
    return {
      kind: 'company name',
      raw,
      error,
      expected: { company: { kind: 'organization', form, core: changes(core), verdict } },
      valid: true,
    }
  }
const noted =
  (error: string, write: (form: string, core: string, note: string) => string, notes = NOTES): CellMaker =>
  (chance) => {
    const [form, core, note] = [chance.pick(FORMS), chance.pick(CORES), chance.pick(notes)]
    return {
      kind: 'company name',
      raw: write(form, core, note),
      error,
      expected: { company: { kind: 'organization', form, core, verdict: 'ok', note } },
      valid: true,
    }
  }
const entrepreneur =
  (error: string, write: (name: string) => string): CellMaker =>
  (chance) => {
    const { last, first, middle } = person(chance)
    const name = `${last} ${first} ${middle}`
    return {
      kind: 'company name',
      raw: write(name),
      error,
      expected: { company: { kind: 'entrepreneur', form: 'ИП', core: name, verdict: 'ok' } },
      valid: true,
    }
  }

export const COMPANY_MAKERS: readonly CellMaker[] = [
  company('none', 'ok', (form, core) => `${form} «${core}»`),
  company('none', 'ok', (form, core) => `${form} "${core}"`),
  company('form after', 'ok', (form, core) => `${core} ${form}`),
  company('form after a comma', 'ok', (form, core) => `${core}, ${form}`),
  company('no blank', 'ok', (form, core) => `${form}"${core}"`),
  company('no quotes', 'ok', (form, core) => `${form} ${core}`),
  company('low quotes', 'ok', (form, core) => `${form} „${core}“`),
  company('two apostrophes', 'ok', (form, core) => `${form} ''${core}''`),
  company('small letters', 'ok', (form, core) => `${form.toLowerCase()} "${core}"`),
  company('form in brackets', 'ok', (form, core) => `${core} (${form})`),
  company('in full', 'ok', (form, core) => `${IN_FULL[form]} "${core}"`),
  company('in full, capitals', 'ok', (form, core) => `${IN_FULL[form]!.toUpperCase()} "${core}"`),
  company('all in quotes', 'ok', (form, core) => `"${form} ${core}"`),
  company('blanks', 'ok', (form, core) => ` ${form}  "${core}"\u00A0`),
  company(
    'capitals',
    'ok',
    (form, core) => `${form} "${core.toUpperCase()}"`,
    (core) => core.toUpperCase(),
  ),
  company('unclosed', 'fixed', (form, core, chance) => `${form} ${chance.pick(['"', '«'])}${core}`),
  company('unopened', 'fixed', (form, core) => `${form} ${core}"`),
  company(
    'nested',
    'ok',
    (form, core) => `${form} "Торговый дом "${core}"`,
    (core) => `Торговый дом "${core}"`,
  ),
  company(
    'nested and closed',
    'ok',
    (form, core) => `${form} "Торговый дом "${core}""`,
    (core) => `Торговый дом "${core}"`,
  ),
  company(
    'words before quotes',
    'ok',
    (form, core) => `${form} ЧОП "${core}"`,
    (core) => `ЧОП "${core}"`,
  ),
  company('decomposed', 'ok', (form, core) => `${form} "${core}"`.normalize('NFD')),
  (chance) => {
    const core = chance.pick(['Ромашка', 'Лютик', 'Северный ветер', 'Золотой ключик'])
    const raw = chance.pick([
      `OOO "${core}"`,
      `000 "${core}"`,
      `ООО "${core.replace('а', 'a').replace('е', 'e').replace('о', 'o')}"`,
      `OOO ${core}`,
    ])
    const spoilt = raw !== `ООО "${core}"`
    return {
      kind: 'company name',
      raw,
      error: 'look-alikes',
      expected: { company: { kind: 'organization', form: 'ООО', core, verdict: spoilt ? 'fixed' : 'ok' } },
      valid: true,
    }
  },
  noted('note in brackets', (form, core, note) => `${form} "${core}" (${note})`),
  noted('note in brackets, form after', (form, core, note) => `${core} ${form} (${note})`),
  noted('city after', (form, core, note) => `${form} "${core}", ${note}`, [
    'г. Казань',
    'г. Москва',
    'г.Уфа',
  ]),
  noted('city without quotes', (form, core, note) => `${core}, ${note} ${form}`, ['г. Казань', 'г. Тверь']),
  entrepreneur('ИП', (name) => `ИП ${name}`),
  entrepreneur('ип', (name) => `ип ${name.toLowerCase()}`),
  entrepreneur('ИП after', (name) => `${name} ИП`),
  entrepreneur('in full', (name) => `Индивидуальный предприниматель ${name}`),
  entrepreneur('ИП in brackets', (name) => `${name} (ИП)`),
  (chance) => {
    const { last, first, middle } = person(chance)
    const name = `${last} ${first} ${middle}`
    return {
      kind: 'company name',
      raw: name,
      error: 'a person',
      expected: { company: { kind: 'person', form: null, core: name, verdict: 'ok' } },
      valid: true,
    }
  },
  (chance) => {
    const core = chance.pick(
      CORES.concat(['Виктория Плюс', 'Магазин на Ленина', 'Детский сад 12', 'COPA', 'Nestle']),
    )
    return {
      kind: 'company name',
      raw: core,
      error: 'no form',
      expected: { company: { kind: 'organization', form: null, core, verdict: 'ok' } },
      valid: true,
    }
  },
]
