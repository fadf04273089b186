import { expect, test } from 'vitest'
import {
  arrangeColumns,
  type Column,
  layoutOf,
  moveColumn,
  nextSort,
  parseEdit,
  toggleColumn,
} from './columns.ts'

const column = (id: string, more: Partial<Column<unknown>> = {}): Column<unknown> => ({
  id,
  title: id,
  text: () => '',
  ...more,
})
const columns = [column('name'), column('phone'), column('inn', { hidden: true }), column('stage')]
const idsOf = (shown: Column<unknown>[]) => shown.map(({ id }) => id)

test('without a layout the usual columns stand in the usual order', () => {
  expect(idsOf(arrangeColumns(columns, undefined))).toEqual(['name', 'phone', 'stage'])
})

test('a column the layout does not know appears, unless it is hidden by nature', () => {
  const layout = { order: ['stage', 'name'], hidden: [], widths: {} }
  expect(idsOf(arrangeColumns(columns, layout))).toEqual(['stage', 'name', 'phone'])
})

test('a column can be shown, moved and hidden again', () => {
  const start = layoutOf(columns, undefined)
  const shown = toggleColumn(start, 'inn', true)
  expect(idsOf(arrangeColumns(columns, shown))).toEqual(['name', 'phone', 'stage', 'inn'])
  const moved = moveColumn(shown, 3, 0)
  expect(idsOf(arrangeColumns(columns, moved))).toEqual(['inn', 'name', 'phone', 'stage'])
  expect(idsOf(arrangeColumns(columns, toggleColumn(moved, 'inn', false)))).toEqual([
    'name',
    'phone',
    'stage',
  ])
})

test('clicks on a header go up, down and back to the usual order', () => {
  const region = { sort: 'region' }
  expect(nextSort(region, 'name', 'name')).toBe('region')
  expect(nextSort(region, 'region', 'name')).toBe('-region')
  expect(nextSort(region, '-region', 'name')).toBe('name')
  expect(nextSort({}, 'region', 'name')).toBe('region')
})

test('a choice takes a value or a label in any case, and nothing else', () => {
  const edit = { input: 'choice' as const, options: [{ value: 'u1', label: 'Иванов Пётр' }] }
  expect(parseEdit(edit, 'u1', null)).toBe('u1')
  expect(parseEdit(edit, ' иванов пётр ', null)).toBe('u1')
  expect(parseEdit(edit, '', null)).toBeNull()
  expect(() => parseEdit(edit, 'Сидоров', null)).toThrow('Сидоров')
})

test('tags are split, trimmed and kept once', () => {
  expect(parseEdit({ input: 'tags' }, 'опт, VIP; опт,', null)).toEqual(['опт', 'VIP'])
})
