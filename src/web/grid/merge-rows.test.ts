import { expect, test } from 'vitest'
import { mergeRows } from './merge-rows.ts'

const row = (id: string, name = id) => ({ id, name })
const page = (names: string, nextCursor: string | null = null) => ({
  items: [...names].map((id) => row(id)),
  nextCursor,
})
const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0)
const namesOf = (pages: { items: { name: string }[] }[]) =>
  pages.map(({ items }) => items.map(({ name }) => name).join(''))

test('a changed row stays in its place, even where the order would move it', () => {
  const { pages } = mergeRows([page('abc')], ['b'], [row('b', 'z')], byName)
  expect(namesOf(pages)).toEqual(['azc'])
})

test('a row the filter no longer shows leaves; others stay as they are', () => {
  const before = [page('abc', 'c'), page('def')]
  const { pages } = mergeRows(before, ['b', 'x'], [], byName)
  expect(namesOf(pages)).toEqual(['ac', 'def'])
  expect(pages[1]!.items[0]).toBe(before[1]!.items[0])
})

test('a newcomer goes to its place in the order', () => {
  const { pages } = mergeRows(
    [page('ace', 'e'), page('gi')],
    ['d', 'f', 'z'],
    [row('d'), row('f'), row('z')],
    byName,
  )
  expect(namesOf(pages)).toEqual(['acde', 'fgiz'])
})

test('a newcomer behind all that is loaded comes with its own page', () => {
  const { pages, atTop } = mergeRows([page('ac', 'c')], ['z'], [row('z')], byName)
  expect(namesOf(pages)).toEqual(['ac'])
  expect(atTop).toBe(0)
})

test('without an order to tell by it goes to the top, and is counted', () => {
  const { pages, atTop } = mergeRows([page('ac')], ['z', 'c'], [row('z'), row('c')], undefined)
  expect(namesOf(pages)).toEqual(['zac'])
  expect(atTop).toBe(1)
})

test('a first row in an empty table', () => {
  expect(namesOf(mergeRows([page('')], ['a'], [row('a')], byName).pages)).toEqual(['a'])
})
