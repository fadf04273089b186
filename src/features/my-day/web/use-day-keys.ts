import { useEffect, useRef } from 'react'

const step: Record<string, 1 | -1> = { KeyJ: 1, ArrowDown: 1, KeyK: -1, ArrowUp: -1 }

/**
 * J, K and the arrows walk through the entries of a screen (`data-entry`), N goes to the line of a new one. What a key does to an entry
 * the entry itself knows. When the one that had the focus is gone, the walk goes on where it was.
 * @returns for the element the entries are in
 */
export function useDayKeys() {
  const screen = useRef<HTMLDivElement>(null)
  const place = useRef(-1)
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || isBusy(event.target)) return
      if (event.code === 'KeyN') {
        screen.current?.querySelector<HTMLElement>('[data-composer]')?.focus()
        event.preventDefault()
        return
      }
      const by = step[event.code]
      if (!by) return
      const entries = [...(screen.current?.querySelectorAll<HTMLElement>('[data-entry]') ?? [])]
      if (entries.length === 0) return
      const focused = entries.findIndex((entry) => entry.contains(document.activeElement))
      // Gone since: the next one has come into its place.
      const from = focused >= 0 ? focused : by === 1 ? place.current - 1 : place.current
      place.current = Math.min(entries.length - 1, Math.max(0, from + by))
      const entry = entries[place.current]!
      entry.focus({ preventScroll: true })
      entry.scrollIntoView({ block: 'nearest' })
      event.preventDefault()
    }
    const onFocus = ({ target }: FocusEvent) => {
      const entries = [...(screen.current?.querySelectorAll('[data-entry]') ?? [])]
      const at = entries.findIndex((entry) => entry.contains(target as Node))
      if (at >= 0) place.current = at
    }
    document.addEventListener('keydown', onKeyDown)
    document.addEventListener('focusin', onFocus)
    return () => {
      document.removeEventListener('keydown', onKeyDown)
      document.removeEventListener('focusin', onFocus)
    }
  }, [])
  return screen
}

/** Somebody types, or something stands over the screen. */
function isBusy(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false
  return (
    target.isContentEditable ||
    target.closest(
      'input, textarea, select, [role=dialog], [role=menu], [role=listbox], [role=radiogroup]',
    ) !== null
  )
}
