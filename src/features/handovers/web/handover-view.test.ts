import { expect, test } from 'vitest'
import { equalParts, partsOf } from './handover-view.ts'

test('equal portions are a third of all, half of the rest, and the rest', () => {
  expect(equalParts(['a', 'b', 'c'])).toEqual([
    { to: 'a', percent: 100 / 3 },
    { to: 'b', percent: 50 },
    { to: 'c' },
  ])
})

test('what is picked by hand is asked for before what a filter takes, without a share', () => {
  const id = '0199aaaa-0000-7000-8000-000000000001'
  expect(partsOf([{ to: 'a' }, { to: 'b', ids: [id], percent: 50 }])).toEqual([
    { at: 1, part: { toId: 'b', filter: { ids: [id] } } },
    { at: 0, part: { toId: 'a', filter: {} } },
  ])
})

test('a part nobody was chosen for is not asked for and keeps its place on the screen', () => {
  expect(partsOf([{ percent: 50 }, { to: 'b', percent: 25 }])).toEqual([
    { at: 1, part: { toId: 'b', filter: {}, share: 0.25 } },
  ])
})
