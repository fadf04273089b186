import { Alert, Button, Group, Stack, Textarea } from '@mantine/core'
import { type KeyboardEvent, useState } from 'react'
import type { Activity } from '#features/activities/contract.ts'
import { dayAfter, momentOf, todayIn, type Wall } from '#features/activities/when.ts'
import { useTranslation } from '#web/i18n/translation.ts'
import { useMe } from '#web/session.ts'
import { failureOf } from './failure.ts'
import { useCompleteActivity, useCreateActivity } from './use-activity-acts.ts'
import { WhenPicker } from './WhenPicker.tsx'

interface NextStep {
  text: string
  when: Wall
}

/** «Сделано» with what came of it, and the next step with the same client in one go. */
export function DoneForm({ activity, onClose }: { activity: Activity; onClose: () => void }) {
  const { t } = useTranslation()
  const zone = useMe().company.timeZone
  const [result, setResult] = useState('')
  const [next, setNext] = useState<NextStep | null>(null)
  const complete = useCompleteActivity(onClose)
  const finish = () => complete.mutate({ id: activity.id, result })
  // The next step first: if it cannot be written, the old one is still open and nothing is lost.
  const plan = useCreateActivity(() => {
    setNext(null)
    finish()
  })
  const send = () => {
    if (!next) return finish()
    const { clientId, personId, userId, kind } = activity
    plan.mutate({ clientId, personId, userId, kind, text: next.text, dueAt: momentOf(next.when, zone) })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      send()
    }
    if (event.key === 'Escape') onClose()
  }
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
        onKeyDown={onKeyDown}
      />
      {next && (
        <>
          <Textarea
            aria-label={t('activities.next-step')}
            placeholder={t('activities.ask-next')}
            autosize
            autoFocus
            maxRows={8}
            maxLength={20_000}
            value={next.text}
            onChange={(event) => setNext({ ...next, text: event.currentTarget.value })}
            onKeyDown={onKeyDown}
          />
          <WhenPicker value={next.when} onChange={(when) => setNext({ ...next, when })} zone={zone} />
        </>
      )}
      {plan.error && (
        <Alert color="red" variant="light" role="alert" p="sm">
          {failureOf(plan.error)}
        </Alert>
      )}
      <Group gap="sm">
        <Button size="compact-sm" onClick={send} loading={plan.isPending || complete.isPending}>
          {t('activities.done-act')}
        </Button>
        {!next && (
          <Button
            size="compact-sm"
            variant="default"
            onClick={() => setNext({ text: '', when: { day: dayAfter(todayIn(zone), 1), time: null } })}
          >
            {t('activities.next-step')}
          </Button>
        )}
        <Button size="compact-sm" variant="default" onClick={onClose}>
          {t('shell.cancel')}
        </Button>
      </Group>
    </Stack>
  )
}
