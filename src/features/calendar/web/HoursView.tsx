import { useEffect, useRef, useState } from 'react'
import { wallOf } from '#features/activities/when.ts'
import { formatDayInWords } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { useMe } from '#web/session.ts'
import type { CalendarDays, ViewProps } from './CalendarPage.tsx'
import classes from './calendar.module.css'
import { minutesOf, placed, shownLength, timeOf } from './days.ts'
import { EntryChip } from './EntryChip.tsx'
import { weekdayOf } from './MonthView.tsx'
import { timeAt } from './use-drag.ts'

const hourHeight = 48
const workday = { from: 8, to: 20 }

/** Days side by side with their hours; what is for the whole day stands above. */
export function HoursView({ days, today, over, onDay, onCreate, ...chip }: ViewProps) {
  const { t, i18n } = useTranslation()
  const zone = useMe().company.timeZone
  const clockOf = (at: string) => wallOf(at, zone).time
  const times = days.flatMap(({ entries }) => entries.flatMap(({ at }) => clockOf(at) ?? []))
  const from = Math.min(workday.from, ...times.map((time) => Math.floor(minutesOf(time) / 60)))
  const to = Math.max(workday.to, ...times.map((time) => Math.floor(minutesOf(time) / 60) + 1))
  const hours = Array.from({ length: to - from }, (_, at) => from + at)
  const [nowMinutes] = useState(() => minutesOf(wallOf(new Date().toISOString(), zone).time ?? '00:00'))
  const scroll = useRef<HTMLDivElement>(null)
  // The hours of work first, whatever stands in the night before.
  const hidden = (workday.from - from) * hourHeight
  useEffect(() => {
    if (scroll.current) scroll.current.scrollTop = hidden
  }, [hidden])
  return (
    <div ref={scroll} className={classes.hoursView} style={{ '--days': days.length } as React.CSSProperties}>
      <div className={classes.corner} />
      {days.map(({ day, count }) => (
        <button
          key={day}
          type="button"
          className={classes.columnHead}
          data-today={day === today || undefined}
          aria-label={`${weekdayOf(day, i18n.language)} ${Number(day.slice(8))}, ${formatDayInWords(day)}: ${t('calendar.entries', { count })}`}
          onClick={() => onDay(day)}
        >
          {weekdayOf(day, i18n.language)} <b>{Number(day.slice(8))}</b>
        </button>
      ))}
      <div className={classes.gutter}>{t('calendar.whole-day')}</div>
      {days.map(({ day, entries }) => (
        <div
          key={day}
          className={classes.whole}
          data-day={day}
          data-whole=""
          data-over={(over?.day === day && over.time === null) || undefined}
          onClick={(event) => event.target === event.currentTarget && onCreate({ day, time: null })}
        >
          {entries
            .filter(({ at }) => clockOf(at) === null)
            .map((activity) => (
              <EntryChip
                key={activity.id}
                activity={activity}
                hours
                onOpen={chip.onOpen}
                onGrab={chip.grab(activity)}
                onShift={chip.onShift}
              />
            ))}
        </div>
      ))}
      <div className={classes.gutter} style={{ height: hours.length * hourHeight }} aria-hidden="true">
        {hours.map((hour) => (
          <span key={hour} className={classes.hour} style={{ top: (hour - from) * hourHeight }}>
            {timeOf(hour * 60)}
          </span>
        ))}
      </div>
      {days.map((column) => (
        <div
          key={column.day}
          className={classes.column}
          style={{ height: hours.length * hourHeight, backgroundSize: `100% ${hourHeight}px` }}
          data-day={column.day}
          data-today={column.day === today || undefined}
          data-hours={60 / hourHeight}
          data-from={from * 60}
          onClick={(event) => {
            if (event.target !== event.currentTarget) return
            onCreate({ day: column.day, time: timeAt(event.currentTarget, event.clientY - hourHeight / 4) })
          }}
        >
          {column.day === today && nowMinutes >= from * 60 && nowMinutes <= to * 60 && (
            <div className={classes.now} style={{ top: ((nowMinutes - from * 60) / 60) * hourHeight }} />
          )}
          {over?.day === column.day && over.time && (
            <div
              className={classes.shadow}
              style={{ top: ((minutesOf(over.time) - from * 60) / 60) * hourHeight, height: hourHeight / 2 }}
            >
              {over.time}
            </div>
          )}
          <Timed column={column} clockOf={clockOf} from={from} chip={chip} />
        </div>
      ))}
    </div>
  )
}

interface TimedProps {
  column: CalendarDays[number]
  clockOf: (at: string) => string | null
  from: number
  chip: Pick<ViewProps, 'onOpen' | 'grab' | 'onShift'>
}

const Timed = ({ column, clockOf, from, chip }: TimedProps) =>
  placed(
    column.entries.filter(({ at }) => clockOf(at) !== null),
    ({ at }) => minutesOf(clockOf(at)!),
    shownLength,
  ).map(({ item, start, lane, lanes }) => (
    <EntryChip
      key={item.id}
      activity={item}
      hours
      onOpen={chip.onOpen}
      onGrab={chip.grab(item)}
      onShift={chip.onShift}
      style={{
        position: 'absolute',
        top: ((start - from * 60) / 60) * hourHeight + 1,
        height: hourHeight / 2 - 2,
        left: `calc(${(lane / lanes) * 100}% + 2px)`,
        width: `calc(${100 / lanes}% - 4px)`,
      }}
    />
  ))
