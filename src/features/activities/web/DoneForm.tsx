import { Button, Group, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Activity } from '#features/activities/contract.ts'
import { useCompleteActivity } from './use-activity-acts.ts'

/** «Сделано» with what came of it. */
export function DoneForm({ activity, onClose }: { activity: Activity; onClose: () => void }) {
  const { t } = useTranslation()
  const [result, setResult] = useState('')
  const complete = useCompleteActivity(onClose)
  const send = () => complete.mutate({ id: activity.id, result })
  return (
    <Stack gap={6} mt={6}>
      <Textarea
        aria-label={t('activities.result-label')}
        placeholder={t('activities.ask-result')}
        autosize
        autoFocus
        maxRows={8}
        maxLength={20_000}
        value={result}
        onChange={(event) => setResult(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault()
            send()
          }
          if (event.key === 'Escape') onClose()
        }}
      />
      <Group gap="sm">
        <Button size="compact-sm" onClick={send} loading={complete.isPending}>
          {t('activities.done-act')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {t('shell.cancel')}
        </Button>
      </Group>
    </Stack>
  )
}
