import { type PointerEvent as ReactPointerEvent, useEffect, useRef, useState } from 'react'
import type { Activity } from '#features/activities/contract.ts'
import { timeOf } from './days.ts'

/** Where an entry is let go: a day, and the time where the place has hours; null: the whole day; undefined: the time it had. */
export interface Place {
  day: string
  time: string | null | undefined
}

export interface Dragged {
  activity: Activity
  x: number
  y: number
  over: Place | null
}

interface Began {
  activity: Activity
  x: number
  y: number
  offset: number
  /** A finger scrolls until it has held the entry for a while. */
  finger: boolean
  moving: boolean
}

const threshold = 5
const grid = 15
/** Milliseconds a finger holds an entry until it takes it up. */
const holdFor = 400

/**
 * Drags an entry by the mouse, a pen or a finger that has held it, over elements with `data-day` (and `data-hours`: minutes per pixel from
 * `data-from`; `data-whole`).
 */
export function useDrag(onDrop: (activity: Activity, place: Place) => void) {
  const [dragged, setDragged] = useState<Dragged | null>(null)
  const began = useRef<Began | null>(null)
  const hold = useRef<ReturnType<typeof setTimeout>>(undefined)
  const drop = useRef(onDrop)
  useEffect(() => {
    drop.current = onDrop
  })

  useEffect(() => {
    const onMove = (event: PointerEvent) => {
      const start = began.current
      if (!start) return
      if (!start.moving && Math.hypot(event.clientX - start.x, event.clientY - start.y) < threshold) return
      // Moved before it was held: the finger scrolls.
      if (start.finger && !start.moving) return letGo()
      start.moving = true
      event.preventDefault()
      const over = placeAt(event.clientX, event.clientY, start.offset)
      setDragged({ activity: start.activity, x: event.clientX, y: event.clientY, over })
    }
    const letGo = () => {
      clearTimeout(hold.current)
      began.current = null
      setDragged(null)
    }
    const onUp = (event: PointerEvent) => {
      const start = began.current
      letGo()
      if (!start?.moving) return
      // The click that ends a drag opens nothing.
      addEventListener('click', swallow, { capture: true, once: true })
      setTimeout(() => removeEventListener('click', swallow, { capture: true }), 0)
      // Taken up and put down where it was: it keeps its minutes too.
      if (Math.hypot(event.clientX - start.x, event.clientY - start.y) < threshold) return
      const place = placeAt(event.clientX, event.clientY, start.offset)
      if (place) drop.current(start.activity, place)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && began.current) letGo()
    }
    // The page would scroll under the finger, or a menu open above it.
    const stay = (event: Event) => {
      if (began.current?.finger && (began.current.moving || event.type === 'contextmenu'))
        event.preventDefault()
    }
    addEventListener('pointermove', onMove)
    addEventListener('pointerup', onUp)
    addEventListener('pointercancel', letGo)
    addEventListener('keydown', onKey)
    addEventListener('touchmove', stay, { passive: false })
    addEventListener('contextmenu', stay)
    return () => {
      clearTimeout(hold.current)
      removeEventListener('pointermove', onMove)
      removeEventListener('pointerup', onUp)
      removeEventListener('pointercancel', letGo)
      removeEventListener('keydown', onKey)
      removeEventListener('touchmove', stay)
      removeEventListener('contextmenu', stay)
    }
  }, [])

  const grab = (activity: Activity) => (event: ReactPointerEvent<HTMLElement>) => {
    if (event.button !== 0) return
    const { clientX: x, clientY: y } = event
    const offset = y - event.currentTarget.getBoundingClientRect().top
    const start: Began = { activity, x, y, offset, finger: event.pointerType === 'touch', moving: false }
    began.current = start
    if (!start.finger) return
    hold.current = setTimeout(() => {
      start.moving = true
      navigator.vibrate?.(20)
      setDragged({ activity, x, y, over: placeAt(x, y, offset) })
    }, holdFor)
  }
  return { dragged, grab }
}

const swallow = (event: Event) => {
  event.stopPropagation()
  event.preventDefault()
}

/** @param offset how far below its upper edge the entry is held */
function placeAt(x: number, y: number, offset: number): Place | null {
  const target = document
    .elementsFromPoint(x, y)
    .find((element) => element instanceof HTMLElement && element.dataset.day)
  if (!(target instanceof HTMLElement)) return null
  const day = target.dataset.day!
  if (target.dataset.whole !== undefined) return { day, time: null }
  if (target.dataset.hours === undefined) return { day, time: undefined }
  return { day, time: timeAt(target, y - offset) }
}

/** The quarter of an hour at a height of a column of hours. */
export function timeAt(column: HTMLElement, y: number): string {
  const minutes =
    Number(column.dataset.from) + (y - column.getBoundingClientRect().top) * Number(column.dataset.hours)
  return timeOf(Math.min(24 * 60 - grid, Math.max(grid, Math.round(minutes / grid) * grid)))
}
