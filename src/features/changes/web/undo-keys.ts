import type { Way } from './reversal.tsx'

export type KeyPress = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/**
 * The way a key press asks for: Ctrl or Cmd with Z back, with Shift+Z or Y again. By the letter where it is a Latin one (a German
 * Z lies where the English Y does), else by the place of the key: Я and Н of the Russian layout.
 */
export function wayOf({ key, code, ctrlKey, metaKey, altKey, shiftKey }: KeyPress): Way | null {
  if (ctrlKey === metaKey || altKey) return null
  const letter = /^[a-z]$/i.test(key) ? key.toLowerCase() : code.replace(/^Key/, '').toLowerCase()
  if (letter === 'z') return shiftKey ? 'again' : 'back'
  return letter === 'y' && !shiftKey ? 'again' : null
}
