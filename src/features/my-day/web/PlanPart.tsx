import { Badge, Chip, Title } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Entry } from '#features/activities/web/Entry.tsx'
import { More } from '#features/activities/web/Timeline.tsx'
import listClasses from '#features/activities/web/timeline.module.css'
import { useActivities } from '#features/activities/web/use-activities.ts'
import type { MyDay } from '#features/my-day/contract.ts'
import { formatNumber } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { ClientLink } from './ClientLink.tsx'
import classes from './my-day.module.css'

interface PlanPartProps {
  title: string
  part: MyDay['due']
  late?: boolean
  /** Calls among them that have their hour. */
  calls?: number
  /** Whose plan; the caller's own where nobody is named. */
  user?: string
}

/** Overdue, today or coming: its number, and the entries behind it. */
export function PlanPart({ title, part, late = false, calls = 0, user = 'me' }: PlanPartProps) {
  const { t } = useTranslation()
  const navigate = useNavigate()
  const [onlyCalls, setOnlyCalls] = useState(false)
  const narrowed = onlyCalls && calls > 0
  const entries = useActivities({
    user: [user],
    open: true,
    limit: 20,
    ...(narrowed && { kind: ['call'] as const, timed: true }),
    ...(part.from && { from: part.from }),
    ...(part.to && { to: part.to }),
  })
  if (part.count === 0) return null
  return (
    <section aria-label={title}>
      <div className={classes.partHead}>
        <Title order={2}>{title}</Title>
        <Badge color={late ? 'red' : 'gray'}>{formatNumber(part.count)}</Badge>
        {calls > 0 && (
          <Chip size="xs" checked={narrowed} onChange={setOnlyCalls}>
            {t('my-day.callbacks', { count: calls })}
          </Chip>
        )}
      </div>
      <ul className={listClasses.list}>
        {entries.data?.pages
          .flatMap((page) => page.items)
          .map((activity) => (
            <Entry
              key={activity.id}
              activity={activity}
              onOpen={() =>
                activity.clientId &&
                void navigate({ to: '/clients/$id', params: { id: activity.clientId } } as never)
              }
              place={
                activity.clientId ? (
                  <ClientLink id={activity.clientId}>{activity.clientName}</ClientLink>
                ) : (
                  <span>{t('my-day.without-client')}</span>
                )
              }
            />
          ))}
      </ul>
      <More of={entries} />
    </section>
  )
}
