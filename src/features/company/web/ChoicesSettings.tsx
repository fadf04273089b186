import { ActionIcon, MultiSelect, SegmentedControl, Stack, Text, Tooltip } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { z } from 'zod'
import { addChoice, Choice, deleteChoice, getDictionaries, patchChoice } from '#features/company/contract.ts'
import { ContactKind } from '#shared/verdict.ts'
import { query, useApiMutation } from '#web/api.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { DictionaryTable } from './DictionaryTable.tsx'

type ChoiceRow = z.output<typeof Choice>

const Field = Choice.shape.field

/** Only these decide which kinds of contact a client must have. */
const WITH_REQUIRED = new Set<ChoiceRow['field']>(['stage', 'category'])

/** Lists a client's fields are chosen from: stages, sources, regions, categories, roles of persons. */
export function ChoicesSettings() {
  const { t } = useTranslation()
  const [field, setField] = useState<ChoiceRow['field']>('stage')
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
            extraTitle={WITH_REQUIRED.has(field) ? t('company.required-for') : undefined}
            renderExtra={WITH_REQUIRED.has(field) ? (choice) => <RequiredKinds choice={choice} /> : undefined}
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
