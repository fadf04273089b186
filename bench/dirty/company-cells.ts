import type { Verdict } from '#shared/verdict.ts'
import type { CellMaker } from './cell.ts'
import { person } from './person-cells.ts'
import type { Chance } from './random.ts'

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
