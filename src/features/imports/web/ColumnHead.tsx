import { Select, Text } from '@mantine/core'
import type { Dictionaries } from '#features/clients/web/use-dictionaries.ts'
import type { Import } from '#features/imports/contract.ts'
import type { Mapping, MappingChoice, Target } from '#features/imports/mapping.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { kindOfTarget, targetOptions, targetTitle } from './targets.ts'

interface ColumnHeadProps {
  column: Import['columns'][number]
  one: Import
  dictionaries: Dictionaries
  editable: boolean
  onMapping: (mapping: MappingChoice) => void
}

/** The title as in the file, and what the column becomes. */
export function ColumnHead({ column, one, dictionaries, editable, onMapping }: ColumnHeadProps) {
  const { t } = useTranslation()
  const header = column.header || t('imports.column-nameless', { number: column.index + 1 })
  const kind = kindOfTarget(column.target)
  const change = (fields: Partial<Mapping['columns'][number]>) =>
    onMapping({
      ...one.mapping!,
      columns: one.mapping!.columns.map((other) =>
        other.index === column.index ? { ...other, ...fields } : other,
      ),
    })
  const labels = kind
    ? [...new Set([...dictionaries.labelsOf(kind), ...(column.label ? [column.label] : [])])]
    : []
  return (
    <th scope="col" data-unused={column.target === null || undefined}>
      <Text size="xs" fw={600} lineClamp={2} title={header}>
        {header}
      </Text>
      {editable ? (
        <>
          <Select
            size="xs"
            variant="filled"
            miw={150}
            searchable
            clearable
            aria-label={t('imports.column-target', { header })}
            placeholder={t('imports.column-left-out')}
            data={targetOptions(dictionaries.customFields)}
            value={column.target}
            onChange={(target) => change({ target: target as Target | null, label: null })}
          />
          {kind && labels.length > 0 && (
            <Select
              size="xs"
              variant="unstyled"
              searchable
              clearable
              aria-label={`${t('imports.column-label')}: ${header}`}
              placeholder={t('imports.column-label')}
              data={labels}
              value={column.label}
              onChange={(label) => change({ label })}
            />
          )}
        </>
      ) : (
        <Text size="xs" c="dimmed">
          {column.target
            ? targetTitle(column.target, dictionaries.customFields)
            : t('imports.column-left-out')}
        </Text>
      )}
    </th>
  )
}
