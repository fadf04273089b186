import { dayAfter, todayIn } from '#features/activities/when.ts'
import type { Substitution } from '#features/substitutions/contract.ts'
import { formatDate } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { useMe } from '#web/session.ts'
import { barOf, daysOf } from './days.ts'
import classes from './substitutions.module.css'

const weeks = 6

/** The weeks ahead: a line for everybody who is away, red where nobody stands in. */
export function AbsenceCalendar({
  substitutions,
  names,
}: {
  substitutions: readonly Substitution[]
  names: Map<string, string>
}) {
  const { t } = useTranslation()
  const { company } = useMe()
  const today = todayIn(company.timeZone)
  const monday = dayAfter(today, -((new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7))
  const lines = Map.groupBy(
    substitutions.flatMap((one) => {
      const bar = barOf(daysOf(one, company.timeZone), monday, weeks * 7)
      return bar ? [{ one, bar }] : []
    }),
    ({ one }) => one.absentId,
  )
  if (lines.size === 0) return null
  const here = barOf({ first: today, last: today }, monday, weeks * 7)
  return (
    <div className={classes.calendar} role="img" aria-label={t('substitutions.calendar')}>
      <div className={classes.weeks}>
        {Array.from({ length: weeks }, (_, week) => (
          <span key={week}>{formatDate(dayAfter(monday, week * 7)).slice(0, 5)}</span>
        ))}
      </div>
      {[...lines].map(([absentId, bars]) => (
        <div key={absentId} className={classes.line}>
          <span className={classes.name}>{names.get(absentId)}</span>
          <span className={classes.track}>
            {here && <i style={{ insetInlineStart: `${here.left * 100}%` }} />}
            {bars.map(({ one, bar }) => (
              <b
                key={one.id}
                data-nobody={one.unattended || undefined}
                title={
                  one.deputyIds.length === 0
                    ? t('substitutions.nobody')
                    : one.deputyIds.map((id) => names.get(id)).join(', ')
                }
                style={{ insetInlineStart: `${bar.left * 100}%`, width: `${bar.width * 100}%` }}
              />
            ))}
          </span>
        </div>
      ))}
    </div>
  )
}
