import { Button, Group, Stack } from '@mantine/core'
import { useTranslation } from '#web/i18n/translation.ts'
import { NetworkSwitch } from './NetworkSwitch.tsx'

/** Opening the product to the office, as a step of the wizard. */
export function NetworkStep({ onNext }: { onNext: () => void }) {
  const { t } = useTranslation()
  return (
    <Stack gap="lg">
      <NetworkSwitch />
      <Group>
        <Button onClick={onNext}>{t('company.next')}</Button>
      </Group>
    </Stack>
  )
}
