import { describe, expect, test } from 'vitest'
import { isPlaceholder, VERDICT_REASONS } from './verdict.ts'
import { verdictWordsEn } from './verdict-words.en.ts'
import { verdictWordsRu } from './verdict-words.ru.ts'

describe('a placeholder says that there is nothing', () => {
  test.each([
    '',
    ' ',
    '-',
    '—',
    '--',
    '...',
    '???',
    '*',
    '0',
    '00',
    '1',
    'нет',
    'Нет',
    'НЕТ!',
    '(нет)',
    'н/д',
    'б/н',
    'уточнить',
    'Уточнить!',
    'не указан',
    'нет данных',
    'N/A',
    '#N/A',
    'null',
    'ххх',
    'нет тел.',
    '+7',
    '+7 (___) ___-__-__',
    '\u00A0',
    'неизвёстно'.replace('ё', 'е'),
  ])('%j is one', (raw) => expect(isPlaceholder(raw)).toBe(true))

  test.each([
    'Анна',
    '1С',
    '2',
    '12',
    'Нетрис',
    'уточнить у Анны',
    'нет 8-916-000-00-01',
    'info@example.test',
    'Ли',
    '01.01.1900',
  ])('%j is none', (raw) => expect(isPlaceholder(raw)).toBe(false))
})

test('every reason has a sentence of its own in both languages', () => {
  for (const words of [verdictWordsRu, verdictWordsEn]) {
    expect(Object.keys(words).toSorted()).toEqual([...VERDICT_REASONS].toSorted())
    expect(Object.values(words).every((sentence) => sentence.length > 10 && /^\p{Lu}/u.test(sentence))).toBe(
      true,
    )
  }
})
