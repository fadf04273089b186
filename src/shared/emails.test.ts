import { describe, expect, test } from 'vitest'
import { parseEmails } from './emails.ts'
import type { Verdict, VerdictReason } from './verdict.ts'

type Row = [raw: string, normalized: string | null, verdict: Verdict, reason: VerdictReason | null]

describe('one address', () => {
  test.each<Row>([
    ['info@example.test', 'info@example.test', 'ok', null],
    ['Info@Example.TEST', 'info@example.test', 'ok', null],
    ['mail:info@example.test; сайт', 'info@example.test', 'ok', null],
    ['Анна <anna@example.test>', 'anna@example.test', 'ok', null],
    ['info@пример.рф', 'info@пример.рф', 'ok', null],
    ['info@example,ru', 'info@example.ru', 'fixed', 'email.comma-for-dot'],
    ['info @ example.ru', 'info@example.ru', 'fixed', 'email.spaces'],
    ['info@example. ru', 'info@example.ru', 'fixed', 'email.spaces'],
    ['infо@example.ru', 'info@example.ru', 'fixed', 'email.lookalike-letters'],
    ['info@example.ру', 'info@example.ru', 'fixed', 'email.lookalike-letters'],
    ['info(at)example.ru', 'info@example.ru', 'fixed', 'email.at-sign'],
    ['info@@example.ru', 'info@example.ru', 'fixed', 'email.at-sign'],
    ['info@example.ru.', 'info@example.ru', 'fixed', 'email.punctuation'],
    ['штащ"ьфшдюкг', 'info@mail.ru', 'fixed', 'email.layout'],
    ['ivan@gmial.com', 'ivan@gmail.com', 'doubtful', 'email.domain-typo'],
    ['ivan@mail', 'ivan@mail.ru', 'doubtful', 'email.domain-typo'],
    ['test@test.ru', 'test@test.ru', 'doubtful', 'email.fake'],
    ['ivan,petrov@example.ru', 'ivan.petrov@example.ru', 'doubtful', 'email.comma-for-dot'],
    ['info@example.ruinfo@example.com', null, 'doubtful', 'several-values'],
    ['info.example.ru', null, 'junk', 'email.no-at'],
    ['info@firma', null, 'junk', 'email.bad-domain'],
    ['8 916 000-00-01', null, 'junk', 'email.no-at'],
  ])('%j', (raw, normalized, verdict, reason) => {
    expect(parseEmails(raw).map((contact) => [contact.normalized, contact.verdict, contact.reason])).toEqual([
      [normalized, verdict, reason],
    ])
  })
})

test.each([
  ['a1@example.test, b2@example.test', ['a1@example.test', 'b2@example.test']],
  ['a1@example,ru,b2@example,ru', ['a1@example.ru', 'b2@example.ru']],
  ['a1@example.test/b2@example.test', ['a1@example.test', 'b2@example.test']],
  ['a1@example.test и b2@example.test', ['a1@example.test', 'b2@example.test']],
  ['нет', []],
])('%j holds %j', (raw, addresses) =>
  expect(parseEmails(raw).map(({ normalized }) => normalized)).toEqual(addresses),
)

test('words go to the address they stand by', () => {
  const notes = parseEmails('директор: a1@example.test, для счетов: b2@example.test (бух)').map(
    ({ note }) => note,
  )
  expect(notes).toEqual(['директор', 'для счетов, бух'])
})
