import { afterEach, expect, test } from 'vitest'
import * as format from './format.ts'

/** Intl writes narrow and no-break spaces. */
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ')

afterEach(() => {
  format.setFormatLanguage('ru')
  format.setFormatTimeZone(undefined)
})

test('a calendar day is the same in every time zone', () => {
  format.setFormatTimeZone('America/Los_Angeles')
  expect(format.formatDate('2026-03-09')).toBe('09.03.2026')
  format.setFormatTimeZone('Asia/Kamchatka')
  expect(format.formatDate('2026-03-09')).toBe('09.03.2026')
})

test("an instant is shown by the company's clock", () => {
  format.setFormatTimeZone('Asia/Vladivostok')
  expect(format.formatDateTime('2026-03-09T20:30:00Z')).toBe('10.03.2026, 06:30')
  format.setFormatTimeZone('Europe/Moscow')
  expect(format.formatTime('2026-03-09T20:30:00Z')).toBe('23:30')
  expect(format.today(new Date('2026-03-09T22:30:00Z'))).toBe('2026-03-10')
})

test('a share is never rounded to everything or nothing', () => {
  expect([0, 0.001, 0.5, 0.999, 1].map((share) => plain(format.formatShare(share)))).toEqual([
    '0 %',
    '1 %',
    '50 %',
    '99 %',
    '100 %',
  ])
})

test('numbers and sizes follow the language', () => {
  expect(plain(format.formatNumber(1234567.891))).toBe('1 234 567,89')
  expect(plain(format.formatBytes(1_468_006))).toBe('1,4 МБ')
  format.setFormatLanguage('en')
  expect(plain(format.formatNumber(1234567.891))).toBe('1,234,567.89')
})

test.each([
  ['2026-03-09T11:55:00Z', '5 минут назад'],
  ['2026-03-08T12:00:00Z', 'вчера'],
  ['2026-03-12T12:00:00Z', 'через 3 дня'],
  ['2026-03-09T11:59:50Z', 'сейчас'],
])('%s is %s', (iso, words) => {
  expect(format.formatRelative(iso, new Date('2026-03-09T12:00:00Z'))).toBe(words)
})
