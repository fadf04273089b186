import { Text } from '@mantine/core'
import { IconSun } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Navigate } from '@tanstack/react-router'
import { Composer } from '#features/activities/web/Composer.tsx'
import { countClients } from '#features/clients/contract.ts'
import { getMyDay, type MyDay } from '#features/my-day/contract.ts'
import { StandInNotes } from '#features/substitutions/web/StandInNotes.tsx'
import { query } from '#web/api.ts'
import { formatDayInWords } from '#web/format.ts'
import { lazy, Suspense } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import { EmptyState } from '#web/layout/EmptyState.tsx'
import { Loaded } from '#web/layout/Loaded.tsx'
import { Page } from '#web/layout/Page.tsx'
import { useMe } from '#web/session.ts'
import { BirthdaysPanel } from './BirthdaysPanel.tsx'
import { ActsPanel } from './ActsPanel.tsx'
import { EmptyBase } from './EmptyBase.tsx'
import { GapsPanel } from './GapsPanel.tsx'
import { HeadlinePanel } from './HeadlinePanel.tsx'
import classes from './my-day.module.css'
import { ImportsPanel } from './ImportsPanel.tsx'
import { NewsPanel } from './NewsPanel.tsx'
import { PlanOfAbsent } from './PlanOfAbsent.tsx'
import { PlanPart } from './PlanPart.tsx'
import { RecentPanel } from './RecentPanel.tsx'
import { StepsPanel } from './StepsPanel.tsx'
import { UnownedPanel } from './UnownedPanel.tsx'
import { useDayKeys } from './use-day-keys.ts'

const RequestsPanel = lazy(async () => ({
  default: (await import('#features/fill-requests/web/RequestsPanel.tsx')).RequestsPanel,
}))

/** «Мой день»: the plan and what is lacking for who keeps clients; the state of the base for the head. */
export function MyDayPage() {
  const { t } = useTranslation()
  const me = useMe()
  if (me.role === 'admin') return <Navigate to="/team" replace />
  return (
    <Page title={t('my-day.title')} aside={<Today />}>
      <Day />
    </Page>
  )
}

function Today() {
  const day = useQuery(query(getMyDay, {})).data
  return day ? formatDayInWords(day.today) : null
}

function Day() {
  const { t } = useTranslation()
  const { role } = useMe()
  const base = useQuery(query(countClients, {}))
  const day = useQuery({ ...query(getMyDay, {}), refetchInterval: 60_000 })
  const screen = useDayKeys()
  return (
    <Loaded of={base}>
      {({ count }) => (
        <>
          <StandInNotes />
          {count === 0 && <EmptyBase />}
          <div ref={screen} className={classes.columns} data-role={role}>
            <div className={classes.plan}>
              <Composer initialKind="task" />
              <Text size="xs" c="dimmed" visibleFrom="sm" className="no-print">
                {t('my-day.keys')}
              </Text>
              <Loaded of={day}>{(known) => <Plan day={known} empty={count === 0} />}</Loaded>
            </div>
            {count > 0 && (
              <div className={classes.panels}>
                <Suspense>
                  <RequestsPanel />
                </Suspense>
                {role === 'manager' && <StepsPanel />}
                <NewsPanel />
                <BirthdaysPanel />
                {role !== 'manager' && <HeadlinePanel />}
                {role === 'head' ? <UnownedPanel /> : <GapsPanel />}
                <ImportsPanel />
                {role !== 'manager' && <StepsPanel />}
                {role === 'manager' ? <RecentPanel /> : <ActsPanel />}
              </div>
            )}
          </div>
        </>
      )}
    </Loaded>
  )
}

function Plan({ day, empty }: { day: MyDay; empty: boolean }) {
  const { t } = useTranslation()
  const free = !empty && day.overdue.count + day.due.count === 0
  return (
    <>
      {day.done > 0 && (
        <Text size="sm" c="dimmed">
          {t('my-day.done-today', { count: day.done })}
        </Text>
      )}
      <PlanPart title={t('my-day.overdue')} part={day.overdue} late />
      <PlanPart title={t('my-day.due')} part={day.due} calls={day.callbacks.count} />
      {free && (
        <EmptyState
          icon={<IconSun size={22} />}
          title={t('my-day.no-plan-title')}
          text={t('my-day.no-plan-text')}
        />
      )}
      <PlanPart title={t('my-day.coming')} part={day.coming} />
      {day.standingIn.map((plan) => (
        <PlanOfAbsent key={plan.userId} plan={plan} />
      ))}
    </>
  )
}
