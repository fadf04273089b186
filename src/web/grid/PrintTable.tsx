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
          {source.rows.map((row) => (
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
      {source.hasMore && <p className={classes.more}>{t('grid.printed', { count: source.rows.length })}</p>}
    </>
  )
}
