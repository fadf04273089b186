import { Button, Group } from '@mantine/core'
import { DateInput, TimePicker } from '#web/form/dates.tsx'
import { useTranslation } from '#web/i18n/translation.ts'
import { dayAfter, nextMonday, todayIn, type Wall } from '#features/activities/when.ts'

interface WhenPickerProps {
  value: Wall
  onChange: (value: Wall) => void
  zone: string
}

/** A day by one click or from the calendar, and a time if one matters. */
export function WhenPicker({ value, onChange, zone }: WhenPickerProps) {
  const { t } = useTranslation()
  const today = todayIn(zone)
  const presets = [
    { label: t('activities.today'), day: today },
    { label: t('activities.tomorrow'), day: dayAfter(today, 1) },
    { label: t('activities.next-monday'), day: nextMonday(today) },
    { label: t('activities.in-week'), day: dayAfter(today, 7) },
  ].filter(({ day }, index, all) => all.findIndex((other) => other.day === day) === index)
  return (
    <Group gap={6} align="center">
      {presets.map(({ label, day }) => (
        <Button
          key={day}
          size="compact-sm"
          variant={value.day === day ? 'light' : 'default'}
          aria-pressed={value.day === day}
          onClick={() => onChange({ ...value, day })}
        >
          {label}
        </Button>
      ))}
      <DateInput
        aria-label={t('activities.day')}
        valueFormat="DD.MM.YYYY"
        value={value.day}
        onChange={(day) => day && onChange({ ...value, day: day.slice(0, 10) })}
        w={124}
      />
      <TimePicker
        aria-label={t('activities.time')}
        title={t('activities.time-hint')}
        hoursInputLabel={t('activities.hours')}
        minutesInputLabel={t('activities.minutes')}
        format="24h"
        clearable
        clearButtonProps={{ 'aria-label': t('activities.no-time') }}
        value={value.time ?? ''}
        onChange={(time) => onChange({ ...value, time: time.slice(0, 5) || null })}
        w={104}
      />
    </Group>
  )
}
