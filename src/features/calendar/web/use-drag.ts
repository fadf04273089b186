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

const threshold = 5
const grid = 15

/**
 * Drags an entry by the mouse or a pen over elements with `data-day` (and `data-hours`: minutes per pixel from `data-from`; `data-whole`).
 * A finger scrolls instead: on a telephone an entry is moved from its own form.
 */
export function useDrag(onDrop: (activity: Activity, place: Place) => void) {
  const [dragged, setDragged] = useState<Dragged | null>(null)
  const began = useRef<{ activity: Activity; x: number; y: number; offset: number; moving: boolean } | null>(
    null,
  )
  const drop = useRef(onDrop)
  useEffect(() => {
    drop.current = onDrop
  })

  useEffect(() => {
    const onMove = (event: PointerEvent) => {
      const start = began.current
      if (!start) return
      if (!start.moving && Math.hypot(event.clientX - start.x, event.clientY - start.y) < threshold) return
      start.moving = true
      event.preventDefault()
      const over = placeAt(event.clientX, event.clientY, start.offset)
      setDragged({ activity: start.activity, x: event.clientX, y: event.clientY, over })
    }
    const onUp = (event: PointerEvent) => {
      const start = began.current
      began.current = null
      setDragged(null)
      if (!start?.moving) return
      // The click that ends a drag opens nothing.
      addEventListener('click', swallow, { capture: true, once: true })
      setTimeout(() => removeEventListener('click', swallow, { capture: true }), 0)
      const place = placeAt(event.clientX, event.clientY, start.offset)
      if (place) drop.current(start.activity, place)
    }
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !began.current) return
      began.current = null
      setDragged(null)
    }
    addEventListener('pointermove', onMove)
    addEventListener('pointerup', onUp)
    addEventListener('keydown', onKey)
    return () => {
      removeEventListener('pointermove', onMove)
      removeEventListener('pointerup', onUp)
      removeEventListener('keydown', onKey)
    }
  }, [])

  const grab = (activity: Activity) => (event: ReactPointerEvent<HTMLElement>) => {
    if (event.button !== 0 || event.pointerType === 'touch') return
    const { top } = event.currentTarget.getBoundingClientRect()
    began.current = {
      activity,
      x: event.clientX,
      y: event.clientY,
      offset: event.clientY - top,
      moving: false,
    }
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
