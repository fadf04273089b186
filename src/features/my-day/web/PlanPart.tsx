import { Badge, Title } from '@mantine/core'
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
}

/** Overdue, today or coming: its number, and the entries behind it. */
export function PlanPart({ title, part, late = false }: PlanPartProps) {
  const { t } = useTranslation()
  const entries = useActivities({
    user: ['me'],
    open: true,
    limit: 20,
    ...(part.from && { from: part.from }),
    ...(part.to && { to: part.to }),
  })
  if (part.count === 0) return null
  return (
    <section aria-label={title}>
      <div className={classes.partHead}>
        <Title order={2}>{title}</Title>
        <Badge color={late ? 'red' : 'gray'}>{formatNumber(part.count)}</Badge>
      </div>
      <ul className={listClasses.list}>
        {entries.data?.pages
          .flatMap((page) => page.items)
          .map((activity) => (
            <Entry
              key={activity.id}
              activity={activity}
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
