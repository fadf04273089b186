import { ActionIcon, Button, Group, Pill, Popover, Skeleton } from '@mantine/core'
import { IconFilterPlus, IconX } from '@tabler/icons-react'
import { lazy, Suspense, useMemo, useState } from 'react'
import type { Condition } from '#features/clients/filter.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { conditionText, filterFields } from './filter-words.ts'
import type { Dictionaries } from './use-dictionaries.ts'

const ConditionForm = lazy(async () => ({ default: (await import('./ConditionForm.tsx')).ConditionForm }))

interface FilterBarProps {
  conditions: readonly Condition[]
  onChange: (conditions: Condition[]) => void
  dictionaries: Dictionaries
}

/** The conditions in force as chips, and the button that adds one on any field. */
export function FilterBar({ conditions, onChange, dictionaries }: FilterBarProps) {
  const { t, i18n } = useTranslation()
  const fields = useMemo(() => filterFields(dictionaries, i18n.language), [dictionaries, i18n.language])
  const [opened, setOpened] = useState(false)
  return (
    <Group gap={6} wrap="wrap">
      {conditions.map((condition, index) => {
        const text = conditionText(condition, fields)
        return (
          <Pill
            key={`${text} ${index}`}
            withRemoveButton
            size="md"
            removeButtonProps={{ 'aria-label': t('clients.remove-filter', { condition: text }) }}
            onRemove={() => onChange(conditions.filter((_, other) => other !== index))}
          >
            {text}
          </Pill>
        )
      })}
      <Popover opened={opened} onChange={setOpened} width={300} position="bottom-start" trapFocus returnFocus>
        <Popover.Target>
          <Button
            variant="default"
            size="compact-md"
            fw={400}
            leftSection={<IconFilterPlus size={15} stroke={1.6} />}
            onClick={() => setOpened(!opened)}
          >
            {t('clients.add-filter')}
          </Button>
        </Popover.Target>
        <Popover.Dropdown p="sm">
          <Suspense fallback={<Skeleton height={56} />}>
            <ConditionForm
              fields={fields}
              onAdd={(condition) => {
                onChange([...conditions, condition])
                setOpened(false)
              }}
            />
          </Suspense>
        </Popover.Dropdown>
      </Popover>
      {conditions.length > 1 && (
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('clients.clear-filter')}
          onClick={() => onChange([])}
        >
          <IconX size={15} />
        </ActionIcon>
      )}
    </Group>
  )
}
