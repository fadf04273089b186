import { Anchor, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import type { KeyboardEvent } from 'react'
import { askQuickCall } from '#features/activities/web/quick-call.ts'
import { countClients, listClients, type Client } from '#features/clients/contract.ts'
import type { Condition } from '#features/clients/filter.ts'
import { query } from '#web/api.ts'
import { formatNumber, formatRelative } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { useMe } from '#web/session.ts'
import { ClientLink } from './ClientLink.tsx'
import classes from './my-day.module.css'
import { Panel } from './Panel.tsx'

const withoutStep: Condition[] = [{ field: 'nextPlan', op: 'empty' }]
const forgotten: Condition[] = [{ field: 'lastContact', op: 'silent' }]
const shown = 5

/**
 * Clients nobody plans anything with, and those nobody has spoken to for too long: a manager's own, of who looks after others all he
 * sees. Each number is that very list.
 */
export function StepsPanel() {
  const { t } = useTranslation()
  const { role } = useMe()
  const whose = role === 'manager' ? { owner: ['me'] } : {}
  const steps = useQuery(query(countClients, { ...whose, where: withoutStep }))
  const silent = useQuery(query(countClients, { ...whose, where: forgotten }))
  const longest = useQuery({
    ...query(listClients, { owner: ['me'], where: forgotten, sort: 'lastContact', limit: shown }),
    // Whom to call next is a manager's question.
    enabled: role === 'manager' && (silent.data?.count ?? 0) > 0,
  }).data
  return (
    <Panel title={t('my-day.steps')}>
      <Loaded of={steps} meanwhile={2}>
        {(without) => (
          <>
            {without.count + (silent.data?.count ?? 0) === 0 && (
              <Text size="sm" c="dimmed">
                {t('my-day.steps-none')}
              </Text>
            )}
            <ul className={classes.figures}>
              <Figure title={t('my-day.without-step')} found={without} where={withoutStep} sort="-changed" />
              {silent.data && (
                <Figure
                  title={t('my-day.forgotten')}
                  found={silent.data}
                  where={forgotten}
                  sort="lastContact"
                />
              )}
            </ul>
            {longest && longest.items.length > 0 && (
              <>
                <Text className={classes.day!}>{t('my-day.longest-silent')}</Text>
                <ul className={classes.rows}>
                  {longest.items.map((client) => (
                    <SilentRow key={client.id} client={client} />
                  ))}
                </ul>
              </>
            )}
          </>
        )}
      </Loaded>
    </Panel>
  )
}

interface FigureProps {
  title: string
  found: { count: number; exact: boolean }
  where: Condition[]
  sort: string
}

function Figure({ title, found, where, sort }: FigureProps) {
  const { role } = useMe()
  if (found.count === 0) return null
  return (
    <li>
      <Anchor
        className={classes.figure!}
        renderRoot={(props) => (
          <Link
            to={'/clients' as never}
            search={
              {
                ...(role === 'manager' && { owner: 'me' }),
                where,
                sort: role === 'head' ? undefined : sort,
              } as never
            }
            {...props}
          />
        )}
      >
        <span>{title}</span>
        <b>{`${formatNumber(found.count)}${found.exact ? '' : '+'}`}</b>
      </Anchor>
    </li>
  )
}

/** Reached by J and K; C writes a call down. */
function SilentRow({ client }: { client: Client }) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return
    if (event.code === 'KeyC') askQuickCall({ clientId: client.id })
    else if (event.code === 'Enter') void navigate({ to: '/clients/$id', params: { id: client.id } } as never)
    else return
    event.preventDefault()
  }
  return (
    <li data-entry={client.id} tabIndex={-1} onKeyDown={onKeyDown}>
      <ClientLink id={client.id}>{client.name}</ClientLink>
      <Text size="xs" c="dimmed">
        {client.lastContactAt ? formatRelative(client.lastContactAt) : t('my-day.never')}
      </Text>
    </li>
  )
}
