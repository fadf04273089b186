import { Button, Group, Stack, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from '#web/i18n/translation.ts'
import type { Activity } from '#features/activities/contract.ts'
import { RowChoice } from './RowChoice.tsx'
import { useCancelActivity } from './use-activity-acts.ts'

/** Why a plan is called off; of a series, whether all of it. */
export function CancelForm({ activity, onClose }: { activity: Activity; onClose: () => void }) {
  const { t } = useTranslation()
  const [reason, setReason] = useState('')
  const [series, setSeries] = useState(false)
  const cancel = useCancelActivity(onClose)
  const send = () => cancel.mutate({ id: activity.id, reason, series })
  return (
    <Stack gap={6} mt={6}>
      <TextInput
        aria-label={t('activities.cancel-reason')}
        placeholder={t('activities.ask-cancel-reason')}
        autoFocus
        maxLength={2000}
        value={reason}
        onChange={({ currentTarget }) => setReason(currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter') send()
          if (event.key !== 'Escape') return
          event.stopPropagation()
          onClose()
        }}
      />
      {activity.repeat && <RowChoice series={series} onChange={setSeries} />}
      <Group gap="sm">
        <Button size="compact-sm" onClick={send} loading={cancel.isPending}>
          {t('activities.cancel-act')}
        </Button>
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {t('activities.cancel-not')}
        </Button>
      </Group>
    </Stack>
  )
}
