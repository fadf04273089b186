import { ActionIcon, Menu, SegmentedControl, Stack, TagsInput, Text } from '@mantine/core'
import { IconArrowMerge, IconTrash } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { addLabel, deleteLabel, getDictionaries, type Label, patchLabel } from '#features/company/contract.ts'
import { ContactKind } from '#shared/verdict.ts'
import { query, useApiMutation } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { DictionaryTable } from './DictionaryTable.tsx'

type LabelRow = z.output<typeof Label>

/** «Виды» of contacts per kind: renamed in place, merged, with the words imports know them by. */
export function LabelsSettings() {
  const { t } = useTranslation()
  const [kind, setKind] = useState<ContactKind>('phone')
  const dictionaries = useQuery(query(getDictionaries, {}))
  const add = useApiMutation(addLabel, { refreshes: [getDictionaries] })
  const patch = useApiMutation(patchLabel, { refreshes: [getDictionaries] })
  return (
    <Stack maw={820}>
      <Text size="sm" c="dimmed">
        {t('company.labels-why')}
      </Text>
      <SegmentedControl
        size="xs"
        data={ContactKind.options.map((value) => ({ value, label: t(`kind.${value}`) }))}
        value={kind}
        onChange={(value) => setKind(ContactKind.parse(value))}
        aria-label={t('company.kind')}
        style={{ alignSelf: 'flex-start', maxWidth: '100%', overflowX: 'auto' }}
      />
      <Loaded of={dictionaries}>
        {({ labels }) => {
          const shown = labels
            .filter((label) => label.kind === kind)
            .toSorted((a, b) => a.position - b.position)
          return (
            <DictionaryTable
              key={kind}
              rows={shown}
              extraTitle={t('company.synonyms')}
              renderExtra={(label) => <Synonyms label={label} />}
              onRename={({ id }, name) => patch.mutate({ id, name })}
              onAdd={(name) => add.mutateAsync({ kind, name })}
              renderActions={(label) => (
                <LabelMenu label={label} others={shown.filter((other) => other.id !== label.id)} />
              )}
            />
          )
        }}
      </Loaded>
    </Stack>
  )
}

function Synonyms({ label }: { label: LabelRow }) {
  const { t } = useTranslation()
  const patch = useApiMutation(patchLabel, { refreshes: [getDictionaries] })
  return (
    <TagsInput
      aria-label={t('company.synonyms-of', { name: label.name })}
      value={patch.isPending ? (patch.variables.synonyms ?? label.synonyms) : label.synonyms}
      onChange={(synonyms) => patch.mutate({ id: label.id, synonyms })}
    />
  )
}

function LabelMenu({ label, others }: { label: LabelRow; others: LabelRow[] }) {
  const { t } = useTranslation()
  const remove = useApiMutation(deleteLabel, { refreshes: [getDictionaries] })
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={t('company.delete-label', { name: label.name })}>
          <IconTrash size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          color="red"
          leftSection={<IconTrash size={16} />}
          onClick={() => remove.mutate({ id: label.id })}
        >
          {t('company.delete-keeping')}
        </Menu.Item>
        {others.length > 0 && <Menu.Label>{t('company.merge-into')}</Menu.Label>}
        {others.map((other) => (
          <Menu.Item
            key={other.id}
            leftSection={<IconArrowMerge size={16} />}
            onClick={() => remove.mutate({ id: label.id, mergeInto: other.id })}
          >
            {other.name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
