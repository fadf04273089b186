import { expect, test } from 'vitest'
import { z } from 'zod'
import { issueWords } from './issue-words.ts'

const said = (schema: z.ZodType, input: unknown, language: 'ru' | 'en' = 'ru') =>
  schema.safeParse(input, { error: issueWords(language) }).error?.issues[0]?.message

test('what is wrong is said to a person, in his language', () => {
  expect(said(z.string(), undefined)).toBe('Обязательное поле.')
  expect(said(z.string(), undefined, 'en')).toBe('This is required.')
  expect(said(z.object({ a: z.string() }).partial().required(), {})).toBe('Обязательное поле.')
  expect(said(z.string().min(1), '')).toBe('Не заполнено.')
  expect(said(z.string().max(3), 'abcd')).toBe('Знаков: не больше 3.')
  expect(said(z.number().min(1), 0)).toBe('Не меньше 1.')
  expect(said(z.string(), 5)).toBe('Здесь должен быть текст.')
  expect(said(z.int(), 1.5)).toBe('Здесь должно быть целое число.')
  expect(said(z.enum(['a', 'b']), 'c')).toBe('Одно из: a, b.')
  expect(said(z.uuid(), 'c')).toBe('Это не id записи.')
  expect(said(z.email(), 'c')).toBe('Это не адрес электронной почты.')
  expect(said(z.iso.date(), 'c')).toContain('2026-01-31')
  expect(said(z.iso.datetime({ offset: true }), 'c')).toContain('+03:00')
})
