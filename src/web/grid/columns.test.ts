import { expect, test } from 'vitest'
import {
  arrangeColumns,
  type Column,
  copyText,
  editText,
  frozenOf,
  layoutOf,
  moveColumn,
  nextSort,
  splitTags,
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

test('a copied choice is its name, a copied text what was entered', () => {
  const options = [{ value: 'u1', label: 'Иванов Пётр' }]
  const owner = column('owner', {
    text: () => 'Иванов Пётр',
    edit: { input: 'choice', text: () => 'u1', options },
  })
  expect(copyText(owner, null)).toBe('Иванов Пётр')
  expect(editText(owner, null)).toBe('u1')
  const phone = column('phone', { text: () => '+7 (495) 1', edit: { input: 'text', text: () => '8 495 1' } })
  expect(copyText(phone, null)).toBe('8 495 1')
})

test('the first column stays in sight when it opens the card, or as many as were chosen', () => {
  const link = [column('name', { kind: 'link' }), column('phone')]
  expect(frozenOf(link, undefined)).toBe(1)
  expect(frozenOf([column('phone')], undefined)).toBe(0)
  expect(frozenOf(link, { order: [], hidden: [], widths: {}, frozen: 9 })).toBe(2)
  expect(layoutOf(link, { order: ['name'], hidden: [], widths: {}, frozen: 0 }).frozen).toBe(0)
})

test('tags are split, trimmed and kept once', () => {
  expect(splitTags('опт, VIP; опт,')).toEqual(['опт', 'VIP'])
})
