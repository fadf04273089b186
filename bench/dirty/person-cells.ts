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

export function person(chance: Chance, surnames = SURNAMES): Person {
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
