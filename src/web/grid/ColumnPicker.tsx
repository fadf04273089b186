import { ActionIcon, Button, Checkbox, Popover, Stack, Text, Tooltip } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { arrangeColumns, type Column, type ColumnLayout, layoutOf, toggleColumn } from './columns.ts'

interface ColumnPickerProps<Row> {
  columns: readonly Column<Row>[]
  layout: ColumnLayout | undefined
  /** undefined: as at first. */
  onLayout: (layout: ColumnLayout | undefined) => void
}

/** Which columns are shown; their order and width are set in the table itself. */
export function ColumnPicker<Row>({ columns, layout, onLayout }: ColumnPickerProps<Row>) {
  const { t } = useTranslation()
  const shown = new Set(arrangeColumns(columns, layout).map(({ id }) => id))
  return (
    <Popover position="bottom-end" width={260} trapFocus returnFocus>
      <Popover.Target>
        <Tooltip label={t('grid.columns')}>
          <ActionIcon variant="default" size={32} aria-label={t('grid.columns')}>
            <IconColumns3 size={17} stroke={1.6} />
          </ActionIcon>
        </Tooltip>
      </Popover.Target>
      <Popover.Dropdown p="sm">
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
      </Popover.Dropdown>
    </Popover>
  )
}
