import { UnstyledButton } from '@mantine/core'
import type { DaySheets } from '#features/day-sheets/contract.ts'
import { formatDayInWords, formatNumber, today } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { type SetView, shownFigures } from './day-view.ts'
import classes from './day-sheets.module.css'

interface WeekStripProps {
  found: DaySheets
  week: string[]
  day: string
  setView: SetView
}

/** Seven days side by side: how much was done on each, and who has closed it. */
export function WeekStrip({ found, week, day, setView }: WeekStripProps) {
  const { t, i18n } = useTranslation()
  const short = new Intl.DateTimeFormat(i18n.language, { weekday: 'short', day: 'numeric', timeZone: 'UTC' })
  const most = Math.max(1, ...week.map((one) => doneOn(found, one)))
  return (
    <div className={classes.strip} role="group" aria-label={t('day-sheets.week')}>
      {week.map((one) => {
        const done = doneOn(found, one)
        const closed = found.sheets.filter((sheet) => sheet.day === one && sheet.closed).length
        const people = found.people.length
        return (
          <UnstyledButton
            key={one}
            className={classes.stripDay!}
            aria-current={one === day ? 'date' : undefined}
            title={`${t('day-sheets.strip-day', { day: formatDayInWords(one), done: formatNumber(done) })}, ${t('day-sheets.strip-closed', { closed, people })}`}
            onClick={() => setView({ day: one === today() ? undefined : one })}
          >
            <span className={classes.stripName}>{short.format(new Date(`${one}T00:00:00Z`))}</span>
            <span className={classes.stripBar} aria-hidden>
              <span style={{ height: `${Math.round((done / most) * 100)}%` }} />
            </span>
            <b>{formatNumber(done)}</b>
            <span className={classes.stripClosed} data-all={(people > 0 && closed === people) || undefined}>
              {closed > 0 ? `${closed}/${people}` : ' '}
            </span>
          </UnstyledButton>
        )
      })}
    </div>
  )
}

const doneOn = ({ sheets }: DaySheets, day: string) =>
  sheets.reduce((sum, sheet) => (sheet.day === day ? sum + shownFigures(sheet).done : sum), 0)
