import { Button, Group } from '@mantine/core'
import { comingDays, type RepeatDraft, weekdayOf } from '#features/activities/recurrence.ts'
import { formatDayInWords } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'

interface DaysProps {
  value: RepeatDraft
  onChange: (draft: RepeatDraft) => void
  /** The day the row began on. */
  from: string
}

const week = [1, 2, 3, 4, 5, 6, 7]

/** The days of the week it falls on: as many as one likes, at least one. */
export function Weekdays({ value, onChange, from }: DaysProps) {
  const { t, i18n } = useTranslation()
  const chosen = value.weekdays ?? [weekdayOf(from)]
  const toggle = (day: number) => {
    const weekdays = chosen.includes(day) ? chosen.filter((one) => one !== day) : [...chosen, day]
    if (weekdays.length > 0) onChange({ ...value, weekdays: weekdays.toSorted() })
  }
  return (
    <Group gap={2} role="group" aria-label={t('activities.repeat-weekdays')}>
      {week.map((day) => (
        <Button
          key={day}
          size="compact-sm"
          px={6}
          variant={chosen.includes(day) ? 'light' : 'default'}
          aria-pressed={chosen.includes(day)}
          title={weekdayName(day, i18n.language, 'long')}
          onClick={() => toggle(day)}
        >
          {weekdayName(day, i18n.language, 'short')}
        </Button>
      ))}
    </Group>
  )
}

// 1 January 2024 was a Monday.
const weekdayName = (day: number, language: string, weekday: 'long' | 'short') =>
  new Intl.DateTimeFormat(language, { weekday, timeZone: 'UTC' }).format(Date.UTC(2024, 0, day))

interface ComingDaysProps extends DaysProps {
  /** The day this plan stands on, and which one of the row it is. */
  day: string
  occurrence: number
}

/** The next days of the row: pressed, one is left out, pressed again, taken back in. */
export function ComingDays({ value, onChange, from, day, occurrence }: ComingDaysProps) {
  const { t } = useTranslation()
  const except = value.except ?? []
  const days = comingDays({ ...value, from, time: null }, day, occurrence, 5)
  if (days.length === 0) return null
  const toggle = (one: string) => {
    const left = except.includes(one) ? except.filter((other) => other !== one) : [...except, one].toSorted()
    const { except: _except, ...rest } = value
    onChange(left.length > 0 ? { ...rest, except: left } : rest)
  }
  return (
    <Group gap={4} role="group" aria-label={t('activities.repeat-coming')}>
      {days.map((one) => {
        const isOut = except.includes(one)
        const said = formatDayInWords(one)
        const act = t(isOut ? 'activities.repeat-take-in' : 'activities.repeat-leave-out', { day: said })
        return (
          <Button
            key={one}
            size="compact-xs"
            variant="default"
            c={isOut ? 'dimmed' : undefined}
            td={isOut ? 'line-through' : undefined}
            aria-pressed={isOut}
            aria-label={act}
            title={act}
            onClick={() => toggle(one)}
          >
            {said}
          </Button>
        )
      })}
    </Group>
  )
}
