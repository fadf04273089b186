import { Button, MultiSelect, Select, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import type { Condition } from '#features/clients/filter.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { needsNoValue, type FilterField, opWord } from './filter-words.ts'

/** One more condition: field, operation, value. */
export function ConditionForm({
  fields,
  onAdd,
}: {
  fields: FilterField[]
  onAdd: (condition: Condition) => void
}) {
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
            data={field.ops.map((value) => ({ value, label: opWord(field.id, value) }))}
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
