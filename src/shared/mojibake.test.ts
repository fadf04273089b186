import { expect, test } from 'vitest'
import { repairMojibake } from './mojibake.ts'

test.each([
  ['Ðîìàøêà', 'Ромашка'],
  ['Ð Ð¾Ð¼Ð°ÑˆÐºÐ°', 'Ромашка'],
  ['РћРћРћ В«Р РѕРјР°С€РєР°В»', 'ООО «Ромашка»'],
  ['Р РѕРјР°С€РєР°', 'Ромашка'],
  ['╨Ю╨Ю╨Ю', 'ООО'],
  ['╨юьр°ър', 'Ромашка'],
  ['ђ®¬\u00A0иЄ\u00A0', 'Ромашка'],
  ['тПНБЫЛБ', 'Ромашка'],
])('%j was %j', (spoilt, meant) => expect(repairMojibake(spoilt)).toBe(meant))

test.each([
  'ООО «Ромашка»',
  'Müller GmbH',
  'Crédit Agricole',
  'БелЭнергоСтрой',
  'Қазақстан',
  'Кривий Ріг',
  'Тел. №1',
  'info@example.test',
  '20 °C',
  '',
])('%j is fine and stays', (text) => expect(repairMojibake(text)).toBe(text))
