import { Button, Group, Stack } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import type { Activity } from '#features/activities/contract.ts'
import { dayAfter, momentOf, todayIn, wallOf } from '#features/activities/when.ts'
import { useMe } from '#web/session.ts'
import { RowChoice } from './RowChoice.tsx'
import { useMoveActivity } from './use-activity-acts.ts'
import { WhenPicker } from './WhenPicker.tsx'

/** Another day and hour for an open plan. What is overdue is proposed for tomorrow. */
export function MoveForm({ activity, onClose }: { activity: Activity; onClose: () => void }) {
  const { t } = useTranslation()
  const zone = useMe().company.timeZone
  const was = wallOf(activity.dueAt!, zone)
  const tomorrow = dayAfter(todayIn(zone), 1)
  const [when, setWhen] = useState({ ...was, day: was.day < tomorrow ? tomorrow : dayAfter(was.day, 1) })
  const [series, setSeries] = useState(false)
  const move = useMoveActivity(onClose)
  const send = () => move.mutate({ id: activity.id, dueAt: momentOf(when, zone), ...(series && { series }) })
  const submit = useRef<HTMLButtonElement>(null)
  useEffect(() => submit.current?.focus(), [])
  return (
    <Stack
      gap={6}
      mt={6}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        onClose()
      }}
    >
      <WhenPicker value={when} onChange={setWhen} zone={zone} />
      {activity.repeat && <RowChoice series={series} onChange={setSeries} />}
      <Group gap="sm">
        <Button ref={submit} size="compact-sm" onClick={send} loading={move.isPending}>
          {t('activities.move-act')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {t('shell.cancel')}
        </Button>
      </Group>
    </Stack>
  )
}
