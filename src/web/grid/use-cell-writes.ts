import { t } from '#web/i18n/translation.ts'
import { useCallback, useRef, useState } from 'react'
import { problemOf } from '#web/problem.ts'
import { type Column, editText } from './columns.ts'
import type { RowSource } from './use-keyset-rows.ts'

/** A row of a table; one that can be written has a version. */
export interface Versioned {
  id: string
  version?: number
}

export type CellsAct = 'edit' | 'paste' | 'fill' | 'clear'

/** A cell on its way: what it shall say, and what stood there before the eyes of him who wrote it. */
export interface SentCell {
  id: string
  version: number
  field: string
  text: string
  seen: string
}

/** Texts of a row to be made, by field. */
export type NewRow = Record<string, string>

export interface WriteAnswer<Row> {
  /** What became of each cell, in the order they were sent. */
  cells: {
    outcome: 'written' | 'unchanged' | 'refused' | 'conflict'
    message?: string | undefined
    current?: string | undefined
    before?: string | null | undefined
  }[]
  /** What became of each new row; without an id it was refused. */
  created: {
    id: string | null
    message?: string | undefined
    refused: { field: string; message: string }[]
  }[]
  /** Every row of it as it is now, as far as they were told. */
  rows: Row[]
  /** There were more rows than were told: the list is to be read again. */
  isPartial: boolean
}

export type WriteCells<Row> = (
  act: CellsAct,
  cells: SentCell[],
  created: NewRow[],
) => Promise<WriteAnswer<Row>>

export interface WantedCell<Row> {
  row: Row
  column: Column<Row>
  text: string
}

/** A cell that was not written and says why; `row` null: a row that was not made. */
export interface Trouble<Row> {
  key: string
  row: Row | null
  column: Column<Row>
  text: string
  message: string
}

const keyOf = (rowId: string, columnId: string) => `${rowId} ${columnId}`

/**
 * The one road of everything written in the table: cells are shown as they will be, sent act by act (each act one request, one change-set,
 * on the versions the act before returned), and what was refused stays marked with its reason. Conflicts are asked.
 */
export function useCellWrites<Row extends Versioned>(
  write: WriteCells<Row> | undefined,
  columns: readonly Column<Row>[],
  nameOf: (row: Row) => string,
  { replace, append, reload }: Pick<RowSource<Row>, 'replace' | 'append' | 'reload'>,
) {
  const [pending, setPending] = useState<ReadonlyMap<string, string>>(new Map())
  const [troubles, setTroubles] = useState<ReadonlyMap<string, Trouble<Row>>>(new Map())
  const latest = useRef(new Map<string, Row>())
  const tail = useRef<Promise<unknown>>(Promise.resolve())

  const send = useCallback(
    async (act: CellsAct, cells: readonly WantedCell<Row>[], created: readonly NewRow[]) => {
      const sent = cells.map(({ row, column, text }): SentCell => {
        const version = Math.max(row.version ?? 0, latest.current.get(row.id)?.version ?? 0)
        return { id: row.id, version, field: column.id, text, seen: editText(column, row) }
      })
      const answer = await write!(act, sent, [...created])
      for (const row of answer.rows) latest.current.set(row.id, row)
      replace(answer.rows)
      const made = new Set(answer.created.flatMap(({ id }) => id ?? []))
      append(answer.rows.filter(({ id }) => made.has(id)))
      if (answer.isPartial) await reload()
      return answer
    },
    [write, replace, append, reload],
  )

  const submit = useCallback(
    function submit(
      act: CellsAct,
      wanted: readonly WantedCell<Row>[],
      created: readonly NewRow[] = [],
    ): Promise<void> {
      const cells = wanted.filter(({ row, column, text }) => {
        const isEditable = column.edit !== undefined && column.edit.allowed?.(row) !== false
        return (
          text !== (isEditable ? editText(column, row) : column.text(row)) ||
          pending.has(keyOf(row.id, column.id))
        )
      })
      if (!write || cells.length + created.length === 0) return Promise.resolve()
      const keys = cells.map(({ row, column }) => keyOf(row.id, column.id))
      setPending((old) => new Map([...old, ...cells.map(({ text }, at) => [keys[at]!, text] as const)]))
      setTroubles((old) => without(old, keys))
      const work = tail.current.then(async () => {
        const found = await send(act, cells, created).then(
          (answer) => troublesOf(answer, cells, created, columns),
          (error: unknown) => ({
            refused: failed(cells, created, columns, problemOf(error).message),
            conflicts: [],
          }),
        )
        setTroubles(
          (old) => new Map([...old, ...found.refused.map((trouble) => [trouble.key, trouble] as const)]),
        )
        setPending(
          (old) => new Map([...old].filter(([key, text]) => cells[keys.indexOf(key)]?.text !== text)),
        )
        return found.conflicts
      })
      tail.current = work.catch(() => {})
      return work.then(async (conflicts) => {
        if (conflicts.length === 0) return
        const { askConflicts } = await import('./ask-conflicts.tsx')
        const decided = await askConflicts(conflicts, nameOf)
        const again = decided.map(({ row, column, text }) => ({
          row: latest.current.get(row.id) ?? row,
          column,
          text,
        }))
        await submit(act, again)
      })
    },
    [write, columns, nameOf, pending, send],
  )
  return {
    submit,
    pendingText: (row: Row, column: Column<Row>) => pending.get(keyOf(row.id, column.id)),
    troubleOf: (row: Row, column: Column<Row>) => troubles.get(keyOf(row.id, column.id)),
    troubles: [...troubles.values()],
    forget: useCallback(
      (keys?: readonly string[]) => setTroubles((old) => (keys ? without(old, keys) : new Map())),
      [],
    ),
    isWriting: pending.size > 0,
  }
}

