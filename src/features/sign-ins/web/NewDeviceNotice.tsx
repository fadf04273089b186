import { Alert, Button, Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listSessions } from '#features/people/contract.ts'
import {
  acknowledgeDevices,
  endOtherSessions,
  listNewDevices,
  listSignIns,
} from '#features/sign-ins/contract.ts'
import { describeAgent } from '#features/sign-ins/describe-agent.ts'
import { query, useApiMutation } from '#web/api.ts'
import { formatDateTime } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { notifyDone } from '#web/layout/notify.tsx'

/** Asks about sign-ins from devices not seen before; whoever says no ends every other session and changes the password. */
export function NewDeviceNotice({ onDenied }: { onDenied: () => void }) {
  const { t } = useTranslation()
  const devices = useQuery(query(listNewDevices, {})).data ?? []
  const acknowledge = useApiMutation(acknowledgeDevices, { refreshes: [listNewDevices] })
  const deny = useApiMutation(endOtherSessions, {
    refreshes: [listSessions, listSignIns],
    onSuccess: () => {
      notifyDone(t('sign-ins.others-ended'))
      acknowledge.mutate({})
      onDenied()
    },
  })
  if (devices.length === 0) return null
  return (
    <Alert color="accent" variant="light" title={t('sign-ins.new-device')}>
      <Stack gap="sm">
        {devices.map(({ id, agent, address, at }) => (
          <Text key={id} size="sm">
            {t('sign-ins.new-device-line', {
              device: describeAgent(agent) || t('sign-ins.unknown-device'),
              address: address ?? '',
              when: formatDateTime(at),
            })}
          </Text>
        ))}
        <Group gap="xs">
          <Button
            size="compact-sm"
            variant="default"
            loading={acknowledge.isPending}
            onClick={() => acknowledge.mutate({})}
          >
            {t('sign-ins.it-was-me')}
          </Button>
          <Button
            size="compact-sm"
            variant="default"
            loading={deny.isPending}
            onClick={() => deny.mutate({})}
          >
            {t('sign-ins.it-was-not-me')}
          </Button>
        </Group>
      </Stack>
    </Alert>
  )
}
