import { ActionIcon, Button, Group, Modal, SegmentedControl, Text } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { z } from 'zod'
import type { Activity } from '#features/activities/contract.ts'
import { momentOf, dayAfter, todayIn, wallOf, type Wall } from '#features/activities/when.ts'
import { Composer } from '#features/activities/web/Composer.tsx'
import { useMoveActivity } from '#features/activities/web/use-activity-acts.ts'
import { getCalendar } from '#features/calendar/contract.ts'
import type { OutputOf } from '#shared/endpoint.ts'
import { query } from '#web/api.ts'
import { formatDayInWords } from '#web/format.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { Loaded } from '#web/layout/Loaded.tsx'
import { Page } from '#web/layout/Page.tsx'
import { useMe } from '#web/session.ts'
import { useUrlState } from '#web/url-state.ts'
import { AgendaView } from './AgendaView.tsx'
import classes from './calendar.module.css'
import { daysOf, minutesOf, placed, shiftTime, shownLength, type Span, spans, stepFrom } from './days.ts'
import { HoursView } from './HoursView.tsx'
import { MonthView } from './MonthView.tsx'
import { OpenedEntry } from './OpenedEntry.tsx'
import { OverdueList } from './OverdueList.tsx'
import { type Dragged, type Place, useDrag } from './use-drag.ts'
import { WhoseSelect } from './WhoseSelect.tsx'

export type CalendarDays = OutputOf<typeof getCalendar>['days']

/** What every view of the calendar is given. */
export interface ViewProps {
  days: CalendarDays
  today: string
  /** Where an entry that is being dragged would go. */
  over: Place | null
  onDay: (day: string) => void
  onCreate: (at: Wall) => void
  onOpen: (activity: Activity) => void
  onShift: (activity: Activity, by: { days?: number; minutes?: number }) => void
  grab: ReturnType<typeof useDrag>['grab']
}

const View = z.object({
  span: z.enum(spans).optional().catch(undefined),
  day: z.iso.date().optional().catch(undefined),
  /** `me`, a user id, or `team:<id>`. */
  of: z.string().optional().catch(undefined),
})

const perDay: Record<Span, number> = { day: 500, week: 200, month: 4 }

