import type { CellMaker, DirtyCell } from './cell.ts'

const TEXTS = [
  'ООО «Ромашка»',
  'Иванов Пётр Ильич',
  'г. Москва, ул. Полевая, д. 1',
  'Индивидуальный предприниматель',
  'Йошкар-Ола',
  'Щёлково, Южная улица',
  'спросить Анну после обеда',
  'Общество с ограниченной ответственностью "Лютик"',
  'Нижний Новгород',
  'директор',
  'Закрытое акционерное общество',
  'Санкт-Петербург',
  'Ярославль',
  'Рога и Копыта',
  'торговля',
  'Гаврилова Ольга Юрьевна',
  'Хабаровский край',
  'Электромонтаж',
  'Ижевск',
  'цемент, щебень, песок',
]
/** Right as they stand; many hold letters that misread text holds too. */
const FINE = [
  ...TEXTS,
  'Müller GmbH',
  'Crédit Agricole',
  'São Paulo',
  'Café Zoë',
  'БелЭнергоСтрой',
  'РЖД',
  'ООО «iМаркет»',
  'Кривий Ріг',
  'Қазақстан',
  'Татнефть',
  'СССР',
  'Тел. №1',
  'ЭкоПРОМ',
  'info@example.test',
  'ООО "СКБ"',
  '20 °C',
  '5 ± 1',
  'Łódź',
  'Українська',
  'ТОО «Жайық»',
  'Nestlé',
  '§ 5',
  'Пётр и Ко™',
  '10 000 ₽',
  'Őrség',
]

type Page = 'windows-1251' | 'windows-1252' | 'ibm866' | 'koi8-r'

/** Bytes of a text in a one-byte page, by the page's own table; null where the page lacks a letter. */
function bytesIn(page: Page | 'utf-8', text: string): Uint8Array | null {
  if (page === 'utf-8') return new TextEncoder().encode(text)
  const table = Array.from(new TextDecoder(page).decode(Uint8Array.from({ length: 256 }, (_, code) => code)))
  const bytes = Array.from(text, (letter) => table.indexOf(letter))
  return bytes.includes(-1) ? null : Uint8Array.from(bytes)
}

const MISREADINGS: readonly [Page | 'utf-8', Page][] = [
  ['utf-8', 'windows-1251'],
  ['utf-8', 'windows-1252'],
  ['utf-8', 'ibm866'],
  ['windows-1251', 'windows-1252'],
  ['windows-1251', 'ibm866'],
  ['ibm866', 'windows-1251'],
  ['koi8-r', 'windows-1251'],
]

const misread =
  (right: Page | 'utf-8', wrong: Page): CellMaker =>
  (chance) => {
    for (;;) {
      const text = chance.pick(TEXTS)
      const bytes = bytesIn(right, text)
      if (!bytes || (right === 'koi8-r' && !/\p{Lu}\p{Ll}/u.test(text))) continue // small letters of KOI8 read as a plausible word in capitals
      const raw = new TextDecoder(wrong).decode(bytes)
      const blanked = right === 'utf-8' && chance.maybe(0.3) ? raw.replaceAll('\u00A0', ' ') : raw
      return {
        kind: 'mojibake',
        raw: blanked,
        error: `${right} read as ${wrong}`,
        expected: { text },
        valid: true,
      }
    }
  }

const fine: CellMaker = (chance) => {
  const text = chance.pick(FINE)
  return { kind: 'mojibake', raw: text, error: 'none', expected: { text }, valid: true }
}

export const MOJIBAKE_MAKERS: readonly CellMaker[] = [
  ...MISREADINGS.map(([right, wrong]) => misread(right, wrong)),
  fine,
  fine,
  fine,
]

const NOTHING = [
  'нет',
  'Нет',
  'НЕТ',
  'нет.',
  ' нет ',
  '-',
  '--',
  '---',
  '—',
  '–',
  '.',
  '...',
  '?',
  '???',
  '0',
  '00',
  '000',
  '*',
  'н/д',
  'Н/Д',
  'б/н',
  'н.д.',
  'уточнить',
  'Уточнить!',
  'уточняется',
  'узнать',
  'не указан',
  'не указано',
  'Не указана',
  'неизвестно',
  'не известен',
  'нет данных',
  'отсутствует',
  'n/a',
  'N/A',
  'none',
  'null',
  'NULL',
  '#N/A',
  'нет телефона',
  'нет почты',
  'пусто',
  'прочерк',
  'xxx',
  'ххх',
  '(нет)',
  '"-"',
  '_',
  '\u00A0',
  '  ',
  '///',
  'не знаю',
  'не дал',
  '1',
]
const SOMETHING = [
  'Нетрис',
  'ООО «Нет проблем»',
  'уточнить у Анны 8 916 555-44-33',
  '8 916 555-44-33',
  'Анна',
  'ООО',
  '1С',
  'info@primer-firma.ru',
  'Тестов Иван',
  'Нина',
  '12',
  '2',
  'нет, только почта info@primer-firma.ru',
  'Нуль',
  '0-я улица',
  'Ли',
  '7707083893',
  'А',
  '10',
  '01.02.2020',
]

const placeholder =
  (texts: readonly string[], expected: boolean): CellMaker =>
  (chance): DirtyCell => {
    const raw = chance.pick(texts)
    return {
      kind: 'placeholder',
      raw,
      error: expected ? 'nothing said' : 'none',
      expected: { placeholder: expected },
      valid: !expected,
    }
  }

export const PLACEHOLDER_MAKERS: readonly CellMaker[] = [
  placeholder(NOTHING, true),
  placeholder(SOMETHING, false),
]
