import { Button, Group, Text } from '@mantine/core'
import { IconEye } from '@tabler/icons-react'
import { clientHistory, findTwins, getClient, listClients } from '#features/clients/contract.ts'
import { openContacts } from '#features/masking/contract.ts'
import { useApiMutation } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { notifyDone } from '#web/layout/notify.tsx'

/** Over masked contacts of a card: opens them for the day, which stands in the journal. */
export function MaskedNotice({ clientId }: { clientId: string }) {
  const { t } = useTranslation()
  const open = useApiMutation(openContacts, {
    refreshes: [getClient, listClients, clientHistory, findTwins],
    onSuccess: () => notifyDone(t('masking.opened')),
  })
  return (
    <Group gap="xs" mb={6} className="no-print">
      <Text size="sm" c="dimmed">
        {t('masking.hidden')}
      </Text>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconEye size={15} stroke={1.7} />}
        loading={open.isPending}
        onClick={() => open.mutate({ id: clientId })}
      >
        {t('masking.open')}
      </Button>
    </Group>
  )
}
