import '@glideapps/glide-data-grid/dist/index.css'
import {
  CompactSelection,
  DataEditorCore,
  type DataEditorCoreProps,
  type DrawCellCallback,
  type EditListItem,
  type GridCell,
  GridCellKind,
  type GridSelection,
  type Item,
  ImageWindowLoaderImpl,
  loadingCellRenderer,
  markerCellRenderer,
  newRowCellRenderer,
  type TextCell,
  textCellRenderer,
} from '@glideapps/glide-data-grid'
import { useCallback, useMemo, useState } from 'react'
import { arrangeColumns, type CellEdit, type Column, layoutOf, moveColumn, nextSort } from './columns.ts'
import type { DataTableProps } from './DataTable.tsx'
import { drawTags, drawText, drawVerdict } from './draw.ts'
import { bringListEditors, editorOf } from './editors.tsx'
import { useGridTheme } from './grid-theme.ts'
import { createTypedAhead } from './typed-ahead.ts'
import { useRowEdits } from './use-row-edits.ts'

/** Grey rows below the loaded ones, so that there is somewhere to scroll to while the next page comes. */
const AHEAD = 60
const ROW_HEIGHT = 34

const LOADING: GridCell = {
  kind: GridCellKind.Loading,
  allowOverlay: false,
  skeletonWidth: 90,
  skeletonWidthVariability: 60,
}

/** The kinds of cell we draw; the others bring a Markdown reader and a picture carousel along. */
const RENDERERS = [
  markerCellRenderer,
  newRowCellRenderer,
  loadingCellRenderer,
  // What stands in the cell is heard, not the value behind it (the id of an owner).
  { ...textCellRenderer, getAccessibilityString: ({ displayData }: TextCell) => displayData },
] as unknown as DataEditorCoreProps['renderers']

const images = new ImageWindowLoaderImpl()

