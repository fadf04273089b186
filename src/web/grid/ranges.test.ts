import { expect, test } from 'vitest'
import { fillCells, jump, pasteRect } from './ranges.ts'

test('a clipboard is repeated where it fits into the selection, else it lands once', () => {
  const selected = { x: 1, y: 2, width: 2, height: 6 }
  expect(pasteRect(selected, 1, 1)).toEqual(selected)
  expect(pasteRect(selected, 2, 3)).toEqual(selected)
  expect(pasteRect(selected, 1, 3)).toEqual(selected)
  expect(pasteRect(selected, 2, 4)).toEqual({ x: 1, y: 2, width: 2, height: 4 })
  expect(pasteRect({ x: 1, y: 2, width: 1, height: 1 }, 3, 2)).toEqual({ x: 1, y: 2, width: 3, height: 2 })
})

test('a fill repeats its cells below, above and aside', () => {
  const source = { x: 0, y: 2, width: 1, height: 2 }
  const down = [...fillCells(source, { x: 0, y: 2, width: 1, height: 5 })]
  expect(down.map(({ row, from }) => [row, from[1]])).toEqual([
    [4, 2],
    [5, 3],
    [6, 2],
  ])
  const up = [...fillCells(source, { x: 0, y: 0, width: 1, height: 4 })]
  expect(up.map(({ row, from }) => [row, from[1]])).toEqual([
    [0, 2],
    [1, 3],
  ])
})

test.each([
  // A filled run is walked to its end, a gap to the next filled cell, the last gap to the edge.
  [0, 1, 2],
  [2, 1, 5],
  [5, 1, 8],
  [8, -1, 5],
  [5, -1, 2],
  [1, -1, 0],
  [0, -1, 0],
] as const)('Ctrl with an arrow leads from %i by %i to %i', (from, step, to) => {
  const filled = [true, true, true, false, false, true, false, false, false]
  expect(jump((at) => filled[at] ?? false, from, step, 8)).toBe(to)
})
