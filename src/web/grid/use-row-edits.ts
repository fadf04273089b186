import { useCallback, useRef, useState } from 'react'
import { t } from '#web/i18n/translation.ts'
import { noticeFrame, notifyProblem } from '#web/layout/notify.tsx'
import { notifications } from '@mantine/notifications'
import { type Column, NotAnOption, parseEdit } from './columns.ts'

type CellKey = `${string} ${string}`
type Changes = Record<string, unknown>

/** Sends what was edited in one row; answers with the row as it is now. */
export type SaveRow<Row> = (row: Row, changes: Changes) => Promise<Row>

interface Edit<Row> {
  row: Row
  column: Column<Row>
  text: string
}

const keyOf = (rowId: string, columnId: string): CellKey => `${rowId} ${columnId}`

/**
 * Edited cells on their way: shown at once, taken back with a message when the server refuses. Edits of one row go one
 * after another, since each needs the version the one before returned; a paste over a row is one save.
 */
export function useRowEdits<Row extends { id: string }>(
  save: SaveRow<Row> | undefined,
  replace: (row: Row) => void,
) {
  const [pending, setPending] = useState<ReadonlyMap<CellKey, string>>(new Map())
  const [refused, setRefused] = useState<ReadonlySet<CellKey>>(new Set())
  const queues = useRef(new Map<string, Promise<Row>>())

  const saveRow = useCallback(
    async (row: Row, edits: Edit<Row>[]) => {
      const keys = edits.map(({ column }) => keyOf(row.id, column.id))
      setPending((old) => new Map([...old, ...edits.map(({ text }, at) => [keys[at]!, text] as const)]))
      setRefused((old) => new Set([...old].filter((key) => !keys.includes(key))))
      const before = queues.current.get(row.id) ?? Promise.resolve(row)
      const saved = before.then((latest) => save!(latest, changesOf(edits)))
      queues.current.set(
        row.id,
        saved.catch(() => before),
      )
      try {
        replace(await saved)
      } catch (error) {
        setRefused((old) => new Set([...old, ...keys]))
        tellRefusal(error)
      } finally {
        setPending((old) => new Map([...old].filter(([key, text]) => !sentAs(edits, keys, key, text))))
      }
    },
    [save, replace],
  )

  const edit = useCallback(
    (edits: Edit<Row>[]) => {
      const byRow = Map.groupBy(edits, ({ row }) => row.id)
      for (const rowEdits of byRow.values()) void saveRow(rowEdits[0]!.row, rowEdits)
    },
    [saveRow],
  )

  return {
    edit,
    pendingText: (row: Row, column: Column<Row>) => pending.get(keyOf(row.id, column.id)),
    isRefused: (row: Row, column: Column<Row>) => refused.has(keyOf(row.id, column.id)),
    version: pending.size + refused.size,
  }
}

const changesOf = <Row>(edits: Edit<Row>[]): Changes =>
  Object.fromEntries(edits.map(({ column, text, row }) => [column.id, parseEdit(column.edit!, text, row)]))

/** A cell typed over again meanwhile stays on its way. */
const sentAs = <Row>(edits: Edit<Row>[], keys: CellKey[], key: CellKey, text: string) =>
  keys.includes(key) && edits[keys.indexOf(key)]?.text === text

function tellRefusal(error: unknown) {
  if (error instanceof NotAnOption)
    notifications.show({
      ...noticeFrame(),
      message: t('grid.not-an-option', { text: error.message }),
      color: 'red',
    })
  else notifyProblem(error)
}
