import { notifications } from '@mantine/notifications'
import { t } from '#web/i18n/translation.ts'
import { noticeFrame } from '#web/layout/notify.tsx'
import { CellMenu, HeaderMenu, type MenuPlace } from './CellMenu.tsx'
import { markOf } from './clipboard-html.ts'
import { type Column, frozenOf, layoutOf, toggleColumn } from './columns.ts'
import type { DataTableProps } from './DataTable.tsx'
import type { Rect } from './ranges.ts'
import type { Versioned } from './use-cell-writes.ts'
import { pastedCells } from './read-clipboard.ts'
import { readClipboard } from './use-clipboard.tsx'
import type { Sheet } from './use-sheet.ts'

export type OpenMenu = { place: MenuPlace } & (
  | { of: 'cell'; cell: readonly [number, number] }
  | { of: 'column'; column: number }
)

interface GridMenusProps<Row extends Versioned> {
  menu: OpenMenu | undefined
  /** Closes the menu and gives the focus back to the grid. */
  onClose: () => void
  props: DataTableProps<Row>
  shown: readonly Column<Row>[]
  sheet: Sheet<Row>
  selected: () => Rect | undefined
}

/** The menus of a cell and of a column, wired to what the table can do. */
export function GridMenus<Row extends Versioned>({
  menu,
  onClose,
  props,
  shown,
  sheet,
  selected,
}: GridMenusProps<Row>) {
  const { source, columns, layout, onLayout, onSort, onOpen, onWrite, onFilter, onBulkEdit } = props
  const current = layoutOf(columns, layout)
  const freezeTo = (at: number) => onLayout && (() => onLayout({ ...current, frozen: at + 1 }))
  const hide = (at: number) => {
    const column = shown[at]
    return column && column.kind !== 'link' && onLayout
      ? () => onLayout(toggleColumn(current, column.id, false))
      : undefined
  }
  const rect = selected()
  const [col, at] = menu?.of === 'cell' ? menu.cell : [-1, -1]
  const [row, column] = [source.rows[at], shown[col]]
  const canEdit = onWrite !== undefined && rect !== undefined
  const header = menu?.of === 'column' ? shown[menu.column] : undefined
  return (
    <>
      <CellMenu
        place={menu?.of === 'cell' ? menu.place : undefined}
        onClose={onClose}
        onCopy={() => afterClose(onClose, () => document.execCommand('copy'))}
        onCut={canEdit ? () => afterClose(onClose, () => document.execCommand('cut')) : undefined}
        onPaste={canEdit ? () => void paste(sheet) : undefined}
        onFill={canEdit ? () => sheet.fillDown(rect) : undefined}
        onClear={canEdit ? () => sheet.clear(rect) : undefined}
        onOpen={row && onOpen ? () => onOpen(row) : undefined}
        onFilter={row && column && onFilter?.(column.id, row)}
        onBulkEdit={
          onBulkEdit && rect ? () => onBulkEdit(source.rows.slice(rect.y, rect.y + rect.height)) : undefined
        }
        onFreeze={freezeTo(col)}
        onHide={hide(col)}
      />
      <HeaderMenu
        place={menu?.of === 'column' ? menu.place : undefined}
        onClose={onClose}
        onSort={
          header?.sort && onSort ? (isFalling) => onSort(`${isFalling ? '-' : ''}${header.sort}`) : undefined
        }
        onFreeze={menu?.of === 'column' ? (freezeTo(menu.column) ?? (() => {})) : () => {}}
        onUnfreeze={
          frozenOf(shown, layout) > 0 && onLayout ? () => onLayout({ ...current, frozen: 0 }) : undefined
        }
        onHide={menu?.of === 'column' ? hide(menu.column) : undefined}
      />
    </>
  )
}

/** The command goes to what has the focus: to the grid, once the menu has given it back. */
function afterClose(close: () => void, act: () => void) {
  close()
  requestAnimationFrame(act)
}

async function paste<Row extends Versioned>(sheet: Sheet<Row>) {
  const given = await readClipboard()
  if (given) sheet.paste(pastedCells(given), markOf(given.html))
  else notifications.show({ ...noticeFrame(), message: t('grid.paste-by-keys') })
}
