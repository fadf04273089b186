import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { listClients } from '#features/clients/contract.ts'
import { query } from '#web/api.ts'
import { formatRelative } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { ClientLink } from './ClientLink.tsx'
import classes from './my-day.module.css'
import { Panel } from './Panel.tsx'

/** Where the caller, or somebody on his clients, left off. */
export function RecentPanel() {
  const { t } = useTranslation()
  const recent = useQuery(query(listClients, { sort: '-changed', limit: 8 }))
  return (
    <Panel
      title={t('my-day.recent')}
      more={{ to: '/clients', search: { sort: '-changed' }, label: t('my-day.recent-all') }}
    >
      <Loaded of={recent} meanwhile={4}>
        {({ items }) =>
          items.length === 0 ? (
            <Text size="sm" c="dimmed">
              {t('my-day.recent-none')}
            </Text>
          ) : (
            <ul className={classes.rows}>
              {items.map((client) => (
                <li key={client.id}>
                  <ClientLink id={client.id}>{client.name}</ClientLink>
                  <Text size="xs" c="dimmed" component="time" dateTime={client.updatedAt}>
                    {formatRelative(client.updatedAt)}
                  </Text>
                </li>
              ))}
            </ul>
          )
        }
      </Loaded>
    </Panel>
  )
}
