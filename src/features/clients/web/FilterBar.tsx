import {
  ActionIcon,
  Button,
  Group,
  MultiSelect,
  Pill,
  Popover,
  Select,
  Stack,
  TextInput,
} from '@mantine/core'
import { IconFilterPlus, IconX } from '@tabler/icons-react'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '#features/clients/filter.ts'
import type { Language } from '#web/i18n/language.ts'
import { conditionText, filterFields, needsNoValue, type FilterField } from './filter-words.ts'
import type { Dictionaries } from './use-dictionaries.ts'

interface FilterBarProps {
  conditions: readonly Condition[]
  onChange: (conditions: Condition[]) => void
  dictionaries: Dictionaries
}

/** The conditions in force as chips, and the button that adds one on any field. */
export function FilterBar({ conditions, onChange, dictionaries }: FilterBarProps) {
  const { t, i18n } = useTranslation()
  const fields = useMemo(
    () => filterFields(dictionaries, i18n.language as Language),
    [dictionaries, i18n.language],
  )
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
          <ConditionForm
            fields={fields}
            onAdd={(condition) => {
              onChange([...conditions, condition])
              setOpened(false)
            }}
          />
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

function ConditionForm({ fields, onAdd }: { fields: FilterField[]; onAdd: (condition: Condition) => void }) {
  const { t } = useTranslation()
  const [field, setField] = useState<FilterField | undefined>(undefined)
  const [op, setOp] = useState<Condition['op']>('is')
  const [values, setValues] = useState<string[]>([])
  const ready = field !== undefined && (needsNoValue(op) || values.some((value) => value.trim() !== ''))
  const chooses = field?.options !== undefined && op !== 'contains'
  const add = () => {
    if (!ready) return
    const value = chooses ? values : field.input === 'number' ? Number(values[0]) : values[0]!.trim()
    onAdd(needsNoValue(op) ? { field: field.id, op } : { field: field.id, op, value })
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
    >
      <Stack gap="xs">
        <Select
          label={t('clients.field')}
          data={fields.map(({ id, title }) => ({ value: id, label: title }))}
          value={field?.id ?? null}
          searchable
          data-autofocus
          comboboxProps={{ withinPortal: false }}
          onChange={(id) => {
            const next = fields.find((known) => known.id === id)
            setField(next)
            setOp(next?.ops[0] ?? 'is')
            setValues([])
          }}
        />
        {field && (
          <Select
            label={t('clients.operation')}
            data={field.ops.map((value) => ({ value, label: t(`clients.op.${value}`) }))}
            value={op}
            allowDeselect={false}
            comboboxProps={{ withinPortal: false }}
            onChange={(value) => {
              setOp(value as Condition['op'])
              setValues([])
            }}
          />
        )}
        {field && !needsNoValue(op) && chooses && (
          <MultiSelect
            label={t('clients.value')}
            data={field.options ?? []}
            value={values}
            searchable
            comboboxProps={{ withinPortal: false }}
            onChange={setValues}
          />
        )}
        {field && !needsNoValue(op) && !chooses && (
          <TextInput
            label={t('clients.value')}
            type={field.input}
            value={values[0] ?? ''}
            onChange={({ currentTarget }) => setValues([currentTarget.value])}
          />
        )}
        <Button type="submit" disabled={!ready} mt={4}>
          {t('clients.apply')}
        </Button>
      </Stack>
    </form>
  )
}
