import { Anchor } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import type { ChangeSet } from '#features/changes/contract.ts'
import { formatDateTime, formatTime } from '#web/format.ts'
import { nameOfSubject, sayAct } from './acts.ts'
import classes from './journal.module.css'

/** One act in a line: when, who, what, about whom. */
export function ActRow({ set, withDay = false }: { set: ChangeSet; withDay?: boolean }) {
  const { t } = useTranslation()
  const { nameOf } = useColleagues()
  const subject = nameOfSubject(set)
  return (
    <li className={classes.row}>
      <time className={classes.when} dateTime={set.at}>
        {withDay ? formatDateTime(set.at) : formatTime(set.at)}
      </time>
      <span className={classes.what}>
        <span className={classes.who}>{nameOf(set.authorId) ?? t('changes.somebody')}</span> {sayAct(set.act)}
        {subject && ` «${subject}»`}
        {set.client && (
          <>
            {': '}
            <Anchor
              inherit
              renderRoot={(props) => (
                <Link to={'/clients/$id' as never} params={{ id: set.client!.id } as never} {...props} />
              )}
            >
              {set.client.name}
            </Anchor>
          </>
        )}
        {!set.client && set.rows > 1 && (
          <span className={classes.quiet}>
            {' · '}
            {set.rows >= 1000 ? t('changes.rows-many') : t('changes.rows', { count: set.rows })}
          </span>
        )}
      </span>
    </li>
  )
}
