import { expect, test } from 'vitest'
import { dirtyCells } from './dirty-cells.ts'
import { measureVerdicts } from './verdict-accuracy.ts'

const cells = dirtyCells()

test('the dirty set is big and the same every time', () => {
  expect(cells.length).toBeGreaterThanOrEqual(5000)
  expect(dirtyCells()).toEqual(cells)
})

test.each(measureVerdicts(cells))(
  '$kind: at least 99.5 % of $cells cells are read as labelled, no valid value is junk',
  ({ accuracy, falseJunk }) => {
    expect(accuracy).toBeGreaterThanOrEqual(0.995)
    expect(falseJunk).toBe(0)
  },
)
