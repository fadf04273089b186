import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { dayAfter, todayIn } from '#features/activities/when.ts'
import { listBirthdays } from '#features/my-day/contract.ts'
import { query } from '#web/api.ts'
import { formatDayInWords } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { useMe } from '#web/session.ts'
import { ClientLink } from './ClientLink.tsx'
import classes from './my-day.module.css'
import { Panel } from './Panel.tsx'

const shownAtFirst = 12

/** Whom to congratulate this week, day by day; nothing where nobody's birthday comes. */
export function BirthdaysPanel() {
  const { t } = useTranslation()
  const today = todayIn(useMe().company.timeZone)
  const [whole, setWhole] = useState(false)
  const all = useQuery(query(listBirthdays, { days: 7 })).data ?? []
  const birthdays = whole ? all : all.slice(0, shownAtFirst)
  if (birthdays.length === 0) return null
  const dayWord = (day: string) => {
    if (day === today) return t('my-day.birthday-today')
    return day === dayAfter(today, 1) ? t('my-day.birthday-tomorrow') : formatDayInWords(day)
  }
  const days = [...new Set(birthdays.map(({ day }) => day))]
  return (
    <Panel title={`${t('my-day.birthdays')}: ${all.length}`}>
      {days.map((day) => (
        <div key={day}>
          <Text className={classes.day!}>{dayWord(day)}</Text>
          <ul className={classes.figures}>
            {birthdays
              .filter((birthday) => birthday.day === day)
              .map(({ personId, personName, turns, clientId, clientName }) => (
                <li key={personId} className={classes.news}>
                  <span className={classes.person}>
                    {personName}
                    {turns !== null && `, ${t('my-day.turns', { count: turns })}`}
                  </span>
                  <ClientLink id={clientId}>{clientName}</ClientLink>
                </li>
              ))}
          </ul>
        </div>
      ))}
      {birthdays.length < all.length && (
        <Button variant="subtle" size="compact-sm" onClick={() => setWhole(true)}>
          {t('activities.show-more')}
        </Button>
      )}
    </Panel>
  )
}
