import { Button, Group, List, ScrollArea, Stack, Text } from '@mantine/core'
import { useTranslation } from '#web/i18n/translation.ts'
import type { BulkResult } from '#features/clients/cells-contract.ts'
import { formatNumber } from '#web/format.ts'

interface BulkOutcomeProps {
  result: BulkResult
  titleOf: (field: string) => string
  onClose: () => void
}

/** What a bulk edit came to: how many, and who was left out why. */
export function BulkOutcome({ result: { counts, refused }, titleOf, onClose }: BulkOutcomeProps) {
  const { t } = useTranslation()
  return (
    <Stack>
      <Text role="status">
        {t('clients.bulk-written', { count: counts.written, shown: formatNumber(counts.written) })}
        {counts.unchanged > 0 && ` ${t('clients.bulk-unchanged', { shown: formatNumber(counts.unchanged) })}`}
      </Text>
      {counts.refused > 0 && (
        <>
          <Text c="red">{t('clients.bulk-refused', { shown: formatNumber(counts.refused) })}</Text>
          <ScrollArea.Autosize mah={240}>
            <List size="sm" spacing={4}>
              {refused.map(({ id, name, field, message }) => (
                <List.Item key={`${id} ${field}`}>{`${name ?? id}, ${titleOf(field)}: ${message}`}</List.Item>
              ))}
            </List>
          </ScrollArea.Autosize>
        </>
      )}
      <Group justify="flex-end">
        <Button onClick={onClose}>{t('shell.close')}</Button>
      </Group>
    </Stack>
  )
}
