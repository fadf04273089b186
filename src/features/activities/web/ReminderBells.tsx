import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import type { z } from 'zod'
import {
  dismissReminder,
  listReminders,
  type Reminder,
  snoozeReminder,
} from '#features/activities/contract.ts'
import { call, query, refresh } from '#web/api.ts'
import { noticeFrame, notifyProblem } from '#web/layout/notify.tsx'
import { useMe } from '#web/session.ts'
import { browserBells } from './browser-bells.ts'
import { formatWhen, zoneOf } from './format-when.ts'

type Bell = z.output<typeof Reminder>

/** Rings what the person wanted to be reminded of: on the page, and over other windows where the browser may. */
export function ReminderBells() {
  const { t } = useTranslation()
  const me = useMe()
  const navigate = useNavigate()
  const queries = useQueryClient()
  const bells = useQuery({ ...query(listReminders, {}), refetchInterval: 30_000 }).data
  const shown = useRef(new Set<string>())
  useEffect(() => {
    if (!bells) return
    const waiting = new Set(bells.map(({ id }) => id))
    for (const id of shown.current) {
      if (waiting.has(id)) continue
      shown.current.delete(id)
      notifications.hide(`bell-${id}`)
    }
    for (const bell of bells) {
      if (shown.current.has(bell.id)) continue
      shown.current.add(bell.id)
      ring(bell)
    }
    // Only a new answer rings.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [bells])

  function ring(bell: Bell) {
    const { activity } = bell
    const title = [t(`activities.${activity.kind}`), activity.clientName].filter(Boolean).join(': ')
    const text = [formatWhen(activity.at, zoneOf(activity, me)), activity.text].filter(Boolean).join(' · ')
    const act = (work: Promise<unknown>) =>
      void work.then(() => {
        shown.current.delete(bell.id)
        notifications.hide(`bell-${bell.id}`)
        return refresh(queries, listReminders)
      }, notifyProblem)
    const open = () => {
      act(call(dismissReminder, { id: bell.id }))
      void navigate(
        activity.clientId
          ? ({ to: '/clients/$id', params: { id: activity.clientId } } as never)
          : ({ to: '/' } as never),
      )
    }
    notifications.show({
      ...noticeFrame(),
      id: `bell-${bell.id}`,
      title,
      autoClose: false,
      withCloseButton: false,
      message: (
        <>
          <Text size="sm">{text}</Text>
          <Group gap={6} mt={6}>
            <Button size="compact-sm" variant="light" onClick={open}>
              {t('activities.bell-open')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => act(call(snoozeReminder, { id: bell.id, minutes: 10 }))}
            >
              {t('activities.bell-later')}
            </Button>
            <Button
              size="compact-sm"
              variant="default"
              onClick={() => act(call(dismissReminder, { id: bell.id }))}
            >
              {t('activities.bell-seen')}
            </Button>
          </Group>
        </>
      ),
    })
    if (document.hidden) browserBells.ring(title, text, bell.id)
  }
  return null
}
