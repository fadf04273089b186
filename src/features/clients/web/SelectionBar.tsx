import { Button, Group, Text } from '@mantine/core'
import { IconEditCircle } from '@tabler/icons-react'
import { useTranslation } from '#web/i18n/translation.ts'

interface SelectionBarProps {
  count: number
  onBulkEdit: () => void
}

/** What can be done with several selected rows. */
export function SelectionBar({ count, onBulkEdit }: SelectionBarProps) {
  const { t } = useTranslation()
  return (
    <Group gap="xs" wrap="nowrap">
      <Text size="sm" c="dimmed" role="status">
        {t('clients.selected', { count })}
      </Text>
      <Button
        variant="light"
        size="compact-md"
        leftSection={<IconEditCircle size={15} />}
        onClick={onBulkEdit}
      >
        {t('clients.bulk-selected')}
      </Button>
    </Group>
  )
}
