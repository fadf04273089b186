import { expect, test } from 'vitest'
import { SYNONYMS } from './column-synonyms.ts'
import { headerWords } from './header-words.ts'
import { matchHeader } from './match-header.ts'

test.each([
  ['Наименование', 'name'],
  ['НАИМЕНОВАНИЕ КОНТРАГЕНТА*', 'name'],
  ['Компания', 'name'],
  ['Наименование отеля', 'name'],
  ['Company Name', 'name'],
  ['Полное наименование', 'fullName'],
  ['ИНН', 'inn'],
  ['ИНН организации', 'inn'],
  ['ИНН/КПП', 'innKpp'],
  ['ФИО', 'person.name'],
  ['Ф.И.О. контактного лица', 'person.name'],
  ['ОбращатьсяК', 'person.name'],
  ['Имя контактного лица', 'person.name'],
  ['Фамилия', 'person.lastName'],
  ['first_name', 'person.firstName'],
  ['Consumer First Name', 'person.firstName'],
  ['Отчество:', 'person.middleName'],
  ['Должность', 'person.position'],
  ['Дата рождения', 'person.birthday'],
  ['Телефон', 'phone'],
  ['Тел.', 'phone'],
  ['Телефон №2', 'phone'],
  ['Телефон покупателя', 'phone'],
  ['Номер телефона (для связи)', 'phone'],
  ['Phone Number', 'phone'],
  ['E-mail', 'email'],
  ['Эл. почта', 'email'],
  ['Адрес электронной почты', 'email'],
  ['Email_home', 'email'],
  ['Почтовый адрес', 'address'],
  ['Юр. адрес', 'address'],
  ['Адрес доставки', 'address'],
  ['Индекс', 'address.index'],
  ['Город', 'address.city'],
  ['Нас. пункт*', 'address.city'],
  ['Сайт', 'website'],
  ['Telegram', 'messenger'],
  ['Менеджер', 'owner'],
  ['Ответственный менеджер*:', 'owner'],
  ['Откуда узнали об услугах*:', 'source'],
  ['Регион', 'region'],
  ['Статус', 'stage'],
  ['Теги', 'categories'],
  ['Примечание', 'comment'],
  ['Р/с', 'account'],
  ['БИК', 'bic'],
  ['К/с', 'corrAccount'],
  ['КодКлиента', 'externalCode'],
  ['Дата создания', 'createdAt'],
  ['Контакты', 'contacts'],
])('%s is %s', (header, target) => {
  expect(matchHeader(header)).toMatchObject({ target })
})

test.each([
  ['Моб. тел.', 'phone', 'мобильный'],
  ['Phone (work)', 'phone', 'рабочий'],
  ['Телефон рабочий контактного лица', 'phone', 'рабочий'],
  ['Mobile', 'phone', 'мобильный'],
  ['Факс', 'phone', 'факс'],
  ['Email (рабочий)', 'email', 'рабочий'],
  ['Адрес (юр.)', 'address', 'юридический'],
  ['Фактический адрес контрагента', 'address', 'фактический'],
])('%s is %s, %s', (header, target, label) => {
  expect(matchHeader(header)).toMatchObject({ target, label })
})

test('a contact of a contact person is the person’s', () => {
  expect(matchHeader('Телефон контактного лица')).toMatchObject({ target: 'phone', of: 'person' })
  expect(matchHeader('E-mail директора')).toMatchObject({ target: 'email', of: 'person' })
  expect(matchHeader('Телефон организации')).not.toHaveProperty('of')
})

test.each([
  'Наименование товара',
  'Номер договора',
  '№ п/п',
  'Цена',
  'Фото',
  'Телефон менеджера',
  'Unit_Price',
  'Sales_Statement_Id',
])('%s is not a client’s', (header) => {
  const match = matchHeader(header)
  expect(match === null || match === 'ignored').toBe(true)
})

test.each(['*****', 'N_________', '', '???', 'Площадь, м²', 'Square'])('%s says nothing', (header) => {
  expect(matchHeader(header)).toBeNull()
})

test('every synonym is written as headers are compared', () => {
  for (const word of SYNONYMS.keys()) expect(headerWords(word)).toEqual({ text: word, ordinal: 0 })
})
