import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import type { ExportRequest } from '#features/taking/contract.ts'
import { t } from '#web/i18n/translation.ts'
import { noticeFrame } from '#web/layout/notify.tsx'

/** The notice of one request. */
export function ringRequest({ id, userName, reason }: ExportRequest, onOpen: () => void) {
  const notice = `export-request-${id}`
  notifications.show({
    ...noticeFrame(),
    id: notice,
    autoClose: false,
    title: t('taking.waiting-for-head', { name: userName }),
    message: (
      <Group justify="space-between" wrap="nowrap" gap="md">
        <Text size="sm" lineClamp={3}>
          {reason}
        </Text>
        <Button
          variant="light"
          size="compact-sm"
          onClick={() => {
            notifications.hide(notice)
            onOpen()
          }}
        >
          {t('taking.look-at-requests')}
        </Button>
      </Group>
    ),
  })
}
