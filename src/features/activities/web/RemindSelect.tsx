import { Select } from '@mantine/core'
import { useTranslation } from '#web/i18n/translation.ts'

/** Minutes before the time; of a whole day, nine in the morning of it or of the day before. */
const TIMED = [0, 5, 15, 60, 1440]
const WHOLE_DAY = [-540, 900]

interface RemindSelectProps {
  /** Whether the plan has its hour. */
  timed: boolean
  value: readonly number[]
  onChange: (before: number[]) => void
}

/** When the bell rings. A plan that came by a program with several bells keeps them until another is chosen. */
export function RemindSelect({ timed, value, onChange }: RemindSelectProps) {
  const { t } = useTranslation()
  const offered = [...new Set([...(timed ? TIMED : WHOLE_DAY), ...value])]
  const label = (before: number) => {
    if (before === -540) return t('activities.remind-morning')
    if (before === 900) return t('activities.remind-eve')
    if (before === 0) return t('activities.remind-at')
    if (before % 1440 === 0) return t('activities.remind-days', { count: before / 1440 })
    return before % 60 === 0
      ? t('activities.remind-hours', { count: before / 60 })
      : t('activities.remind-minutes', { count: before })
  }
  return (
    <Select
      aria-label={t('activities.remind')}
      placeholder={t('activities.remind-never')}
      clearable
      w={190}
      value={value.length > 0 ? String(value[0]) : null}
      data={offered.map((before) => ({ value: String(before), label: label(before) }))}
      onChange={(before) => onChange(before === null ? [] : [Number(before)])}
    />
  )
}
