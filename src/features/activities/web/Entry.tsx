import { ActionIcon, FileButton, Menu, Text, Tooltip, UnstyledButton } from '@mantine/core'
import {
  IconCheck,
  IconCircle,
  IconCircleCheckFilled,
  IconDots,
  IconPaperclip,
  IconPencil,
  IconRotate,
  IconTrash,
} from '@tabler/icons-react'
import { type ReactNode, useRef, useState } from 'react'
import type { Activity } from '#features/activities/contract.ts'
import { isOverdue } from '#features/activities/when.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { useMe } from '#web/session.ts'
import { DoneForm } from './DoneForm.tsx'
import { EntryForm } from './EntryForm.tsx'
import { formatWhen } from './format-when.ts'
import { kindIcons } from './kinds.tsx'
import classes from './timeline.module.css'
import { useDeleteActivity, useReopenActivity } from './use-activity-acts.ts'
import { useColleagues } from './use-colleagues.ts'

interface EntryProps {
  activity: Activity
  /** Beside the head of the entry: the client, where a list is not one client's. */
  place?: ReactNode
  /** Below the text: what is attached. */
  children?: ReactNode
  onAttach?: (file: File) => void
}

/** One entry of a timeline or plan: read, done, edited, deleted in its place. */
export function Entry({ activity, place, children, onAttach }: EntryProps) {
  const { t } = useTranslation()
  const [mode, setMode] = useState<'read' | 'edit' | 'done'>('read')
  const open = activity.dueAt !== null && activity.doneAt === null
  const KindIcon = kindIcons[activity.kind]
  return (
    <li className={classes.entry} data-open={open || undefined}>
      {open ? (
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
          <EntryMenu activity={activity} onEdit={() => setMode('edit')} onAttach={onAttach} />
        </div>
        {mode === 'edit' ? (
          <EntryForm activity={activity} onClose={() => setMode('read')} />
        ) : (
          <>
            {activity.text && <div className={classes.text}>{activity.text}</div>}
            {activity.result && (
              <div className={classes.result}>
                <IconCircleCheckFilled size={15} aria-label={t('activities.result-label')} />
                <span className={classes.text}>{activity.result}</span>
              </div>
            )}
            {children}
          </>
        )}
        {mode === 'done' && <DoneForm activity={activity} onClose={() => setMode('read')} />}
      </div>
    </li>
  )
}

function Facts({ activity, open, place }: { activity: Activity; open: boolean; place: ReactNode }) {
  const { t } = useTranslation()
  const me = useMe()
  const { nameOf } = useColleagues()
  const zone = me.company.timeZone
  const late = open && isOverdue(activity.dueAt!, zone)
  const owner = activity.userId === me.id ? null : (nameOf(activity.userId) ?? t('activities.somebody'))
  return (
    <div className={classes.facts}>
      {place}
      <span className={classes.kind}>{t(`activities.${activity.kind}`)}</span>
      {activity.personName && <span>{activity.personName}</span>}
      <time
        dateTime={activity.at}
        className={late ? classes.late : undefined}
        title={formatWhen(activity.at, zone)}
      >
        {formatWhen(activity.at, zone)}
        {late && ` · ${t('activities.overdue')}`}
      </time>
      {owner && <span>{open ? t('activities.for-person', { name: owner }) : owner}</span>}
    </div>
  )
}

interface EntryMenuProps {
  activity: Activity
  onEdit: () => void
  onAttach: ((file: File) => void) | undefined
}

function EntryMenu({ activity, onEdit, onAttach }: EntryMenuProps) {
  const { t } = useTranslation()
  const reopen = useReopenActivity()
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
          <Menu.Item leftSection={<IconPencil size={15} />} onClick={onEdit}>
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
