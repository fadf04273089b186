import '@glideapps/glide-data-grid/dist/index.css'
import {
  DataEditorCore,
  type DataEditorRef,
  type EditListItem,
  type GridCell,
  GridCellKind,
  type GridKeyEventArgs,
  type GridSelection,
  type Rectangle,
  type TextCell,
} from '@glideapps/glide-data-grid'
import { VisuallyHidden } from '@mantine/core'
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import {
  arrangeColumns,
  type CellEdit,
  type Column,
  frozenOf,
  layoutOf,
  moveColumn,
  nextSort,
} from './columns.ts'
import type { DataTableProps } from './DataTable.tsx'
import { bringListEditors, editorOf } from './editors.tsx'
import type { OpenMenu } from './GridMenus.tsx'
import { images, KEYS, nothingSelected, RENDERERS } from './glide.ts'
import { gridCells } from './grid-cells.ts'
import { handleKey } from './grid-keys.ts'
import classes from './grid.module.css'
import { useGridTheme } from './grid-theme.ts'
import type { Rect } from './ranges.ts'
import { createTypedAhead } from './typed-ahead.ts'
import { type Trouble, useCellWrites, type Versioned } from './use-cell-writes.ts'
import { bringReader, useClipboard } from './use-clipboard.tsx'
import { useRowAnchor } from './use-row-anchor.ts'
import { useSheet } from './use-sheet.ts'

// Downloaded when they are first wanted: most visits see neither.
const GridMenus = lazy(async () => ({ default: (await import('./GridMenus.tsx')).GridMenus }))
const Troubles = lazy(async () => ({ default: (await import('./Troubles.tsx')).Troubles }))

/** Grey rows below the loaded ones, so that there is somewhere to scroll to while the next page comes. */
const AHEAD = 60
const ROW_HEIGHT = 34

