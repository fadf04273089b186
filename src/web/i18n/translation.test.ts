import { beforeEach, expect, test } from 'vitest'
import { exists, showWords, t as say } from './translation.ts'

// The keys of the product are typed; these are words of the test.
const t = say as (key: string, values?: Record<string, string | number>) => string

const russian = {
  shell: { save: 'Сохранить', hello: 'Здравствуйте, {{name}}!', sum: '{{done}} из {{total}}, {{done}}' },
  found_one: '{{count}} клиент',
  found_few: '{{count}} клиента',
  found_many: '{{count}} клиентов',
  found_other: '{{count}} клиента',
  left: 'Осталось: {{count}}',
}

beforeEach(() => showWords('ru', russian))

test('a word is found by its groups', () => {
  expect(t('shell.save')).toBe('Сохранить')
})

test('a key without a word is shown as it is, so that it is seen and reported', () => {
  expect(t('shell.nothing')).toBe('shell.nothing')
  expect(t('shell')).toBe('shell')
  expect(t('shell.save.more')).toBe('shell.save.more')
})

test('every place of a sentence takes its value, as text', () => {
  expect(t('shell.hello', { name: '<b>$& {{name}}</b>' })).toBe('Здравствуйте, <b>$& {{name}}</b>!')
  expect(t('shell.sum', { done: 0, total: 5 })).toBe('0 из 5, 0')
})

test.each([
  [1, '1 клиент'],
  [2, '2 клиента'],
  [5, '5 клиентов'],
  [11, '11 клиентов'],
  [21, '21 клиент'],
  [1.5, '1.5 клиента'],
])('%d takes the plural form of Russian', (count, text) => {
  expect(t('found', { count })).toBe(text)
})

test('a word without plural forms takes a count like any other value', () => {
  expect(t('left', { count: 3 })).toBe('Осталось: 3')
})

test('another language brings its words and its plural forms', () => {
  showWords('en', { found_one: '{{count}} client', found_other: '{{count}} clients' })
  expect(t('found', { count: 1 })).toBe('1 client')
  expect(t('found', { count: 21 })).toBe('21 clients')
})

test('whether there is a word can be asked', () => {
  expect(exists('shell.save')).toBe(true)
  expect(exists('shell')).toBe(false)
  expect(exists('found')).toBe(false)
})
