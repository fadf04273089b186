import { Alert, Anchor, Stack, Text } from '@mantine/core'
import { IconUsersGroup } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Twin } from '#features/clients/contract.ts'
import { useTranslation } from '#web/i18n/translation.ts'

/** Likely twins of what is being typed or was entered; a hidden one is named by its owner only. Never stands in the way. */
export function TwinsNotice({ twins }: { twins: readonly Twin[] }) {
  const { t } = useTranslation()
  if (twins.length === 0) return null
  return (
    <Alert
      color="yellow"
      variant="light"
      icon={<IconUsersGroup size={18} />}
      title={t('clients.twins')}
      p="sm"
      role="status"
      styles={{ title: { color: 'var(--text)' } }}
    >
      <Stack gap={4}>
        {twins.slice(0, 6).map((twin, index) => (
          <Text size="sm" key={twin.id ?? index}>
            {twin.id !== null && twin.name !== null ? (
              <Anchor
                renderRoot={(props) => (
                  <Link to={'/clients/$id' as never} params={{ id: twin.id } as never} {...props} />
                )}
              >
                {twin.name}
              </Anchor>
            ) : twin.ownerName ? (
              t('clients.twin-hidden', { owner: twin.ownerName })
            ) : (
              t('clients.twin-nobody')
            )}{' '}
            <Text span size="xs" c="dimmed">
              {[
                ...twin.reasons.map((reason) => t(`clients.twin-reason.${reason as 'same-inn'}`)),
                ...(twin.archived ? [t('clients.twin-archived')] : []),
              ].join(', ')}
              {twin.id !== null && twin.ownerName ? ` · ${twin.ownerName}` : ''}
            </Text>
          </Text>
        ))}
      </Stack>
    </Alert>
  )
}
