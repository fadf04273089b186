import type { ProvideEditorComponent, TextCell } from '@glideapps/glide-data-grid'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import classes from './grid.module.css'
import type { Movement, TypedAhead } from './typed-ahead.ts'

export type Editor = ProvideEditorComponent<TextCell>
export type EditorProps = Parameters<Editor>[0]

/** The overlay draws the frame. */
export const bare = { variant: 'unstyled', className: classes.editor } as const

export const withText = (cell: TextCell, text: string, shown = text): TextCell => ({
  ...cell,
  data: text,
  displayData: shown,
})

/** The text an editor starts with, and what is to be done once it stands. */
export function useTypedStart(
  typed: TypedAhead,
  usual: string,
  onStart: (text: string, leave: Movement | undefined) => void,
) {
  const [start] = useState(() => typed.peek())
  useLayoutEffect(() => {
    const leave = typed.taken()
    if (start !== undefined) onStart(start, leave)
    // Only once, when the editor appears.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])
  return start ?? usual
}

/** After a double click the grid takes the focus back once more; the editor claims it in the next frame. */
export function useFocus<E extends HTMLElement>() {
  const ref = useRef<E>(null)
  useEffect(() => {
    const claim = () => document.activeElement !== ref.current && ref.current?.focus()
    const frame = requestAnimationFrame(claim)
    return () => cancelAnimationFrame(frame)
  }, [])
  return ref
}
