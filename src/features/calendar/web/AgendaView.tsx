import { formatDayInWords } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import type { ViewProps } from './CalendarPage.tsx'
import classes from './calendar.module.css'
import { EntryChip } from './EntryChip.tsx'
import { weekdayOf } from './MonthView.tsx'

/** Days one below the other: the week on a telephone. */
export function AgendaView({ days, today, over, onDay, onCreate, ...chip }: ViewProps) {
  const { t, i18n } = useTranslation()
  return (
    <div className={classes.agenda}>
      {days.map(({ day, entries, count }) => (
        <section
          key={day}
          aria-label={formatDayInWords(day)}
          data-day={day}
          data-today={day === today || undefined}
          data-over={over?.day === day || undefined}
        >
          <div className={classes.agendaHead}>
            <button type="button" className={classes.date} onClick={() => onDay(day)}>
              {weekdayOf(day, i18n.language)}, {formatDayInWords(day)}
            </button>
            <button
              type="button"
              className={classes.more}
              aria-label={`+ ${t('calendar.create')}: ${formatDayInWords(day)}`}
              onClick={() => onCreate({ day, time: null })}
            >
              +
            </button>
          </div>
          {entries.map((activity) => (
            <EntryChip
              key={activity.id}
              activity={activity}
              onOpen={chip.onOpen}
              onGrab={chip.grab(activity)}
              onShift={chip.onShift}
            />
          ))}
          {count > entries.length && (
            <button type="button" className={classes.more} onClick={() => onDay(day)}>
              {t('calendar.more', { count: count - entries.length })}
            </button>
          )}
        </section>
      ))}
    </div>
  )
}
