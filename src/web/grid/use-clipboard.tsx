import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { copyGuard } from '#web/copy-guard.ts'
import { t } from '#web/i18n/translation.ts'
import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import { noticeFrame, notifyDone, notifyProblem } from '#web/layout/notify.tsx'
import { type CopiedCell, markOf, writeHtml } from './clipboard-html.ts'
import { writeTsv } from './clipboard-tsv.ts'
import type { Rect } from './ranges.ts'
import type { Versioned } from './use-cell-writes.ts'
import type { Sheet } from './use-sheet.ts'

/** What reads the clipboards of spreadsheets: downloaded when a cell is first selected, before anybody pastes into it. */
export const bringReader = () => import('./read-clipboard.ts')

interface ClipboardOptions<Row extends Versioned> {
  /** Where the grid is: its keys are ours while the focus is in it. */
  frame: RefObject<HTMLElement | null>
  sheet: Sheet<Row>
  selected: () => Rect | undefined
  onCut: (rect: Rect) => void
  canEdit: boolean
}

/**
 * Copies, cuts and pastes ranges by the browser's own clipboard events, which come on plain http too and whatever the layout of the
 * keyboard. @returns what menus call
 */
export function useClipboard<Row extends Versioned>(options: ClipboardOptions<Row>) {
  const current = useRef(options)
  useLayoutEffect(() => {
    current.current = options
  })
  /** What the next copy event is to bring: rows that had to be read first. */
  const prepared = useRef<CopiedCell[][] | undefined>(undefined)

  useEffect(() => {
    const isOurs = () => {
      const { frame } = current.current
      const focused = document.activeElement
      return frame.current?.contains(focused) && !(focused instanceof HTMLInputElement)
    }
    const onCopy = (event: ClipboardEvent) => {
      const { sheet, selected, onCut, canEdit } = current.current
      if (prepared.current) return put(event, prepared.current)
      const rect = isOurs() ? selected() : undefined
      if (!rect) return
      event.preventDefault()
      const loaded = sheet.copyNow(rect)
      const free = copyGuard().free()
      // More than a few rows are asked about first, like rows that have to be read.
      const cells = loaded && (free === null || loaded.length <= free) ? loaded : undefined
      const isCut = event.type === 'cut' && canEdit && cells !== undefined
      const mark = isCut ? `${Date.now()}-${Math.trunc(Math.random() * 1e9)}` : ''
      if (cells) {
        put(event, cells, mark)
        copyGuard().passed('clipboard', cells.length, sheet.columnIds(rect), sheet.rowIds(rect))
      } else void copyLater(sheet, rect).catch(notifyProblem)
      if (!isCut) return
      sheet.cut(rect, mark)
      onCut(rect)
    }
    const onPaste = (event: ClipboardEvent) => {
      const { sheet, canEdit } = current.current
      if (!isOurs() || !canEdit || !event.clipboardData) return
      event.preventDefault()
      const html = event.clipboardData.getData('text/html')
      const text = event.clipboardData.getData('text/plain')
      void bringReader().then(({ pastedCells }) => {
        const cells = pastedCells({ html, text })
        if (cells.length > 0) sheet.paste(cells, markOf(html))
      }, notifyProblem)
    }
    const copyLater = async (sheet: Sheet<Row>, rect: Rect) => {
      const notice = notifications.show({
        ...noticeFrame(),
        message: t('grid.copy-reading'),
        loading: true,
        autoClose: false,
      })
      const cells = await sheet.copyLater(rect).finally(() => notifications.hide(notice))
      const may =
        cells &&
        (await copyGuard().allow('clipboard', cells.length, sheet.columnIds(rect), sheet.rowIds(rect)))
      if (may) await bring(cells)
    }
    /** The browser lets a page write to the clipboard only soon after a key or a click: later it is asked for one more. */
    const bring = async (cells: CopiedCell[][]) => {
      const isThere = (await byPermission(cells)) || byCommand(cells)
      if (isThere) return notifyDone(t('grid.copied', { count: cells.length }))
      const id = notifications.show({
        ...noticeFrame(),
        autoClose: false,
        message: (
          <Group justify="space-between" wrap="nowrap">
            <Text size="sm">{t('grid.copy-ready', { count: cells.length })}</Text>
            <Button
              size="compact-sm"
              variant="light"
              onClick={() => {
                if (byCommand(cells)) notifications.hide(id)
              }}
            >
              {t('grid.copy')}
            </Button>
          </Group>
        ),
      })
    }
    const byCommand = (cells: CopiedCell[][]) => {
      prepared.current = cells
      try {
        return document.execCommand('copy')
      } finally {
        prepared.current = undefined
      }
    }
    copyGuard().prepare()
    window.addEventListener('copy', onCopy)
    window.addEventListener('cut', onCopy)
    window.addEventListener('paste', onPaste)
    return () => {
      window.removeEventListener('copy', onCopy)
      window.removeEventListener('cut', onCopy)
      window.removeEventListener('paste', onPaste)
    }
  }, [])
}

function put(event: ClipboardEvent, cells: CopiedCell[][], mark = '') {
  event.preventDefault()
  event.clipboardData?.setData('text/html', writeHtml(cells, mark))
  event.clipboardData?.setData('text/plain', writeTsv(cells.map((row) => row.map(({ text }) => text))))
}

/** The clipboard of secure pages. @returns false where there is none or it says no */
async function byPermission(cells: CopiedCell[][]): Promise<boolean> {
  if (!window.isSecureContext || typeof ClipboardItem === 'undefined') return false
  const blob = (text: string, type: string) => new Blob([text], { type })
  const item = new ClipboardItem({
    'text/html': blob(writeHtml(cells), 'text/html'),
    'text/plain': blob(writeTsv(cells.map((row) => row.map(({ text }) => text))), 'text/plain'),
  })
  return navigator.clipboard.write([item]).then(
    () => true,
    () => false,
  )
}

/**
 * Pastes from a menu: a page may read the clipboard only where it is secure and the person agrees. @returns false where it may not, and
 * the keys are the only way
 */
export async function readClipboard(): Promise<{ html: string; text: string } | undefined> {
  if (!window.isSecureContext || !navigator.clipboard?.read) return undefined
  const items = await navigator.clipboard.read().catch(() => undefined)
  if (!items) return undefined
  const of = async (type: string) => {
    const item = items.find(({ types }) => types.includes(type))
    return item ? (await item.getType(type)).text() : ''
  }
  return { html: await of('text/html'), text: await of('text/plain') }
}
