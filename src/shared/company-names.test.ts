import { describe, expect, test } from 'vitest'
import { parseCompanyName } from './company-names.ts'
import type { Verdict } from './verdict.ts'

describe('one firm however it is written', () => {
  const { key } = parseCompanyName('ООО «Ромашка»')
  test.each([
    'ООО "Ромашка"',
    'Ромашка ООО',
    'ООО"РОМАШКА"',
    'ООО "Ромашка',
    'Ромашка, ООО',
    'Ромашка (ООО)',
    '"ООО Ромашка"',
    'ооо ромашка',
    'О.О.О. Ромашка',
    'OOO Ромашка',
    '000 "Ромашка"',
    'Общество с ограниченной ответственностью «Ромашка»',
    'ООО „Ромашка“',
    "ООО ''Ромашка''",
    'ООО «Рoмашка»',
    'ООО «Ромашка» (бывш. Лютик)',
    'ООО "Ромашка", г. Казань',
    'Филиал ООО "Ромашка" в г. Уфа',
  ])('%j', (raw) => expect(parseCompanyName(raw).key).toBe(key))
  test.each(['АО «Ромашка»', 'ООО «Ромашка-М»', 'ООО ЧОП «Ромашка»', 'Ромашка'])('%j is another', (raw) =>
    expect(parseCompanyName(raw).key).not.toBe(key),
  )
})

type Row = [raw: string, kind: string, form: string | null, core: string, verdict: Verdict, note?: string]
test.each<Row>([
  ['Ромашка ООО (бывш. Лютик)', 'organization', 'ООО', 'Ромашка', 'ok', 'бывш. Лютик'],
  ['ип иванов и.и.', 'entrepreneur', 'ИП', 'Иванов И.И.', 'ok'],
  ['Индивидуальный предприниматель Иванов Иван Ильич', 'entrepreneur', 'ИП', 'Иванов Иван Ильич', 'ok'],
  ['Иванов Иван Ильич', 'person', null, 'Иванов Иван Ильич', 'ok'],
  ['Глава К(Ф)Х Иванов Иван Ильич', 'entrepreneur', 'КФХ', 'Иванов Иван Ильич', 'ok'],
  ['OOO Ромашка', 'organization', 'ООО', 'Ромашка', 'fixed'],
  ['ООО "Ромашка', 'organization', 'ООО', 'Ромашка', 'fixed'],
  ['ООО "Торговый дом "Ромашка"', 'organization', 'ООО', 'Торговый дом "Ромашка"', 'ok'],
  ['АО «НПП «Сокол»', 'organization', 'АО', 'НПП "Сокол"', 'ok'],
  ['Ромашка, г. Казань', 'organization', null, 'Ромашка', 'ok', 'г. Казань'],
  ['Администрация г. Энгельса', 'organization', null, 'Администрация г. Энгельса', 'ok'],
  ['ТСЖ №5', 'organization', 'ТСЖ', '№5', 'ok'],
  ['Ðîìàøêà', 'organization', null, 'Ромашка', 'fixed'],
  ['ООО', 'organization', null, 'ООО', 'ok'],
  ['Виктория Плюс', 'organization', null, 'Виктория Плюс', 'ok'],
  ["ООО Д'Артаньян", 'organization', 'ООО', "Д'Артаньян", 'ok'],
  ['585', 'organization', null, '585', 'doubtful'],
  ['info@example.test', 'organization', null, 'info@example.test', 'doubtful'],
  ['нет', 'organization', null, '', 'junk'],
])('%j', (raw, kind, form, core, verdict, note = null as never) => {
  expect(parseCompanyName(raw)).toMatchObject({ kind, form, core, verdict, note })
})
