import {
  type DrawCellCallback,
  type GridCell,
  GridCellKind,
  type Item,
  type TextCell,
} from '@glideapps/glide-data-grid'
import { type Column, editText, labelOf } from './columns.ts'
import type { CellMark, DataTableProps } from './DataTable.tsx'
import { drawClock, drawPresence } from './draw-live.ts'
import { drawTags, drawText, drawVerdict } from './draw.ts'
import type { useGridTheme } from './grid-theme.ts'
import type { CellWrites, Versioned } from './use-cell-writes.ts'

const LOADING: GridCell = {
  kind: GridCellKind.Loading,
  allowOverlay: false,
  skeletonWidth: 90,
  skeletonWidthVariability: 60,
}

interface GridCells<Row extends Versioned> extends ReturnType<typeof useGridTheme> {
  table: Pick<DataTableProps<Row>, 'newRow' | 'waiting' | 'present'>
  rows: readonly Row[]
  shown: readonly Column<Row>[]
  writes: Pick<CellWrites<Row>, 'pendingText' | 'troubleOf'>
  canEdit: (row: Row, column: Column<Row>) => boolean
  isBlank: (at: number) => boolean
}

/** What the canvas shows in each cell: a row's text or what is on its way there, its verdict, why it was refused, and who is in it. */
export function gridCells<Row extends Versioned>({
  table,
  rows,
  shown,
  writes,
  canEdit,
  isBlank,
  theme,
  marks,
}: GridCells<Row>) {
  const cellOf = ([col, at]: Item): GridCell => {
    const row = rows[at]
    const column = shown[col]
    if (column && isBlank(at)) return blankCell(column, table.newRow ?? '')
    if (!row || !column) return LOADING
    const pending = writes.pendingText(row, column) ?? table.waiting?.(row.id, column.id)
    const text = pending === undefined ? column.text(row) : labelOf(column, pending)
    return {
      kind: GridCellKind.Text,
      displayData: text,
      data: pending ?? editText(column, row),
      copyData: text,
      allowOverlay: canEdit(row, column),
      readonly: !canEdit(row, column),
      ...(column.kind === 'number' && { contentAlign: 'right' as const }),
      ...(pending !== undefined && { style: 'faded' as const }),
      ...(column.kind === 'link' && { cursor: 'pointer' }),
      themeOverride: {
        ...(column.kind === 'link' && { textDark: theme.linkColor ?? '' }),
        ...(column.mark?.(row) && { bgCell: marks.changed }),
        ...(writes.troubleOf(row, column) && { bgCell: marks.refused }),
      },
    }
  }

  const drawCell: DrawCellCallback = (args, drawContent) => {
    const column = shown[args.col]
    const row = rows[args.row]
    if (!column || !row) return drawContent()
    const { displayData } = args.cell as TextCell
    if (column.kind === 'tags') drawTags(args, displayData, marks)
    else drawText(args, displayData, column.kind === 'number' ? 'right' : 'left')
    const verdict = column.verdict?.(row)
    if (writes.troubleOf(row, column)) drawVerdict(args, 'junk', displayData, marks)
    else if (verdict === 'doubtful' || verdict === 'junk') drawVerdict(args, verdict, displayData, marks)
    if (table.waiting?.(row.id, column.id) !== undefined) drawClock(args)
    const other = table.present?.get(row.id)?.find((mark) => isMarkOf(mark, column, args.col))
    if (other) drawPresence(args, other.name, other.colour)
  }

  return { cellOf, drawCell, frames: () => framesOf(table.present, rows, shown) }
}

/** Who is on the card and in none of its fields is shown at the client's name. */
const isMarkOf = ({ field }: CellMark, { id, kind }: Pick<Column<never>, 'id' | 'kind'>, at: number) =>
  field === null ? at === 0 || kind === 'link' : field === id

/** Coloured frames around the cells colleagues are in. */
function framesOf(
  present: ReadonlyMap<string, readonly CellMark[]> | undefined,
  rows: readonly { id: string }[],
  shown: readonly Pick<Column<never>, 'id' | 'kind'>[],
) {
  if (!present || present.size === 0) return []
  return rows.flatMap(({ id }, y) =>
    (present.get(id) ?? []).flatMap((mark) => {
      const x = shown.findIndex((column, at) => isMarkOf(mark, column, at))
      if (x < 0) return []
      return [{ color: `${mark.colour}22`, range: { x, y, width: 1, height: 1 }, style: 'solid' as const }]
    }),
  )
}

/** The row below the last one: a name typed here makes a new one, pasted rows make as many. */
const blankCell = <Row>(column: Column<Row>, hint: string): GridCell => ({
  kind: GridCellKind.Text,
  displayData: column.kind === 'link' ? hint : '',
  data: '',
  allowOverlay: column.kind === 'link',
  readonly: column.kind !== 'link',
  style: 'faded',
})
