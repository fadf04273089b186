import { Group, Stack, Switch, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getNetwork, openNetwork } from '#features/company/contract.ts'
import { query, useApiMutation } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { CopyField } from '#web/layout/CopyField.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { QrCode } from '#web/layout/QrCode.tsx'

/** Open to colleagues or not, and the address they type or photograph. */
export function NetworkSwitch() {
  const { t } = useTranslation()
  const network = useQuery(query(getNetwork, {}))
  const change = useApiMutation(openNetwork, { refreshes: [getNetwork] })
  return (
    <Loaded of={network} meanwhile={3}>
      {({ open, addresses }) => (
        <Stack>
          <Switch
            size="sm"
            label={t('company.open')}
            description={t('company.open-why')}
            checked={change.isPending ? change.variables.open : open}
            disabled={change.isPending}
            onChange={({ currentTarget }) => change.mutate({ open: currentTarget.checked })}
          />
          {open && <Addresses addresses={addresses} />}
        </Stack>
      )}
    </Loaded>
  )
}

function Addresses({ addresses }: { addresses: string[] }) {
  const { t } = useTranslation()
  const [first] = addresses
  if (!first)
    return (
      <Text size="sm" c="dimmed">
        {t('company.no-address')}
      </Text>
    )
  return (
    <Group align="flex-start" gap="lg">
      <QrCode text={first} label={t('company.qr', { address: first })} />
      <Stack gap="sm" style={{ flex: '1 1 220px' }}>
        {addresses.map((address) => (
          <CopyField key={address} label={t('company.address')} value={address} />
        ))}
        <Text size="xs" c="dimmed">
          {t('company.address-why')}
        </Text>
      </Stack>
    </Group>
  )
}
