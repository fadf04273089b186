import { Button, Group, Stack } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { dayAfter, momentOf, todayIn, wallOf } from '#features/activities/when.ts'
import { DateInput, TimePicker } from '#web/form/dates.tsx'
import { useMe, zoneOf } from '#web/session.ts'
import { sayMoment } from './say-moment.ts'

const hour = 3_600_000

interface MomentFormProps {
  /** The moment the form opens with. */
  at?: string | undefined
  onChoose: (at: string) => void
}

/** A moment of the past: one click for the usual ones, or a day and a time by the person's clock. */
export function MomentForm({ at, onChoose }: MomentFormProps) {
  const { t } = useTranslation()
  const zone = zoneOf(useMe())
  const [now] = useState(() => new Date())
  const today = todayIn(zone, now)
  const ago = (hours: number) => new Date(now.getTime() - hours * hour).toISOString()
  const presets = [
    { label: t('snapshots.hour-ago'), at: ago(1) },
    { label: t('snapshots.this-morning'), at: momentOf({ day: today, time: '08:00' }, zone) },
    { label: t('snapshots.yesterday'), at: ago(24) },
    { label: t('snapshots.week-ago'), at: ago(7 * 24) },
    { label: t('snapshots.month-ago'), at: ago(30 * 24) },
  ].filter((preset) => Date.parse(preset.at) < now.getTime())
  const start = wallOf(at ?? ago(24), zone)
  const [day, setDay] = useState(start.day)
  const [time, setTime] = useState(start.time ?? '00:00')
  const chosen = momentOf({ day, time }, zone)
  const future = Date.parse(chosen) > now.getTime() + hour / 60
  return (
    <Stack gap="sm">
      {at && (
        <Button variant="light" justify="space-between" onClick={() => onChoose(at)}>
          {sayMoment(at)}
        </Button>
      )}
      <Group gap={6}>
        {presets.map((preset) => (
          <Button key={preset.label} variant="default" size="compact-sm" onClick={() => onChoose(preset.at)}>
            {preset.label}
          </Button>
        ))}
      </Group>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          if (!future) onChoose(chosen)
        }}
      >
        <Group gap={6}>
          <DateInput
            aria-label={t('snapshots.day')}
            valueFormat="DD.MM.YYYY"
            value={day}
            maxDate={dayAfter(today, 0)}
            popoverProps={{ withinPortal: false }}
            onChange={(value) => value && setDay(value.slice(0, 10))}
            w={124}
          />
          <TimePicker
            aria-label={t('snapshots.time')}
            hoursInputLabel={t('snapshots.hours')}
            minutesInputLabel={t('snapshots.minutes')}
            format="24h"
            value={time}
            onChange={(value) => value && setTime(value.slice(0, 5))}
            w={90}
          />
          <Button type="submit" disabled={future}>
            {t('snapshots.show')}
          </Button>
        </Group>
      </form>
    </Stack>
  )
}
