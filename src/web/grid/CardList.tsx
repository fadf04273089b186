import { Button, Text, UnstyledButton } from '@mantine/core'
import { useTranslation } from '#web/i18n/translation.ts'
import { arrangeColumns, type Column } from './columns.ts'
import type { DataTableProps } from './DataTable.tsx'
import classes from './grid.module.css'
import type { Versioned } from './use-cell-writes.ts'

/** The table on a telephone: a card a row, the link as its title, the columns meant for it below. */
export function CardList<Row extends Versioned>({
  label,
  source,
  columns,
  layout,
  onOpen,
}: DataTableProps<Row>) {
  const { t } = useTranslation()
  const shown = arrangeColumns(columns, layout)
  const title = shown.find((column) => column.kind === 'link') ?? shown[0]
  const marked = shown.filter((column) => column.onPhone)
  const lines = (marked.length > 0 ? marked : shown.slice(0, 4)).filter((column) => column !== title)
  if (!title) return null
  return (
    <div className={classes.cards}>
      <ul aria-label={label} className={classes.list}>
        {source.rows.map((row) => (
          <li key={row.id}>
            <UnstyledButton className={classes.card!} onClick={() => onOpen?.(row)}>
              <Text size="md" fw={500} component="span">
                {title.text(row)}
              </Text>
              {lines.map((column) => (
                <Line key={column.id} column={column} row={row} />
              ))}
            </UnstyledButton>
          </li>
        ))}
      </ul>
      {source.hasMore && (
        <Button variant="default" fullWidth onClick={source.loadMore}>
          {t('grid.more')}
        </Button>
      )}
    </div>
  )
}

function Line<Row>({ column, row }: { column: Column<Row>; row: Row }) {
  const text = column.text(row)
  if (text === '') return null
  return (
    <span className={classes.line} data-verdict={column.verdict?.(row) ?? undefined}>
      {text}
    </span>
  )
}
