import type { GridKeyEventArgs } from '@glideapps/glide-data-grid'
import { expect, test } from 'vitest'
import { createTypedAhead } from './typed-ahead.ts'

/** A key over a cell, without a canvas below it. */
const press = (key: string, more: Partial<GridKeyEventArgs> = {}) =>
  ({
    key,
    ctrlKey: false,
    metaKey: false,
    altKey: false,
    cancel: () => {},
    preventDefault: () => {},
    ...more,
  }) as GridKeyEventArgs

test('letters typed before the editor stands are kept in their order, of any alphabet', () => {
  const typed = createTypedAhead()
  for (const key of 'Ёж 2') expect(typed.catch(press(key))).toBe(true)
  expect(typed.peek()).toBe('Ёж 2')
  typed.taken()
  expect(typed.peek()).toBeUndefined()
})

test('Enter or Tab pressed before the editor stands tells where to go on', () => {
  const typed = createTypedAhead()
  typed.catch(press('7'))
  expect(typed.catch(press('Tab'))).toBe(true)
  expect(typed.taken()).toEqual([1, 0])
})

test('letters that reach the grid while the editor stands go to the editor', () => {
  const typed = createTypedAhead()
  const received: string[] = []
  typed.catch(press('7'))
  typed.taken()
  typed.sendTo((letter) => received.push(letter))
  typed.catch(press('8'))
  expect(received).toEqual(['8'])
})

test.each([press('c', { ctrlKey: true }), press(' '), press('Enter'), press('ArrowDown'), press('Delete')])(
  'the grid keeps its own keys: %o',
  (event) => {
    expect(createTypedAhead().catch(event)).toBe(false)
  },
)
