import { Anchor, Checkbox, Collapse, Group, Stack, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useState } from 'react'
import { contactKindTitles } from '#features/clients/fields.ts'
import { ContactKind } from '#shared/verdict.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './reports.module.css'

interface KindsPickerProps {
  columns: string[]
  labelsOf: (kind: string) => string[]
  onChange: (columns: string[]) => void
}

/** Which kinds and labels are checked: a column each, in the order of the list. */
export function KindsPicker({ columns, labelsOf, onChange }: KindsPickerProps) {
  const { t } = useTranslation()
  const kinds = ContactKind.options
  const offered = kinds.flatMap((kind) => [kind, ...labelColumns(kind, labelsOf)])
  const set = (column: string, on: boolean) => {
    const chosen = new Set(columns)
    if (on) chosen.add(column)
    else chosen.delete(column)
    // Labels somebody removed from the dictionary stay at the end until they are switched off.
    onChange([
      ...offered.filter((known) => chosen.has(known)),
      ...columns.filter((own) => !offered.includes(own) && chosen.has(own)),
    ])
  }
  return (
    <div role="group" aria-label={t('reports.kinds')}>
      <Group justify="space-between" mb={6}>
        <span className={classes.settingTitle}>{t('reports.kinds')}</span>
        <Group gap={8}>
          <Anchor component="button" type="button" size="xs" onClick={() => onChange([...kinds])}>
            {t('reports.all')}
          </Anchor>
          <Anchor component="button" type="button" size="xs" onClick={() => onChange([])}>
            {t('reports.none')}
          </Anchor>
        </Group>
      </Group>
      <Stack gap={5}>
        {kinds.map((kind) => (
          <KindRow key={kind} kind={kind} labels={labelColumns(kind, labelsOf)} columns={columns} set={set} />
        ))}
      </Stack>
    </div>
  )
}

const labelColumns = (kind: ContactKind, labelsOf: (kind: string) => string[]) => {
  const labels = labelsOf(kind)
  return labels.length === 0 ? [] : [...labels.map((label) => `${kind}:${label}`), `${kind}:`]
}

interface KindRowProps {
  kind: ContactKind
  labels: string[]
  columns: string[]
  set: (column: string, on: boolean) => void
}

function KindRow({ kind, labels, columns, set }: KindRowProps) {
  const { t, i18n } = useTranslation()
  const [opened, setOpened] = useState(labels.some((label) => columns.includes(label)))
  const title = contactKindTitles[kind][i18n.language]
  const box = (column: string, label: string) => (
    <Checkbox
      key={column}
      label={label}
      checked={columns.includes(column)}
      onChange={({ currentTarget }) => set(column, currentTarget.checked)}
    />
  )
  return (
    <div>
      <Group justify="space-between" wrap="nowrap">
        {box(kind, title)}
        {labels.length > 0 && (
          <UnstyledButton
            className={classes.unfold!}
            aria-expanded={opened}
            aria-label={t('reports.labels', { kind: title })}
            onClick={() => setOpened(!opened)}
          >
            {opened ? <IconChevronDown size={14} /> : <IconChevronRight size={14} />}
          </UnstyledButton>
        )}
      </Group>
      <Collapse expanded={opened}>
        <Stack gap={5} pl={24} pt={5}>
          {labels.map((column) => box(column, column.slice(kind.length + 1) || t('reports.no-label')))}
        </Stack>
      </Collapse>
    </div>
  )
}
