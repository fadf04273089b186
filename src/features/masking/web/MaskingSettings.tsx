import { Checkbox, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { getMasking, MaskedRole, putMasking } from '#features/masking/contract.ts'
import { query, useApiMutation } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { notifyDone } from '#web/layout/notify.tsx'

/** To whom contacts of others' clients come masked; set at once. */
export function MaskingSettings() {
  const { t } = useTranslation()
  const masking = useQuery(query(getMasking, {}))
  const put = useApiMutation(putMasking, {
    refreshes: [getMasking],
    onSuccess: () => notifyDone(t('shell.saved')),
  })
  return (
    <Loaded of={masking}>
      {({ roles }) => (
        <Stack maw={560} gap="sm">
          <Title order={3}>{t('masking.title')}</Title>
          <Text size="sm" c="dimmed">
            {t('masking.why')}
          </Text>
          <Checkbox.Group
            label={t('masking.roles')}
            // Until it has come back from the base, what was just chosen.
            value={put.variables && (put.isPending || masking.isFetching) ? put.variables.roles : roles}
            onChange={(chosen) => put.mutate({ roles: MaskedRole.array().parse(chosen) })}
          >
            <Stack gap="xs" mt="xs">
              {MaskedRole.options.map((role) => (
                <Checkbox key={role} value={role} label={t(`masking.role-${role}`)} />
              ))}
            </Stack>
          </Checkbox.Group>
        </Stack>
      )}
    </Loaded>
  )
}