/** The canvas behind `DataTable`; nothing outside this folder knows which grid it is. */
export function Grid<Row extends Versioned>(props: DataTableProps<Row>) {
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
    onWrite,
    onSelect,
    onRange,
    selectable,
  } = props
  const { t } = useTranslation()
  const { theme, marks } = useGridTheme()
  const shown = useMemo(() => arrangeColumns(columns, layout), [columns, layout])
  const nameOf = useCallback(
    (row: Row) => columns.find(({ kind }) => kind === 'link')?.text(row) ?? row.id,
    [columns],
  )
  const writes = useCellWrites(onWrite, columns, nameOf, source)
  const [selection, setSelection] = useState<GridSelection>(nothingSelected)
  const [menu, setMenu] = useState<OpenMenu>()
  const [cut, setCut] = useState<Rect>()
  const [tip, setTip] = useState<{ bounds: Rectangle; message: string }>()
  const frame = useRef<HTMLDivElement>(null)
  const grid = useRef<DataEditorRef>(null)

  const canCreate = props.newRow !== undefined && onWrite !== undefined && !source.hasMore
  const count = source.rows.length + (source.hasMore ? AHEAD : canCreate ? 1 : 0)
  const gridColumns = useMemo(
    () =>
      shown.map((column) => ({
        id: column.id,
        title: column.title + arrowOf(column, sort),
        width: layout?.widths[column.id] ?? column.width ?? 160,
        hasMenu: onLayout !== undefined,
      })),
    [shown, layout, sort, onLayout],
  )

  const canEdit = (row: Row, { edit }: Column<Row>) =>
    onWrite !== undefined && edit !== undefined && edit.allowed?.(row) !== false
  const isBlank = (at: number) => canCreate && at === source.rows.length

  const selected = (): Rect | undefined => {
    if (selection.current) return selection.current.range
    const rows = selection.rows.toArray()
    const isWhole = rows.length > 0 && rows.at(-1)! - rows[0]! === rows.length - 1
    return isWhole ? { x: 0, y: rows[0]!, width: shown.length, height: rows.length } : undefined
  }
  const select = (cell: readonly [number, number], range: Rect) => {
    changeSelection({ ...nothingSelected(), current: { cell: [...cell], range, rangeStack: [] } })
    grid.current?.scrollTo(cell[0], cell[1])
  }
  const changeSelection = (next: GridSelection) => {
    setSelection(next)
    // Where the line is down, whoever needs them asks again.
    if (onWrite) void Promise.all([bringListEditors(), bringReader()]).catch(() => {})
    onSelect?.(next.rows.toArray().flatMap((at) => source.rows[at] ?? []))
    const { y = 0, height = 0 } = next.current?.range ?? {}
    onRange?.(source.rows.slice(y, y + height))
    const [col, at] = next.current?.cell ?? []
    props.onCursor?.(source.rows[at ?? -1]?.id ?? null, shown[col ?? -1]?.id ?? null)
  }
  const noteTop = useRowAnchor(source.rows, selection, { frame, rowHeight: ROW_HEIGHT, select: setSelection })

  const sheet = useSheet({
    source,
    shown,
    writes,
    selected,
    select: (rect) => select([rect.x, rect.y], rect),
    canCreate: props.newRow !== undefined,
  })
  useClipboard({ frame, sheet, selected, onCut: setCut, canEdit: onWrite !== undefined })

  const { cellOf, drawCell, frames } = gridCells({
    table: props,
    rows: source.rows,
    shown,
    writes,
    canEdit,
    isBlank,
    theme,
    marks,
  })

  const onCellsEdited = (changed: readonly EditListItem[]) => {
    const made = changed.flatMap(({ location: [col, at], value }) => {
      const text = String(value.data ?? '').trim()
      return isBlank(at) && text !== '' ? [{ [shown[col]!.id]: text }] : []
    })
    const cells = changed.flatMap(({ location: [col, at], value }) => {
      const row = source.rows[at]
      const column = shown[col]
      const isSame = row && column && (value as TextCell).data === (cellOf([col, at]) as TextCell).data
      return row && column && canEdit(row, column) && !isSame
        ? [{ row, column, text: String(value.data ?? '') }]
        : []
    })
    void writes.submit('edit', cells, made)
    return true
  }

  const open = (at: number) => {
    const row = source.rows[at]
    if (row) onOpen?.(row)
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

  const onKeyDown = (event: GridKeyEventArgs) => {
    // `event.location` would count the column of check boxes.
    const { cell, range } = selection.current ?? {}
    const column = cell && shown[cell[0]]
    if (!cell || !range || !column) return
    const row = source.rows[cell[1]]
    const act = event.altKey && row && rowKeys?.[event.rawEvent?.code ?? '']
    if (act) {
      event.cancel()
      return act(row)
    }
    const isEditable = row ? canEdit(row, column) : isBlank(cell[1]) && column.kind === 'link'
    if (isEditable && typed.catch(event)) return
    handleKey(event, {
      cell: [cell[0], cell[1]],
      rect: range,
      columns: shown.length,
      rows: source.rows.length,
      all: source.rows.length + (source.hasMore ? AHEAD : 0),
      isFilled: (x, y) => source.rows[y] !== undefined && shown[x]!.text(source.rows[y]) !== '',
      canEdit: onWrite !== undefined,
      select,
      edit: () => isEditable && typed.open(event.rawEvent?.target ?? undefined),
      open: () => open(cell[1]),
      menu: () =>
        event.bounds &&
        setMenu({
          of: 'cell',
          cell: [cell[0], cell[1]],
          place: { x: event.bounds.x + 8, y: event.bounds.y + event.bounds.height },
        }),
      clear: () => sheet.clear(range),
      fillDown: () => sheet.fillDown(range),
      fillRight: () => sheet.fillRight(range),
      forgetCut: () => {
        setCut(undefined)
        sheet.forgetCut()
      },
    })
  }

  const show = ({ row, column }: Trouble<Row>) => {
    const at = row ? source.rows.findIndex(({ id }) => id === row.id) : source.rows.length
    const col = shown.findIndex(({ id }) => id === column.id)
    if (at < 0 || col < 0) return
    select([col, at], { x: col, y: at, width: 1, height: 1 })
    grid.current?.focus()
  }

  return (
    <div ref={frame} className={classes.frame}>
      <div className={classes.sheet}>
        <DataEditorCore
          ref={grid}
          theme={theme}
          renderers={RENDERERS}
          imageWindowLoader={images}
          width="100%"
          height="100%"
          rows={count}
          rowHeight={ROW_HEIGHT}
          headerHeight={34}
          columns={gridColumns}
          getCellContent={cellOf}
          getCellsForSelection
          drawCell={drawCell}
          freezeColumns={frozenOf(shown, layout)}
          smoothScrollX
          smoothScrollY
          rangeSelect="rect"
          columnSelect="none"
          rowSelect={selectable ? 'multi' : 'none'}
          rowSelectionMode="multi"
          rowMarkers={selectable ? 'checkbox-visible' : 'none'}
          rowMarkerWidth={36}
          fillHandle={onWrite !== undefined}
          onFillPattern={(event) => {
            event.preventDefault()
            sheet.fillDrawn(event.patternSource, event.fillDestination)
          }}
          onPaste={false}
          gridSelection={selection}
          onGridSelectionChange={changeSelection}
          highlightRegions={[
            ...(cut ? [{ color: theme.accentLight ?? '', range: cut, style: 'dashed' as const }] : []),
            ...frames(),
          ]}
          onCellsEdited={onCellsEdited}
          onFinishedEditing={() => source.hold?.(false)}
          provideEditor={provideEditor as never}
          onVisibleRegionChanged={({ y, height }) => {
            noteTop(y)
            if (y + height + AHEAD > source.rows.length) source.loadMore()
          }}
          onItemHovered={({ kind, location: [col, at], ...hovered }) => {
            const row = source.rows[at]
            const column = shown[col]
            const trouble = kind === 'cell' && row && column && writes.troubleOf(row, column)
            if (trouble && 'bounds' in hovered) setTip({ bounds: hovered.bounds, message: trouble.message })
            else if (tip) setTip(undefined)
          }}
          onCellClicked={([col, at], event) => {
            const row = source.rows[at]
            const column = shown[col]
            if (!row || column?.kind !== 'link' || event.shiftKey || event.ctrlKey) return
            if (isOnText(event.localEventX, column.text(row), theme.fontFamily ?? '')) open(at)
          }}
          onCellActivated={([col, at]) => {
            const row = source.rows[at]
            const column = shown[col]
            // Rows stand still under an open editor.
            if (row && column && canEdit(row, column)) source.hold?.(true)
            else open(at)
          }}
          onCellContextMenu={(cell, event) => {
            event.preventDefault()
            const place = { x: event.bounds.x + event.localEventX, y: event.bounds.y + event.localEventY }
            setMenu({ of: 'cell', cell: [cell[0], cell[1]], place })
          }}
          onHeaderMenuClick={(column, { x, y, height }) =>
            setMenu({ of: 'column', column, place: { x, y: y + height } })
          }
          onHeaderContextMenu={(column, event) => {
            event.preventDefault()
            const place = { x: event.bounds.x + event.localEventX, y: event.bounds.y + event.localEventY }
            setMenu({ of: 'column', column, place })
          }}
          onKeyDown={onKeyDown}
          onHeaderClicked={(at) => {
            const column = shown[at]
            if (column?.sort) onSort?.(nextSort(column, sort, usualSort))
          }}
          onColumnResize={(column, width) => {
            const current = layoutOf(columns, layout)
            onLayout?.({ ...current, widths: { ...current.widths, [column.id ?? '']: Math.round(width) } })
          }}
          onColumnMoved={(from, to) => onLayout?.(moveColumn(layoutOf(columns, layout), from, to))}
          keybindings={KEYS}
        />
      </div>
      {writes.troubles.length > 0 && (
        <Suspense fallback={null}>
          <Troubles
            troubles={writes.troubles as never}
            nameOf={nameOf as never}
            onShow={show as never}
            onForget={writes.forget}
          />
        </Suspense>
      )}
      {tip && !menu && (
        <div
          role="tooltip"
          className={classes.tip}
          style={{
            left: Math.min(tip.bounds.x, window.innerWidth - 330),
            top: tip.bounds.y + tip.bounds.height + 4,
          }}
        >
          {tip.message}
        </div>
      )}
      {menu && (
        <Suspense fallback={null}>
          <GridMenus
            menu={menu}
            onClose={() => {
              setMenu(undefined)
              grid.current?.focus()
            }}
            props={props as never}
            shown={shown as never}
            sheet={sheet as never}
            selected={selected}
          />
        </Suspense>
      )}
      <VisuallyHidden role="status">{writes.isWriting ? t('grid.writing') : ''}</VisuallyHidden>
    </div>
  )
}

const arrowOf = (column: Column<never>, sort: string) => {
  if (!column.sort) return ''
  if (sort === column.sort) return ' ↑'
  return sort === `-${column.sort}` ? ' ↓' : ''
}

const measure = document.createElement('canvas').getContext('2d')

/** Was the click on the letters of a link, rather than on the empty rest of its cell? */
function isOnText(x: number, text: string, fontFamily: string) {
  if (!measure) return true
  measure.font = `13px ${fontFamily}`
  return x >= 6 && x <= 14 + measure.measureText(text).width
}
