import { Chip, Group, Stack, Text, Title } from '@mantine/core'
import { useTranslation } from '#web/i18n/translation.ts'
import { getMail, type LetterHours, patchLetterHours } from '#features/mail/contract.ts'
import { useApiMutation } from '#web/api.ts'
import { TimePicker } from '#web/form/dates.tsx'

const weekdays = [1, 2, 3, 4, 5, 6, 7] as const

/** Two hours and the days of the week; each kept as soon as it is chosen. */
export function LetterHoursForm({ hours }: { hours: LetterHours }) {
  const { t } = useTranslation()
  const patch = useApiMutation(patchLetterHours, { refreshes: [getMail] })
  const chosen = patch.variables?.weekdays ?? hours.weekdays
  const keep = (field: 'morningAt' | 'dayAt') => (value: string) => {
    const clock = value.slice(0, 5)
    if (/^\d{2}:\d{2}$/.test(clock) && clock !== hours[field]) patch.mutate({ [field]: clock })
  }
  return (
    <section>
      <Title order={2} mb={4}>
        {t('mail.hours')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('mail.hours-why')}
      </Text>
      <Stack gap="md">
        <Group gap="lg">
          {(['morning', 'day'] as const).map((name) => (
            <TimePicker
              key={name}
              label={t(`mail.${name}`)}
              w={180}
              defaultValue={hours[`${name}At`]}
              onChange={keep(`${name}At`)}
            />
          ))}
        </Group>
        <Chip.Group
          multiple
          value={chosen.map(String)}
          onChange={(next) => patch.mutate({ weekdays: next.map(Number).toSorted((a, b) => a - b) })}
        >
          <Group gap={6} role="group" aria-label={t('mail.weekdays')}>
            {weekdays.map((day) => (
              <Chip key={day} value={String(day)} size="xs" variant="light">
                {t(`mail.weekday-${day}`)}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Stack>
    </section>
  )
}
