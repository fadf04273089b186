import type { CSSProperties, KeyboardEvent, PointerEvent } from 'react'
import type { Activity } from '#features/activities/contract.ts'
import { isOverdue, wallOf } from '#features/activities/when.ts'
import { isOpen, kindIcons } from '#features/activities/web/kinds.tsx'
import { useColleagues } from '#features/activities/web/use-colleagues.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { useMe } from '#web/session.ts'
import classes from './calendar.module.css'

export interface EntryChipProps {
  activity: Activity
  onOpen: (activity: Activity) => void
  onGrab: (event: PointerEvent<HTMLElement>) => void
  /** Alt and an arrow: days and minutes. */
  onShift: (activity: Activity, by: { days?: number; minutes?: number }) => void
  /** Hours stand beside it: up and down move the time, else by weeks. */
  hours?: boolean
  style?: CSSProperties
}

/** One entry on the calendar: pressed it opens, dragged or with Alt and an arrow it moves. */
export function EntryChip({ activity, onOpen, onGrab, onShift, hours = false, style }: EntryChipProps) {
  const { t } = useTranslation()
  const me = useMe()
  const { nameOf } = useColleagues()
  const zone = me.company.timeZone
  const { time } = wallOf(activity.at, zone)
  const open = isOpen(activity)
  const late = open && isOverdue(activity.dueAt!, zone)
  const KindIcon = kindIcons[activity.kind]
  const what = activity.clientName ?? activity.text
  const who = activity.userId === me.id ? undefined : nameOf(activity.userId)
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || !open) return
    const steps: Record<string, { days?: number; minutes?: number }> = {
      ArrowLeft: { days: -1 },
      ArrowRight: { days: 1 },
      ArrowUp: hours && time ? { minutes: -30 } : { days: -7 },
      ArrowDown: hours && time ? { minutes: 30 } : { days: 7 },
    }
    const by = steps[event.key]
    if (!by) return
    event.preventDefault()
    onShift(activity, by)
  }
  const state = activity.cancelledAt ? 'cancelled' : activity.doneAt ? 'done' : late ? 'late' : 'open'
  return (
    <button
      type="button"
      className={classes.chip}
      data-state={state}
      data-chip={activity.id}
      style={style}
      title={[time, t(`activities.${activity.kind}`), activity.clientName, activity.text, who]
        .filter(Boolean)
        .join(' · ')}
      aria-keyshortcuts={open ? 'Alt+ArrowLeft Alt+ArrowRight Alt+ArrowUp Alt+ArrowDown' : undefined}
      onClick={() => onOpen(activity)}
      onKeyDown={onKeyDown}
      {...(open && { onPointerDown: onGrab })}
    >
      <KindIcon size={12} stroke={1.8} aria-label={t(`activities.${activity.kind}`)} />
      {time && <span className={classes.time}>{time}</span>}
      <span className={classes.what}>{what || t(`activities.${activity.kind}`)}</span>
      {who && <span className={classes.who}>{initials(who)}</span>}
      {state !== 'open' && <span className={classes.hidden}>{t(`calendar.${state}`)}</span>}
    </button>
  )
}

const initials = (name: string) =>
  name
    .split(' ')
    .slice(0, 2)
    .map((word) => word[0])
    .join('')
