import { ActionIcon, Anchor, FileButton, Menu, Skeleton, Text, Tooltip, UnstyledButton } from '@mantine/core'
import {
  IconBan,
  IconBell,
  IconCalendarShare,
  IconCheck,
  IconCircle,
  IconCircleCheckFilled,
  IconDots,
  IconPaperclip,
  IconPencil,
  IconPhoneOff,
  IconRepeat,
  IconRotate,
  IconTrash,
} from '@tabler/icons-react'
import { type KeyboardEvent, lazy, type ReactNode, Suspense, useRef, useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import type { Activity } from '#features/activities/contract.ts'
import { isOverdue } from '#features/activities/when.ts'
import { useMe } from '#web/session.ts'
import { CancelForm } from './CancelForm.tsx'
import { DoneForm } from './DoneForm.tsx'
import { MoveForm } from './MoveForm.tsx'
import { clientClock, formatWhen, zoneOf } from './format-when.ts'
import { isOpen, kindIcons } from './kinds.tsx'
import { askQuickCall } from './quick-call.ts'
import { repeatInWords } from './repeat-words.ts'
import classes from './timeline.module.css'
import { useDeleteActivity, useReopenActivity, useUncancelActivity } from './use-activity-acts.ts'
import { useColleagues } from './use-colleagues.ts'

// Downloaded when one points at an entry or comes to it by keys; the short forms are there at once, since D or M and Enter is one movement.
const bringForm = () => import('./EntryForm.tsx')
const EntryForm = lazy(async () => ({ default: (await bringForm()).EntryForm }))
/** Fails where the line is down: the form itself tries again. */
const bring = () => void bringForm().catch(() => {})

interface EntryProps {
  activity: Activity
  /** Beside the head of the entry: the client, where a list is not one client's. */
  place?: ReactNode
  /** Below the text: what is attached. */
  children?: ReactNode
  onAttach?: (file: File) => void
  /** Enter on the entry: to its client. */
  onOpen?: () => void
}

type Mode = 'read' | 'edit' | 'done' | 'move' | 'cancel'

/** What a key does to the entry that has the focus, by the place of the key. */
const modeOfKey: Record<string, Mode> = { KeyD: 'done', KeyM: 'move', KeyE: 'edit', KeyX: 'cancel' }

/** One entry of a timeline or plan: read, done, moved, edited, called off, deleted in its place, also by keys. */
export function Entry({ activity, place, children, onAttach, onOpen }: EntryProps) {
  const { t } = useTranslation()
  const [mode, setMode] = useState<Mode>('read')
  const item = useRef<HTMLLIElement>(null)
  const open = isOpen(activity)
  // Through another's eyes one only looks.
  const readOnly = useMe().look !== null
  const KindIcon = kindIcons[activity.kind]
  const close = () => {
    setMode('read')
    item.current?.focus({ preventScroll: true })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.altKey || event.metaKey) return
    const asked = modeOfKey[event.code]
    if (readOnly && event.code !== 'Enter') return
    if (asked && (open || asked === 'edit')) setMode(asked)
    else if (event.code === 'KeyC' && activity.clientId) {
      askQuickCall({
        clientId: activity.clientId,
        ...(open && activity.kind === 'call' && { planned: activity }),
      })
    } else if (event.code === 'Enter' && onOpen) onOpen()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <li
      ref={item}
      className={classes.entry}
      data-open={open || undefined}
      data-cancelled={activity.cancelledAt !== null || undefined}
      data-entry={activity.id}
      tabIndex={-1}
      onKeyDown={onKeyDown}
      onPointerEnter={bring}
      onFocus={bring}
    >
      {open && !readOnly ? (
        <Tooltip label={t('activities.done-title')}>
          <UnstyledButton
            className={classes.tick!}
            aria-label={`${t('activities.done-title')}: ${activity.text || t(`activities.${activity.kind}`)}`}
            onClick={() => setMode(mode === 'done' ? 'read' : 'done')}
          >
            <IconCircle size={20} stroke={1.6} className={classes.circle!} />
            <IconCheck size={13} stroke={2.4} className={classes.check!} />
          </UnstyledButton>
        </Tooltip>
      ) : (
        <span className={classes.icon}>
          <KindIcon size={15} stroke={1.7} />
        </span>
      )}
      <div className={classes.body}>
        <div className={classes.head}>
          <Facts activity={activity} open={open} place={place} />
          {!readOnly && <EntryMenu activity={activity} onMode={setMode} onAttach={onAttach} />}
        </div>
        {mode === 'edit' ? (
          <Suspense fallback={<Skeleton height={120} />}>
            <EntryForm activity={activity} onClose={close} />
          </Suspense>
        ) : (
          <>
            {activity.text && <div className={classes.text}>{activity.text}</div>}
            {(activity.result || activity.outcome) && <Result activity={activity} />}
            {activity.cancelledAt && (
              <div className={classes.result}>
                <IconBan size={15} aria-hidden="true" />
                <span className={classes.text}>
                  {t('activities.cancelled')}
                  {activity.cancelReason && `: ${activity.cancelReason}`}
                </span>
              </div>
            )}
            {children}
          </>
        )}
        {mode === 'done' && <DoneForm activity={activity} onClose={close} />}
        {mode === 'move' && <MoveForm activity={activity} onClose={close} />}
        {mode === 'cancel' && <CancelForm activity={activity} onClose={close} />}
      </div>
    </li>
  )
}

function Result({ activity: { outcome, result, reached } }: { activity: Activity }) {
  const { t } = useTranslation()
  return (
    <div className={classes.result} data-missed={reached === false || undefined}>
      {reached === false ? (
        <IconPhoneOff size={15} aria-label={t('activities.result-label')} />
      ) : (
        <IconCircleCheckFilled size={15} aria-label={t('activities.result-label')} />
      )}
      <span className={classes.text}>
        {outcome && <b>{outcome}</b>}
        {outcome && result && ' · '}
        {result}
      </span>
    </div>
  )
}

