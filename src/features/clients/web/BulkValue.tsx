import { SegmentedControl, Select, Stack, TagsInput, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from '#web/i18n/translation.ts'
import { splitTags } from '#features/clients/cell-text.ts'
import type { BulkChange } from '#features/clients/cells-contract.ts'
import type { Client } from '#features/clients/contract.ts'
import type { Column } from '#web/grid/columns.ts'

interface BulkValueProps {
  column: Column<Client>
  text: string
  mode: BulkChange['mode']
  onText: (text: string) => void
  onMode: (mode: BulkChange['mode']) => void
}

/** The value of a bulk edit, entered as in a cell of its column. */
export function BulkValue({ column, text, mode, onText, onMode }: BulkValueProps) {
  const { t } = useTranslation()
  const { input, options = [] } = column.edit!
  const label = t('clients.value')
  switch (input) {
    case 'choice':
      return (
        <Select
          label={label}
          searchable
          clearable
          data={[...options]}
          value={text || null}
          onChange={(value) => onText(value ?? '')}
        />
      )
    case 'tags':
      return (
        <Stack gap="xs">
          <SegmentedControl
            aria-label={t('clients.bulk-mode')}
            value={mode}
            onChange={(value) => onMode(value as BulkChange['mode'])}
            data={(['add', 'remove', 'set'] as const).map((value) => ({
              value,
              label: t(`clients.bulk-mode-${value}`),
            }))}
          />
          <TagsInput
            label={label}
            acceptValueOnBlur
            data={options.map((option) => option.label)}
            value={splitTags(text)}
            onChange={(tags) => onText(tags.join('; '))}
          />
        </Stack>
      )
    case 'date':
      return (
        <TextInput
          type="date"
          label={label}
          value={text}
          onChange={({ currentTarget }) => onText(currentTarget.value)}
        />
      )
    case 'number':
    case 'text':
      return (
        <Textarea
          label={label}
          autosize
          minRows={1}
          maxRows={6}
          value={text}
          onChange={({ currentTarget }) => onText(currentTarget.value)}
        />
      )
  }
}
