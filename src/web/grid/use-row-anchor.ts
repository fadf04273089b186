import { CompactSelection, type GridSelection } from '@glideapps/glide-data-grid'
import { type RefObject, useLayoutEffect, useRef } from 'react'

interface Anchors {
  /** The row at the top of what is seen, and the row of the cursor. */
  top: { id: string; at: number } | undefined
  cursor: { id: string; at: number } | undefined
}

/**
 * Rows come and leave above what a person looks at, while he looks: the rows he sees stay where they are, and his selection stays on the
 * rows it was on.
 */
export function useRowAnchor(
  rows: readonly { id: string }[],
  selection: GridSelection,
  {
    frame,
    rowHeight,
    select,
  }: {
    frame: RefObject<HTMLElement | null>
    rowHeight: number
    select: (selection: GridSelection) => void
  },
) {
  const anchors = useRef<Anchors>({ top: undefined, cursor: undefined })
  const before = useRef(rows)
  const cursorAt = selection.current?.cell[1]
  useLayoutEffect(() => {
    if (before.current !== rows) {
      before.current = rows
      const { top, cursor } = anchors.current
      const moved = shiftOf(rows, top)
      if (moved !== 0) {
        const scroller = frame.current?.querySelector('.dvn-scroller')
        if (scroller) scroller.scrollTop += moved * rowHeight
        anchors.current.top = { id: top!.id, at: top!.at + moved }
      }
      const by = shiftOf(rows, cursor)
      if (by !== 0) {
        anchors.current.cursor = { id: cursor!.id, at: cursor!.at + by }
        return select(shifted(selection, by))
      }
    }
    anchors.current.cursor = cursorAt === undefined ? undefined : anchorOf(rows, cursorAt)
  }, [rows, cursorAt, selection, frame, rowHeight, select])
  return (topRow: number) => {
    anchors.current.top = anchorOf(rows, topRow)
  }
}

const anchorOf = (rows: readonly { id: string }[], at: number) => {
  const id = rows[at]?.id
  return id === undefined ? undefined : { id, at }
}

/** By how many places a row has moved; 0 where it is gone. */
function shiftOf(rows: readonly { id: string }[], anchor: { id: string; at: number } | undefined): number {
  if (!anchor || rows[anchor.at]?.id === anchor.id) return 0
  const now = rows.findIndex(({ id }) => id === anchor.id)
  return now < 0 ? 0 : now - anchor.at
}

function shifted({ current, rows, columns }: GridSelection, by: number): GridSelection {
  return {
    columns,
    rows: rows.toArray().reduce((all, at) => all.add(Math.max(0, at + by)), CompactSelection.empty()),
    ...(current && {
      current: {
        ...current,
        cell: [current.cell[0], current.cell[1] + by] as const,
        range: { ...current.range, y: Math.max(0, current.range.y + by) },
        rangeStack: [],
      },
    }),
  }
}
