import { notifications } from '@mantine/notifications'
import { t } from '#web/i18n/translation.ts'
import { useRef } from 'react'
import { noticeFrame, notifyProblem } from '#web/layout/notify.tsx'
import type { CopiedCell } from './clipboard-html.ts'
import type { PastedCell } from './read-clipboard.ts'
import { type Column, copyText, editText } from './columns.ts'
import { fillCells, pasteRect, type Rect } from './ranges.ts'
import type { CellWrites, NewRow, Versioned, WantedCell } from './use-cell-writes.ts'
import type { RowSource } from './use-keyset-rows.ts'

/** Rows that a copy, a fill or a clearing reaches at the most; what is wider is a bulk edit or an export. */
export const mostRows = 10_000

interface SheetOptions<Row extends Versioned> {
  source: RowSource<Row>
  shown: readonly Column<Row>[]
  writes: CellWrites<Row>
  selected: () => Rect | undefined
  select: (rect: Rect) => void
  /** Pasted rows below the last one become new ones. */
  canCreate: boolean
}

/** What is done with ranges: each act reads the rows it needs, and is sent as one. */
export function useSheet<Row extends Versioned>({
  source,
  shown,
  writes,
  selected,
  select,
  canCreate,
}: SheetOptions<Row>) {
  const cut = useRef<{ mark: string; cells: WantedCell<Row>[] } | undefined>(undefined)

  /** The rows of a range; undefined where they are too many, which is told. A range that ends below the loaded rows means: to the end. */
  const rowsOf = async ({ y, height }: Rect): Promise<readonly Row[] | undefined> => {
    const isToEnd = source.hasMore && y + height > source.rows.length
    if (!isToEnd) return source.rows.slice(y, y + height)
    const rows = await source.loadUpTo(mostRows + 1)
    if (rows.length > mostRows) {
      notifications.show({
        ...noticeFrame(),
        message: t('grid.too-many-rows', { count: mostRows }),
        color: 'orange',
      })
      return undefined
    }
    return rows.slice(y)
  }

  const cellsOf = (
    rect: Rect,
    rows: readonly Row[],
    textOf: (row: Row, column: Column<Row>, at: number) => string,
  ) =>
    rows.flatMap((row, at) =>
      columnsOf(rect).map((column): WantedCell<Row> => ({ row, column, text: textOf(row, column, at) })),
    )
  const columnsOf = ({ x, width }: Rect) => shown.slice(x, x + width)
  const canEdit = (row: Row, { edit }: Column<Row>) => edit !== undefined && edit.allowed?.(row) !== false

  const told = (work: Promise<void>) => void work.catch(notifyProblem)

  const copied = (rect: Rect, rows: readonly Row[]): CopiedCell[][] =>
    rows.map((row) =>
      columnsOf(rect).map((column) => ({ text: column.text(row), edited: copyText(column, row) })),
    )

  /** Puts texts into what can be edited of a range; the rest of it is left as it is. */
  const fill = async (
    rect: Rect,
    name: 'fill' | 'clear',
    textOf: (row: Row, column: Column<Row>, at: number) => string,
  ) => {
    const rows = await rowsOf(rect)
    if (rows)
      await writes.submit(
        name,
        cellsOf(rect, rows, textOf).filter(({ row, column }) => canEdit(row, column)),
      )
  }

  const fillFrom = async (from: Rect, target: Rect) => {
    const rows = await rowsOf(target)
    if (!rows) return
    const whole = { ...target, height: rows.length }
    const sources = source.rows
    const cells = [...fillCells(from, whole)].flatMap(({ column: x, row: y, from: [fromX, fromY] }) => {
      const [row, column, given, givenColumn] = [rows[y - whole.y], shown[x], sources[fromY], shown[fromX]]
      if (!row || !column || !given || !givenColumn || !canEdit(row, column)) return []
      return [
        {
          row,
          column,
          text: column === givenColumn ? editText(column, given) : copyText(givenColumn, given),
        },
      ]
    })
    await writes.submit('fill', cells)
  }

  const paste = async (cells: readonly (readonly PastedCell[])[], mark: string | undefined) => {
    const at = selected()
    if (!at) return
    const width = Math.max(...cells.map((row) => row.length))
    const target = pasteRect(at, width, cells.length)
    const end = target.y + target.height
    const isRepeated = target.height > cells.length
    const rows = isRepeated ? await rowsOf(target) : (await source.loadUpTo(end)).slice(target.y, end)
    if (!rows) return
    const textAt = (column: Column<Row>, x: number, y: number) => {
      const { text = '', exact } = cells[y % cells.length]?.[x % width] ?? {}
      const isExact = column.edit?.input === 'date' || column.edit?.input === 'number'
      return (isExact ? exact : undefined) ?? text
    }
    const columns = columnsOf(target)
    const wanted = rows.flatMap((row, y) =>
      columns.map((column, x): WantedCell<Row> => ({ row, column, text: textAt(column, x, y) })),
    )
    const created = isRepeated ? [] : newRows(columns, rows.length, target.height, textAt)
    if (created.length > 0) {
      if (!canCreate)
        notifications.show({ ...noticeFrame(), message: t('grid.below-end', { count: created.length }) })
      else if (!(await askNewRows(created.length))) return
    }
    if (columns.length < target.width)
      notifications.show({
        ...noticeFrame(),
        message: t('grid.beside-end', { count: target.width - columns.length }),
      })
    // What was cut leaves its cells in the same act, unless something was pasted over it.
    const moved = mark !== undefined && cut.current?.mark === mark ? cut.current.cells : []
    cut.current = undefined
    const keyOf = ({ row, column }: WantedCell<Row>) => `${row.id} ${column.id}`
    const over = new Set(moved.length > 0 ? wanted.map(keyOf) : [])
    const left = moved.filter((cell) => !over.has(keyOf(cell))).map((cell) => ({ ...cell, text: '' }))
    select({ ...target, width: columns.length, height: rows.length + (canCreate ? created.length : 0) })
    await writes.submit('paste', [...wanted, ...left], canCreate ? created : [])
  }

  return {
    /** The cells of a range, at once where its rows are there; undefined where they are still to be read. */
    copyNow: (rect: Rect): CopiedCell[][] | undefined =>
      source.hasMore && rect.y + rect.height > source.rows.length
        ? undefined
        : copied(rect, source.rows.slice(rect.y, rect.y + rect.height)),
    copyLater: async (rect: Rect): Promise<CopiedCell[][] | undefined> => {
      const rows = await rowsOf(rect)
      return rows && copied(rect, rows)
    },
    /** Ids of the rows of a range that are there. */
    rowIds: (rect: Rect) => source.rows.slice(rect.y, rect.y + rect.height).map(({ id }) => id),
    columnIds: (rect: Rect) => columnsOf(rect).map(({ id }) => id),
    /** Marks a range as cut: a paste of the same mark takes its texts away. */
    cut: (rect: Rect, mark: string) => {
      const rows = source.rows.slice(rect.y, rect.y + rect.height)
      cut.current = {
        mark,
        cells: cellsOf(rect, rows, () => '').filter(({ row, column }) => canEdit(row, column)),
      }
    },
    forgetCut: () => void (cut.current = undefined),
    paste: (cells: readonly (readonly PastedCell[])[], mark: string | undefined) => told(paste(cells, mark)),
    clear: (rect: Rect) => told(fill(rect, 'clear', () => '')),
    /** Ctrl+D: the first row over the others, of a single row the one above it. */
    fillDown: (rect: Rect) => {
      if (rect.height > 1) told(fillFrom({ ...rect, height: 1 }, rect))
      else if (rect.y > 0) told(fillFrom({ ...rect, y: rect.y - 1 }, { ...rect, y: rect.y - 1, height: 2 }))
    },
    /** Ctrl+R: the first column over the others, of a single column the one before it. */
    fillRight: (rect: Rect) => {
      if (rect.width > 1) told(fillFrom({ ...rect, width: 1 }, rect))
      else if (rect.x > 0) told(fillFrom({ ...rect, x: rect.x - 1 }, { ...rect, x: rect.x - 1, width: 2 }))
    },
    fillDrawn: (from: Rect, target: Rect) => told(fillFrom(from, target)),
  }
}

export type Sheet<Row extends Versioned> = ReturnType<typeof useSheet<Row>>

async function askNewRows(count: number): Promise<boolean> {
  const { confirm } = await import('#web/layout/confirm.tsx')
  return confirm({
    title: t('grid.new-rows-title'),
    text: t('grid.new-rows', { count }),
    confirm: t('grid.new-rows-make'),
  })
}

/** Rows of a paste that lie below the last row; blank ones make nothing. */
function newRows<Row>(
  columns: readonly Column<Row>[],
  from: number,
  to: number,
  textAt: (column: Column<Row>, x: number, y: number) => string,
): NewRow[] {
  const rows: NewRow[] = []
  for (let y = from; y < to; y++) {
    const texts = columns.map((column, x) => [column.id, textAt(column, x, y)] as const)
    const filled = texts.filter(([, text]) => text.trim() !== '')
    if (filled.length > 0) rows.push(Object.fromEntries(filled))
  }
  return rows
}
