import { Radio, Group } from '@mantine/core'
import { useTranslation } from '#web/i18n/translation.ts'

interface RowChoiceProps {
  /** The whole row of a plan that repeats, from this occurrence on. */
  series: boolean
  onChange: (series: boolean) => void
}

/** Of a plan that repeats: is it about this occurrence, or about all that follow too. */
export function RowChoice({ series, onChange }: RowChoiceProps) {
  const { t } = useTranslation()
  return (
    <Radio.Group
      aria-label={t('activities.row-of-them')}
      value={series ? 'row' : 'one'}
      onChange={(chosen) => onChange(chosen === 'row')}
    >
      <Group gap="md">
        <Radio size="xs" value="one" label={t('activities.this-one')} />
        <Radio size="xs" value="row" label={t('activities.whole-row')} />
      </Group>
    </Radio.Group>
  )
}
