import { formatDayInWords } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import type { CalendarDays, ViewProps } from './CalendarPage.tsx'
import classes from './calendar.module.css'
import { EntryChip } from './EntryChip.tsx'

interface MonthViewProps extends ViewProps {
  /** Days of others are pale; null: a week, none is. */
  month: string | null
  isPhone: boolean
}

/** Whole weeks, some entries a day and how many more there are; a telephone shows the numbers alone. */
export function MonthView({ days, today, month, over, isPhone, onDay, onCreate, ...chip }: MonthViewProps) {
  const { i18n } = useTranslation()
  return (
    <div className={classes.month} role="group">
      {days.slice(0, 7).map(({ day }) => (
        <div key={day} className={classes.weekday}>
          {weekdayOf(day, i18n.language)}
        </div>
      ))}
      {days.map((cell) => (
        <div
          key={cell.day}
          className={classes.cell}
          data-day={cell.day}
          data-today={cell.day === today || undefined}
          data-other={(month !== null && !cell.day.startsWith(month)) || undefined}
          data-over={over?.day === cell.day || undefined}
          onClick={(event) => {
            if (event.target === event.currentTarget && !isPhone) onCreate({ day: cell.day, time: null })
          }}
        >
          <DayButton cell={cell} onDay={onDay} isPhone={isPhone} />
          {!isPhone &&
            cell.entries.map((activity) => (
              <EntryChip
                key={activity.id}
                activity={activity}
                onOpen={chip.onOpen}
                onGrab={chip.grab(activity)}
                onShift={chip.onShift}
              />
            ))}
          {!isPhone && cell.count > cell.entries.length && <MoreButton cell={cell} onDay={onDay} />}
        </div>
      ))}
    </div>
  )
}

/** «пн», «Mon». */
export const weekdayOf = (day: string, language: string) =>
  new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(
    new Date(`${day}T00:00:00Z`),
  )

interface CellProps {
  cell: CalendarDays[number]
  onDay: (day: string) => void
}

function DayButton({ cell: { day, count }, onDay, isPhone }: CellProps & { isPhone: boolean }) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      className={isPhone ? classes.phoneDay : classes.date}
      aria-label={`${formatDayInWords(day)}: ${t('calendar.entries', { count })}`}
      onClick={() => onDay(day)}
    >
      <span>{Number(day.slice(8))}</span>
      {isPhone && count > 0 && <span className={classes.number}>{count}</span>}
    </button>
  )
}

function MoreButton({ cell: { day, count, entries }, onDay }: CellProps) {
  const { t } = useTranslation()
  return (
    <button type="button" className={classes.more} onClick={() => onDay(day)}>
      {t('calendar.more', { count: count - entries.length })}
    </button>
  )
}