/** The canvas behind `DataTable`; nothing outside this folder knows which grid it is. */
export function Grid<Row extends { id: string }>(props: DataTableProps<Row>) {
  const {
    source,
    columns,
    layout,
    onLayout,
    sort = '',
    usualSort = '',
    onSort,
    onOpen,
    rowKeys,
    onEdit,
    onSelect,
    selectable,
  } = props
  const { theme, marks } = useGridTheme()
  const shown = useMemo(() => arrangeColumns(columns, layout), [columns, layout])
  const edits = useRowEdits(onEdit, source.replace)
  const [selection, setSelection] = useState<GridSelection>(nothingSelected)

  const gridColumns = useMemo(
    () =>
      shown.map((column) => ({
        id: column.id,
        title: column.title + arrowOf(column, sort),
        width: layout?.widths[column.id] ?? column.width ?? 160,
      })),
    [shown, layout, sort],
  )

  const canEdit = (row: Row, { edit }: Column<Row>) =>
    onEdit !== undefined && edit !== undefined && edit.allowed?.(row) !== false

  const cellOf = ([col, at]: Item): GridCell => {
    const row = source.rows[at]
    const column = shown[col]
    if (!row || !column) return LOADING
    const pending = edits.pendingText(row, column)
    const text = pending === undefined ? column.text(row) : labelOf(column, pending)
    return {
      kind: GridCellKind.Text,
      displayData: text,
      data: pending ?? (column.edit?.text ? column.edit.text(row) : text),
      copyData: text,
      allowOverlay: canEdit(row, column),
      readonly: !canEdit(row, column),
      ...(column.kind === 'number' && { contentAlign: 'right' as const }),
      ...(pending !== undefined && { style: 'faded' as const }),
      ...(column.kind === 'link' && { cursor: 'pointer' }),
      themeOverride: {
        ...(column.kind === 'link' && { textDark: theme.linkColor ?? '' }),
        ...(column.mark?.(row) && { bgCell: marks.changed }),
        ...(edits.isRefused(row, column) && { bgCell: marks.refused }),
      },
    }
  }

  const drawCell: DrawCellCallback = (args, drawContent) => {
    const column = shown[args.col]
    const row = source.rows[args.row]
    if (!column || !row) return drawContent()
    const { displayData } = args.cell as TextCell
    if (column.kind === 'tags') drawTags(args, displayData, marks)
    else drawText(args, displayData, column.kind === 'number' ? 'right' : 'left')
    const verdict = column.verdict?.(row)
    if (verdict === 'doubtful' || verdict === 'junk') drawVerdict(args, verdict, displayData, marks)
  }

  const onCellsEdited = (changed: readonly EditListItem[]) => {
    edits.edit(
      changed.flatMap(({ location: [col, at], value }) => {
        const row = source.rows[at]
        const column = shown[col]
        const isSame = row && column && (value as TextCell).data === (cellOf([col, at]) as TextCell).data
        return row && column && canEdit(row, column) && !isSame
          ? [{ row, column, text: String(value.data ?? '') }]
          : []
      }),
    )
    return true
  }

  const open = ([col, at]: Item, always = false) => {
    const row = source.rows[at]
    const column = shown[col]
    if (row && column && (always || column.kind === 'link' || !canEdit(row, column))) onOpen?.(row)
  }

  const [typed] = useState(createTypedAhead)
  const editors = useMemo(
    () =>
      new Map(
        shown.flatMap(({ id, edit }) =>
          edit ? [[id, editorOf(edit as CellEdit<never>, typed)] as const] : [],
        ),
      ),
    [shown, typed],
  )
  const provideEditor = useCallback(
    (cell: GridCell) => {
      const [col] = selection.current?.cell ?? []
      const editor = col === undefined ? undefined : editors.get(shown[col]?.id ?? '')
      return cell.kind === GridCellKind.Text && editor ? { editor, disablePadding: true } : undefined
    },
    [selection, shown, editors],
  )

  return (
    <DataEditorCore
      theme={theme}
      renderers={RENDERERS}
      imageWindowLoader={images}
      width="100%"
      height="100%"
      rows={source.rows.length + (source.hasMore ? AHEAD : 0)}
      rowHeight={ROW_HEIGHT}
      headerHeight={34}
      columns={gridColumns}
      getCellContent={cellOf}
      getCellsForSelection
      drawCell={drawCell}
      freezeColumns={shown[0]?.kind === 'link' ? 1 : 0}
      smoothScrollX
      smoothScrollY
      rangeSelect="rect"
      columnSelect="none"
      rowSelect={selectable ? 'multi' : 'none'}
      rowMarkers={selectable ? 'checkbox-visible' : 'none'}
      rowMarkerWidth={36}
      fillHandle={onEdit !== undefined}
      onPaste={onEdit !== undefined}
      gridSelection={selection}
      onGridSelectionChange={(next) => {
        setSelection(next)
        if (onEdit) void bringListEditors()
        onSelect?.(next.rows.toArray().flatMap((at) => source.rows[at] ?? []))
      }}
      onCellsEdited={onCellsEdited}
      onDelete={() => onEdit !== undefined}
      provideEditor={provideEditor as never}
      onVisibleRegionChanged={({ y, height }) => {
        if (y + height + AHEAD > source.rows.length) source.loadMore()
      }}
      onCellClicked={(cell, event) => {
        const [col, at] = cell
        const row = source.rows[at]
        const column = shown[col]
        if (!row || column?.kind !== 'link' || event.shiftKey || event.ctrlKey) return
        if (isOnText(event.localEventX, column.text(row), theme.fontFamily ?? '')) open(cell)
      }}
      onCellActivated={(cell) => open(cell)}
      onKeyDown={(event) => {
        // `event.location` would count the column of check boxes.
        const cell = selection.current?.cell
        const row = cell && source.rows[cell[1]]
        const column = cell && shown[cell[0]]
        if (!row || !column) return
        const act = event.altKey && rowKeys?.[event.rawEvent?.code ?? '']
        if (act) {
          event.cancel()
          return act(row)
        }
        if (canEdit(row, column) && typed.catch(event)) return
        if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
        event.cancel()
        open(cell, true)
      }}
      onHeaderClicked={(at) => {
        const column = shown[at]
        if (column?.sort) onSort?.(nextSort(column, sort, usualSort))
      }}
      onColumnResize={(column, width) => {
        const current = layoutOf(columns, layout)
        onLayout?.({ ...current, widths: { ...current.widths, [column.id ?? '']: Math.round(width) } })
      }}
      onColumnMoved={(from, to) => onLayout?.(moveColumn(layoutOf(columns, layout), from, to))}
      keybindings={{ search: false, downFill: true, rightFill: true }}
    />
  )
}

const nothingSelected = (): GridSelection => ({
  columns: CompactSelection.empty(),
  rows: CompactSelection.empty(),
})

const arrowOf = (column: Column<never>, sort: string) => {
  if (!column.sort) return ''
  if (sort === column.sort) return ' ↑'
  return sort === `-${column.sort}` ? ' ↓' : ''
}

const labelOf = <Row,>(column: Column<Row>, text: string) =>
  column.edit?.options?.find((option) => option.value === text)?.label ?? text

const measure = document.createElement('canvas').getContext('2d')

/** Was the click on the letters of a link, rather than on the empty rest of its cell? */
function isOnText(x: number, text: string, fontFamily: string) {
  if (!measure) return true
  measure.font = `13px ${fontFamily}`
  return x >= 6 && x <= 14 + measure.measureText(text).width
}
