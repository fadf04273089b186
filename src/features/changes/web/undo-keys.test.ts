import { expect, test } from 'vitest'
import { type KeyPress, wayOf } from './undo-keys.ts'

const press = (key: string, code: string, held: Partial<KeyPress> = { ctrlKey: true }): KeyPress => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

test.each([
  ['Ctrl+Z', press('z', 'KeyZ'), 'back'],
  ['Ctrl+Я of the Russian layout', press('я', 'KeyZ'), 'back'],
  ['Ctrl+Н of the Russian layout', press('н', 'KeyY'), 'again'],
  ['Cmd+Z', press('z', 'KeyZ', { metaKey: true }), 'back'],
  ['Ctrl+Shift+Z', press('Z', 'KeyZ', { ctrlKey: true, shiftKey: true }), 'again'],
  ['Ctrl+Y', press('y', 'KeyY'), 'again'],
  ['Ctrl+Z of a German keyboard, whose Z lies where the English Y does', press('z', 'KeyY'), 'back'],
  ['Z alone', press('z', 'KeyZ', {}), null],
  ['AltGr+Z', press('z', 'KeyZ', { ctrlKey: true, altKey: true }), null],
  ['Ctrl+X', press('x', 'KeyX'), null],
])('%s', (_, pressed, way) => {
  expect(wayOf(pressed)).toBe(way)
})
