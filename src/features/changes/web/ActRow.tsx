import { Anchor, Badge } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import type { ChangeSet } from '#features/changes/contract.ts'
import { formatDate, formatTime, today } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { nameOfSubject, sayAct } from './acts.ts'
import classes from './journal.module.css'

interface ActRowProps {
  set: ChangeSet
  withDay?: boolean
  /** The name of the act opens it to its rows. */
  opens?: boolean
  /** What can be done with it, at the end of the line. */
  action?: ReactNode
}

/** One act in a line: when, who, what, about whom. */
export function ActRow({ set, withDay = false, opens = false, action }: ActRowProps) {
  const { t } = useTranslation()
  const { nameOf } = useColleagues()
  const isToday = today(new Date(set.at)) === today()
  const subject = nameOfSubject(set)
  const said = sayAct(set) + (subject ? ` «${subject}»` : '')
  const taken = set.reversedBy !== null && !set.mayReverse
  return (
    <li className={classes.row} data-opens={opens || undefined} data-taken={taken || undefined}>
      <time className={classes.when} data-day={(withDay && !isToday) || undefined} dateTime={set.at}>
        {withDay && !isToday ? formatDate(set.at) : formatTime(set.at)}
      </time>
      <span className={classes.what}>
        {opens ? (
          <Link
            to={'/journal/$id' as never}
            params={{ id: set.id } as never}
            search={true as never}
            className={classes.name}
          >
            {said}
          </Link>
        ) : (
          said
        )}
        {set.client && (
          <>
            {': '}
            <Anchor
              inherit
              underline="always"
              renderRoot={(props) => (
                <Link to={'/clients/$id' as never} params={{ id: set.client!.id } as never} {...props} />
              )}
            >
              {set.client.name}
            </Anchor>
          </>
        )}
        <span className={classes.quiet}>
          {!set.client && set.rows > 1 && ` · ${t('changes.rows', { count: totalRows(set) })}`}
          {` · ${nameOf(set.authorId) ?? t('changes.somebody')}`}
        </span>
        {set.onBehalfOf && (
          <Badge size="xs" ml={6}>
            {t('changes.on-behalf', { name: nameOf(set.onBehalfOf) ?? t('changes.somebody') })}
          </Badge>
        )}
        {taken && (
          <Badge size="xs" ml={6} color="gray">
            {t('changes.taken')}
          </Badge>
        )}
      </span>
      {action && <span className={`${classes.acts} no-print`}>{action}</span>}
    </li>
  )
}

/** All rows an act changed, whoever may see them. */
export const totalRows = ({ counts, rows }: Pick<ChangeSet, 'counts' | 'rows'>) =>
  Math.max(
    rows,
    Object.values(counts).reduce((sum, { i = 0, u = 0, d = 0 }) => sum + i + u + d, 0),
  )
