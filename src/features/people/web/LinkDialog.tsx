import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from '#web/i18n/translation.ts'
import { CopyField } from '#web/layout/CopyField.tsx'
import { QrCode } from '#web/layout/QrCode.tsx'

/** A one-time link to hand over: by messenger, by hand, or by the camera of his telephone. */
export function LinkDialog({ name, link, onClose }: { name: string; link: string; onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('people.link-for', { name })}
      closeButtonProps={{ 'aria-label': t('shell.close') }}
    >
      <Stack>
        <CopyField label={t('people.link')} value={link} />
        <Group align="flex-start" wrap="nowrap">
          <QrCode text={link} label={t('people.link-qr')} />
          <Text size="sm" c="dimmed">
            {t('people.link-why')}
          </Text>
        </Group>
        <Group>
          <Button onClick={onClose}>{t('people.done')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
