import { Anchor, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { countClients } from '#features/clients/contract.ts'
import { query } from '#web/api.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { Panel } from './Panel.tsx'

/** Clients nobody looks after. */
export function UnownedPanel() {
  const { t } = useTranslation()
  const unowned = useQuery(query(countClients, { owner: ['none'] }))
  return (
    <Panel title={t('my-day.unowned')}>
      <Loaded of={unowned} meanwhile={1}>
        {({ count }) =>
          count === 0 ? (
            <Text size="sm" c="dimmed">
              {t('my-day.unowned-none')}
            </Text>
          ) : (
            <Group gap="md">
              <Anchor
                size="sm"
                renderRoot={(props) => (
                  <Link to={'/clients' as never} search={{ owner: 'none' } as never} {...props} />
                )}
              >
                {t('my-day.unowned-some', { count })}
              </Anchor>
              <Anchor
                size="sm"
                renderRoot={(props) => (
                  <Link to={'/settings' as never} search={{ tab: 'distribution' } as never} {...props} />
                )}
              >
                {t('my-day.unowned-give-out')}
              </Anchor>
            </Group>
          )
        }
      </Loaded>
    </Panel>
  )
}
