import { NumberInput, SegmentedControl, Select, Stack, Switch } from '@mantine/core'
import type { Dictionaries } from '#features/clients/web/use-dictionaries.ts'
import { type Dimension, dimensions } from '#features/reports/contract.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { KindsPicker } from './KindsPicker.tsx'
import type { ReportView, SetView } from './report-view.ts'
import classes from './reports.module.css'

interface SettingsPanelProps {
  view: ReportView
  columns: string[]
  setView: SetView
  dictionaries: Dictionaries
}

const qualities = ['present', 'valid', 'checked'] as const
const orders = ['worst', '-worst', 'clients', 'name'] as const

/** Everything one may set on the report but its filter. */
export function SettingsPanel({ view, columns, setView, dictionaries }: SettingsPanelProps) {
  const { t } = useTranslation()
  return (
    <Stack gap="md">
      <div>
        <div className={classes.settingTitle}>{t('reports.object')}</div>
        <SegmentedControl
          fullWidth
          size="xs"
          value={view.object}
          aria-label={t('reports.object')}
          data={[
            { value: 'clients', label: t('reports.clients') },
            { value: 'persons', label: t('reports.persons') },
          ]}
          onChange={(object) => setView({ object: object as ReportView['object'] })}
        />
      </div>
      <KindsPicker
        columns={columns}
        labelsOf={dictionaries.labelsOf}
        onChange={(kinds) => setView({ kinds })}
      />
      {view.object === 'clients' && (
        <Switch
          label={t('reports.with-persons')}
          checked={view.persons}
          onChange={({ currentTarget }) => setView({ persons: currentTarget.checked })}
        />
      )}
      <div>
        <Select
          label={t('reports.quality')}
          allowDeselect={false}
          data={qualities.map((value) => ({ value, label: t(`reports.quality-${value}`) }))}
          value={view.quality}
          onChange={(quality) => setView({ quality: quality as ReportView['quality'], state: undefined })}
        />
        {view.quality === 'checked' && (
          <NumberInput
            mt={6}
            label={t('reports.months')}
            min={1}
            max={600}
            value={view.months ?? 12}
            onChange={(months) => typeof months === 'number' && months >= 1 && setView({ months })}
          />
        )}
      </div>
      <Groupings by={view.by} onChange={(by) => setView({ by, group: undefined })} />
      <Select
        label={t('reports.sort')}
        allowDeselect={false}
        data={orders.map((value) => ({ value, label: t(`reports.sort-${value}`) }))}
        value={view.sort}
        onChange={(sort) => setView({ sort: sort as ReportView['sort'] })}
      />
    </Stack>
  )
}

/** Up to three levels, each a choice of what is not grouped by above it. */
function Groupings({ by, onChange }: { by: Dimension[]; onChange: (by: Dimension[]) => void }) {
  const { t } = useTranslation()
  return (
    <Stack gap={6}>
      {[...by, undefined].slice(0, 3).map((dimension, level) => (
        <Select
          key={level}
          label={t(level === 0 ? 'reports.group-first' : 'reports.group-then')}
          placeholder={t('reports.group-none')}
          clearable={level > 0}
          allowDeselect={level > 0}
          data={dimensions
            .filter((free) => free === dimension || !by.includes(free))
            .map((value) => ({ value, label: t(`reports.${value}`) }))}
          value={dimension ?? null}
          onChange={(chosen) => {
            const next = [...by]
            if (chosen) next[level] = chosen as Dimension
            else next.splice(level, 1)
            onChange(next)
          }}
        />
      ))}
    </Stack>
  )
}
