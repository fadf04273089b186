import {
  ActionIcon,
  Checkbox,
  Group,
  MultiSelect,
  NumberInput,
  SegmentedControl,
  Select,
  Stack,
  Text,
  Tooltip,
} from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { addChoice, Choice, deleteChoice, getDictionaries, patchChoice } from '#features/company/contract.ts'
import { ContactKind } from '#shared/verdict.ts'
import { query, useApiMutation } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { DictionaryTable } from './DictionaryTable.tsx'

type ChoiceRow = z.output<typeof Choice>

const Field = Choice.shape.field

/** What the head says of a choice beside its name. */
const EXTRAS: Partial<
  Record<
    ChoiceRow['field'],
    { title: 'required-for' | 'rhythm-and-required' | 'outcome-means'; of: typeof RequiredKinds }
  >
> = {
  stage: { title: 'required-for', of: StageExtras },
  category: { title: 'rhythm-and-required', of: CategoryExtras },
  outcome: { title: 'outcome-means', of: OutcomeExtras },
}

/** Lists a client's fields are chosen from: stages, sources, regions, categories, roles of persons. */
export function ChoicesSettings() {
  const { t } = useTranslation()
  const [field, setField] = useState<ChoiceRow['field']>('stage')
  const extra = EXTRAS[field]
  const dictionaries = useQuery(query(getDictionaries, {}))
  const add = useApiMutation(addChoice, { refreshes: [getDictionaries] })
  const patch = useApiMutation(patchChoice, { refreshes: [getDictionaries] })
  const remove = useApiMutation(deleteChoice, { refreshes: [getDictionaries] })
  return (
    <Stack maw={820}>
      <Text size="sm" c="dimmed">
        {t('company.choices-why')}
      </Text>
      <SegmentedControl
        size="xs"
        data={Field.options.map((value) => ({ value, label: t(`company.choice-${value}`) }))}
        value={field}
        onChange={(value) => setField(Field.parse(value))}
        aria-label={t('company.tab-choices')}
        style={{ alignSelf: 'flex-start', maxWidth: '100%', overflowX: 'auto' }}
      />
      <Loaded of={dictionaries}>
        {({ choices }) => (
          <DictionaryTable
            key={field}
            rows={choices
              .filter((choice) => choice.field === field)
              .toSorted((a, b) => a.position - b.position)}
            extraTitle={extra && t(`company.${extra.title}`)}
            renderExtra={extra && ((choice) => <extra.of choice={choice} />)}
            onRename={({ id }, name) => patch.mutate({ id, name })}
            onAdd={(name) => add.mutateAsync({ field, name })}
            renderActions={({ id, name }) => (
              <Tooltip label={t('company.delete-choice-why')}>
                <ActionIcon
                  aria-label={t('company.delete-label', { name })}
                  onClick={() => remove.mutate({ id })}
                >
                  <IconTrash size={16} />
                </ActionIcon>
              </Tooltip>
            )}
          />
        )}
      </Loaded>
    </Stack>
  )
}

function RequiredKinds({ choice }: { choice: ChoiceRow }) {
  const { t } = useTranslation()
  const patch = useApiMutation(patchChoice, { refreshes: [getDictionaries] })
  return (
    <MultiSelect
      aria-label={t('company.required-of', { name: choice.name })}
      data={ContactKind.options.map((value) => ({ value, label: t(`kind.${value}`) }))}
      value={patch.isPending ? (patch.variables.requiredKinds ?? choice.requiredKinds) : choice.requiredKinds}
      placeholder={choice.requiredKinds.length === 0 ? t('company.as-company') : ''}
      onChange={(kinds) => patch.mutate({ id: choice.id, requiredKinds: ContactKind.array().parse(kinds) })}
    />
  )
}

function StageExtras({ choice }: { choice: ChoiceRow }) {
  const { t } = useTranslation()
  const patch = useApiMutation(patchChoice, { refreshes: [getDictionaries] })
  return (
    <Group gap="xs" wrap="wrap">
      <div style={{ flex: 1, minWidth: 160 }}>
        <RequiredKinds choice={choice} />
      </div>
      <Checkbox
        label={t('company.is-lost')}
        aria-label={t('company.is-lost-of', { name: choice.name })}
        checked={patch.isPending ? (patch.variables.isLost ?? choice.isLost) : choice.isLost}
        onChange={({ currentTarget }) => patch.mutate({ id: choice.id, isLost: currentTarget.checked })}
      />
    </Group>
  )
}

function CategoryExtras({ choice }: { choice: ChoiceRow }) {
  const { t } = useTranslation()
  const patch = useApiMutation(patchChoice, { refreshes: [getDictionaries] })
  const save = (text: string) => {
    const rhythmDays = text.trim() === '' ? null : Number(text)
    if (rhythmDays !== choice.rhythmDays) patch.mutate({ id: choice.id, rhythmDays })
  }
  return (
    <Group gap="xs" wrap="wrap" align="flex-start">
      <NumberInput
        aria-label={t('company.rhythm-of', { name: choice.name })}
        placeholder={t('company.rhythm')}
        w={110}
        min={1}
        max={3650}
        allowDecimal={false}
        defaultValue={choice.rhythmDays ?? ''}
        onBlur={({ currentTarget }) => save(currentTarget.value)}
        onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
      />
      <div style={{ flex: 1, minWidth: 160 }}>
        <RequiredKinds choice={choice} />
      </div>
    </Group>
  )
}

function OutcomeExtras({ choice }: { choice: ChoiceRow }) {
  const { t } = useTranslation()
  const patch = useApiMutation(patchChoice, { refreshes: [getDictionaries] })
  const meanings = { true: true, false: false, none: null }
  return (
    <Group gap="xs" wrap="wrap" align="flex-start">
      <Select
        aria-label={t('company.outcome-of', { name: choice.name })}
        w={200}
        allowDeselect={false}
        data={(['true', 'false', 'none'] as const).map((value) => ({
          value,
          label: t(`company.reached-${value}`),
        }))}
        value={String(choice.reached ?? 'none')}
        onChange={(value) =>
          patch.mutate({ id: choice.id, reached: meanings[value as keyof typeof meanings] })
        }
      />
      <MultiSelect
        style={{ flex: 1, minWidth: 160 }}
        aria-label={t('company.offered-of', { name: choice.name })}
        data={Choice.shape.activityKinds.element.options.map((value) => ({
          value,
          label: t(`activities.${value}`),
        }))}
        value={choice.activityKinds}
        placeholder={choice.activityKinds.length === 0 ? t('company.offered-for') : ''}
        onChange={(kinds) =>
          patch.mutate({ id: choice.id, activityKinds: Choice.shape.activityKinds.parse(kinds) })
        }
      />
    </Group>
  )
}
