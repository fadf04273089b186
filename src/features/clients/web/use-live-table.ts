import { useParams } from '@tanstack/react-router'
import { useCallback, useMemo, useState } from 'react'
import type { Client } from '#features/clients/contract.ts'
import type { Column } from '#web/grid/columns.ts'
import type { RowSource } from '#web/grid/use-keyset-rows.ts'
import { bringModals } from '#web/layout/modals.ts'
import { usePresent } from '#web/live/live.ts'
import { colourOf } from '#web/live/person-colour.ts'
import { useAnnounce } from '#web/live/use-announce.ts'
import { useMe } from '#web/session.ts'
import { fieldsOf, useWaitingCells, useWaitingEdits, withEdits } from './waiting-clients.ts'

/** What the table knows of others and of the line: who is in which cell, which cells wait, rows as they will be once those are sent. */
export function useLiveTable(
  source: RowSource<Client>,
  columns: readonly Column<Client>[],
  nameOfUser: (id: string) => string,
) {
  const me = useMe()
  const edits = useWaitingEdits()
  const cells = useWaitingCells()
  const { rows } = source
  const withWaiting = useMemo(
    () =>
      edits.size === 0
        ? rows
        : rows.map((row) => {
            const waiting = edits.get(row.id)
            return waiting ? withEdits(row, waiting) : row
          }),
    [rows, edits],
  )
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns])
  const fields = useMemo(() => new Map([...edits].map(([id, waiting]) => [id, fieldsOf(waiting)])), [edits])
  const waiting = useCallback(
    (rowId: string, columnId: string): string | undefined => {
      const text = cells.get(`${rowId} ${columnId}`)
      if (text !== undefined || !fields.get(rowId)?.has(columnId)) return text
      const row = withWaiting.find(({ id }) => id === rowId)
      return row && byId.get(columnId)?.text(row)
    },
    [cells, fields, withWaiting, byId],
  )

  // With a card open over the table it is the card that says where one is.
  const { id: card } = useParams({ strict: false }) as { id?: string }
  const [cursor, setCursor] = useState<{ row: string | null; column: string | null }>({
    row: null,
    column: null,
  })
  useAnnounce(card === undefined ? cursor.row : null, cursor.column)
  const ids = useMemo(() => rows.map(({ id }) => id), [rows])
  const people = usePresent(ids, me.id)
  const present = useMemo(
    () =>
      new Map(
        [...people].map(([id, others]) => [
          id,
          others.map(({ userId, field }) => ({ field, name: nameOfUser(userId), colour: colourOf(userId) })),
        ]),
      ),
    [people, nameOfUser],
  )
  return {
    source: { ...source, rows: withWaiting },
    waiting: cells.size + fields.size > 0 ? waiting : undefined,
    present,
    onCursor: useCallback((row: string | null, column: string | null) => {
      // Before the first edit, which may be made without a line, and what it may ask.
      void Promise.all([import('./write-cells.ts'), import('#web/layout/confirm.tsx'), bringModals()]).catch(
        () => {},
      )
      setCursor((old) => (old.row === row && old.column === column ? old : { row, column }))
    }, []),
  }
}
