import { useTranslation } from '#web/i18n/translation.ts'
import classes from './live.module.css'
import type { PresentPerson } from './live.ts'
import { colourOf, initialsOf } from './person-colour.ts'

/** Who else has this card open, as coloured initials with the names. */
export function PresentPeople({
  people,
  nameOfUser,
}: {
  people: readonly PresentPerson[]
  nameOfUser: (id: string) => string
}) {
  const { t } = useTranslation()
  if (people.length === 0) return null
  const names = people.map(({ userId }) => nameOfUser(userId)).join(', ')
  return (
    <span
      className={classes.people}
      role="img"
      aria-label={t('live.here', { names })}
      title={t('live.here', { names })}
    >
      {people.slice(0, 5).map(({ userId }) => (
        <span key={userId} className={classes.person} style={{ background: colourOf(userId) }} aria-hidden>
          {initialsOf(nameOfUser(userId))}
        </span>
      ))}
    </span>
  )
}
