import { notifications } from '@mantine/notifications'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import type { z } from 'zod'
import { listReminders, type Reminder } from '#features/activities/contract.ts'
import { query, refresh } from '#web/api.ts'
import { withWords } from '#web/i18n/i18n.ts'
import { notifyProblem } from '#web/layout/notify.tsx'
import { useMe } from '#web/session.ts'

type Bell = z.output<typeof Reminder>

/** Rings what the person wanted to be reminded of; what it rings with is downloaded with the first reminder. */
export function ReminderBells() {
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
      // Could it not be downloaded, the next answer tries again.
      void ring(bell).catch(() => shown.current.delete(bell.id))
    }
    // Only a new answer rings.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [bells])

  async function ring(bell: Bell) {
    const { ringBell } = await withWords(['activities'], import('./ring-bell.tsx'))
    // Answered in another window meanwhile.
    if (!shown.current.has(bell.id)) return
    ringBell(bell, {
      me,
      onAnswer: (work) =>
        void work.then(() => {
          shown.current.delete(bell.id)
          notifications.hide(`bell-${bell.id}`)
          return refresh(queries, listReminders)
        }, notifyProblem),
      onOpen: () =>
        void navigate(
          bell.activity.clientId
            ? ({ to: '/clients/$id', params: { id: bell.activity.clientId } } as never)
            : ({ to: '/' } as never),
        ),
    })
  }
  return null
}
