import { Group, NumberInput, Select, Stack, Text } from '@mantine/core'
import { useTranslation } from '#web/i18n/translation.ts'
import type { RepeatDraft } from '#features/activities/recurrence.ts'
import { DateInput } from '#web/form/dates.tsx'
import { repeatInWords } from './repeat-words.ts'
import { ComingDays, Weekdays } from './RepeatDays.tsx'

const RULES = ['none', 'day', 'weekday', 'week', 'two-weeks', 'month', 'quarter', 'year'] as const
type Rule = (typeof RULES)[number]

const drafts: Record<Exclude<Rule, 'none'>, RepeatDraft> = {
  day: { every: 'day', interval: 1 },
  weekday: { every: 'weekday', interval: 1 },
  week: { every: 'week', interval: 1 },
  'two-weeks': { every: 'week', interval: 2 },
  month: { every: 'month', interval: 1 },
  quarter: { every: 'month', interval: 3 },
  year: { every: 'year', interval: 1 },
}

const ruleOf = (draft: RepeatDraft | null): Rule =>
  draft === null
    ? 'none'
    : (RULES.find(
        (rule) =>
          rule !== 'none' && drafts[rule].every === draft.every && drafts[rule].interval === draft.interval,
      ) ?? draft.every)

interface RepeatSelectProps {
  value: RepeatDraft | null
  onChange: (draft: RepeatDraft | null) => void
  /** The day this plan stands on … */
  day: string
  /** … the day its row began on, and which one of the row it is. */
  from?: string | undefined
  occurrence?: number | undefined
}

/** How a plan repeats, on which days of the week, till when, and which days it leaves out; said in words. */
export function RepeatSelect({ value, onChange, day, from = day, occurrence = 1 }: RepeatSelectProps) {
  const { t } = useTranslation()
  const ends = value?.count != null ? 'count' : value?.until != null ? 'until' : 'never'
  const { until: _until, count: _count, ...endless } = value ?? drafts.day
  return (
    <Stack gap={6}>
      <Group gap={6}>
        <Select
          aria-label={t('activities.repeat')}
          w={170}
          allowDeselect={false}
          value={ruleOf(value)}
          data={RULES.map((rule) => ({ value: rule, label: t(`activities.repeat-${rule}`) }))}
          onChange={(rule) => onChange(rule === 'none' ? null : drafts[rule as Exclude<Rule, 'none'>])}
        />
        {value?.every === 'week' && <Weekdays value={value} onChange={onChange} from={from} />}
        {value && (
          <Select
            aria-label={t('activities.repeat-ends')}
            w={130}
            allowDeselect={false}
            value={ends}
            data={(['never', 'until', 'count'] as const).map((end) => ({
              value: end,
              label: t(`activities.repeat-ends-${end}`),
            }))}
            onChange={(end) =>
              onChange(
                end === 'count'
                  ? { ...endless, count: 10 }
                  : end === 'until'
                    ? { ...endless, until: inAYear() }
                    : endless,
              )
            }
          />
        )}
        {value?.until != null && (
          <DateInput
            aria-label={t('activities.repeat-last-day')}
            valueFormat="DD.MM.YYYY"
            value={value.until}
            onChange={(last) => last && onChange({ ...value, until: last.slice(0, 10) })}
            w={124}
          />
        )}
        {value?.count != null && (
          <NumberInput
            aria-label={t('activities.repeat-times')}
            min={1}
            max={1000}
            allowDecimal={false}
            value={value.count}
            onChange={(count) => onChange({ ...value, count: Math.max(1, Number(count) || 1) })}
            w={80}
          />
        )}
      </Group>
      {value && (
        <>
          <Text size="xs" c="dimmed" aria-live="polite">
            {t('activities.repeats', { rule: repeatInWords(value, from) })}
          </Text>
          <ComingDays value={value} onChange={onChange} day={day} from={from} occurrence={occurrence} />
        </>
      )}
    </Stack>
  )
}

const inAYear = () => new Date(Date.now() + 365 * 86_400_000).toISOString().slice(0, 10)
