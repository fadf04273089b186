import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import type { ChangeSet } from '#features/changes/contract.ts'
import { formatDate, formatTime, today } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { nameOfSubject, sayAct } from './acts.ts'
import classes from './journal.module.css'

/** One act in a line: when, who, what, about whom. */
export function ActRow({ set, withDay = false }: { set: ChangeSet; withDay?: boolean }) {
  const { t } = useTranslation()
  const { nameOf } = useColleagues()
  const isToday = today(new Date(set.at)) === today()
  const subject = nameOfSubject(set)
  return (
    <li className={classes.row}>
      <time className={classes.when} data-day={(withDay && !isToday) || undefined} dateTime={set.at}>
        {withDay && !isToday ? formatDate(set.at) : formatTime(set.at)}
      </time>
      <span className={classes.what}>
        {sayAct(set.act)}
        {subject && ` «${subject}»`}
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
          {!set.client &&
            set.rows > 1 &&
            ` · ${set.rows >= 1000 ? t('changes.rows-over') : t('changes.rows', { count: set.rows })}`}
          {` · ${nameOf(set.authorId) ?? t('changes.somebody')}`}
        </span>
      </span>
    </li>
  )
}
