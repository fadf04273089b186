import { describe, expect, test } from 'vitest'
import { judgeContact, matchKey, parseContacts } from './contacts.ts'
import type { ContactKind, Verdict } from './verdict.ts'

test.each<[ContactKind, string, (string | null)[], Verdict]>([
  ['website', 'http://www.Example.test/', ['example.test'], 'ok'],
  ['website', 'www,example,ru', ['example.ru'], 'fixed'],
  ['website', 'info@example.test', [null], 'junk'],
  ['website', 'пример.рф', ['пример.рф'], 'ok'],
  ['messenger', '@ivan_petrov', ['telegram:ivan_petrov'], 'ok'],
  ['messenger', 'https://t.me/ivan_petrov', ['telegram:ivan_petrov'], 'ok'],
  ['messenger', 'WhatsApp 8 916 000-00-01', ['whatsapp:+79160000001'], 'ok'],
  ['messenger', 'vk.com/id12345', ['vk:id12345'], 'ok'],
  ['messenger', '8 916 000-00-01', ['+79160000001'], 'doubtful'],
  ['address', '101000, , Москва г, , Полевая ул, 1, , ', ['101000, Москва г, Полевая ул, 1'], 'ok'],
  ['address', 'г. Москва, ул. Полевая', ['г. Москва, ул. Полевая'], 'doubtful'],
  ['address', '12', [null], 'junk'],
  ['other', 'ICQ 12345', ['ICQ 12345'], 'ok'],
])('%s %j is read as %j, %s', (kind, raw, normalized, verdict) => {
  const contacts = parseContacts(kind, raw)
  expect(contacts.map((contact) => contact.normalized)).toEqual(normalized)
  expect(contacts[0]!.verdict).toBe(verdict)
})

test('the same number twice in one cell is one contact', () => {
  expect(parseContacts('phone', '8 916 000-00-01, +79160000001')).toHaveLength(1)
})

describe('a form judges one value whole', () => {
  test('several numbers stay in the value and are doubtful', () => {
    const judged = judgeContact('phone', '89160000001, 89260000002')
    expect(judged).toMatchObject({
      value: '89160000001, 89260000002',
      verdict: 'doubtful',
      reason: 'several-values',
      normalized: '+79160000001',
    })
  })
  test('a placeholder is junk', () =>
    expect(judgeContact('email', 'нет')).toMatchObject({
      value: 'нет',
      verdict: 'junk',
      reason: 'placeholder',
    }))
})

test.each<[ContactKind, string, string | null, boolean]>([
  ['phone', '8 (495) 000-00-01 доб. 12', '+74950000001#12', false],
  ['phone', '8-800-200-06-00', '+78002000600', true],
  ['email', 'Ivan@Example.test', 'ivan@example.test', false],
  ['email', 'info@example.test', 'info@example.test', true],
  ['phone', 'нет номера', null, false],
])('the key of %s %j is %j', (kind, raw, key, weak) => {
  const found = matchKey(parseContacts(kind, raw)[0]!)
  expect(found).toEqual(key === null ? null : { key, weak })
})
