import { describe, expect, test } from 'vitest'
import { matchScore, type MatchSide } from './duplicates.ts'
import { nameSimilarity } from './name-similarity.ts'

describe('names', () => {
  test.each([
    ['ООО «Ромашка»', 'Ромашка ООО'],
    ['ЗАО Сокол', 'ПАО "Сокол"'],
    ['Рога и Копыта', 'Копыта и рога'],
    ['COPA', 'СОРА'],
  ])('%j and %j are one', (a, b) => expect(nameSimilarity(a, b)).toBe(1))
  test.each([
    ['Ромашка', 'Рамашка'],
    ['Иванов И.И.', 'Иванов Иван Ильич'],
    ['ООО Торговый дом "Ромашка"', 'Ромашка'],
  ])('%j and %j are alike', (a, b) => expect(nameSimilarity(a, b)).toBeGreaterThan(0.7))
  test.each([
    ['ООО Вектор', 'ООО Лютик'],
    ['Школа № 5', 'Школа № 6'],
    ['Ромашка', ''],
  ])('%j and %j differ', (a, b) => expect(nameSimilarity(a, b)).toBeLessThan(0.6))
})

describe('two cards', () => {
  const phone = { kind: 'phone', normalized: '+79160000001' } as const
  const tollFree = { kind: 'phone', normalized: '+78002000600' } as const
  const shared = { kind: 'email', normalized: 'info@example.test' } as const
  test.each<[string, MatchSide, MatchSide, string]>([
    [
      'one ИНН is one client',
      { name: 'Ромашка', inn: '7707083893' },
      { name: 'Лютик', inn: '7707083893' },
      'same',
    ],
    [
      'one ИНН with another КПП is a branch',
      { name: 'Ромашка', inn: '7707083893', kpp: '770701001' },
      { name: 'Ромашка', inn: '7707083893', kpp: '163201001' },
      'none',
    ],
    [
      'different ИНН veto even one phone and one name',
      { name: 'Ромашка', inn: '7707083893', contacts: [phone] },
      { name: 'Ромашка', inn: '7700000016', contacts: [phone] },
      'none',
    ],
    [
      'an invalid ИНН vetoes nothing',
      { name: 'Ромашка', inn: '7707083890', contacts: [phone] },
      { name: 'Ромашка', inn: '7700000016', contacts: [phone] },
      'likely',
    ],
    [
      'a phone and a similar name are likely',
      { name: 'ООО Ромашка', contacts: [phone] },
      { name: 'Ромашка', contacts: [phone] },
      'likely',
    ],
    [
      'a phone under another name is a candidate',
      { name: 'Ромашка', contacts: [phone] },
      { name: 'Лютик', contacts: [phone] },
      'candidate',
    ],
    [
      '8-800 alone says nothing',
      { name: 'Ромашка', contacts: [tollFree] },
      { name: 'Лютик', contacts: [tollFree] },
      'none',
    ],
    [
      'info@ with a similar name is a candidate',
      { name: 'Ромашка', contacts: [shared] },
      { name: 'Ромашка плюс', contacts: [shared] },
      'candidate',
    ],
    [
      'a name and a city are a candidate',
      { name: 'Ромашка', city: 'г. Казань' },
      { name: 'ООО «РОМАШКА»', city: 'Казань' },
      'candidate',
    ],
    [
      'one name in two cities is none',
      { name: 'Ромашка', city: 'Казань' },
      { name: 'Ромашка', city: 'Уфа' },
      'none',
    ],
  ])('%s', (_, a, b, score) => {
    expect(matchScore(a, b).score).toBe(score)
    expect(matchScore(b, a).score).toBe(score)
  })
})