/** «Календарь»: day, week and month of a person or a team; plans are dragged, or moved by Alt and the arrows. */
export function CalendarPage() {
  const { t, i18n } = useTranslation()
  const me = useMe()
  const zone = me.company.timeZone
  const isPhone = useMediaQuery('(max-width: 700px)', undefined, { getInitialValueInEffect: false })
  const [view, setView] = useUrlState(View)
  const span = view.span ?? (isPhone ? 'day' : 'week')
  const day = view.day ?? todayIn(zone)
  const of = view.of ?? 'me'
  const shown = daysOf(span, day)
  const whose = of.startsWith('team:') ? { team: of.slice(5) } : { user: [of] }
  const calendar = useQuery({
    ...query(getCalendar, { from: shown[0]!, to: shown.at(-1)!, perDay: perDay[span], ...whose }),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  })
  const [creating, setCreating] = useState<Wall | null>(null)
  const [opened, setOpened] = useState<string | null>(null)
  const move = useMoveActivity()
  const place = (activity: Activity, to: Place) => {
    const was = wallOf(activity.dueAt!, zone)
    const time = to.time === undefined ? was.time : to.time
    if (to.day === was.day && time === was.time) return
    move.mutate({ id: activity.id, dueAt: momentOf({ day: to.day, time }, zone) })
  }
  const { dragged, grab } = useDrag(place)
  const holdFocus = useHeldChip(calendar.data?.days)
  const shift = (activity: Activity, { days = 0, minutes = 0 }: { days?: number; minutes?: number }) => {
    const was = wallOf(activity.dueAt!, zone)
    const to = dayAfter(was.day, days)
    holdFocus(activity.id)
    place(activity, { day: to, time: was.time && minutes ? shiftTime(was.time, minutes) : was.time })
    // Over the edge of what is shown, one goes with it.
    if (!shown.includes(to)) setView({ day: to })
  }
  const title =
    span === 'month'
      ? new Intl.DateTimeFormat(i18n.language, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
          new Date(`${day}T00:00:00Z`),
        )
      : span === 'day'
        ? formatDayInWords(day)
        : `${formatDayInWords(shown[0]!)} – ${formatDayInWords(shown[6]!)}`
  return (
    <Page
      title={t('calendar.title')}
      aside={title}
      actions={<Button onClick={() => setCreating({ day, time: null })}>{t('calendar.create')}</Button>}
      toolbar={
        <Group gap="sm" w="100%">
          <SegmentedControl
            size="xs"
            aria-label={t('calendar.span')}
            value={span}
            onChange={(next) => setView({ span: next as Span, day })}
            data={spans.map((value) => ({ value, label: t(`calendar.${value}`) }))}
          />
          <Group gap={4} wrap="nowrap">
            <ActionIcon
              variant="default"
              size={30}
              aria-label={t('calendar.back')}
              onClick={() => setView({ day: stepFrom(span, day, -1) })}
            >
              <IconChevronLeft size={16} />
            </ActionIcon>
            <Button variant="default" size="xs" onClick={() => setView({ day: undefined })}>
              {t('calendar.today')}
            </Button>
            <ActionIcon
              variant="default"
              size={30}
              aria-label={t('calendar.forth')}
              onClick={() => setView({ day: stepFrom(span, day, 1) })}
            >
              <IconChevronRight size={16} />
            </ActionIcon>
          </Group>
          <WhoseSelect value={of} onChange={(next) => setView({ of: next === 'me' ? undefined : next })} />
        </Group>
      }
    >
      <Loaded of={calendar}>
        {({ days, today, overdue }) => {
          const props: ViewProps = {
            days,
            today,
            over: dragged?.over ?? null,
            onDay: (next) => setView({ span: 'day', day: next }, { keep: true }),
            onCreate: setCreating,
            onOpen: ({ id }) => setOpened(id),
            onShift: shift,
            grab,
          }
          return (
            <div className={classes.screen} data-dragging={dragged !== null || undefined}>
              <OverdueList count={overdue} today={today} whose={whose} />
              {span === 'month' || (span === 'week' && !isPhone && isCrowded(days, zone)) ? (
                <MonthView
                  {...props}
                  month={span === 'month' ? day.slice(0, 7) : null}
                  isPhone={isPhone ?? false}
                />
              ) : (isPhone && span === 'week') || isCrowded(days, zone) ? (
                <AgendaView {...props} />
              ) : (
                <HoursView key={`${span} ${shown[0]}`} {...props} />
              )}
              <Text size="xs" c="dimmed" mt="xs" visibleFrom="sm" className="no-print">
                {t('calendar.keys')}
              </Text>
            </div>
          )
        }}
      </Loaded>
      {dragged && <Ghost dragged={dragged} />}
      <Modal
        opened={creating !== null}
        onClose={() => setCreating(null)}
        title={t('calendar.create')}
        size="lg"
        closeButtonProps={{ 'aria-label': t('shell.close') }}
      >
        {creating && (
          <Composer
            initialKind="call"
            at={creating}
            forUser={of !== 'me' && !of.startsWith('team:') ? of : undefined}
            onDone={() => setCreating(null)}
          />
        )}
      </Modal>
      {opened && <OpenedEntry id={opened} onClose={() => setOpened(null)} />}
    </Page>
  )
}

/** An entry moved by keys is drawn anew in another day: it keeps the focus, so that the next key moves it on. */
function useHeldChip(days: CalendarDays | undefined) {
  const held = useRef<string | null>(null)
  useEffect(() => {
    if (!held.current || (document.activeElement && document.activeElement !== document.body)) return
    document.querySelector<HTMLElement>(`[data-chip="${held.current}"]`)?.focus()
  }, [days])
  return (id: string) => {
    held.current = id
  }
}

/** Side by side no name could be read any more: a busy team is shown as lists of its days. */
const mostLanes = 4
const isCrowded = (days: CalendarDays, zone: string) =>
  days.some(({ entries }) =>
    placed(
      entries.flatMap(({ at }) => wallOf(at, zone).time ?? []),
      minutesOf,
      shownLength,
    ).some(({ lanes }) => lanes > mostLanes),
  )

/** The entry under the pointer while it is dragged. */
const Ghost = ({ dragged: { activity, x, y, over } }: { dragged: Dragged }) => (
  <div className={classes.ghost} style={{ left: x + 8, top: y + 8 }} aria-hidden="true">
    {[over?.time, activity.clientName ?? activity.text].filter(Boolean).join(' · ')}
  </div>
)
