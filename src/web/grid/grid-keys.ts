import type { GridKeyEventArgs } from '@glideapps/glide-data-grid'
import { jump, type Rect } from './ranges.ts'

/** What the keys beside the grid's own act on. */
export interface KeyTarget {
  columns: number
  /** Rows that are there; with `all` those below the loaded ones too. */
  rows: number
  all: number
  cell: readonly [number, number]
  rect: Rect
  isFilled: (column: number, row: number) => boolean
  canEdit: boolean
  /** Selects a cell, and a range that reaches from it. */
  select: (cell: readonly [number, number], rect: Rect) => void
  edit: () => void
  open: () => void
  menu: () => void
  clear: () => void
  fillDown: () => void
  fillRight: () => void
  forgetCut: () => void
}

/** Keys of a spreadsheet, by their place on the keyboard: a Russian layout has them too. @returns whether it was one of them */
export function handleKey(event: GridKeyEventArgs, target: KeyTarget): boolean {
  const code = event.rawEvent?.code ?? event.key
  const isCommand = (event.ctrlKey || event.metaKey) && !event.altKey
  const act = isCommand ? commandOf(code, event.shiftKey, target) : plainOf(code, event.shiftKey, target)
  if (!act) return false
  event.cancel()
  event.preventDefault()
  event.stopPropagation()
  act()
  return true
}

type Act = (() => void) | undefined

function plainOf(code: string, shift: boolean, target: KeyTarget): Act {
  const { cell, rect, columns, rows } = target
  switch (code) {
    case 'F2':
      return target.canEdit ? target.edit : undefined
    case 'Delete':
      return target.canEdit ? target.clear : undefined
    case 'Escape':
      return target.forgetCut
    case 'ContextMenu':
      return target.menu
    case 'F10':
      return shift ? target.menu : undefined
    case 'Space':
      return shift ? () => target.select(cell, { ...rect, x: 0, width: columns }) : undefined
    case 'Home':
      return shift ? () => reach(target, [0, endOf(target)[1]]) : undefined
    case 'End':
      return shift ? () => reach(target, [columns - 1, endOf(target)[1]]) : undefined
    case 'PageDown':
    case 'PageUp': {
      if (!shift) return undefined
      const [column, row] = endOf(target)
      const step = code === 'PageDown' ? pageRows : -pageRows
      return () => reach(target, [column, Math.min(rows - 1, Math.max(0, row + step))])
    }
  }
  return undefined
}

const pageRows = 20

function commandOf(code: string, shift: boolean, target: KeyTarget): Act {
  const { cell, rect, columns, all, canEdit } = target
  const arrow = arrows[code]
  if (arrow) return () => jumpBy(target, arrow, shift)
  if (shift) return undefined
  switch (code) {
    case 'KeyA':
      return () => target.select(cell, { x: 0, y: 0, width: columns, height: all })
    case 'Space':
      return () => target.select(cell, { ...rect, y: 0, height: all })
    case 'KeyD':
      return canEdit ? target.fillDown : undefined
    case 'KeyR':
      return canEdit ? target.fillRight : undefined
    case 'Enter':
      return target.open
  }
  return undefined
}

const arrows: Record<string, readonly [0 | 1 | -1, 0 | 1 | -1]> = {
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
}

/** The corner of the range that moves while Shift is held: the one across from the cell. */
function endOf({ cell: [column, row], rect }: KeyTarget): [number, number] {
  return [
    rect.x < column ? rect.x : rect.x + rect.width - 1,
    rect.y < row ? rect.y : rect.y + rect.height - 1,
  ]
}

/** Selects from the cell to this corner. */
function reach({ cell, select }: KeyTarget, [column, row]: readonly [number, number]) {
  const [x, y] = [Math.min(cell[0], column), Math.min(cell[1], row)]
  select(cell, { x, y, width: Math.abs(cell[0] - column) + 1, height: Math.abs(cell[1] - row) + 1 })
}

function jumpBy(target: KeyTarget, [right, down]: readonly [0 | 1 | -1, 0 | 1 | -1], shift: boolean) {
  const [column, row] = shift ? endOf(target) : target.cell
  const last = right === 0 ? target.rows - 1 : target.columns - 1
  if (last < 0) return
  const to: [number, number] =
    right === 0
      ? [column, jump((at) => target.isFilled(column, at), Math.min(row, last), down as 1 | -1, last)]
      : [jump((at) => target.isFilled(at, row), column, right, last), row]
  if (shift) reach(target, to)
  else target.select(to, { x: to[0], y: to[1], width: 1, height: 1 })
}
