import { Button, Checkbox, Stack, Text } from '@mantine/core'
import { useTranslation } from '#web/i18n/translation.ts'
import { arrangeColumns, type Column, type ColumnLayout, layoutOf, toggleColumn } from './columns.ts'

export interface ColumnListProps<Row> {
  columns: readonly Column<Row>[]
  layout: ColumnLayout | undefined
  /** undefined: as at first. */
  onLayout: (layout: ColumnLayout | undefined) => void
}

export function ColumnList<Row>({ columns, layout, onLayout }: ColumnListProps<Row>) {
  const { t } = useTranslation()
  const shown = new Set(arrangeColumns(columns, layout).map(({ id }) => id))
  return (
    <>
      <Text size="xs" c="dimmed" mb="sm">
        {t('grid.columns-title')}
      </Text>
      <Stack gap={7} mah={360} style={{ overflowY: 'auto' }}>
        {columns.map(({ id, title, kind }) => (
          <Checkbox
            key={id}
            label={title}
            checked={shown.has(id)}
            disabled={kind === 'link'}
            onChange={({ currentTarget }) =>
              onLayout(toggleColumn(layoutOf(columns, layout), id, currentTarget.checked))
            }
          />
        ))}
      </Stack>
      {layout && (
        <Button variant="subtle" size="compact-sm" mt="sm" onClick={() => onLayout(undefined)}>
          {t('grid.columns-reset')}
        </Button>
      )}
    </>
  )
}
