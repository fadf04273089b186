import type { GridKeyEventArgs } from '@glideapps/glide-data-grid'

export type Movement = readonly [-1 | 0 | 1, -1 | 0 | 1]

/** Keys pressed over a cell before its editor is there to take them. */
export interface TypedAhead {
  /** Letters typed since the editor was asked for; undefined when it was opened by Enter or the mouse. */
  peek: () => string | undefined
  /** The editor stands: forgets the letters, tells where to go on when Enter or Tab came already. */
  taken: () => Movement | undefined
  /** Letters that reach the grid before the editor has the focus; undefined when the editor goes. */
  sendTo: (receiver: ((letter: string) => void) | undefined) => void
  /** Opens the editor of the selected cell, as F2 does. */
  open: (target: EventTarget | undefined) => void
  /** True when the key was kept for the editor; for cells that can be edited. */
  catch: (event: GridKeyEventArgs) => boolean
}

const MOVEMENTS: Record<string, [Movement, Movement]> = {
  Enter: [
    [0, 1],
    [0, -1],
  ],
  Tab: [
    [1, 0],
    [-1, 0],
  ],
}

/** Where the selection goes on from a finished cell: Enter down, Tab to the right, with Shift back. */
export const movementOf = ({ key, shiftKey }: { key: string; shiftKey: boolean }): Movement | undefined =>
  MOVEMENTS[key]?.[shiftKey ? 1 : 0]

/**
 * Opens the editor on any letter. The grid itself does so for ASCII alone, and loses what is typed while the editor is
 * being drawn: so we keep the letters, open the editor as Enter does, and the editor starts with them.
 */
export function createTypedAhead(): TypedAhead {
  let typed: string | undefined
  let leave: Movement | undefined
  let isOurEnter = false
  let receiver: ((letter: string) => void) | undefined

  const openEditor = (target: EventTarget | undefined) => {
    const enter = { key: 'Enter', code: 'Enter', keyCode: 13, bubbles: true, cancelable: true }
    isOurEnter = true
    target?.dispatchEvent(new KeyboardEvent('keydown', enter))
    isOurEnter = false
  }

  return {
    peek: () => typed,
    taken: () => {
      const movement = leave
      typed = undefined
      leave = undefined
      return movement
    },
    sendTo: (next) => {
      receiver = next
    },
    open: openEditor,
    catch: (event) => {
      if (isOurEnter) return false
      const movement = typed === undefined ? undefined : movementOf(event)
      const isLetter = event.key.length === 1 && !(event.ctrlKey || event.metaKey || event.altKey)
      if (!movement && !(isLetter && (event.key !== ' ' || typed !== undefined))) return false
      event.cancel()
      event.preventDefault()
      if (receiver) receiver(event.key)
      else if (movement) leave = movement
      else {
        const { target } = event.rawEvent ?? {}
        if (typed === undefined) queueMicrotask(() => openEditor(target))
        typed = (typed ?? '') + event.key
      }
      return true
    },
  }
}
