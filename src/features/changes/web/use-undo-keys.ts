import { useEffect } from 'react'
import { type KeyPress, wayOf } from './undo-keys.ts'
import { useUndo, useUndoFollowing } from './use-undo.ts'

/** Ctrl+Z, Ctrl+Y and Ctrl+Shift+Z anywhere but in a field, whose own undo they are. */
export function useUndoKeys(enabled: boolean) {
  const { step } = useUndo(enabled)
  useUndoFollowing()
  useEffect(() => {
    if (!enabled) return undefined
    const pressed = (event: KeyboardEvent) => {
      if (event.defaultPrevented || isField(event.target)) return
      const way = wayOf(event satisfies KeyPress)
      if (!way) return
      event.preventDefault()
      step(way)
    }
    // Before the table sees the key: it keeps many for itself.
    addEventListener('keydown', pressed, { capture: true })
    return () => removeEventListener('keydown', pressed, { capture: true })
  }, [step, enabled])
}

const letters = 'textarea, select, [contenteditable]:not([contenteditable="false"])'
const other = 'checkbox radio button submit range color file'.split(' ')

function isField(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false
  if (target instanceof HTMLInputElement) return !target.readOnly && !other.includes(target.type)
  return target.closest(letters) !== null
}
