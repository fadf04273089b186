import { ActionIcon, Button, Text, UnstyledButton } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { arrangeColumns, type Column, editText } from './columns.ts'
import type { DataTableProps } from './DataTable.tsx'
import classes from './grid.module.css'
import type { Versioned } from './use-cell-writes.ts'

const EditSheet = lazy(async () => ({ default: (await import('./EditSheet.tsx')).EditSheet }))

/** The table on a telephone: a card a row, the link as its title, the columns meant for it below. */
export function CardList<Row extends Versioned>({
  label,
  source,
  columns,
  layout,
  onOpen,
  onWrite,
}: DataTableProps<Row>) {
  const { t } = useTranslation()
  const shown = arrangeColumns(columns, layout)
  const title = shown.find((column) => column.kind === 'link') ?? shown[0]
  const marked = shown.filter((column) => column.onPhone)
  const lines = (marked.length > 0 ? marked : shown.slice(0, 4)).filter((column) => column !== title)
  const [edited, setEdited] = useState<Row>()
  const editable = (row: Row) =>
    onWrite ? shown.filter(({ edit }) => edit !== undefined && edit.allowed?.(row) !== false) : []
  const save = async (row: Row, changed: ReadonlyMap<Column<Row>, string>) => {
    const cells = [...changed].map(([column, text]) => ({
      id: row.id,
      version: row.version ?? 0,
      field: column.id,
      text,
      seen: editText(column, row),
    }))
    const answer = await onWrite!('edit', cells, [])
    source.replace(answer.rows)
    const trouble = answer.cells.flatMap(({ outcome, message }, at) =>
      outcome === 'refused' || outcome === 'conflict'
        ? [`${[...changed.keys()][at]?.title}: ${message ?? t('grid.not-saved')}`]
        : [],
    )
    return trouble.join(' ') || undefined
  }
  if (!title) return null
  return (
    <div className={classes.cards}>
      <ul aria-label={label} className={classes.list}>
        {source.rows.map((row) => (
          <li key={row.id} className={classes.item}>
            <UnstyledButton className={classes.card!} onClick={() => onOpen?.(row)}>
              <Text size="md" fw={500} component="span">
                {title.text(row)}
              </Text>
              {lines.map((column) => (
                <Line key={column.id} column={column} row={row} />
              ))}
            </UnstyledButton>
            {editable(row).length > 0 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                size={44}
                aria-label={t('grid.edit-row', { name: title.text(row) })}
                onClick={() => setEdited(row)}
              >
                <IconPencil size={18} stroke={1.6} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      <Suspense fallback={null}>
        {edited && (
          <EditSheet
            key={edited.id}
            title={title.text(edited)}
            fields={editable(edited).map((column) => ({
              id: column.id,
              title: column.title,
              edit: column.edit!,
              text: editText(column, edited),
            }))}
            onClose={() => setEdited(undefined)}
            onSave={(texts) =>
              save(
                edited,
                new Map(
                  shown.flatMap((column) =>
                    texts.has(column.id) ? [[column, texts.get(column.id)!] as const] : [],
                  ),
                ),
              )
            }
          />
        )}
      </Suspense>
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