function Facts({ activity, open, place }: { activity: Activity; open: boolean; place: ReactNode }) {
  const { t } = useTranslation()
  const me = useMe()
  const { nameOf } = useColleagues()
  const zone = me.company.timeZone
  const late = open && isOverdue(activity.dueAt!, zone)
  const owner = activity.userId === me.id ? null : (nameOf(activity.userId) ?? t('activities.somebody'))
  // The signature of who stood in names him already.
  const isSaid = activity.actedBy === activity.userId || (!open && activity.actedFor === activity.userId)
  const shown = formatWhen(activity.at, zoneOf(activity, me))
  const there = open ? clientClock(activity, zoneOf(activity, me), zone) : null
  return (
    <div className={classes.facts}>
      {place}
      <span className={classes.kind}>{t(`activities.${activity.kind}`)}</span>
      {activity.personName && <span>{activity.personName}</span>}
      {activity.contact && <ContactUsed activity={activity} />}
      <time dateTime={activity.at} className={late ? classes.late : undefined} title={shown}>
        {shown}
        {late && ` · ${t('activities.overdue')}`}
      </time>
      {there && <span>{t('activities.there', { time: there })}</span>}
      {activity.moves.length > 0 && <Moves activity={activity} />}
      {activity.repeat && (
        <span className={classes.repeats}>
          <IconRepeat size={14} aria-hidden="true" />
          {repeatInWords(activity.repeat, activity.repeat.from)}
        </span>
      )}
      {open && activity.remindBefore.length > 0 && (
        <IconBell size={14} aria-label={t('activities.remind')} style={{ alignSelf: 'center' }} />
      )}
      {activity.actedBy && activity.actedFor && (
        <span>
          {t('activities.stood-in', {
            by: nameOf(activity.actedBy) ?? t('activities.somebody'),
            name: nameOf(activity.actedFor) ?? t('activities.somebody'),
          })}
        </span>
      )}
      {owner && !isSaid && <span>{open ? t('activities.for-person', { name: owner }) : owner}</span>}
    </div>
  )
}

/** The phone calls by a click while the call is still to be made. */
function ContactUsed({ activity: { contact, kind } }: { activity: Activity }) {
  if (kind !== 'call' || !contact?.startsWith('+')) return <span>{contact}</span>
  return (
    <Anchor href={`tel:${contact.replace(/[^\d+]/g, '')}`} c="inherit" underline="hover" inherit>
      {contact}
    </Anchor>
  )
}

/** How often it was put off, and from when each time. */
function Moves({ activity }: { activity: Activity }) {
  const { t } = useTranslation()
  const { company } = useMe()
  const { nameOf } = useColleagues()
  const lines = activity.moves.map(({ by, from, to }) =>
    t('activities.move-line', {
      from: formatWhen(from, company.timeZone),
      to: formatWhen(to, company.timeZone),
      name: (by && nameOf(by)) ?? t('activities.somebody'),
    }),
  )
  return (
    <Tooltip label={lines.join('\n')} multiline style={{ whiteSpace: 'pre-line' }}>
      <span className={classes.moved} tabIndex={0}>
        {t('activities.moved-times', { count: activity.moves.length })}
      </span>
    </Tooltip>
  )
}

interface EntryMenuProps {
  activity: Activity
  onMode: (mode: Mode) => void
  onAttach: ((file: File) => void) | undefined
}

function EntryMenu({ activity, onMode, onAttach }: EntryMenuProps) {
  const { t } = useTranslation()
  const reopen = useReopenActivity()
  const uncancel = useUncancelActivity()
  const remove = useDeleteActivity()
  const chooseFile = useRef<() => void>(undefined)
  return (
    <>
      {onAttach && (
        <FileButton onChange={(file) => file && onAttach(file)}>
          {({ onClick }) => {
            chooseFile.current = onClick
            return null
          }}
        </FileButton>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon size="sm" className={`${classes.more} no-print`} aria-label={t('activities.more')}>
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          {isOpen(activity) && (
            <>
              <Menu.Item leftSection={<IconCheck size={15} />} onClick={() => onMode('done')}>
                {t('activities.done-title')}
              </Menu.Item>
              <Menu.Item leftSection={<IconCalendarShare size={15} />} onClick={() => onMode('move')}>
                {t('activities.move')}
              </Menu.Item>
              <Menu.Item leftSection={<IconBan size={15} />} onClick={() => onMode('cancel')}>
                {t('activities.cancel')}
              </Menu.Item>
            </>
          )}
          <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => onMode('edit')}>
            {t('activities.edit')}
          </Menu.Item>
          {onAttach && (
            <Menu.Item leftSection={<IconPaperclip size={15} />} onClick={() => chooseFile.current?.()}>
              {t('activities.attach')}
            </Menu.Item>
          )}
          {activity.dueAt && activity.doneAt && (
            <Menu.Item
              leftSection={<IconRotate size={15} />}
              onClick={() => reopen.mutate({ id: activity.id })}
            >
              {t('activities.reopen')}
            </Menu.Item>
          )}
          {activity.cancelledAt && (
            <Menu.Item
              leftSection={<IconRotate size={15} />}
              onClick={() => uncancel.mutate({ id: activity.id })}
            >
              {t('activities.reopen')}
            </Menu.Item>
          )}
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={15} />}
            onClick={() => remove.mutate({ id: activity.id })}
          >
            <Text size="sm" inherit>
              {t('activities.delete')}
            </Text>
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}
