import { Chip, Group, Pill, Select } from '@mantine/core'
import type { Dictionaries } from '#features/clients/web/use-dictionaries.ts'
import { type Dimension, states, type State } from '#features/reports/contract.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { columnTitle, type ReportView, type SetView } from './report-view.ts'

interface SelectionBarProps {
  view: ReportView
  columns: string[]
  setView: SetView
  dictionaries: Dictionaries
  /** States in force; without them there is nothing to choose (values). */
  chosen?: readonly State[]
}

/** Which rows are shown: the group come from, the column, its states. */
export function SelectionBar({ view, columns, setView, dictionaries, chosen }: SelectionBarProps) {
  const { t, i18n } = useTranslation()
  const labelOf = (dimension: Dimension | undefined, key: string) => {
    if (!dimension) return key
    if (key === 'none') return t(`reports.nothing.${dimension}`)
    if (dimension === 'manager') return dictionaries.nameOfUser(key)
    if (dimension === 'team') return dictionaries.teams.find((team) => team.id === key)?.name ?? ''
    return key.replace(/^=(?==*none$)/, '')
  }
  const path = (view.group ?? []).map((key, at) => labelOf(view.by[at], key)).join(' → ')
  return (
    <Group gap={8} className="no-print">
      {path && (
        <Pill
          size="md"
          withRemoveButton
          removeButtonProps={{ 'aria-label': t('reports.clear-group', { group: path }) }}
          onRemove={() => setView({ group: undefined })}
        >
          {path}
        </Pill>
      )}
      {view.required && (
        <Pill
          size="md"
          withRemoveButton
          removeButtonProps={{ 'aria-label': t('reports.clear-required') }}
          onRemove={() => setView({ required: undefined })}
        >
          {t(`reports.${view.required}`)}
        </Pill>
      )}
      {chosen && (
        <>
          <Select
            w={200}
            aria-label={t('reports.column')}
            allowDeselect={false}
            data={[
              { value: '', label: t('reports.any-column') },
              ...columns.map((column) => ({
                value: column,
                label: columnTitle(column, i18n.language, t('reports.no-label')),
              })),
            ]}
            value={view.kind && columns.includes(view.kind) ? view.kind : ''}
            onChange={(kind) => setView({ kind: kind || undefined })}
          />
          <Chip.Group
            multiple
            value={[...chosen]}
            onChange={(next) => next.length > 0 && setView({ state: next as State[] })}
          >
            <Group gap={4} role="group" aria-label={t('reports.which-state')}>
              {states
                .filter((state) => state !== 'stale' || view.quality === 'checked')
                .map((state) => (
                  <Chip key={state} value={state} size="xs" variant="light">
                    {t(`reports.state.${state}`)}
                  </Chip>
                ))}
            </Group>
          </Chip.Group>
        </>
      )}
    </Group>
  )
}