export type CellWrites<Row extends Versioned> = ReturnType<typeof useCellWrites<Row>>

export interface Conflict<Row> extends WantedCell<Row> {
  current: string
  before: string | null
}

function troublesOf<Row extends Versioned>(
  answer: WriteAnswer<Row>,
  cells: readonly WantedCell<Row>[],
  created: readonly NewRow[],
  columns: readonly Column<Row>[],
): { refused: Trouble<Row>[]; conflicts: Conflict<Row>[] } {
  const refused: Trouble<Row>[] = []
  const conflicts: Conflict<Row>[] = []
  answer.cells.forEach(({ outcome, message = '', current = '', before = null }, at) => {
    const cell = cells[at]!
    if (outcome === 'refused') refused.push({ ...cell, key: keyOf(cell.row.id, cell.column.id), message })
    if (outcome === 'conflict') conflicts.push({ ...cell, current, before })
  })
  answer.created.forEach(({ id, message, refused: left }, at) => {
    const row = answer.rows.find((made) => made.id === id) ?? null
    if (id === null) refused.push(unmade(created[at]!, columns, message ?? ''))
    for (const { field, message } of id === null ? [] : left) {
      const column = columns.find((known) => known.id === field)
      const text = created[at]![field] ?? ''
      if (column) refused.push({ key: keyOf(id!, field), row, column, text, message })
    }
  })
  return { refused, conflicts }
}

const failed = <Row extends Versioned>(
  cells: readonly WantedCell<Row>[],
  created: readonly NewRow[],
  columns: readonly Column<Row>[],
  message: string,
): Trouble<Row>[] => [
  ...cells.map((cell) => ({ ...cell, key: keyOf(cell.row.id, cell.column.id), message })),
  ...created.map((row) => unmade(row, columns, message)),
]

const unmade = <Row>(row: NewRow, columns: readonly Column<Row>[], message: string): Trouble<Row> => ({
  key: `new ${JSON.stringify(row)}`,
  row: null,
  column: columns.find(({ id }) => id in row) ?? columns[0]!,
  text: Object.values(row).filter(Boolean).join(', ') || t('grid.blank'),
  message,
})

function without<Value>(
  map: ReadonlyMap<string, Value>,
  keys: readonly string[],
): ReadonlyMap<string, Value> {
  if (!keys.some((key) => map.has(key))) return map
  const gone = new Set(keys)
  return new Map([...map].filter(([key]) => !gone.has(key)))
}
