import { useEffect, useRef, useState } from 'react'
import { copyGuard } from '#web/copy-guard.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { arrangeColumns, type Column, type ColumnLayout } from './columns.ts'
import classes from './print.module.css'
import type { RowSource } from './use-keyset-rows.ts'

interface PrintTableProps<Row extends { id: string }> {
  label: string
  source: RowSource<Row>
  columns: readonly Column<Row>[]
  layout?: ColumnLayout | undefined
}

/** The loaded rows as a plain table for paper, where a canvas and cards of a telephone are of no use. */
export function PrintTable<Row extends { id: string }>({
  label,
  source,
  columns,
  layout,
}: PrintTableProps<Row>) {
  const { t } = useTranslation()
  const shown = arrangeColumns(columns, layout)
  // What is more than a few rows leaves as a file, asked for and written down.
  const [most] = useState(() => copyGuard().free() ?? source.rows.length)
  const rows = source.rows.slice(0, most)
  const told = useRef(false)
  useEffect(() => {
    if (told.current || rows.length === 0) return
    told.current = true
    const names = shown.map(({ id }) => id)
    copyGuard().passed(
      'print',
      rows.length,
      names,
      rows.map(({ id }) => id),
    )
  })
  return (
    <>
      <table aria-label={label} className={classes.table}>
        <thead>
          <tr>
            {shown.map((column) => (
              <th key={column.id} scope="col">
                {column.title}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              {shown.map((column) => (
                <td key={column.id} data-number={column.kind === 'number' || undefined}>
                  {column.text(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      {(source.hasMore || rows.length < source.rows.length) && (
        <p className={classes.more}>{t('grid.printed', { count: rows.length })}</p>
      )}
    </>
  )
}
