import { Menu, UnstyledButton } from '@mantine/core'
import {
  IconArrowBarToDown,
  IconClipboard,
  IconColumns2,
  IconCopy,
  IconEraser,
  IconEyeOff,
  IconFilter,
  IconId,
  IconPencil,
  IconScissors,
  IconSortAscending,
  IconSortDescending,
} from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './grid.module.css'

export interface MenuPlace {
  x: number
  y: number
}

interface FloatingMenuProps {
  place: MenuPlace | undefined
  label: string
  onClose: () => void
  children: ReactNode
}

/** A menu where the mouse or the selected cell is. */
function FloatingMenu({ place, label, onClose, children }: FloatingMenuProps) {
  if (!place) return null
  return (
    <Menu
      opened
      onClose={onClose}
      position="bottom-start"
      width={270}
      trapFocus
      returnFocus={false}
      withInitialFocusPlaceholder={false}
    >
      <Menu.Target>
        <UnstyledButton
          tabIndex={-1}
          aria-label={label}
          style={{ position: 'fixed', left: place.x, top: place.y, width: 1, height: 1 }}
        />
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}

type Icon = ComponentType<{ size: number; stroke: number }>
interface ItemProps {
  icon: Icon
  label: string
  keys?: string
  onClick: (() => void) | undefined
}

/** An item that is there only where it can be done. */
function Item({ icon: Sign, label, keys, onClick }: ItemProps) {
  if (!onClick) return null
  return (
    <Menu.Item
      leftSection={<Sign size={16} stroke={1.6} />}
      rightSection={keys && <kbd className={classes.keys}>{keys}</kbd>}
      onClick={onClick}
    >
      {label}
    </Menu.Item>
  )
}

interface CellMenuProps {
  place: MenuPlace | undefined
  onClose: () => void
  onCopy: () => void
  onCut: (() => void) | undefined
  onPaste: (() => void) | undefined
  onFill: (() => void) | undefined
  onClear: (() => void) | undefined
  onOpen: (() => void) | undefined
  onFilter: (() => void) | undefined
  onBulkEdit: (() => void) | undefined
  onFreeze: (() => void) | undefined
  onHide: (() => void) | undefined
}

/** What can be done with the selected cells. */
export function CellMenu(props: CellMenuProps) {
  const { t } = useTranslation()
  return (
    <FloatingMenu place={props.place} label={t('grid.cell-menu')} onClose={props.onClose}>
      <Item icon={IconCopy} label={t('grid.copy')} keys="Ctrl+C" onClick={props.onCopy} />
      <Item icon={IconScissors} label={t('grid.cut')} keys="Ctrl+X" onClick={props.onCut} />
      <Item icon={IconClipboard} label={t('grid.paste')} keys="Ctrl+V" onClick={props.onPaste} />
      <Item icon={IconArrowBarToDown} label={t('grid.fill-down')} keys="Ctrl+D" onClick={props.onFill} />
      <Item icon={IconEraser} label={t('grid.clear')} keys="Delete" onClick={props.onClear} />
      <Menu.Divider role="separator" />
      <Item icon={IconId} label={t('grid.open')} keys="Ctrl+Enter" onClick={props.onOpen} />
      <Item icon={IconFilter} label={t('grid.filter-by')} onClick={props.onFilter} />
      <Item icon={IconPencil} label={t('grid.bulk-edit')} onClick={props.onBulkEdit} />
      <Menu.Divider role="separator" />
      <Item icon={IconColumns2} label={t('grid.freeze')} onClick={props.onFreeze} />
      <Item icon={IconEyeOff} label={t('grid.hide-column')} onClick={props.onHide} />
    </FloatingMenu>
  )
}

interface HeaderMenuProps {
  place: MenuPlace | undefined
  onClose: () => void
  onSort: ((isFalling: boolean) => void) | undefined
  onFreeze: () => void
  onUnfreeze: (() => void) | undefined
  onHide: (() => void) | undefined
}

/** What can be done with a column. */
export function HeaderMenu({ place, onClose, onSort, onFreeze, onUnfreeze, onHide }: HeaderMenuProps) {
  const { t } = useTranslation()
  return (
    <FloatingMenu place={place} label={t('grid.column-menu')} onClose={onClose}>
      <Item
        icon={IconSortAscending}
        label={t('grid.sort-rising')}
        onClick={onSort && (() => onSort(false))}
      />
      <Item
        icon={IconSortDescending}
        label={t('grid.sort-falling')}
        onClick={onSort && (() => onSort(true))}
      />
      <Item icon={IconColumns2} label={t('grid.freeze')} onClick={onFreeze} />
      <Item icon={IconColumns2} label={t('grid.unfreeze')} onClick={onUnfreeze} />
      <Item icon={IconEyeOff} label={t('grid.hide-column')} onClick={onHide} />
    </FloatingMenu>
  )
}
