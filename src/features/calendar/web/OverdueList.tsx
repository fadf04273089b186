import { Badge, Button, Paper } from '@mantine/core'
import { useState } from 'react'
import { Entry } from '#features/activities/web/Entry.tsx'
import { More } from '#features/activities/web/Timeline.tsx'
import listClasses from '#features/activities/web/timeline.module.css'
import { useActivities } from '#features/activities/web/use-activities.ts'
import { dayAfter } from '#features/activities/when.ts'
import { ClientLink } from '#features/my-day/web/ClientLink.tsx'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import classes from './calendar.module.css'

/** No further is counted. */
const most = 1_000

interface OverdueListProps {
  count: number
  today: string
  whose: { user?: string[]; team?: string }
}

/** How much of these people's plan is from before today; pressed, the list of it. */
export function OverdueList({ count, today, whose }: OverdueListProps) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const { plannable } = useColleagues()
  if (count === 0) return null
  const users = whose.user ?? plannable.filter(({ teamId }) => teamId === whose.team).map(({ id }) => id)
  return (
    <Paper withBorder p="xs" mb="sm">
      <Button
        variant="subtle"
        color="red"
        size="compact-sm"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
        rightSection={<Badge color="red">{`${count}${count >= most ? '+' : ''}`}</Badge>}
      >
        {t('calendar.overdue')}
      </Button>
      {open && <List users={users} before={dayAfter(today, -1)} />}
    </Paper>
  )
}

function List({ users, before }: { users: string[]; before: string }) {
  const entries = useActivities({ user: users, open: true, to: before, limit: 20 })
  return (
    <div className={classes.overdue}>
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
                ) : undefined
              }
            />
          ))}
      </ul>
      <More of={entries} />
    </div>
  )
}
