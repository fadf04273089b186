import { Button, Group, Modal, Text } from '@mantine/core'
import { useTranslation } from '#web/i18n/translation.ts'
import { clockOf } from './idle-life.ts'

/** Shortly before the session ends because nobody was here. @param left seconds */
export function IdleWarning({ left, onStay }: { left: number; onStay: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onStay} title={t('sign-ins.idle-title')} withCloseButton={false}>
      <Text size="sm" mb="md">
        {t('sign-ins.idle-text', { left: clockOf(left) })}
      </Text>
      <Group>
        <Button onClick={onStay}>{t('sign-ins.stay')}</Button>
      </Group>
    </Modal>
  )
}
